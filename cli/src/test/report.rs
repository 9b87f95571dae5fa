//! What came of scripts, for a person and for a script.

use crate::table::printable;
use crate::units::count;
use anstyle::AnsiColor;
use serde_json::{Value, json};
use std::fmt::Write;
use wasmc_compiler::{Directive, DirectiveResult, Error};

/// What came of one script.
pub(super) struct FileReport {
    name: String,
    /// Directives that passed.
    passed: usize,
    failures: Vec<FailedDirective>,
}

/// A directive that did not pass.
struct FailedDirective {
    line: usize,
    keyword: &'static str,
    message: String,
    is_unsupported: bool,
}

/// Counts over all scripts.
#[derive(Default)]
pub(super) struct Totals {
    passed: usize,
    failed: usize,
    unsupported: usize,
}

impl FileReport {
    pub(super) fn new(name: String, directives: &[Directive], results: Vec<DirectiveResult>) -> FileReport {
        let mut report = FileReport { name, passed: 0, failures: Vec::new() };
        for (directive, result) in directives.iter().zip(results) {
            let (message, is_unsupported) = match result {
                DirectiveResult::Passed => {
                    report.passed += 1;
                    continue;
                }
                DirectiveResult::Failed(message) => (message, false),
                DirectiveResult::Unsupported(proposals) => (format!("unsupported: {proposals}"), true),
            };
            let (line, keyword) = (directive.line, directive.keyword);
            report.failures.push(FailedDirective { line, keyword, message, is_unsupported });
        }
        report
    }

    /// A script that is no script.
    pub(super) fn unreadable(name: String, error: &Error) -> FileReport {
        let message = format!("the script cannot be read: {error}").replace("<anon>", &name);
        let failure = FailedDirective { line: 1, keyword: "script", message, is_unsupported: false };
        FileReport { name, passed: 0, failures: vec![failure] }
    }

    fn unsupported(&self) -> usize {
        self.failures.iter().filter(|failure| failure.is_unsupported).count()
    }
}

impl Totals {
    pub(super) fn of(reports: &[FileReport]) -> Totals {
        let mut totals = Totals::default();
        for report in reports {
            totals.passed += report.passed;
            totals.unsupported += report.unsupported();
            totals.failed += report.failures.len() - report.unsupported();
        }
        totals
    }

    pub(super) fn all_passed(&self) -> bool {
        self.failed + self.unsupported == 0
    }
}

/// A line for each failure and each script, and one for all.
pub(super) fn to_text(reports: &[FileReport], totals: &Totals, quiet: bool) -> String {
    let mut text = String::new();
    let red = AnsiColor::Red.on_default().bold();
    let green = AnsiColor::Green.on_default();
    for report in reports {
        for failure in &report.failures {
            let (name, line, keyword) = (printable(&report.name), failure.line, failure.keyword);
            let _ = writeln!(text, "{name}:{line}: {red}{keyword}{red:#}: {}", failure.message);
        }
        if !quiet {
            let verdict = match report.failures.len() {
                0 => format!("{green}ok{green:#}"),
                failures => format!("{red}{failures} of {} failed{red:#}", report.passed + failures),
            };
            let _ = writeln!(text, "{}: {}, {verdict}", printable(&report.name), count(report.passed, "directive"));
        }
    }
    let scripts = count(reports.len(), "script");
    let _ = write!(text, "{scripts}: {} passed, {} failed", totals.passed, totals.failed);
    if totals.unsupported > 0 {
        let _ = write!(text, ", {} unsupported", totals.unsupported);
    }
    text.push('\n');
    text
}

/// One object; `files` has one for each script.
pub(super) fn to_json(reports: &[FileReport]) -> String {
    let totals = Totals::of(reports);
    let files: Vec<Value> = reports
        .iter()
        .map(|report| {
            let failures: Vec<Value> = report
                .failures
                .iter()
                .map(|failure| {
                    json!({
                        "line": failure.line,
                        "directive": failure.keyword,
                        "unsupported": failure.is_unsupported,
                        "message": failure.message,
                    })
                })
                .collect();
            json!({
                "file": report.name,
                "passed": report.passed,
                "failed": report.failures.len() - report.unsupported(),
                "unsupported": report.unsupported(),
                "failures": failures,
            })
        })
        .collect();
    let report = json!({
        "passed": totals.passed,
        "failed": totals.failed,
        "unsupported": totals.unsupported,
        "files": files,
    });
    format!("{report:#}\n")
}
