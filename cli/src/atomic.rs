//! Files that appear complete or not at all.

use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, open};
use rustix::io::Errno;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::fd::{AsRawFd, OwnedFd};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Writes `bytes` to a file without a name in the directory of `path`, then gives it that name in
/// place of whatever had it. `mode` is narrowed by the umask.
///
/// A file without a name vanishes with the process, so even `SIGKILL` leaves nothing behind. Where
/// the file system has no such files, a temporary name is used.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let directory = match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    match Unnamed::create(directory, bytes, mode) {
        Ok(file) => file.publish(path),
        Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(error),
        Err(_) => write_named(directory, path, bytes, mode),
    }
}

/// A file that is written bit by bit and will appear at `path`, if it is published; otherwise it vanishes.
pub(crate) fn spool(path: &Path, mode: u32) -> io::Result<Spool> {
    let directory = path.parent().unwrap_or(Path::new("."));
    let (file, name) = match open_unnamed(directory, mode) {
        Ok(descriptor) => (File::from(descriptor), None),
        Err(_) => {
            let (file, name) = named(directory, mode)?.into_parts();
            (file, Some(name))
        }
    };
    Ok(Spool { file: BufWriter::new(file), name })
}

/// What [`spool`] makes.
#[derive(Debug)]
pub(crate) struct Spool {
    file: BufWriter<File>,
    /// Where every file has a name: a temporary one.
    name: Option<TempPath>,
}

impl Spool {
    /// Adds `bytes`.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Names it `path`, in place of whatever had that name.
    pub(crate) fn publish(self, path: &Path) -> io::Result<()> {
        let file = self.file.into_inner()?;
        match self.name {
            None => Unnamed::complete(file)?.publish(path),
            Some(name) => name.persist(path).map_err(|error| error.error),
        }
    }
}

/// A complete file that no directory names.
pub(crate) struct Unnamed {
    /// Open for its path alone: nobody can execute a file that is open for writing.
    handle: OwnedFd,
}

impl Unnamed {
    /// Writes `bytes` to a new file on the file system of `directory`.
    pub(crate) fn create(directory: &Path, bytes: &[u8], mode: u32) -> io::Result<Unnamed> {
        Unnamed::fill(open_unnamed(directory, mode)?, bytes)
    }

    /// Writes `bytes` to memory; `name` is for process listings.
    pub(crate) fn in_memory(name: &str, bytes: &[u8]) -> io::Result<Unnamed> {
        Unnamed::fill(rustix::fs::memfd_create(name, rustix::fs::MemfdFlags::CLOEXEC)?, bytes)
    }

    fn fill(descriptor: OwnedFd, bytes: &[u8]) -> io::Result<Unnamed> {
        let mut file = File::from(descriptor);
        file.write_all(bytes)?;
        Unnamed::complete(file)
    }

    fn complete(file: File) -> io::Result<Unnamed> {
        let handle = open(descriptor_path(&file), OFlags::PATH | OFlags::CLOEXEC, Mode::empty())?;
        Ok(Unnamed { handle })
    }

    /// A path that leads to it as long as it is open.
    pub(crate) fn path(&self) -> PathBuf {
        descriptor_path(&self.handle)
    }

    /// Names it `path`.
    fn publish(&self, path: &Path) -> io::Result<()> {
        let link = |name: &Path| linkat(CWD, self.path(), CWD, name, AtFlags::SYMLINK_FOLLOW);
        match link(path) {
            Err(Errno::EXIST) => {}
            result => return Ok(result?),
        }
        // A link never replaces a file, a renaming does.
        let temporary = temporary_name(path);
        link(&temporary)?;
        fs::rename(&temporary, path).inspect_err(|_| {
            let _ = fs::remove_file(&temporary);
        })
    }
}

fn open_unnamed(directory: &Path, mode: u32) -> io::Result<OwnedFd> {
    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    Ok(open(directory, flags, Mode::from_raw_mode(mode))?)
}

fn descriptor_path(descriptor: &impl AsRawFd) -> PathBuf {
    PathBuf::from(format!("/proc/self/fd/{}", descriptor.as_raw_fd()))
}

/// A name beside `path` that no other process uses.
fn temporary_name(path: &Path) -> PathBuf {
    path.with_file_name(format!("{TEMPORARY_PREFIX}{}", std::process::id()))
}

/// How temporary names begin.
pub(crate) const TEMPORARY_PREFIX: &str = ".wasmc-";

fn write_named(directory: &Path, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let mut file = named(directory, mode)?;
    file.write_all(bytes)?;
    // Closed before it is named, since nobody can execute a file that is open for writing.
    file.into_temp_path().persist(path).map_err(|error| error.error)
}

fn named(directory: &Path, mode: u32) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(TEMPORARY_PREFIX).permissions(Permissions::from_mode(mode)).tempfile_in(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(write: impl Fn(&Path, &[u8])) {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("app");
        for bytes in [b"one".as_slice(), b"another"] {
            write(&path, bytes);
            assert_eq!(fs::read(&path).expect("the file"), bytes);
            let mode = fs::metadata(&path).expect("the file").permissions().mode();
            assert_eq!(mode & 0o700, 0o700);
            assert_eq!(fs::read_dir(directory.path()).expect("the directory").count(), 1);
        }
    }

    #[test]
    fn a_file_is_written_and_replaced() {
        check(|path, bytes| write(path, bytes, 0o755).expect("written"));
    }

    #[test]
    fn a_file_is_written_and_replaced_where_every_file_has_a_name() {
        check(|path, bytes| {
            write_named(path.parent().expect("a parent"), path, bytes, 0o755).expect("written");
        });
    }
}
