//! One thing for a guest to do, and what must come of it.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::Command;

use crate::outcome::observe;
use crate::programs::on_windows;
use crate::{Error, Guest, Outcome, Tree, wasmtime};

/// One thing for a guest to do.
#[derive(Debug, Clone)]
pub struct Run {
    /// Who does it.
    pub guest: Guest,
    /// Distinguishes the runs of one guest.
    pub name: &'static str,
    /// The arguments, without the program's own name.
    pub args: Vec<&'static str>,
    /// The environment variables to grant. Of all others the guest must see none.
    pub env: Vec<(&'static str, &'static str)>,
    /// The whole standard input.
    pub stdin: Vec<u8>,
    /// What lies in the working directory beforehand, inside and outside of what is granted.
    pub tree: Tree,
    /// The directories to grant.
    pub grants: Vec<Grant>,
    /// What must come of it.
    pub expected: Expected,
    /// What it is good for.
    pub purpose: Purpose,
}

/// A directory that a guest may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// The directory, relative to the working directory. The guest knows it by this name after a `/`: drivers in C
    /// use relative paths, which mean the same in both worlds.
    pub directory: &'static str,
    /// Whether the guest may only read.
    pub read_only: bool,
}

/// What must come of a run.
#[derive(Debug, Clone)]
pub enum Expected {
    /// What the native twin does.
    LikeNative,
    /// What wasmtime does with the same module, apart from these lines of its output.
    LikeReference(&'static [Difference]),
    /// This.
    Fixed(Outcome),
}

/// A line of output in which wasmc differs from wasmtime, or Windows from other systems.
#[derive(Debug, Clone, Copy)]
pub struct Difference {
    /// What the program prints there.
    pub reference: &'static str,
    /// What is to be printed instead.
    pub ours: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// What a run is good for. All may be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Covers much in little time: well below a second natively.
    Check,
    /// Computes for about a second natively: long enough to be timed.
    Bench,
    /// Executes some hundred million instructions, which are counted: as many each time, within a few.
    Count,
}

impl Run {
    /// A run without arguments, input, files or grants, which ends like the native twin.
    pub(crate) fn new(guest: Guest, name: &'static str) -> Self {
        Self {
            guest,
            name,
            args: Vec::new(),
            env: Vec::new(),
            stdin: Vec::new(),
            tree: Tree::new(),
            grants: Vec::new(),
            expected: Expected::LikeNative,
            purpose: Purpose::Check,
        }
    }

    pub(crate) fn args(mut self, args: &[&'static str]) -> Self {
        self.args.extend(args);
        self
    }

    pub(crate) fn env(mut self, name: &'static str, value: &'static str) -> Self {
        self.env.push((name, value));
        self
    }

    pub(crate) fn stdin(mut self, stdin: impl Into<Vec<u8>>) -> Self {
        self.stdin = stdin.into();
        self
    }

    pub(crate) fn tree(mut self, tree: Tree) -> Self {
        self.tree = tree;
        self
    }

    pub(crate) fn grant(mut self, directory: &'static str) -> Self {
        self.grants.push(Grant { directory, read_only: false });
        self
    }

    pub(crate) fn grant_read_only(mut self, directory: &'static str) -> Self {
        self.grants.push(Grant { directory, read_only: true });
        self
    }

    pub(crate) fn expect(mut self, stdout: &str, status: i32, tree: Tree) -> Self {
        self.expected = Expected::Fixed(Outcome { stdout: stdout.into(), stderr: Vec::new(), status, tree });
        self
    }

    pub(crate) fn like_reference(mut self, differences: &'static [Difference]) -> Self {
        self.expected = Expected::LikeReference(differences);
        self
    }

    pub(crate) fn bench(mut self) -> Self {
        self.purpose = Purpose::Bench;
        self
    }

    pub(crate) fn count(mut self) -> Self {
        self.purpose = Purpose::Count;
        self
    }

    /// Makes `root` the working directory of this run: it holds the files that the run starts with, and nothing else.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn prepare(&self, root: &Path) -> io::Result<()> {
        self.tree.write(root)
    }

    /// The granted directories in the form `HOST::GUEST[:ro]` that `wasmc`'s `--dir` takes, `root` being the working directory.
    #[must_use]
    pub fn grants(&self, root: &Path) -> Vec<String> {
        let flag = |grant: &Grant| {
            let host = root.join(grant.directory);
            format!("{}::/{}{}", host.display(), grant.directory, if grant.read_only { ":ro" } else { "" })
        };
        self.grants.iter().map(flag).collect()
    }

    /// Runs a command in `root`, which has been [prepared](Self::prepare), with this run's arguments added to those it
    /// has, its environment added to the inherited one, and its standard input.
    ///
    /// # Errors
    ///
    /// When the command cannot be started or its files cannot be read.
    pub fn execute(&self, mut command: Command, root: &Path) -> io::Result<Outcome> {
        command.args(&self.args).envs(self.env.iter().copied());
        observe(command, &self.stdin, root)
    }

    /// What comes of this run under the reference engine, in the folder `root`, which is prepared anew.
    ///
    /// # Errors
    ///
    /// When the guest cannot be built, or the engine is not installed.
    pub fn under_reference(&self, root: &Path) -> Result<Outcome, Error> {
        let mut command = wasmtime()?;
        self.prepare(root)?;
        for grant in self.grants(root) {
            command.args(["--dir", &grant]);
        }
        for (name, value) in &self.env {
            command.args(["--env", &format!("{name}={value}")]);
        }
        command.arg(self.guest.wasm()?);
        Ok(self.execute(command, root)?)
    }

    /// What must come of this run. `root` is a folder to run the native twin or the reference engine in; it is
    /// prepared anew.
    ///
    /// # Errors
    ///
    /// When the native twin cannot be built, or either cannot be run, or the reference engine does not differ any more
    /// where it is said to.
    pub fn expected(&self, root: &Path) -> Result<Outcome, Error> {
        match &self.expected {
            Expected::Fixed(outcome) => Ok(outcome.clone()),
            Expected::LikeNative => {
                let mut command = Command::new(self.guest.native()?);
                command.env_clear();
                self.prepare(root)?;
                Ok(self.execute(command, root)?)
            }
            Expected::LikeReference(differences) => {
                let mut outcome = self.under_reference(root)?;
                outcome.stdout = differ(&outcome, differences)?;
                Ok(outcome)
            }
        }
    }

    /// The same on Windows, which differs in a few lines of output.
    ///
    /// # Errors
    ///
    /// Likewise; or one of these lines is not there.
    pub fn expected_on_windows(&self, root: &Path) -> Result<Outcome, Error> {
        let mut outcome = self.expected(root)?;
        let differences = on_windows::differences(self.guest);
        if !differences.is_empty() {
            outcome.stdout = differ(&outcome, differences)?;
        }
        Ok(outcome)
    }
}

/// The output of the reference engine, or of another system, with the lines that are to be there in place of those that differ.
fn differ(outcome: &Outcome, differences: &[Difference]) -> Result<Vec<u8>, Error> {
    let text = String::from_utf8_lossy(&outcome.stdout);
    let mut lines: Vec<&str> = text.lines().collect();
    for difference in differences {
        let line = lines.iter_mut().find(|line| **line == difference.reference);
        *line.ok_or_else(|| {
            let stderr = String::from_utf8_lossy(&outcome.stderr);
            Error::Failed(format!("it is said to print {:?}, and does not\n{stderr}", difference.reference))
        })? = difference.ours;
    }
    Ok((lines.join("\n") + "\n").into_bytes())
}

impl fmt::Display for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.guest.name(), self.name)
    }
}
