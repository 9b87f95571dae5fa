//! The error that a case gets: its kind and its words.

use crate::case::Case;
use crate::emitted::options;
use libtest_mimic::Failed;
use wasmc_compiler::{Emit, Error, Options, Silent, build};

/// The error, or for `truncate` the errors of all prefixes.
pub fn describe(case: &Case) -> Result<String, Failed> {
    if case.directives.truncate {
        return describe_prefixes(case);
    }
    match error_of(case, input(case)) {
        Some(error) => Ok(format!("kind: {}\n\nerror: {}\n", error.kind(), printable(&error))),
        None => Err("the case compiles; every case of this folder is an error".into()),
    }
}

/// Prefixes that get the same error share a line.
fn describe_prefixes(case: &Case) -> Result<String, Failed> {
    let binary = case.binary()?;
    let mut out = format!("{} bytes in all\n\n", binary.len());
    let mut run: Option<(usize, String)> = None;
    for length in 0..=binary.len() {
        let text = match binary.get(..length).filter(|prefix| prefix.len() < binary.len()) {
            Some(prefix) => match error_of(case, prefix) {
                Some(error) => format!("{}: {}", error.kind(), printable(&error)),
                None => "compiles".to_owned(),
            },
            None => String::new(),
        };
        match &run {
            Some((_, same)) if *same == text => {}
            _ => {
                if let Some((start, text)) = run.replace((length, text)) {
                    out.push_str(&format!("first {start}..={} bytes\n  {}\n", length - 1, text.replace('\n', "\n  ")));
                }
            }
        }
    }
    Ok(out)
}

/// The error's words. A control character in them is shown by its name, so that snapshots stay text.
fn printable(error: &Error) -> String {
    let mut out = String::new();
    for letter in error.to_string().chars() {
        match letter {
            '\n' => out.push(letter),
            _ if letter.is_control() => out.extend(letter.escape_debug()),
            _ => out.push(letter),
        }
    }
    out
}

fn input(case: &Case) -> &[u8] {
    case.directives.bytes.as_deref().unwrap_or(case.text.as_bytes())
}

/// What building an executable of `input` ends with.
pub fn error_of(case: &Case, input: &[u8]) -> Option<Error> {
    let options = Options { emit: Emit::Executable, ..options(case) };
    build(input, &case.name, &options, &Silent).err()
}

/// The proposals for which the case is refused.
pub fn refused_proposals(case: &Case) -> Vec<String> {
    match error_of(case, input(case)) {
        Some(Error::Unsupported(error)) => error.proposals,
        _ => Vec::new(),
    }
}
