//! The calls of the kernel that files need, with its own numbers for what went wrong.
//!
//! They take a name relative to an open directory, which the calls of `kernel32` do not, and take it as it is: no drive, no
//! device, no `..` and no second spelling means anything to them.

use super::files::Handle;
use super::name::Name;
use core::ffi::c_void;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ptr::{null, null_mut};
use windows_sys::Wdk::Foundation::OBJECT_ATTRIBUTES;
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_INFORMATION_CLASS, FILE_OPEN, FILE_OPEN_REPARSE_POINT, FILE_SYNCHRONOUS_IO_NONALERT, FS_INFORMATION_CLASS,
    NtCreateFile, NtFlushBuffersFile, NtFsControlFile, NtQueryInformationFile, NtQueryVolumeInformationFile,
    NtReadFile, NtSetInformationFile, NtWriteFile,
};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, OBJ_CASE_INSENSITIVE, UNICODE_STRING};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_NORMAL, FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE, SYNCHRONIZE,
};
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;
use windows_sys::Win32::System::Threading::{INFINITE, WaitForSingleObject};

/// How a call of the kernel ended, when it failed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Status(pub(super) i32);

impl Status {
    /// The device failed.
    pub(super) const IO_DEVICE_ERROR: Status = Status(0xc000_0185_u32 as i32);
    /// Nothing is behind the last byte.
    pub(super) const END_OF_FILE: Status = Status(0xc000_0011_u32 as i32);
    /// Nobody writes to the pipe any more.
    pub(super) const PIPE_BROKEN: Status = Status(0xc000_014b_u32 as i32);
    /// Permission denied.
    pub(super) const ACCESS_DENIED: Status = Status(0xc000_0022_u32 as i32);
    /// There is something of that name.
    pub(super) const OBJECT_NAME_COLLISION: Status = Status(0xc000_0035_u32 as i32);
    /// What asks for a file has found a directory.
    pub(super) const FILE_IS_A_DIRECTORY: Status = Status(0xc000_00ba_u32 as i32);
    /// There is no more to tell.
    pub(super) const NO_MORE_FILES: Status = Status(0x8000_0006_u32 as i32);
    /// The file is no link.
    pub(super) const NOT_A_REPARSE_POINT: Status = Status(0xc000_0275_u32 as i32);
    /// Not all fitted into the buffer.
    pub(super) const BUFFER_OVERFLOW: Status = Status(0x8000_0005_u32 as i32);

    /// Whether it says that the system, or the file system, does not know what it was asked for.
    pub(super) fn is_unknown_request(self) -> bool {
        const INVALID_INFO_CLASS: i32 = 0xc000_0003_u32 as i32;
        const NOT_IMPLEMENTED: i32 = 0xc000_0002_u32 as i32;
        const INVALID_PARAMETER: i32 = 0xc000_000d_u32 as i32;
        const INVALID_DEVICE_REQUEST: i32 = 0xc000_0010_u32 as i32;
        const NOT_SUPPORTED: i32 = 0xc000_00bb_u32 as i32;
        let unknown = [INVALID_INFO_CLASS, NOT_IMPLEMENTED, INVALID_PARAMETER, INVALID_DEVICE_REQUEST, NOT_SUPPORTED];
        unknown.contains(&self.0)
    }
}

/// What comes of a call of the kernel.
pub(super) type Answer<T = ()> = Result<T, Status>;

fn check(status: i32) -> Answer {
    if status < 0 { Err(Status(status)) } else { Ok(()) }
}

/// A file that is closed when this goes out of scope.
pub(super) struct File(HANDLE);

impl File {
    /// The file, while it is open.
    pub(super) fn handle(&self) -> HANDLE {
        self.0
    }

    /// Gives up ownership: whoever gets the handle sees to closing it.
    pub(super) fn keep(self) -> Handle {
        Handle::of(ManuallyDrop::new(self).0)
    }

    /// Takes over an open file.
    pub(super) fn own(handle: HANDLE) -> File {
        File(handle)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        // SAFETY: this owns the handle.
        unsafe { CloseHandle(self.0) };
    }
}

/// Opens a name in a directory, whatever stands there: a link is opened itself. Everybody else may go on using the file.
pub(super) fn open(directory: HANDLE, name: &Name, access: u32, disposition: u32, options: u32) -> Answer<File> {
    create(directory, name, access, disposition, options | FILE_OPEN_REPARSE_POINT)
}

/// Opens an open file once more, as it is for everybody.
pub(super) fn open_again(file: HANDLE, access: u32, options: u32) -> Answer<File> {
    create(file, &Name::ITSELF, access, FILE_OPEN, options)
}

fn create(directory: HANDLE, name: &Name, access: u32, disposition: u32, options: u32) -> Answer<File> {
    const SHARED: u32 = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    let units = name.units();
    let text = UNICODE_STRING {
        Length: size_of_val(units) as u16,
        MaximumLength: size_of_val(units) as u16,
        Buffer: units.as_ptr().cast_mut(),
    };
    let attributes = OBJECT_ATTRIBUTES {
        Length: size_of::<OBJECT_ATTRIBUTES>() as u32,
        RootDirectory: directory,
        ObjectName: &raw const text,
        Attributes: OBJ_CASE_INSENSITIVE,
        SecurityDescriptor: null(),
        SecurityQualityOfService: null(),
    };
    let mut file = null_mut();
    let mut block = IO_STATUS_BLOCK::default();
    // SAFETY: the records are complete, and the name is there.
    let status = unsafe {
        NtCreateFile(
            &mut file,
            access | SYNCHRONIZE,
            &raw const attributes,
            &mut block,
            null(),
            FILE_ATTRIBUTE_NORMAL,
            SHARED,
            disposition,
            options | FILE_SYNCHRONOUS_IO_NONALERT,
            null(),
            0,
        )
    };
    check(status)?;
    Ok(File(file))
}

