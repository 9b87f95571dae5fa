//! Records and numbers of WASI preview 1 as they lie in the program's memory, and of
//! `wasi_unstable` where that differs. Fields have the specification's names where they are words.

use core::mem::size_of;

/// A record that may be copied into and out of the program's memory byte by byte.
///
/// # Safety
/// Every bit pattern is a value, and there is no padding that is not a field.
pub(super) unsafe trait Record: Copy {
    /// The record's bytes.
    fn as_bytes(&self) -> &[u8] {
        // SAFETY: a record has no padding, so all of its bytes have values.
        unsafe { core::slice::from_raw_parts((&raw const *self).cast(), size_of::<Self>()) }
    }
}

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident, $size:literal bytes { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Default)]
            #[repr(C)]
            pub(super) struct $name { $($(#[$field_doc])* pub(super) $field: $ty,)* }

            const _: () = assert!(size_of::<$name>() == $size && 0 $(+ size_of::<$ty>())* == $size);

            // SAFETY: integers only, and the assertion above excludes padding.
            unsafe impl Record for $name {}
        )*
    };
}

// SAFETY: integers.
unsafe impl Record for u16 {}
// SAFETY: integers.
unsafe impl Record for u32 {}
// SAFETY: integers.
unsafe impl Record for u64 {}

records! {
    /// A buffer to fill or to send: `iovec` and `ciovec`.
    Iovec, 8 bytes {
        start: u32,
        length: u32,
    }

    /// What a descriptor is and may do: `fdstat`.
    Fdstat, 24 bytes {
        filetype: u8,
        padding: u8,
        flags: u16,
        more_padding: u32,
        rights_base: u64,
        rights_inheriting: u64,
    }

    /// The attributes of a file: `filestat`.
    Filestat, 64 bytes {
        device: u64,
        inode: u64,
        filetype: u8,
        padding: [u8; 7],
        links: u64,
        size: u64,
        accessed: u64,
        modified: u64,
        changed: u64,
    }

    /// The same in `wasi_unstable`, where the number of links has 32 bits.
    UnstableFilestat, 56 bytes {
        device: u64,
        inode: u64,
        filetype: u8,
        padding: [u8; 3],
        links: u32,
        size: u64,
        accessed: u64,
        modified: u64,
        changed: u64,
    }

    /// A preopened directory: `prestat`.
    Prestat, 8 bytes {
        tag: u32,
        name_length: u32,
    }

    /// The head of a directory entry: `dirent`; the name follows it.
    Dirent, 24 bytes {
        next: u64,
        inode: u64,
        name_length: u32,
        filetype: u8,
        padding: [u8; 3],
    }

    /// What to wait for: `subscription`. A descriptor stands where the clock's number does.
    Subscription, 48 bytes {
        userdata: u64,
        tag: u8,
        padding: [u8; 7],
        subject: u32,
        more_padding: u32,
        timeout: u64,
        precision: u64,
        flags: u16,
        last_padding: [u8; 6],
    }

    /// The same in `wasi_unstable`, where a clock has an identifier before its number, and a
    /// descriptor stands where the low half of the identifier does.
    UnstableSubscription, 56 bytes {
        userdata: u64,
        tag: u8,
        padding: [u8; 7],
        descriptor: u32,
        identifier_high: u32,
        clock: u32,
        more_padding: u32,
        timeout: u64,
        precision: u64,
        flags: u16,
        last_padding: [u8; 6],
    }

    /// What happened: `event`.
    Event, 32 bytes {
        userdata: u64,
        errno: u16,
        tag: u8,
        padding: [u8; 5],
        bytes: u64,
        flags: u16,
        last_padding: [u8; 6],
    }
}

/// The kind of a file: `filetype`.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[allow(dead_code, reason = "the list is the specification's; a platform finds what it knows")]
pub(crate) enum Filetype {
    /// Anything else, such as a pipe.
    Unknown = 0,
    /// A block device.
    BlockDevice = 1,
    /// A character device.
    CharacterDevice = 2,
    /// A directory.
    Directory = 3,
    /// A regular file.
    RegularFile = 4,
    /// A socket; nothing tells the kinds of sockets apart.
    SocketStream = 6,
    /// A symbolic link.
    SymbolicLink = 7,
}

/// What a descriptor may be used for: `rights`, a set of bits.
pub(super) mod rights {
    #![allow(missing_docs, reason = "each right is named after the calls it allows")]
    #![allow(dead_code, reason = "the list is the specification's")]

