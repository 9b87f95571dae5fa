//! What the interpreter did, as the text of a test script.

use std::fmt::Write;

/// The directives for one subject.
#[derive(Clone, Debug, Default)]
pub struct Transcript {
    /// In order.
    pub directives: Vec<Directive>,
    /// What ran that the interpreter has no operators for.
    pub ran: Ran,
}

/// How often models reported something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ran {
    /// Atomic operators.
    pub atomic: usize,
    /// Relaxed vector operators.
    pub relaxed: usize,
    /// Calls through typed references.
    pub references: usize,
}

/// One directive, on a line of its own.
#[derive(Clone, Debug)]
pub struct Directive {
    /// Its text.
    pub text: String,
    /// Words for the expected trap that are as good, because the interpreter does not tell the two apart.
    pub other_trap: Option<&'static str>,
}

impl Transcript {
    /// Adds a directive.
    pub fn push(&mut self, text: String) {
        self.directives.push(Directive { text, other_trap: None });
    }

    /// Adds an assertion that `action` traps.
    pub fn push_trap(&mut self, action: &str, message: &str, other_trap: Option<&'static str>) {
        self.directives.push(Directive { text: format!("(assert_trap {action} \"{message}\")"), other_trap });
    }

    /// All lines.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for directive in &self.directives {
            let _ = writeln!(text, "{}", directive.text);
        }
        text
    }
}

/// `(module $name binary "\00asm…")`.
pub fn binary_module(name: &str, binary: &[u8]) -> String {
    let mut text = format!("(module {name} binary \"");
    for byte in binary {
        match byte {
            b' ' | b'!' | b'#'..=b'[' | b']'..=b'~' => text.push(char::from(*byte)),
            _ => {
                let _ = write!(text, "\\{byte:02x}");
            }
        }
    }
    text.push_str("\")");
    text
}
