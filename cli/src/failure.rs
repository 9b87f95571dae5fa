//! Why `wasmc` gives up: the words for the person, the exit status for the script.

use anstyle::{AnsiColor, Style};
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use wasmc_compiler::{Error, InputError};

/// Something that ends the command, with what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    status: Status,
    message: Message,
    hint: Option<String>,
}

/// How the words came about.
#[derive(Debug)]
enum Message {
    /// `error: ` goes in front.
    Plain(String),
    /// The argument parser has its own way of saying it, usage line and all.
    Usage(Box<clap::Error>),
    /// Everything has been said, or whoever reads us has gone.
    Silent,
}

/// The exit status of `wasmc`, where it is not the program's own. `wasmc --help` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// The input is not a valid module, or a test failed.
    Input = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// The module needs a proposal that wasmc does not compile.
    Unsupported = 3,
    /// The module has imports that nothing provides.
    Imports = 4,
    /// This machine or module lacks something: a file, a permission, a tool, an export.
    Environment = 5,
    /// Our bug.
    Bug = 101,
    /// Standard output was closed: what a shell reports for a process ended by `SIGPIPE`.
    BrokenPipe = 141,
}

impl Failure {
    /// A failure with `message`, without the `error:` in front.
    pub(crate) fn new(status: Status, message: impl Into<String>) -> Failure {
        Failure { status, message: Message::Plain(message.into()), hint: None }
    }

    /// A command line that makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Failure {
        Failure::new(Status::Usage, message)
    }

    /// Something this machine lacks.
    pub(crate) fn environment(message: impl Into<String>) -> Failure {
        Failure::new(Status::Environment, message)
    }

    /// A system call that failed: `cannot VERB `PATH`: REASON`.
    pub(crate) fn io(verb: &str, path: &Path, error: &io::Error) -> Failure {
        Failure::environment(format!("cannot {verb} `{}`: {}", path.display(), reason(error)))
    }

    /// A write to standard output that failed.
    pub(crate) fn stdout(error: &io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Failure::silent(Status::BrokenPipe);
        }
        Failure::environment(format!("cannot write to standard output: {}", reason(error)))
    }

    /// A failure of which everything has been said already, or to whom nobody listens.
    pub(crate) fn silent(status: Status) -> Failure {
        Failure { status, message: Message::Silent, hint: None }
    }

    /// What the compiler says about the module that people know as `input`.
    pub(crate) fn compile(input: impl Display, error: &Error) -> Failure {
        let status = match error {
            Error::Input(_) => Status::Input,
            Error::Unsupported(_) => Status::Unsupported,
            Error::Imports(_) => Status::Imports,
            Error::Environment { .. } => Status::Environment,
            Error::Bug { .. } => Status::Bug,
        };
        let message = match error {
            // The text parser is given no file name and says so where it shows the line.
            Error::Input(InputError::Text { message }) => message.replace("<anon>", &input.to_string()),
            error => error.to_string(),
        };
        Failure::new(status, format!("{input}: {message}"))
    }

    /// Adds what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// Whether it is our bug.
    pub(crate) fn is_bug(&self) -> bool {
        self.status == Status::Bug
    }

    /// Tells the person at standard error and gives the status to exit with.
    pub(crate) fn report(self) -> ExitCode {
        let mut stderr = anstream::stderr().lock();
        // When standard error is closed, the exit status alone has to do.
        let _ = match &self.message {
            Message::Plain(message) => write_error(&mut stderr, message),
            Message::Usage(error) => write!(stderr, "{}", error.render().ansi()),
            Message::Silent => Ok(()),
        };
        if let Some(hint) = &self.hint {
            let style = AnsiColor::Cyan.on_default().bold();
            let _ = writeln!(stderr, "{style}hint:{style:#} {hint}");
        }
        ExitCode::from(self.status as u8)
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Failure {
        Failure { status: Status::Usage, message: Message::Usage(Box::new(error)), hint: None }
    }
}

/// Says something that is worth knowing and stops nothing.
pub(crate) fn note(message: impl Display) {
    let style = Style::new().bold();
    let _ = writeln!(anstream::stderr(), "{style}note:{style:#} {message}");
}

fn write_error(stderr: &mut impl Write, message: &str) -> io::Result<()> {
    let style = AnsiColor::Red.on_default().bold();
    writeln!(stderr, "{style}error:{style:#} {message}")
}

/// The system's words for an error, without the number that `io::Error` adds.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}
