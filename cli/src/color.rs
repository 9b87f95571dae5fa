//! When to colour what is written.

use clap::{ColorChoice, ValueEnum};
use std::ffi::OsString;

/// Settles the colours for everything written from now on, errors of the argument parser included:
/// that is why it looks at the words itself. What it cannot read, the parser will complain about.
pub(crate) fn choose(words: &[OsString]) {
    let choice = match find(words) {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    // `Auto` also heeds NO_COLOR, CLICOLOR and TERM.
    choice.write_global();
}

/// The value of the first `--color` before `--`.
fn find(words: &[OsString]) -> ColorChoice {
    let mut words = words.iter().map_while(|word| word.to_str().filter(|word| *word != "--"));
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        return value.and_then(|value| ColorChoice::from_str(value, false).ok()).unwrap_or_default();
    }
    ColorChoice::Auto
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> ColorChoice {
        find(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn both_forms_are_found_and_what_belongs_to_the_program_is_not() {
        assert_eq!(of("wasmc build --color never a.wat"), ColorChoice::Never);
        assert_eq!(of("wasmc --color=always build a.wat"), ColorChoice::Always);
        assert_eq!(of("wasmc run a.wat -- --color never"), ColorChoice::Auto);
        assert_eq!(of("wasmc --color purple"), ColorChoice::Auto);
        assert_eq!(of("wasmc --color"), ColorChoice::Auto);
    }
}
