//! What backtraces call a function: its name as the source has it, in one short line.
//!
//! ```text
//! _ZN5store3putEi                       store::put(int)
//! _RNvMCs4fqI2P2rA04_5storeNtB2_3Box3put  <store::Box>::put
//! ```
//!
//! Linkers write names of C++ into the name section as the source has them, unless they are told not to, as by rustc. Symbols
//! stay as they are: debuggers and profilers do the same for themselves.

use cpp_demangle::{DemangleOptions, ParseOptions};
use std::fmt::{self, Write};

/// Bytes of the longest name that is shown; what is longer ends in `…`.
const LONGEST: usize = 400;

/// Bytes of the longest name that is worth demangling.
const LONGEST_MANGLED: usize = 1000;

/// How deep the grammar of C++ names may nest. Parsing goes back and tries again, so that a name that is no name takes five
/// times as long with each eight levels more: with this, below a millisecond. Of 100 000 names in LLVM, 200 nest deeper.
const DEEPEST: u32 = 48;

/// A module with more names of C++ that are none than this has been written to keep us busy.
const MOST_FAILURES: u32 = 1000;

/// Makes the names of one module readable.
#[derive(Debug, Default)]
pub(super) struct FunctionNames {
    failures: u32,
}

impl FunctionNames {
    /// Appends the readable form of `name` to `out`.
    pub(super) fn append(&mut self, name: &str, out: &mut String) {
        let start = out.len();
        if name.len() <= LONGEST_MANGLED && self.demangle(name, &mut Line::at_the_end_of(out)) {
            return;
        }
        out.truncate(start);
        append_line(name, out);
    }

    /// Whether that could be done. What did not fit is left out.
    fn demangle(&mut self, name: &str, line: &mut Line<'_>) -> bool {
        // Rust's older mangling is one of C++ with a hash at the end.
        if (name.starts_with("_R") || name.starts_with("_ZN"))
            && let Ok(demangled) = rustc_demangle::try_demangle(name)
        {
            return write!(line, "{demangled:#}").is_ok() || line.is_full;
        }
        if !name.starts_with("_Z") || self.failures > MOST_FAILURES {
            return false;
        }
        let parsing = ParseOptions::default().recursion_limit(DEEPEST);
        let writing = DemangleOptions::new().recursion_limit(DEEPEST);
        let is_demangled = cpp_demangle::Symbol::new_with_options(name, &parsing)
            .is_ok_and(|symbol| symbol.structured_demangle(line, &writing).is_ok() || line.is_full);
        self.failures += u32::from(!is_demangled);
        is_demangled
    }
}

/// Appends `text`, which may be anything, so that it is part of a line.
pub(super) fn append_line(text: &str, out: &mut String) {
    // What does not fit is left out.
    let _ = Line::at_the_end_of(out).write_str(text);
}

/// Text for a line of a message, or as much of it as fits.
struct Line<'a> {
    out: &'a mut String,
    /// Bytes that still fit.
    left: usize,
    is_full: bool,
}

impl Line<'_> {
    fn at_the_end_of(out: &mut String) -> Line<'_> {
        Line { out, left: LONGEST, is_full: false }
    }
}

impl Write for Line<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            let character = if is_command(character) { '?' } else { character };
            match self.left.checked_sub(character.len_utf8()) {
                Some(left) if !self.is_full => self.left = left,
                _ => {
                    if !self.is_full {
                        self.out.push('…');
                    }
                    self.is_full = true;
                    return Err(fmt::Error);
                }
            }
            self.out.push(character);
        }
        Ok(())
    }
}

/// Whether a terminal could do something else with it than show it: such characters would forge lines of the message.
fn is_command(character: char) -> bool {
    let turns_text = matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    character.is_control() || turns_text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readable(name: &str) -> String {
        let mut out = String::from("before");
        FunctionNames::default().append(name, &mut out);
        out.strip_prefix("before").expect("what was there").to_owned()
    }

    #[test]
    fn names_are_those_of_the_source() {
        for (name, expected) in [
            ("main", "main"),
            ("_start", "_start"),
            ("_ZN5store3putEi", "store::put(int)"),
            ("_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<int, std::allocator<int> >::push_back(int const&)"),
            ("_ZN4core9panicking5panic17h0123456789abcdefE", "core::panicking::panic"),
            ("_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar"),
            ("_RINvNtC3std3mem8align_ofNtNtC3std3mem12DiscriminantE", "std::mem::align_of::<std::mem::Discriminant>"),
            ("_Z", "_Z"),
            ("_R", "_R"),
            ("_Zebra", "_Zebra"),
            ("runtime.main", "runtime.main"),
            ("größer", "größer"),
        ] {
            assert_eq!(readable(name), expected);
        }
    }

    #[test]
    fn no_character_commands_a_terminal() {
        assert_eq!(readable("a\x1b[2J\r\nwasm trap\u{9b}b\u{202e}c\0"), "a?[2J??wasm trap?b?c?");
        assert_eq!(readable("_ZN3a\nbE"), "a?b");
    }

    #[test]
    fn long_names_end_early() {
        let long = "ä".repeat(500_000);
        assert_eq!(readable(&long), format!("{}…", "ä".repeat(LONGEST / 2)));
        assert_eq!(readable(&"x".repeat(LONGEST)), "x".repeat(LONGEST));
        // Each level names the one before twice.
        let doubling = |start: &str, level: fn(usize) -> String, end: &str| {
            let name = (0..40).fold(start.to_owned(), |name, number| name + &level(number));
            readable(&(name + end))
        };
        let rust = doubling("_RIC1aTuu", |_| "TB5_B5_E".to_owned(), "EE");
        assert!(rust.len() <= LONGEST + "…".len(), "{rust}");
        let cpp = doubling("_Z1fI1aIiiE", |number| format!("1bIS{number}_S{number}_E"), "Evv");
        assert!(cpp.len() <= LONGEST + "…".len(), "{cpp}");
    }

    #[test]
    fn what_only_looks_like_a_name_is_left_alone() {
        // Without the limits, each of them would take longer than anybody waits.
        let mut names = FunctionNames::default();
        for pattern in ["SaIJEfSaSa1f", "dtSaI1fSaIJE1Sa1", "fSaIJEf", "XcvT_I", "N1aI", "IJS_", "PDO"].repeat(300) {
            let mangled = format!("_Z1fv1Sa1{}", pattern.repeat(LONGEST / 2 / pattern.len()));
            let mut out = String::new();
            names.append(&mangled, &mut out);
            assert_eq!(out, mangled);
        }
        assert_eq!(names.failures, MOST_FAILURES + 1);
    }
}
