//! A module that is extreme in one respect, and what must become of it.

use libtest_mimic::{Failed, Trial};
use wasmc_tests::{Ended, Program, Verdict, Wasmc};

/// A monster.
pub struct Monster {
    name: &'static str,
    make: fn() -> Vec<u8>,
    arguments: &'static [&'static str],
    fate: Fate,
}

/// What must become of it.
enum Fate {
    /// It is refused, and the error has these words.
    Refused(&'static str),
    /// It compiles and prints this.
    Prints(&'static str),
    /// It compiles, and the program stops with this status and these words.
    Stops(i32, &'static str),
    /// It compiles or is refused.
    Survived,
}

impl Monster {
    /// A monster that is only to be survived.
    pub fn new(name: &'static str, make: fn() -> Vec<u8>) -> Monster {
        Monster { name, make, arguments: &[], fate: Fate::Survived }
    }

    /// Builds with these arguments.
    pub fn with(self, arguments: &'static [&'static str]) -> Monster {
        Monster { arguments, ..self }
    }

    /// It must be refused, with these words.
    pub fn refused(self, words: &'static str) -> Monster {
        Monster { fate: Fate::Refused(words), ..self }
    }

    /// It must compile and print this.
    pub fn prints(self, output: &'static str) -> Monster {
        Monster { fate: Fate::Prints(output), ..self }
    }

    /// It must compile to a program that stops so.
    pub fn stops(self, status: i32, words: &'static str) -> Monster {
        Monster { fate: Fate::Stops(status, words), ..self }
    }

    /// The test of it.
    pub fn trial(self) -> Trial {
        let name = match self.arguments {
            [] => format!("monsters/{}", self.name),
            arguments => format!("monsters/{} {}", self.name, arguments.join(" ")),
        };
        Trial::test(name, move || self.check())
    }

    fn check(&self) -> Result<(), Failed> {
        let verdict = Wasmc::find()?.build(&(self.make)(), self.arguments)?;
        let executable = match (verdict, &self.fate) {
            (Verdict::Refused(error), Fate::Refused(words)) if error.contains(words) => return Ok(()),
            (Verdict::Refused(_), Fate::Survived) => return Ok(()),
            (Verdict::Refused(error), Fate::Refused(words)) => {
                return Err(format!("expected an error with {words:?}, got: {error}").into());
            }
            (Verdict::Refused(error), _) => return Err(format!("it is refused: {error}").into()),
            (Verdict::Built(_), Fate::Refused(words)) => {
                return Err(format!("it compiled; expected an error with {words:?}").into());
            }
            (Verdict::Built(executable), _) => executable,
        };
        let ended = Program::new(&executable)?.run(&[])?;
        match self.fate {
            Fate::Prints(output) => self.expect(&ended, 0, output, &ended.stdout),
            Fate::Stops(status, words) => self.expect(&ended, status, words, &ended.stderr),
            Fate::Refused(_) | Fate::Survived if ended.signal.is_none() => Ok(()),
            Fate::Refused(_) | Fate::Survived => Err(describe(&ended).into()),
        }
    }

    fn expect(&self, ended: &Ended, status: i32, words: &str, text: &[u8]) -> Result<(), Failed> {
        let has_words = String::from_utf8_lossy(text).contains(words);
        if ended.status == status && ended.signal.is_none() && has_words {
            return Ok(());
        }
        Err(format!("expected status {status} and {words:?}, got {}", describe(ended)).into())
    }
}

fn describe(ended: &Ended) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().take(1000).collect::<String>();
    format!(
        "status {} after {:?}\n--- stdout\n{}\n--- stderr\n{}",
        ended.status,
        ended.elapsed,
        text(&ended.stdout),
        text(&ended.stderr)
    )
}
