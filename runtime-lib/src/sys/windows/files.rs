//! Files: opened ones, and names in directories. Nothing in here follows a symbolic link at the end
//! of a name, except where the host's own path of a granted directory is opened.

use super::clocks::{Clock, nanoseconds_of, now, ticks_at};
use super::name::Name;
use super::nt::{self, Answer, File, Status};
use super::reparse::{self, Kind};
use super::{console, text};
use crate::sys::hosted::listing;
use crate::wasi::{Errno, Filetype, Result};
use core::ffi::CStr;
use core::ptr::{null, null_mut, with_exposed_provenance_mut};
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_ALL_INFORMATION, FILE_ALLOCATION_INFORMATION, FILE_BASIC_INFORMATION, FILE_CREATE, FILE_DIRECTORY_FILE,
    FILE_OPEN, FILE_POSITION_INFORMATION, FILE_STANDARD_INFORMATION, FileAllInformation, FileAllocationInformation,
    FileBasicInformation, FileEndOfFileInformation, FileFsVolumeInformation, FilePositionInformation,
    FileStandardInformation,
};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Storage::FileSystem::{
    CreateFileW, FILE_END_OF_FILE_INFO, FILE_FLAG_BACKUP_SEMANTICS, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES,
    FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_TRAVERSE, FILE_TYPE_DISK, FILE_TYPE_PIPE,
    FILE_WRITE_ATTRIBUTES, GetFileType, OPEN_EXISTING, SYNCHRONIZE,
};
use windows_sys::Win32::System::Console::{GetStdHandle, STD_ERROR_HANDLE, STD_INPUT_HANDLE, STD_OUTPUT_HANDLE};
use windows_sys::Win32::System::Pipes::PeekNamedPipe;

/// An open file of the host: the system's handle, which is a multiple of 4, and two bits of our own; or the number of a
/// standard stream.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Handle(usize);

/// A bit of a [`Handle`]: it is a socket.
const SOCKET: usize = 1;
/// A bit of a [`Handle`]: writes append.
const APPENDS: usize = 2;

impl Handle {
    /// Standard input.
    pub(crate) const INPUT: Handle = Handle(STD_INPUT_HANDLE as i32 as isize as usize);
    /// Standard output.
    pub(crate) const OUTPUT: Handle = Handle(STD_OUTPUT_HANDLE as i32 as isize as usize);
    /// Standard error.
    pub(crate) const ERROR: Handle = Handle(STD_ERROR_HANDLE as i32 as isize as usize);

    /// A file of this process.
    pub(super) fn of(handle: HANDLE) -> Handle {
        Handle(handle.expose_provenance())
    }

    /// A socket of this process.
    pub(super) fn of_socket(socket: usize) -> Handle {
        Handle(socket | SOCKET)
    }

    fn is_stream(self) -> bool {
        [Handle::INPUT, Handle::OUTPUT, Handle::ERROR].contains(&self)
    }

    /// The socket, if it is one.
    pub(super) fn socket(self) -> Option<usize> {
        (!self.is_stream() && self.0 & SOCKET != 0).then_some(self.0 & !SOCKET)
    }

    /// As the system's calls take it. What is no handle is an error of each of them.
    pub(super) fn get(self) -> HANDLE {
        if self.is_stream() {
            // SAFETY: one of the three streams.
            return unsafe { GetStdHandle(self.0 as u32) };
        }
        with_exposed_provenance_mut(self.0 & !(SOCKET | APPENDS))
    }

    fn appends(self) -> bool {
        !self.is_stream() && self.0 & APPENDS != 0
    }
}

/// What only programs with sockets link: the calls that a file, too, is made for.
pub(super) struct SocketCalls {
    pub(super) close: fn(Handle),
    pub(super) receive: unsafe fn(Handle, &mut [Buffer], bool) -> Result<usize>,
    pub(super) send: unsafe fn(Handle, &[Buffer], bool) -> Result<usize>,
    pub(super) available: fn(Handle) -> Result<u64>,
    pub(super) set_nonblocking: fn(Handle, bool) -> Result,
    /// Waits for those of the watches that are sockets, for so many milliseconds.
    pub(super) wait: fn(&mut [super::poll::Watch], u32) -> Result<usize>,
}

/// Null before the first socket.
pub(super) static SOCKET_CALLS: AtomicPtr<SocketCalls> = AtomicPtr::new(null_mut());

/// The calls for sockets, where there are any.
pub(super) fn socket_calls() -> Option<&'static SocketCalls> {
    // SAFETY: null, or a static.
    unsafe { SOCKET_CALLS.load(Ordering::Relaxed).as_ref() }
}

