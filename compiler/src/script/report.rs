//! From the lines that a script's executable writes to one result for each directive.

use super::Script;
use super::values::display_value;
use wasmc_runtime::abi::ValueCode;

/// A directive of a script.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Its line in the script, from 1.
    pub line: usize,
    /// Its keyword.
    pub keyword: &'static str,
    /// How it is decided.
    pub verdict: Verdict,
}

/// How a directive is decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// At compile time: it passed.
    Passed,
    /// At compile time: it failed, for this reason.
    Failed(String),
    /// It needs what wasmc does not compile: the names of the proposals.
    Unsupported(String),
    /// By a command of the executable.
    Command {
        /// The command's number.
        number: u32,
        /// What has to come, for messages.
        expected: String,
    },
}

/// What came of a directive.
#[derive(Clone, Debug, PartialEq)]
pub enum DirectiveResult {
    /// What the script says.
    Passed,
    /// Something else: the words say what was expected and what came.
    Failed(String),
    /// It needs what wasmc does not compile: the names of the proposals.
    Unsupported(String),
}

impl Script {
    /// The result of each directive, given what the executable wrote to standard output and how it
    /// ended, in words.
    pub fn read_report(&self, report: &str, ending: &str) -> Vec<DirectiveResult> {
        let mut answers: Vec<Option<&str>> = Vec::new();
        for line in report.lines() {
            let Some((number, answer)) = line.split_once(' ') else { continue };
            let Ok(number) = number.parse::<usize>() else { continue };
            if number >= answers.len() && number < self.directives.len() {
                answers.resize(number + 1, None);
            }
            if let Some(place) = answers.get_mut(number) {
                *place = Some(answer);
            }
        }
        self.directives
            .iter()
            .map(|directive| match &directive.verdict {
                Verdict::Passed => DirectiveResult::Passed,
                Verdict::Failed(reason) => DirectiveResult::Failed(reason.clone()),
                Verdict::Unsupported(proposals) => DirectiveResult::Unsupported(proposals.clone()),
                Verdict::Command { number, expected } => match answers.get(*number as usize).copied().flatten() {
                    Some("ok") => DirectiveResult::Passed,
                    Some(answer) => DirectiveResult::Failed(format!("expected {expected}; got {}", describe(answer))),
                    None => DirectiveResult::Failed(format!("expected {expected}; the program {ending} before")),
                },
            })
            .collect()
    }
}

/// An answer other than `ok`, for a person.
fn describe(answer: &str) -> String {
    let (kind, rest) = answer.split_once(' ').unwrap_or((answer, ""));
    match kind {
        "values" if rest.is_empty() => "success".to_owned(),
        "values" => {
            let values: Option<Vec<String>> = rest.split(' ').map(describe_value).collect();
            values.map_or_else(|| answer.to_owned(), |values| values.join(" "))
        }
        "trap" => format!("the trap \"{rest}\""),
        "unlinkable" => format!("the link error \"{rest}\""),
        "missing" => "nothing: there is no instance, because an earlier directive failed".to_owned(),
        _ => answer.to_owned(),
    }
}

/// `2:0x0000000000000005` as `(i64.const 5)`.
fn describe_value(text: &str) -> Option<String> {
    let (code, bits) = text.split_once(':')?;
    let code = match code.parse::<u8>().ok()? {
        code if code == ValueCode::I32 as u8 => ValueCode::I32,
        code if code == ValueCode::I64 as u8 => ValueCode::I64,
        code if code == ValueCode::F32 as u8 => ValueCode::F32,
        code if code == ValueCode::F64 as u8 => ValueCode::F64,
        code if code == ValueCode::V128 as u8 => ValueCode::V128,
        _ => ValueCode::Reference,
    };
    let bits = u128::from_str_radix(bits.strip_prefix("0x")?, 16).ok()?;
    Some(display_value(code, [bits as u64, (bits >> 64) as u64]))
}
