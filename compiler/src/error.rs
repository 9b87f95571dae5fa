//! What can go wrong, sorted by whose turn it is.

use std::fmt;

/// Why a build failed. Displayed, it is a full message without the `error:` in front.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The input is not a valid module: the author of the module has to change it.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The module is valid and asks for something wasmc does not do.
    #[error(transparent)]
    Unsupported(#[from] UnsupportedError),
    /// Imports that neither WASI nor an option provides.
    #[error(transparent)]
    Imports(#[from] ImportError),
    /// The command asks for something this module or machine does not have: another option, or an
    /// installed tool, mends it.
    #[error("{message}")]
    Environment {
        /// What is missing, and what to install or pass.
        message: String,
    },
    /// Our bug.
    #[error(
        "internal error in {place}: {message}\n\
         This is a bug in wasmc. Please report it with the module, at the address `wasmc --help` names."
    )]
    Bug {
        /// The stage or function in hand.
        place: String,
        /// What was found.
        message: String,
    },
}

impl Error {
    /// An [`Error::Environment`].
    pub fn environment(message: impl Into<String>) -> Error {
        Error::Environment { message: message.into() }
    }

    /// An [`Error::Bug`] found in `place`.
    pub fn bug(place: impl Into<String>, message: impl fmt::Display) -> Error {
        Error::Bug { place: place.into(), message: message.to_string() }
    }

    /// A word for scripts: `input`, `unsupported`, `imports`, `environment` or `bug`.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Input(_) => "input",
            Error::Unsupported(_) => "unsupported",
            Error::Imports(_) => "imports",
            Error::Environment { .. } => "environment",
            Error::Bug { .. } => "bug",
        }
    }
}

/// Malformed or invalid input.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A binary module.
    #[error("{message} (at offset {offset:#x})")]
    Binary {
        /// What is wrong.
        message: String,
        /// Byte offset in the module.
        offset: usize,
    },
    /// A text module: the message shows line, column and the source line.
    #[error("{message}")]
    Text {
        /// What is wrong and where.
        message: String,
    },
}

/// A valid module that needs a proposal this version does not compile.
#[derive(Debug, thiserror::Error)]
#[error("unsupported: the module uses {}\n{detail} (at offset {offset:#x})", listed(proposals))]
pub struct UnsupportedError {
    /// Names of the proposals, as the WebAssembly community group lists them.
    pub proposals: Vec<String>,
    /// The first construct that needs one of them.
    pub detail: String,
    /// Its byte offset in the module.
    pub offset: usize,
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// All imports that nothing provides.
#[derive(Debug, thiserror::Error)]
pub struct ImportError {
    /// In the order of the module.
    pub missing: Vec<MissingImport>,
    /// Whether `--stub-imports` would make traps of some of them.
    pub can_be_stubbed: bool,
}

/// An import that nothing provides.
#[derive(Debug)]
pub struct MissingImport {
    /// First name.
    pub module: String,
    /// Second name.
    pub name: String,
    /// Its type in the text format, such as `(func (param i32) (result i32))`.
    pub ty: String,
    /// Why a name that looks familiar does not fit, when it does not.
    pub note: Option<String>,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.missing.len();
        let plural = if count == 1 { "import that nothing provides" } else { "imports that nothing provides" };
        writeln!(f, "the module has {count} {plural}:")?;
        for import in &self.missing {
            write!(f, "  {:?} {:?} {}", import.module, import.name, import.ty)?;
            if let Some(note) = &import.note {
                write!(f, "  ;; {note}")?;
            }
            writeln!(f)?;
        }
        f.write_str("wasmc provides `wasi_snapshot_preview1` and `wasi_unstable`")?;
        if self.can_be_stubbed {
            f.write_str("; `--stub-imports` turns each missing function into a trap that names it")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn a_bug_names_its_place_and_asks_for_a_report() {
        let error = Error::bug("lowering of function 7", "it has no body");
        assert_eq!(error.kind(), "bug");
        assert_eq!(
            error.to_string(),
            "internal error in lowering of function 7: it has no body\n\
             This is a bug in wasmc. Please report it with the module, at the address `wasmc --help` names."
        );
    }
}