fn calls_for(handle: Handle) -> Option<&'static SocketCalls> {
    handle.socket().and_then(|_| socket_calls())
}

/// Closes a file. An error of the device was told by the write or the synchronisation it came from.
pub(crate) fn close(handle: Handle) {
    listing::before_close(handle);
    match calls_for(handle) {
        Some(calls) => (calls.close)(handle),
        None => {
            // SAFETY: the caller owns the handle and does not use it any more.
            unsafe { CloseHandle(handle.get()) };
        }
    }
}

/// Opens a directory by its path on the host.
pub(crate) fn open_directory(path: &CStr) -> Result<Handle> {
    const SHARED: u32 = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    let mut units = [0; 4096];
    let length = text::to_units(path.to_bytes(), &mut units).ok_or(Errno::Nametoolong)?;
    if length == units.len() {
        return Err(Errno::Nametoolong);
    }
    let access = FILE_TRAVERSE | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
    // Its files may be usable even where its list of entries is not.
    for access in [access | FILE_LIST_DIRECTORY, access] {
        // SAFETY: a zero ends the path.
        let handle = unsafe {
            let flags = FILE_FLAG_BACKUP_SEMANTICS;
            CreateFileW(units.as_ptr(), access, SHARED, null(), OPEN_EXISTING, flags, null_mut())
        };
        if handle == INVALID_HANDLE_VALUE {
            continue;
        }
        let file = File::own(handle);
        let record = standard(file.handle())?;
        return if record.Directory { Ok(file.keep()) } else { Err(Errno::Notdir) };
    }
    Err(Errno::Noent)
}

fn standard(file: HANDLE) -> Answer<FILE_STANDARD_INFORMATION> {
    // SAFETY: the record of the class.
    unsafe { nt::query(file, FileStandardInformation) }
}

/// A run of bytes to read into or to write.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Buffer {
    /// The first byte.
    pub(crate) start: *mut u8,
    /// How many.
    pub(crate) length: usize,
}

/// Reads into one buffer; 0 bytes at the end.
///
/// # Safety
/// The buffer is the caller's to write.
unsafe fn read_one(file: HANDLE, buffer: Buffer, offset: Option<i64>) -> Result<usize> {
    // SAFETY: the caller's buffer.
    match unsafe { nt::read(file, buffer.start, buffer.length, offset) } {
        Err(Status::END_OF_FILE | Status::PIPE_BROKEN) => Ok(0),
        // It is not open for that.
        Err(Status::ACCESS_DENIED) => Err(Errno::Badf),
        read => Ok(read?),
    }
}

/// Reads, and waits for something to read if `waits`; a stream of the host always waits.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read(handle: Handle, buffers: &mut [Buffer], waits: bool) -> Result<usize> {
    if let Some(calls) = calls_for(handle) {
        // SAFETY: the caller's buffers.
        return unsafe { (calls.receive)(handle, buffers, waits) };
    }
    let file = handle.get();
    if handle.is_stream() && console::is_console(file) {
        let Some(buffer) = buffers.iter().find(|buffer| buffer.length > 0) else { return Ok(0) };
        // SAFETY: the caller's buffer.
        return Ok(unsafe { console::read(file, buffer.start, buffer.length) }?);
    }
    // The next read from a pipe could wait although there is something to give.
    let goes_on = is_disk(file);
    let mut total = 0;
    for buffer in buffers.iter().filter(|buffer| buffer.length > 0) {
        // SAFETY: the caller's buffer.
        let read = match unsafe { read_one(file, *buffer, None) } {
            Err(_) if total > 0 => break,
            read => read?,
        };
        total += read;
        if read < buffer.length || !goes_on {
            break;
        }
    }
    Ok(total)
}

fn is_disk(file: HANDLE) -> bool {
    // SAFETY: nothing is asked for.
    unsafe { GetFileType(file) == FILE_TYPE_DISK }
}

/// Writes, and waits until something can be written if `waits`; a stream of the host always waits.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write(handle: Handle, buffers: &[Buffer], waits: bool) -> Result<usize> {
    if let Some(calls) = calls_for(handle) {
        // SAFETY: the caller's buffers.
        return unsafe { (calls.send)(handle, buffers, waits) };
    }
    let file = handle.get();
    if handle.is_stream() && console::is_console(file) {
        let mut total = 0;
        for buffer in buffers {
            // SAFETY: the caller's buffer.
            console::write(file, unsafe { slice::from_raw_parts(buffer.start, buffer.length) })?;
            total += buffer.length;
        }
        return Ok(total);
    }
    // SAFETY: the caller's buffers.
    unsafe { write_each(file, buffers, handle.appends().then_some(END)) }
}