/// Asks for a record about a file.
///
/// # Safety
/// The record is that of `class`, and any bytes are one.
pub(super) unsafe fn query<T>(file: HANDLE, class: FILE_INFORMATION_CLASS) -> Answer<T> {
    let mut record = MaybeUninit::<T>::zeroed();
    let mut block = IO_STATUS_BLOCK::default();
    let size = size_of::<T>() as u32;
    // SAFETY: the kernel fills in no more than the size.
    match check(unsafe { NtQueryInformationFile(file, &mut block, record.as_mut_ptr().cast(), size, class) }) {
        // A name at the end of the record may be longer.
        Ok(()) | Err(Status::BUFFER_OVERFLOW) => {}
        Err(status) => return Err(status),
    }
    // SAFETY: as the caller says.
    Ok(unsafe { record.assume_init() })
}

/// Asks for a record about the volume that a file is on.
///
/// # Safety
/// The record is that of `class`, and any bytes are one.
pub(super) unsafe fn query_volume<T>(file: HANDLE, class: FS_INFORMATION_CLASS) -> Answer<T> {
    let mut record = MaybeUninit::<T>::zeroed();
    let mut block = IO_STATUS_BLOCK::default();
    let size = size_of::<T>() as u32;
    // SAFETY: the kernel fills in no more than the size.
    match check(unsafe { NtQueryVolumeInformationFile(file, &mut block, record.as_mut_ptr().cast(), size, class) }) {
        Ok(()) | Err(Status::BUFFER_OVERFLOW) => {}
        Err(status) => return Err(status),
    }
    // SAFETY: as the caller says.
    Ok(unsafe { record.assume_init() })
}

/// Changes what a record tells about a file.
///
/// # Safety
/// The record is that of `class`.
pub(super) unsafe fn set<T>(file: HANDLE, class: FILE_INFORMATION_CLASS, record: &T) -> Answer {
    let mut block = IO_STATUS_BLOCK::default();
    let start: *const c_void = (&raw const *record).cast();
    // SAFETY: the record is there.
    check(unsafe { NtSetInformationFile(file, &mut block, start, size_of::<T>() as u32, class) })
}

/// A request to the file system, with bytes to it and from it; gives how many came.
pub(super) fn control(file: HANDLE, request: u32, input: &[u8], output: &mut [u8]) -> Answer<usize> {
    let mut block = IO_STATUS_BLOCK::default();
    // SAFETY: the kernel reads and writes no more than there is.
    let status = unsafe {
        NtFsControlFile(
            file,
            null_mut(),
            None,
            null(),
            &mut block,
            request,
            input.as_ptr().cast(),
            input.len() as u32,
            output.as_mut_ptr().cast(),
            output.len() as u32,
        )
    };
    check(status)?;
    Ok(block.Information)
}

/// A transfer's end: what the kernel says at once, or, for a stream that somebody opened to be waited for, later.
fn finish(file: HANDLE, status: i32, block: &IO_STATUS_BLOCK) -> Answer<usize> {
    const PENDING: i32 = 0x103;
    let mut status = status;
    if status == PENDING {
        // SAFETY: the kernel sets the file's own event when it is done, and the status before that.
        unsafe {
            WaitForSingleObject(file, INFINITE);
            status = (&raw const block.Anonymous.Status).read_volatile();
        }
    }
    check(status)?;
    Ok(block.Information)
}

/// The most bytes of one transfer.
const MOST: usize = 1 << 30;

/// Reads, at an offset or where the file stands.
///
/// # Safety
/// The bytes are the caller's to write.
pub(super) unsafe fn read(file: HANDLE, start: *mut u8, length: usize, offset: Option<i64>) -> Answer<usize> {
    let mut block = IO_STATUS_BLOCK::default();
    let place = offset.as_ref().map_or(null(), |offset| offset as *const i64);
    let length = length.min(MOST) as u32;
    // SAFETY: the caller's bytes; the records live until the end, which `finish` waits for.
    unsafe {
        let status = NtReadFile(file, null_mut(), None, null(), &mut block, start.cast(), length, place, null());
        finish(file, status, &block)
    }
}

/// Writes, at an offset or where the file stands.
///
/// # Safety
/// The bytes are the caller's to read.
pub(super) unsafe fn write(file: HANDLE, start: *const u8, length: usize, offset: Option<i64>) -> Answer<usize> {
    let mut block = IO_STATUS_BLOCK::default();
    let place = offset.as_ref().map_or(null(), |offset| offset as *const i64);
    let length = length.min(MOST) as u32;
    // SAFETY: the caller's bytes; the records live until the end, which `finish` waits for.
    unsafe {
        let status = NtWriteFile(file, null_mut(), None, null(), &mut block, start.cast(), length, place, null());
        finish(file, status, &block)
    }
}

/// Waits until what was written is on the device.
pub(super) fn flush(file: HANDLE) -> Answer {
    let mut block = IO_STATUS_BLOCK::default();
    // SAFETY: the kernel fills in the record.
    check(unsafe { NtFlushBuffersFile(file, &mut block) })
}
