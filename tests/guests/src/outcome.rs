//! What a program did: what it printed, how it ended, which files it left.

use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::{Node, Tree, spawn};

/// How long a program may run. A miscompiled one often does not stop by itself.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// What a program did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What it printed.
    pub stdout: Vec<u8>,
    /// What it complained about. Engines word their messages differently, so this is not compared.
    pub stderr: Vec<u8>,
    /// Its exit status or, where a signal ended it, 128 and the signal's number, as in a shell. A trap is 134.
    pub status: i32,
    /// What lies in its working directory afterwards.
    pub tree: Tree,
}

impl Outcome {
    /// Describes the first difference between this, which was expected, and another outcome; `None` if there is none.
    #[must_use]
    pub fn difference(&self, actual: &Self) -> Option<String> {
        let difference = text_difference(&self.stdout, &actual.stdout)
            .or_else(|| status_difference(self.status, actual.status))
            .or_else(|| tree_difference(&self.tree, &actual.tree))?;
        let stderr = String::from_utf8_lossy(&actual.stderr);
        Some(format!("{difference}\nstandard error was: {}", stderr.chars().take(2000).collect::<String>()))
    }
}

fn status_difference(expected: i32, actual: i32) -> Option<String> {
    (expected != actual).then(|| format!("exit status: expected {expected}, got {actual}"))
}

/// Compares line by line, because that is how a person will read it.
fn text_difference(expected: &[u8], actual: &[u8]) -> Option<String> {
    if expected == actual {
        return None;
    }
    let mut lines = (1.., expected.split(|&byte| byte == b'\n'), actual.split(|&byte| byte == b'\n'));
    loop {
        let (number, expected, actual) = (lines.0.next()?, lines.1.next(), lines.2.next());
        if expected != actual {
            let show = |line: Option<&[u8]>| line.map(|line| String::from_utf8_lossy(line).into_owned());
            return Some(format!(
                "standard output, line {number}: expected {:?}, got {:?}",
                show(expected),
                show(actual)
            ));
        }
    }
}

fn tree_difference(expected: &Tree, actual: &Tree) -> Option<String> {
    let describe = |node: Option<&Node>| match node {
        None => "nothing".to_owned(),
        Some(Node::File(contents)) => format!("a file of {} bytes", contents.len()),
        Some(Node::Directory) => "a directory".to_owned(),
        Some(Node::Link(target)) => format!("a link to {target}"),
    };
    let paths = expected.iter().chain(actual.iter()).map(|(path, _)| path);
    let path = paths.into_iter().find(|path| expected.get(path) != actual.get(path))?;
    let (expected, actual) = (expected.get(path), actual.get(path));
    if let (Some(Node::File(expected)), Some(Node::File(actual))) = (expected, actual) {
        let same = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
        return Some(format!(
            "file {path}: differs from byte {same} on ({} and {} bytes)",
            expected.len(),
            actual.len()
        ));
    }
    Some(format!("file {path}: expected {}, got {}", describe(expected), describe(actual)))
}

/// Runs a command in the folder `root`, with the given standard input, and collects its outcome.
pub(crate) fn observe(mut command: Command, stdin: &[u8], root: &Path) -> io::Result<Outcome> {
    command.current_dir(root).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawn(&mut command)?;
    // All three streams are served at once: whoever waited for one of them could block the others.
    let (stdin_pipe, stdout_pipe, stderr_pipe) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (status, stdout, stderr) = thread::scope(|scope| {
        scope.spawn(move || stdin_pipe.map(|mut pipe| pipe.write_all(stdin)));
        let stdout = scope.spawn(|| read_all(stdout_pipe));
        let stderr = scope.spawn(|| read_all(stderr_pipe));
        (wait(&mut child), stdout.join().unwrap_or_default(), stderr.join().unwrap_or_default())
    });
    let status = status?;
    let status = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(-1);
    Ok(Outcome { stdout, stderr, status, tree: Tree::read(root)? })
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        // What arrived before an error is what there is to compare.
        let _ = pipe.read_to_end(&mut bytes);
    }
    bytes
}

fn wait(child: &mut Child) -> io::Result<ExitStatus> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if start.elapsed() > TIME_LIMIT {
            child.kill()?;
            return child.wait();
        }
        thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, observe};
    use crate::Tree;
    use std::process::Command;

    fn outcome(stdout: &str, status: i32, tree: Tree) -> Outcome {
        Outcome { stdout: stdout.into(), stderr: Vec::new(), status, tree }
    }

    #[test]
    fn the_first_difference_is_named() {
        let expected = outcome("one\ntwo\n", 0, Tree::new().file("a", "abc"));
        let first_line =
            |actual: Outcome| expected.difference(&actual).map(|text| text.lines().next().map(str::to_owned));
        assert_eq!(first_line(expected.clone()), None);
        let cases = [
            (outcome("one\n2\n", 1, Tree::new()), "standard output, line 2: expected Some(\"two\"), got Some(\"2\")"),
            (outcome("one\ntwo\n", 134, Tree::new()), "exit status: expected 0, got 134"),
            (outcome("one\ntwo\n", 0, Tree::new()), "file a: expected a file of 3 bytes, got nothing"),
            (outcome("one\ntwo\n", 0, Tree::new().file("a", "abd")), "file a: differs from byte 2 on (3 and 3 bytes)"),
        ];
        for (actual, message) in cases {
            assert_eq!(first_line(actual), Some(Some(message.to_owned())));
        }
    }

    #[test]
    fn a_command_is_observed() {
        let root = std::env::temp_dir().join(format!("guest-outcome-{}", std::process::id()));
        Tree::new().write(&root).expect("a temporary folder can be written");
        let mut command = Command::new("sh");
        command.args(["-c", "cat; echo kept > file; kill -ABRT $$"]);
        let seen = observe(command, b"through\n", &root).expect("a shell can be run");
        let expected = outcome("through\n", 134, Tree::new().file("file", "kept\n"));
        assert_eq!(expected.difference(&seen), None);
        std::fs::remove_dir_all(&root).expect("it was created above");
    }
}
