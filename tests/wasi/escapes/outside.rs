//! The host an attack runs on: what is granted, what lies beside it, and whether that has changed.

use super::calls::Errno;
use super::kernel::Openat2;
use super::remote::{Remote, executable};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmc_compiler::{OperatingSystem, Target};
use wasmc_tests::{Point, Program, link};

/// What the files outside have in them, and those inside have not.
pub const SECRET: &[u8] = b"SECRET";

/// A directory of the host with these in it: `data`, granted for changes; `readonly`, granted for reading; and what
/// nobody has been granted, of which `moving` is the host's own to change.
pub struct Host {
    program: Program,
    openat2: Openat2,
    has_links: bool,
    is_windows: bool,
    before: BTreeMap<PathBuf, Seen>,
}

/// What the outside of a file shows of changes. That it was read does not count: the test itself does that.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    mode: u32,
    links: u64,
    modified: (i64, i64),
    contents: Vec<u8>,
}

/// What may change: by the program, and by the host.
const CHANGING: [&str; 2] = ["data", "moving"];

/// Symbolic links in `data`.
const LINKS: [(&str, &str); 18] = [
    ("link-inside", "inside.txt"),
    ("link-sub", "sub"),
    ("link-secret", "../secret.txt"),
    ("link-nothing", "../nothing"),
    ("link-outside", "../outside"),
    ("link-outside-slash", "../outside/"),
    ("link-parent", ".."),
    ("link-root", "/"),
    ("link-absolute", "/etc/passwd"),
    ("link-chain", "link-outside"),
    ("link-chain-secret", "link-secret"),
    ("link-out-and-in", "../data/inside.txt"),
    ("link-through-sub", "sub/../../outside"),
    ("link-through-link", "link-sub/../../outside"),
    ("link-many", "../../../../../../../../../../../../../../../../etc"),
    ("sub/link-up", ".."),
    ("sub/link-up-up", "../.."),
    ("sub/deep/link-secret", "../../../secret.txt"),
];

impl Host {
    /// The host of a program for `target`, with symbolic links in `data`. Where the target is Windows, these are the
    /// stand-in's.
    pub fn new(target: Target, openat2: Openat2) -> io::Result<Host> {
        Host::with(target, openat2, true)
    }

    /// A host without links: Wine would follow them.
    pub fn of_wine(target: Target) -> io::Result<Host> {
        Host::with(target, Openat2::Kernel, false)
    }

    fn with(target: Target, openat2: Openat2, has_links: bool) -> io::Result<Host> {
        let executable = executable(target);
        let program = if has_links { Program::with_links(&executable)? } else { Program::new(&executable)? };
        for path in ["secret.txt", "outside/secret.txt", "outside/deep/secret.txt"] {
            program.write(path, SECRET)?;
        }
        fs::create_dir(program.work().join("outside/empty"))?;
        fs::create_dir(program.work().join("moving"))?;
        for path in ["data/inside.txt", "data/sub/deep/deep.txt", "readonly/file.txt", "readonly/sub/file.txt"] {
            program.write(path, b"inside")?;
        }
        let is_windows = target.system == OperatingSystem::Windows;
        let mut host = Host { program, openat2, has_links, is_windows, before: BTreeMap::new() };
        if has_links {
            host.link("file.txt", "readonly/link-file");
            for (path, text) in LINKS {
                host.link(text, Path::new("data").join(path));
            }
        }
        host.before = host.see()?;
        Ok(host)
    }

    /// Makes a symbolic link, as the host has them.
    pub fn link(&self, text: &str, path: impl AsRef<Path>) {
        assert!(self.has_links, "this host has no links");
        let path = self.path(path);
        if self.is_windows { link(text, &path) } else { symlink(text, path) }.expect("a link");
    }

    /// Whether there is a symbolic link.
    pub fn is_link(&self, path: impl AsRef<Path>) -> bool {
        let path = self.path(path);
        if self.is_windows { Point::read(&path).is_some() } else { path.is_symlink() }
    }

    /// Whether names and errors are those of Windows.
    pub fn is_windows(&self) -> bool {
        self.is_windows
    }

    /// Sees that a directory that was moved while it was open is still what it was. Wine knows open directories by their
    /// names, and loses this one.
    pub fn check_moved(&self, found: Result<Vec<u8>, Errno>) {
        let lost = self.is_windows && found == Err(Errno::BADF);
        assert!(lost || found == Ok(b"inside".to_vec()), "{found:?}");
    }

    /// A path below the directory.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.program.work().join(path)
    }

    /// The command that starts the program.
    pub fn command(&self) -> Command {
        self.program.command()
    }

    /// Starts the program.
    pub fn start(&self) -> Remote {
        self.start_as(self.command())
    }

    /// Starts the program with a command that was prepared for it.
    pub fn start_as(&self, command: Command) -> Remote {
        Remote::start(command, self.openat2)
    }

    /// Errors when anything has changed but what may.
    pub fn check(&self) -> Result<(), String> {
        let after = self.see().map_err(|error| error.to_string())?;
        let paths = self.before.keys().chain(after.keys());
        match paths.into_iter().find(|path| self.before.get(*path) != after.get(*path)) {
            None => Ok(()),
            Some(path) => {
                let (before, after) = (self.before.get(path), after.get(path));
                Err(format!("{} has changed:\n{before:?}\n{after:?}", path.display()))
            }
        }
    }

    fn see(&self) -> io::Result<BTreeMap<PathBuf, Seen>> {
        let mut seen = BTreeMap::new();
        see_into(&self.program.work(), &mut seen)?;
        Ok(seen)
    }
}

fn see_into(folder: &Path, seen: &mut BTreeMap<PathBuf, Seen>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| CHANGING.iter().any(|changing| name == *changing)) {
            continue;
        }
        let metadata = path.symlink_metadata()?;
        let contents = if metadata.is_file() {
            fs::read(&path)?
        } else if metadata.is_symlink() {
            fs::read_link(&path)?.into_os_string().into_encoded_bytes()
        } else {
            Vec::new()
        };
        if metadata.is_dir() {
            see_into(&path, seen)?;
        }
        let modified = (metadata.mtime(), metadata.mtime_nsec());
        seen.insert(path, Seen { mode: metadata.mode(), links: metadata.nlink(), modified, contents });
    }
    Ok(())
}
