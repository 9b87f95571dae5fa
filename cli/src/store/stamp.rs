//! What the file system says about an input, in place of its contents.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

/// A file and its state. Writing to the file changes the stamp, except within the resolution of the
/// file system's clock: see [`Stamp::is_settled`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    /// Seconds and nanoseconds. Unlike the time of modification, that of the last change cannot be set
    /// back by anyone.
    modified: (i64, i64),
    changed: (i64, i64),
}

/// Longer than the coarsest clock: FAT counts in steps of two seconds.
const SETTLING_TIME: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a regular file; nothing else has one.
    pub(crate) fn of(metadata: &Metadata) -> Option<Stamp> {
        metadata.is_file().then(|| Stamp {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// Whether the next write is sure to change it. A file written a moment ago could be written again
    /// within the same tick of the clock.
    pub(crate) fn is_settled(&self, now: SystemTime) -> bool {
        let Ok(now) = now.duration_since(SystemTime::UNIX_EPOCH) else { return false };
        let latest = self.modified.0.max(self.changed.0);
        u64::try_from(latest).is_ok_and(|latest| latest + SETTLING_TIME.as_secs() < now.as_secs())
    }

    /// The bytes to hash.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let Stamp { device, inode, size, modified, changed } = self;
        let signed = [modified.0, modified.1, changed.0, changed.1];
        let fields = [device, inode, size].into_iter().map(u64::to_le_bytes);
        fields.chain(signed.into_iter().map(i64::to_le_bytes)).flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_settles_after_a_while() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let stamp = Stamp::of(&file.as_file().metadata().expect("metadata")).expect("a stamp");
        let now = SystemTime::now();
        assert!(!stamp.is_settled(now));
        assert!(!stamp.is_settled(now - Duration::from_secs(100)), "a clock that runs ahead proves nothing");
        assert!(stamp.is_settled(now + Duration::from_secs(4)));
    }

    #[test]
    fn directories_have_no_stamp() {
        assert_eq!(Stamp::of(&std::fs::metadata("/").expect("metadata")), None);
    }
}
