//! The cache: programs that `wasmc run` compiled, each under a name made from everything that determines its bytes, and
//! functions, which let a module that has changed a little be compiled faster.
//!
//! ```text
//! ~/.cache/wasmc/
//!   programs/hello-4f0c…    executables, named by input, options and compiler (`key`)
//!   seen/hello-91ab…        links to them, named by what the file system says about the input (`stamp`)
//!   functions/hello-7d20…   the functions of a module, named by its path and the options (`pack`)
//! ```
//!
//! A program found through `seen` starts without its module being read at all. Files appear whole or
//! not at all and never change, so any number of processes may read and add; the oldest are removed
//! when there is too much (`evict`), which a process that has just found one takes as not found.

mod evict;
mod key;
mod pack;
mod stamp;

pub(crate) use key::{Key, Recipe};
pub(crate) use pack::Pack;
pub(crate) use stamp::Stamp;

use crate::atomic;
use crate::failure::reason;
use crate::units::parse_size;
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW};
use std::fs::{self, DirBuilder, Metadata};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, symlink};
use std::path::{Path, PathBuf};

/// How much is kept when `WASMC_CACHE_SIZE` does not say: 1 GiB.
const DEFAULT_SIZE_LIMIT: u64 = 1 << 30;

/// A cache directory.
#[derive(Debug)]
pub(crate) struct Store {
    root: PathBuf,
}

/// What a cache holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// How many programs.
    pub(crate) programs: usize,
    /// How many modules have functions in it.
    pub(crate) modules: usize,
    /// Bytes of all of that.
    pub(crate) bytes: u64,
}

/// Where the cache is: `$XDG_CACHE_HOME/wasmc`, else `~/.cache/wasmc` (XDG Base Directory
/// Specification, which has relative paths ignored).
pub(crate) fn location() -> Result<PathBuf, String> {
    let absolute = |variable| std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".cache")))
        .map(|caches| caches.join("wasmc"))
        .ok_or_else(|| "neither XDG_CACHE_HOME nor HOME is set to an absolute path".to_owned())
}

/// How many bytes the cache may hold.
pub(crate) fn size_limit() -> Result<u64, String> {
    match std::env::var_os("WASMC_CACHE_SIZE") {
        None => Ok(DEFAULT_SIZE_LIMIT),
        Some(text) => text
            .to_str()
            .ok_or_else(|| "not UTF-8".to_owned())
            .and_then(parse_size)
            .map_err(|error| format!("WASMC_CACHE_SIZE: {error}")),
    }
}

impl Store {
    /// The cache at `root`, whether there is one or not.
    pub(crate) fn at(root: PathBuf) -> Store {
        Store { root }
    }