    pub(crate) const FD_DATASYNC: u64 = 1 << 0;
    pub(crate) const FD_READ: u64 = 1 << 1;
    pub(crate) const FD_SEEK: u64 = 1 << 2;
    pub(crate) const FD_FDSTAT_SET_FLAGS: u64 = 1 << 3;
    pub(crate) const FD_SYNC: u64 = 1 << 4;
    pub(crate) const FD_TELL: u64 = 1 << 5;
    pub(crate) const FD_WRITE: u64 = 1 << 6;
    pub(crate) const FD_ADVISE: u64 = 1 << 7;
    pub(crate) const FD_ALLOCATE: u64 = 1 << 8;
    pub(crate) const PATH_CREATE_DIRECTORY: u64 = 1 << 9;
    pub(crate) const PATH_CREATE_FILE: u64 = 1 << 10;
    pub(crate) const PATH_LINK_SOURCE: u64 = 1 << 11;
    pub(crate) const PATH_LINK_TARGET: u64 = 1 << 12;
    pub(crate) const PATH_OPEN: u64 = 1 << 13;
    pub(crate) const FD_READDIR: u64 = 1 << 14;
    pub(crate) const PATH_READLINK: u64 = 1 << 15;
    pub(crate) const PATH_RENAME_SOURCE: u64 = 1 << 16;
    pub(crate) const PATH_RENAME_TARGET: u64 = 1 << 17;
    pub(crate) const PATH_FILESTAT_GET: u64 = 1 << 18;
    pub(crate) const PATH_FILESTAT_SET_SIZE: u64 = 1 << 19;
    pub(crate) const PATH_FILESTAT_SET_TIMES: u64 = 1 << 20;
    pub(crate) const FD_FILESTAT_GET: u64 = 1 << 21;
    pub(crate) const FD_FILESTAT_SET_SIZE: u64 = 1 << 22;
    pub(crate) const FD_FILESTAT_SET_TIMES: u64 = 1 << 23;
    pub(crate) const PATH_SYMLINK: u64 = 1 << 24;
    pub(crate) const PATH_REMOVE_DIRECTORY: u64 = 1 << 25;
    pub(crate) const PATH_UNLINK_FILE: u64 = 1 << 26;
    pub(crate) const POLL_FD_READWRITE: u64 = 1 << 27;
    pub(crate) const SOCK_SHUTDOWN: u64 = 1 << 28;
    pub(crate) const SOCK_ACCEPT: u64 = 1 << 29;

    /// Every right there is.
    pub(crate) const ALL: u64 = (1 << 30) - 1;
}

/// How a descriptor behaves: `fdflags`, a set of bits.
pub(crate) mod fdflags {
    /// Each write goes to the end of the file.
    pub(crate) const APPEND: u16 = 1 << 0;
    /// Each write waits for the data to reach the device.
    pub(crate) const DSYNC: u16 = 1 << 1;
    /// Calls do not wait.
    pub(crate) const NONBLOCK: u16 = 1 << 2;
    /// Each read waits as writes do.
    pub(crate) const RSYNC: u16 = 1 << 3;
    /// Each write waits for data and attributes to reach the device.
    pub(crate) const SYNC: u16 = 1 << 4;
    /// Every flag there is.
    pub(crate) const ALL: u16 = (1 << 5) - 1;
}

/// How `path_open` opens: `oflags`, a set of bits.
pub(crate) mod oflags {
    /// Make the file if it is not there.
    pub(crate) const CREATE: u16 = 1 << 0;
    /// Fail unless it is a directory.
    pub(crate) const DIRECTORY: u16 = 1 << 1;
    /// Fail if it is there.
    pub(crate) const EXCLUSIVE: u16 = 1 << 2;
    /// Empty the file.
    pub(crate) const TRUNCATE: u16 = 1 << 3;
    /// Every flag there is.
    pub(crate) const ALL: u16 = (1 << 4) - 1;
}

/// `lookupflags`: a symbolic link at the end of a path is followed.
pub(super) const SYMLINK_FOLLOW: u32 = 1 << 0;

/// Which times of a file to set: `fstflags`, a set of bits.
pub(super) mod fstflags {
    /// The time of the last access, to a value.
    pub(crate) const ACCESSED: u32 = 1 << 0;
    /// The time of the last access, to now.
    pub(crate) const ACCESSED_NOW: u32 = 1 << 1;
    /// The time of the last modification, to a value.
    pub(crate) const MODIFIED: u32 = 1 << 2;
    /// The time of the last modification, to now.
    pub(crate) const MODIFIED_NOW: u32 = 1 << 3;
    /// Every flag there is.
    pub(crate) const ALL: u32 = (1 << 4) - 1;
}

/// What a subscription is for: `eventtype`.
pub(super) mod eventtype {
    /// A clock reaches a time.
    pub(crate) const CLOCK: u8 = 0;
    /// A descriptor can be read.
    pub(crate) const FD_READ: u8 = 1;
    /// A descriptor can be written.
    pub(crate) const FD_WRITE: u8 = 2;
}

/// `subclockflags`: the timeout is a time of the clock, not a duration.
pub(super) const ABSOLUTE_TIME: u16 = 1 << 0;

/// `riflags`: how `sock_recv` receives, a set of bits.
pub(super) mod riflags {
    /// What is received stays to be received.
    pub(crate) const PEEK: u32 = 1 << 0;
    /// Wait until the buffers are full.
    pub(crate) const WAIT_ALL: u32 = 1 << 1;
}

/// `sdflags`: what `sock_shutdown` ends, a set of bits.
pub(super) mod sdflags {
    /// Receiving.
    pub(crate) const RECEIVE: u32 = 1 << 0;
    /// Sending.
    pub(crate) const SEND: u32 = 1 << 1;
}

/// `eventrwflags`: the other side has hung up, or the file ends here.
pub(super) const HANGUP: u16 = 1 << 0;
