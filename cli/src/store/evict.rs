//! Keeps the cache within its size: what was not used for the longest time goes first.

use crate::atomic::TEMPORARY_PREFIX;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// More links than this are too many; they come back as they are needed.
const MOST_LINKS: usize = 4096;

/// A temporary file this old belongs to no process that is still alive.
const ABANDONED: Duration = Duration::from_secs(3600);

/// Where the files are: programs, and the functions of modules.
pub(super) const FOLDERS: [&str; 2] = ["programs", "functions"];

/// A cached program, or the functions of a module.
#[derive(Debug)]
pub(super) struct Cached {
    path: PathBuf,
    /// Its size.
    pub(super) bytes: u64,
    last_used: SystemTime,
}

/// The files in one of the folders of the cache at `root`, in no order.
pub(super) fn files(root: &Path, folder: &str) -> Vec<Cached> {
    let describe = |entry: DirEntry| {
        let metadata = entry.metadata().ok().filter(|metadata| metadata.is_file())?;
        let is_whole = !entry.file_name().as_encoded_bytes().starts_with(TEMPORARY_PREFIX.as_bytes());
        let last_used = metadata.modified().ok()?;
        is_whole.then(|| Cached { path: entry.path(), bytes: metadata.len(), last_used })
    };
    entries(&root.join(folder)).filter_map(describe).collect()
}

/// Removes files until three quarters of `limit` are left, once there is more than `limit`; never
/// `newest`. Another process may do the same at the same time: a file that is already gone is as good.
pub(super) fn make_room(root: &Path, limit: u64, newest: &Path) {
    if entries(&root.join("seen")).count() > MOST_LINKS {
        let _ = fs::remove_dir_all(root.join("seen"));
    }
    let mut cached: Vec<Cached> = FOLDERS.iter().flat_map(|folder| files(root, folder)).collect();
    let mut total: u64 = cached.iter().map(|file| file.bytes).sum();
    if total <= limit {
        return;
    }
    cached.sort_by_key(|file| file.last_used);
    for file in cached.iter().filter(|file| file.path != newest) {
        if total <= limit / 4 * 3 {
            break;
        }
        let _ = fs::remove_file(&file.path);
        total -= file.bytes;
    }
    remove_dangling_links(&root.join("seen"));
    for folder in FOLDERS {
        remove_abandoned_files(&root.join(folder));
    }
}

fn remove_dangling_links(directory: &Path) {
    for link in entries(directory).map(|entry| entry.path()).filter(|link| !link.exists()) {
        let _ = fs::remove_file(link);
    }
}

fn remove_abandoned_files(directory: &Path) {
    let is_abandoned = |entry: &DirEntry| {
        let age = entry.metadata().and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        entry.file_name().as_encoded_bytes().starts_with(TEMPORARY_PREFIX.as_bytes())
            && age.is_some_and(|age| age > ABANDONED)
    };
    for entry in entries(directory).filter(is_abandoned) {
        let _ = fs::remove_file(entry.path());
    }
}

fn entries(directory: &Path) -> impl Iterator<Item = DirEntry> + use<> {
    fs::read_dir(directory).into_iter().flatten().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::os::unix::fs::symlink;

    #[test]
    fn the_least_recently_used_goes_first_and_its_link_with_it() {
        let root = tempfile::tempdir().expect("a directory");
        let (programs_directory, seen) = (root.path().join("programs"), root.path().join("seen"));
        fs::create_dir(&programs_directory).expect("a directory");
        fs::create_dir(&seen).expect("a directory");
        for (age, name) in [(3, "a"), (9, "b"), (1, "c"), (20, "new")] {
            let path = programs_directory.join(name);
            fs::write(&path, [0; 100]).expect("a file");
            let time = SystemTime::now() - Duration::from_secs(age);
            File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("a time");
            symlink(Path::new("../programs").join(name), seen.join(name)).expect("a link");
        }
        let left = |directory: &Path| {
            let mut names: Vec<_> = entries(directory).map(|entry| entry.file_name()).collect();
            names.sort();
            names
        };

        make_room(root.path(), 400, &programs_directory.join("new"));
        assert_eq!(left(&programs_directory), ["a", "b", "c", "new"]);

        make_room(root.path(), 399, &programs_directory.join("new"));
        assert_eq!(left(&programs_directory), ["c", "new"]);
        assert_eq!(left(&seen), ["c", "new"]);
    }
}