    /// The user's cache, made when there is none; or why it cannot be used.
    pub(crate) fn open() -> Result<Store, String> {
        let root = location()?;
        let metadata = match fs::metadata(&root) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(&root).map_err(|error| format!("`{}` cannot be made: {}", root.display(), reason(&error)))?
            }
            Err(error) => return Err(format!("`{}`: {}", root.display(), reason(&error))),
        };
        match unsafe_to_trust(&metadata) {
            Some(fault) => Err(format!("`{}` {fault}", root.display())),
            None => Ok(Store { root }),
        }
    }

    /// The program under `key`, which may be gone by the time it is started.
    pub(crate) fn program(&self, key: &Key) -> Option<PathBuf> {
        let path = self.root.join("programs").join(key.file_name());
        mark_used(&path).then_some(path)
    }

    /// The program recorded under a stamp's `key`, as [`Store::program`].
    pub(crate) fn seen(&self, key: &Key) -> Option<PathBuf> {
        let path = self.root.join("seen").join(key.file_name());
        mark_used(&path).then_some(path)
    }

    /// Adds a program and makes room for it.
    pub(crate) fn insert(&self, key: &Key, program: &[u8]) -> io::Result<PathBuf> {
        let directory = self.root.join("programs");
        create(&directory)?;
        let path = directory.join(key.file_name());
        atomic::write(&path, program, 0o755)?;
        // A limit nobody can read is none of a program's business; `wasmc cache info` complains.
        evict::make_room(&self.root, size_limit().unwrap_or(DEFAULT_SIZE_LIMIT), &path);
        Ok(path)
    }

    /// Remembers that the input with this stamp gives the program under `key`. It is only a shortcut:
    /// whatever prevents it, prevents nothing else.
    pub(crate) fn remember(&self, stamp: &Key, key: &Key) {
        let directory = self.root.join("seen");
        let target = Path::new("../programs").join(key.file_name());
        let link = directory.join(stamp.file_name());
        let _ = create(&directory).and_then(|_| match symlink(&target, &link) {
            // Left behind by an evicted program.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_file(&link)?;
                symlink(&target, &link)
            }
            result => result,
        });
    }

    /// The functions of earlier builds of the module at `input`.
    pub(crate) fn functions(&self, recipe: &Recipe, input: &Path) -> io::Result<Pack> {
        let key = recipe.for_functions(&fs::canonicalize(input)?);
        let directory = self.root.join("functions");
        create(&directory)?;
        Ok(Pack::open(directory.join(key.file_name()), recipe.hash()))
    }

    /// Keeps what a build has compiled. Whatever prevents it, prevents nothing else.
    pub(crate) fn save(&self, functions: Pack) {
        let path = functions.path().to_owned();
        match functions.save() {
            Ok(true) => evict::make_room(&self.root, size_limit().unwrap_or(DEFAULT_SIZE_LIMIT), &path),
            Ok(false) => {
                mark_used(&path);
            }
            Err(_) => {}
        }
    }

    /// Counts what it holds.
    pub(crate) fn totals(&self) -> Totals {
        let [programs, modules] = evict::FOLDERS.map(|folder| evict::files(&self.root, folder));
        let bytes = programs.iter().chain(&modules).map(|file| file.bytes).sum();
        Totals { programs: programs.len(), modules: modules.len(), bytes }
    }

    /// Removes everything and says how much that was.
    pub(crate) fn clear(&self) -> io::Result<Totals> {
        let totals = self.totals();
        for directory in evict::FOLDERS.into_iter().chain(["seen"]) {
            match fs::remove_dir_all(self.root.join(directory)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(totals)
    }
}

/// Makes a directory that is nobody else's business.
fn create(directory: &Path) -> io::Result<Metadata> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory)?;
    fs::metadata(directory)
}

/// Programs are started from the cache, so nobody else must be able to put any there: think of
/// `sudo` with the home directory of another user.
fn unsafe_to_trust(metadata: &Metadata) -> Option<&'static str> {
    if !metadata.is_dir() {
        Some("is not a directory")
    } else if metadata.uid() != rustix::process::geteuid().as_raw() {
        Some("belongs to another user")
    } else if metadata.mode() & 0o022 != 0 {
        Some("can be written by other users")
    } else {
        None
    }
}

/// Sets the time of last use, which eviction goes by. The only system call between the stamp and the
/// start of the program, it also tells whether there is one.
fn mark_used(path: &Path) -> bool {
    let now = Timespec { tv_sec: 0, tv_nsec: UTIME_NOW };
    let times = Timestamps { last_access: now, last_modification: now };
    match rustix::fs::utimensat(CWD, path, &times, AtFlags::empty()) {
        Ok(()) => true,
        Err(rustix::io::Errno::NOENT) => false,
        // A cache that cannot be written can still be read.
        Err(_) => path.exists(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inserted_is_found_until_it_is_cleared() {
        let directory = tempfile::tempdir().expect("a directory");
        let store = Store::at(directory.path().join("wasmc"));
        let (key, stamp) = (Key::for_test("app", 1), Key::for_test("app", 2));
        assert_eq!(store.program(&key), None);
        assert_eq!(store.totals(), Totals::default());

        let path = store.insert(&key, b"program").expect("inserted");
        assert_eq!(store.program(&key), Some(path));
        assert_eq!(store.totals(), Totals { programs: 1, modules: 0, bytes: 7 });

        assert_eq!(store.seen(&stamp), None);
        store.remember(&stamp, &key);
        store.remember(&stamp, &key);
        let seen = store.seen(&stamp).expect("remembered");
        assert_eq!(fs::read(seen).expect("the program"), b"program");

        assert_eq!(store.clear().expect("cleared").programs, 1);
        assert_eq!(store.seen(&stamp), None);
        assert_eq!(store.program(&key), None);
    }

    #[test]
    fn a_cache_that_others_can_write_is_not_trusted() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().expect("a directory");
        let fault = |mode| {
            fs::set_permissions(directory.path(), fs::Permissions::from_mode(mode)).expect("permissions");
            unsafe_to_trust(&fs::metadata(directory.path()).expect("metadata"))
        };
        assert_eq!(fault(0o755), None);
        assert_eq!(fault(0o777), Some("can be written by other users"));
    }
}