/// The offset that stands for the end of the file, wherever that is when the write is made.
const END: i64 = -1;

/// Writes the buffers one behind the other, the first one at `offset`.
unsafe fn write_each(file: HANDLE, buffers: &[Buffer], offset: Option<i64>) -> Result<usize> {
    let mut total = 0;
    for buffer in buffers.iter().filter(|buffer| buffer.length > 0) {
        let offset = offset.map(|offset| if offset == END { END } else { offset.saturating_add(total as i64) });
        // SAFETY: the caller's buffer.
        let written = match unsafe { nt::write(file, buffer.start, buffer.length, offset) } {
            Err(_) if total > 0 => break,
            // It is not open for that.
            Err(Status::ACCESS_DENIED) => return Err(Errno::Badf),
            written => written?,
        };
        total += written;
        if written < buffer.length {
            break;
        }
    }
    Ok(total)
}

/// Writes all of `bytes` to a stream.
pub(super) fn write_all(handle: Handle, mut bytes: &[u8]) -> Result {
    while !bytes.is_empty() {
        let buffer = Buffer { start: bytes.as_ptr().cast_mut(), length: bytes.len() };
        // SAFETY: the bytes are there to be read.
        let written = unsafe { write(handle, &[buffer], true) }?;
        bytes = bytes.get(written.max(1)..).unwrap_or(&[]);
    }
    Ok(())
}

/// A transfer at an offset, after which the file stands where it stood.
fn standing_still(handle: Handle, offset: u64, transfer: impl FnOnce(HANDLE, i64) -> Result<usize>) -> Result<usize> {
    let file = handle.get();
    let offset = i64::try_from(offset).map_err(|_| Errno::Inval)?;
    if !is_disk(file) {
        return Err(Errno::Spipe);
    }
    let position = position(file)?;
    let transferred = transfer(file, offset);
    set_position(file, position)?;
    transferred
}

fn position(file: HANDLE) -> Answer<i64> {
    // SAFETY: the record of the class.
    let record: FILE_POSITION_INFORMATION = unsafe { nt::query(file, FilePositionInformation) }?;
    Ok(record.CurrentByteOffset)
}

fn set_position(file: HANDLE, position: i64) -> Answer {
    let record = FILE_POSITION_INFORMATION { CurrentByteOffset: position };
    // SAFETY: the record of the class.
    unsafe { nt::set(file, FilePositionInformation, &record) }
}

/// Reads at an offset.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read_at(handle: Handle, buffers: &mut [Buffer], offset: u64) -> Result<usize> {
    standing_still(handle, offset, |file, offset| {
        let mut total = 0;
        for buffer in buffers.iter().filter(|buffer| buffer.length > 0) {
            // SAFETY: the caller's buffer.
            let read = match unsafe { read_one(file, *buffer, Some(offset.saturating_add(total as i64))) } {
                Err(_) if total > 0 => break,
                read => read?,
            };
            total += read;
            if read < buffer.length {
                break;
            }
        }
        Ok(total)
    })
}

/// Writes at an offset; a file that appends does so nevertheless.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write_at(handle: Handle, buffers: &[Buffer], offset: u64) -> Result<usize> {
    standing_still(handle, offset, |file, offset| {
        let offset = if handle.appends() { END } else { offset };
        // SAFETY: the caller's buffers.
        unsafe { write_each(file, buffers, Some(offset)) }
    })
}

/// What an offset is relative to.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// The start of the file.
    Start,
    /// The current position.
    Current,
    /// The end of the file.
    End,
}

/// Moves the position, and gives it from the start of the file.
pub(crate) fn seek(handle: Handle, offset: i64, origin: Origin) -> Result<u64> {
    if handle.socket().is_some() {
        return Err(Errno::Spipe);
    }
    let file = handle.get();
    if !is_disk(file) {
        return Err(Errno::Spipe);
    }
    let base = match origin {
        Origin::Start => 0,
        Origin::Current => position(file)?,
        Origin::End => standard(file)?.EndOfFile,
    };
    let position = base.checked_add(offset).ok_or(Errno::Overflow)?;
    if position < 0 {
        return Err(Errno::Inval);
    }
    set_position(file, position)?;
    Ok(position as u64)
}

/// How many bytes a read would get at once.
pub(crate) fn available(handle: Handle) -> Result<u64> {
    if let Some(calls) = calls_for(handle) {
        return (calls.available)(handle);
    }
    pipe_holds(handle.get()).map(u64::from).ok_or(Errno::Inval)
}

