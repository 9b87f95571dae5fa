//! The kernel's errors as WASI numbers them; those that it has no name for are input and output errors.

use super::nt::Status;
use crate::wasi::Errno;

impl From<Status> for Errno {
    fn from(status: Status) -> Errno {
        match status.0 as u32 {
            // STATUS_OBJECT_NAME_NOT_FOUND, OBJECT_PATH_NOT_FOUND, NO_SUCH_FILE, DELETE_PENDING, FILE_DELETED
            0xc000_0034 | 0xc000_003a | 0xc000_000f | 0xc000_0056 | 0xc000_0123 => Errno::Noent,
            // OBJECT_NAME_COLLISION
            0xc000_0035 => Errno::Exist,
            // ACCESS_DENIED, CANNOT_DELETE
            0xc000_0022 | 0xc000_0121 => Errno::Acces,
            // PRIVILEGE_NOT_HELD, IO_REPARSE_TAG_NOT_HANDLED
            0xc000_0061 | 0xc000_0279 => Errno::Perm,
            // SHARING_VIOLATION, USER_MAPPED_FILE, DEVICE_BUSY, DIRECTORY_IS_A_REPARSE_POINT
            0xc000_0043 | 0xc000_0243 | 0x8000_0011 | 0xc000_0281 => Errno::Busy,
            // FILE_IS_A_DIRECTORY
            0xc000_00ba => Errno::Isdir,
            // NOT_A_DIRECTORY
            0xc000_0103 => Errno::Notdir,
            // DIRECTORY_NOT_EMPTY
            0xc000_0101 => Errno::Notempty,
            // DISK_FULL
            0xc000_007f => Errno::Nospc,
            // QUOTA_EXCEEDED
            0xc000_0044 => Errno::Dquot,
            // FILE_TOO_LARGE
            0xc000_0904 => Errno::Fbig,
            // NOT_SAME_DEVICE
            0xc000_00d4 => Errno::Xdev,
            // TOO_MANY_LINKS
            0xc000_0265 => Errno::Mlink,
            // TOO_MANY_OPENED_FILES
            0xc000_011f => Errno::Mfile,
            // NO_MEMORY, INSUFFICIENT_RESOURCES, COMMITMENT_LIMIT
            0xc000_0017 | 0xc000_009a | 0xc000_012d => Errno::Nomem,
            // INVALID_HANDLE, OBJECT_TYPE_MISMATCH
            0xc000_0008 | 0xc000_0024 => Errno::Badf,
            // INVALID_PARAMETER, OBJECT_NAME_INVALID, NOT_A_REPARSE_POINT
            0xc000_000d | 0xc000_0033 | 0xc000_0275 => Errno::Inval,
            // NAME_TOO_LONG
            0xc000_0106 => Errno::Nametoolong,
            // MEDIA_WRITE_PROTECTED
            0xc000_00a2 => Errno::Rofs,
            // NOT_IMPLEMENTED, INVALID_DEVICE_REQUEST, NOT_SUPPORTED
            0xc000_0002 | 0xc000_0010 | 0xc000_00bb => Errno::Notsup,
            // PIPE_NOT_AVAILABLE, PIPE_DISCONNECTED, PIPE_CLOSING, PIPE_BROKEN
            0xc000_00ac | 0xc000_00b0 | 0xc000_00b1 | 0xc000_014b => Errno::Pipe,
            // STOPPED_ON_SYMLINK, REPARSE_POINT_ENCOUNTERED
            0x8000_002d | 0xc000_050b => Errno::Loop,
            // RETRY, FILE_LOCK_CONFLICT
            0xc000_022d | 0xc000_0054 => Errno::Again,
            _ => Errno::Io,
        }
    }
}