/// Bytes in a pipe; none when it is no pipe, or nobody will write to it any more.
pub(super) fn pipe_holds(file: HANDLE) -> Option<u32> {
    let mut bytes = 0;
    // SAFETY: the system fills in the number.
    let known = unsafe { PeekNamedPipe(file, null_mut(), 0, null_mut(), &mut bytes, null_mut()) };
    (known != 0).then_some(bytes)
}

/// Whether this is a pipe.
pub(super) fn is_pipe(file: HANDLE) -> bool {
    // SAFETY: nothing is asked for.
    unsafe { GetFileType(file) == FILE_TYPE_PIPE }
}

/// Whether a person may sit on the other side.
pub(crate) fn is_terminal(handle: Handle) -> bool {
    console::is_console(handle.get())
}

/// Sets whether writes append and whether transfers return at once instead of waiting; gives the file as it is then.
pub(crate) fn set_flags(handle: Handle, append: bool, nonblocking: bool) -> Result<Handle> {
    match calls_for(handle) {
        Some(calls) => (calls.set_nonblocking)(handle, nonblocking).map(|()| handle),
        // A file never waits for long.
        None => Ok(Handle(handle.0 & !APPENDS | if append { APPENDS } else { 0 })),
    }
}

/// Waits until data and attributes are on the device.
pub(crate) fn sync(handle: Handle) -> Result {
    match nt::flush(handle.get()) {
        // Nothing can have been written through a file that may not be written.
        Err(Status::ACCESS_DENIED) => Ok(()),
        flushed => Ok(flushed?),
    }
}

/// Waits until the data is on the device.
pub(crate) fn data_sync(handle: Handle) -> Result {
    sync(handle)
}

/// Reserves room on the device, and makes the file as long as that.
pub(crate) fn allocate(handle: Handle, offset: u64, length: u64) -> Result {
    let file = handle.get();
    let end = offset.checked_add(length).and_then(|end| i64::try_from(end).ok());
    let end = end.filter(|_| length > 0).ok_or(if length == 0 { Errno::Inval } else { Errno::Fbig })?;
    let record = standard(file)?;
    if end > record.AllocationSize {
        let record = FILE_ALLOCATION_INFORMATION { AllocationSize: end };
        // SAFETY: the record of the class.
        match unsafe { nt::set(file, FileAllocationInformation, &record) } {
            // The next step finds out whether there is room.
            Err(status) if status.is_unknown_request() || status == Status::ACCESS_DENIED => {}
            result => result?,
        }
    }
    // This also finds out whether the file may be written.
    match set_end(file, end.max(record.EndOfFile)) {
        Err(Errno::Acces) => Err(Errno::Badf),
        result => result,
    }
}

fn set_end(file: HANDLE, end: i64) -> Result {
    let record = FILE_END_OF_FILE_INFO { EndOfFile: end };
    // SAFETY: the record of the class.
    Ok(unsafe { nt::set(file, FileEndOfFileInformation, &record) }?)
}

/// How a range of a file will be used.
#[derive(Clone, Copy)]
pub(crate) enum Advice {
    Normal,
    Sequential,
    Random,
    WillNeed,
    DontNeed,
    NoReuse,
}

/// The system takes no advice about a range.
pub(crate) fn advise(_: Handle, _offset: u64, _length: u64, _: Advice) -> Result {
    Ok(())
}

/// The attributes of a file; times are nanoseconds since 1970.
#[derive(Clone, Copy)]
pub(crate) struct Attributes {
    /// The device it is on.
    pub(crate) device: u64,
    /// Its number there.
    pub(crate) inode: u64,
    /// What it is.
    pub(crate) filetype: Filetype,
    /// Names it has.
    pub(crate) links: u64,
    /// Bytes in it.
    pub(crate) size: u64,
    /// When it was last read.
    pub(crate) accessed: u64,
    /// When its contents changed last.
    pub(crate) modified: u64,
    /// When its attributes changed last.
    pub(crate) changed: u64,
}

impl Attributes {
    /// Those of nothing.
    pub(crate) const NONE: Attributes = Attributes {
        device: 0,
        inode: 0,
        filetype: Filetype::Unknown,
        links: 0,
        size: 0,
        accessed: 0,
        modified: 0,
        changed: 0,
    };
}

pub(super) fn filetype(kind: Kind) -> Filetype {
    match kind {
        Kind::Directory => Filetype::Directory,
        Kind::Link => Filetype::SymbolicLink,
        Kind::File => Filetype::RegularFile,
    }
}

/// The attributes of an open file.
pub(crate) fn attributes(handle: Handle) -> Result<Attributes> {
    if handle.socket().is_some() {
        return Ok(Attributes { filetype: Filetype::SocketStream, ..Attributes::NONE });
    }
    Ok(attributes_of(handle.get())?)
}

pub(super) fn attributes_of(file: HANDLE) -> Answer<Attributes> {
    /// `FILE_FS_VOLUME_INFORMATION`, without the label.
    #[repr(C)]
    struct Volume {
        created: i64,
        serial_number: u32,
        label_length: u32,
        supports_objects: u8,
        label: [u16; 1],
    }
    // SAFETY: the records of the classes; the name at the end of the first is not asked for.
    let (all, volume) = unsafe {
        let all: FILE_ALL_INFORMATION = nt::query(file, FileAllInformation)?;
        (all, nt::query_volume::<Volume>(file, FileFsVolumeInformation))
    };
    let (basic, standard) = (&all.BasicInformation, &all.StandardInformation);
    let kind = reparse::kind(file)?;
    let time = |ticks: i64| nanoseconds_of(u64::try_from(ticks).unwrap_or(0));
    Ok(Attributes {
        device: volume.map_or(0, |volume| volume.serial_number.into()),
        inode: all.InternalInformation.IndexNumber as u64,
        filetype: filetype(kind),
        links: standard.NumberOfLinks.into(),
        size: match kind {
            Kind::Directory => 0,
            Kind::File => standard.EndOfFile as u64,
            // As elsewhere, the length of its text.
            Kind::Link => reparse::length(file) as u64,
        },
        accessed: time(basic.LastAccessTime),
        modified: time(basic.LastWriteTime),
        changed: time(basic.ChangeTime),
    })
}

/// Opens what stands at a name, to look at it or to change it.
pub(super) fn open_entry(directory: Handle, name: &Name, access: u32) -> Result<File> {
    let file = nt::open(directory.get(), name, access | FILE_READ_ATTRIBUTES, FILE_OPEN, 0)?;
    if name.wants_directory && reparse::kind(file.handle())? != Kind::Directory {
        return Err(Errno::Notdir);
    }
    Ok(file)
}

/// The attributes of a name in a directory.
pub(crate) fn attributes_at(directory: Handle, name: &CStr) -> Result<Attributes> {
    let file = open_entry(directory, &Name::of(name)?, 0)?;
    Ok(attributes_of(file.handle())?)
}

/// Cuts a file off, or fills it up with zeros.
pub(crate) fn set_size(handle: Handle, size: u64) -> Result {
    if handle.socket().is_some() {
        return Err(Errno::Inval);
    }
    let size = i64::try_from(size).map_err(|_| Errno::Inval)?;
    match set_end(handle.get(), size) {
        // It is not open for writing.
        Err(Errno::Acces) => Err(Errno::Inval),
        result => result,
    }
}

/// What to set a file's time to.
#[derive(Clone, Copy)]
pub(crate) enum NewTime {
    /// It stays.
    Unchanged,
    /// The current time.
    Now,
    /// Nanoseconds since 1970.
    At(u64),
}

/// Sets the times of the last access and the last modification.
pub(crate) fn set_times(handle: Handle, times: [NewTime; 2]) -> Result {
    let [accessed, modified] = times.map(|time| match time {
        NewTime::Unchanged => 0,
        NewTime::Now => ticks_at(now(Clock::Realtime)) as i64,
        NewTime::At(time) => ticks_at(time) as i64,
    });
    // A time of 0, and attributes of 0, leave what there is.
    let record = FILE_BASIC_INFORMATION {
        LastAccessTime: accessed,
        LastWriteTime: modified,
        ..FILE_BASIC_INFORMATION::default()
    };
    // SAFETY: the record of the class.
    Ok(unsafe { nt::set(handle.get(), FileBasicInformation, &record) }?)
}

/// The same for a name in a directory.
pub(crate) fn set_times_at(directory: Handle, name: &CStr, times: [NewTime; 2]) -> Result {
    let file = open_entry(directory, &Name::of(name)?, FILE_WRITE_ATTRIBUTES)?;
    set_times(Handle::of(file.handle()), times)
}

/// Makes a directory.
pub(crate) fn make_directory(directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    if name.is_itself() {
        return Err(Errno::Exist);
    }
    nt::open(directory.get(), &name, FILE_READ_ATTRIBUTES, FILE_CREATE, FILE_DIRECTORY_FILE)?;
    Ok(())
}

pub(crate) use super::entries::{link, remove_directory, rename, unlink};
pub(crate) use super::links::{read_link, symlink};
