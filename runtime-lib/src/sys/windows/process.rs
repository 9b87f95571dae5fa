//! The process: what it was started with, and its end.
//!
//! The system keeps arguments and environment as one text each, in units of 16 bits. Whoever first asks has them converted;
//! the pages with the result stay.

use super::{mapping, text};
use core::ffi::{CStr, c_char};
use core::ptr::null_mut;
use core::slice;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use windows_sys::Win32::System::Environment::{GetCommandLineW, GetEnvironmentStringsW};
use windows_sys::Win32::System::Threading::{ExitProcess, GetCurrentProcessId};

/// Where the system starts the process.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_start() -> ! {
    // SAFETY: the first thing that the process does.
    unsafe { crate::start::start() }
}

// Linkers of this system want every symbol defined, even one that only code refers to which they leave out.
core::arch::global_asm!(".weak wasmc_script");

/// Ends the process.
pub(crate) fn exit(status: i32) -> ! {
    // SAFETY: nothing is asked for.
    unsafe { ExitProcess(status as u32) }
}

/// Its number.
pub(crate) fn id() -> u32 {
    // SAFETY: nothing is asked for.
    unsafe { GetCurrentProcessId() }
}

/// Bytes of UTF-8 that a unit becomes at most.
const BYTES_PER_UNIT: usize = 3;

/// Pages for `length` bytes that begin as zeros. Where the system has none, the process cannot go on.
fn pages(length: usize) -> *mut u8 {
    mapping::whole_pages(length as u64).and_then(|length| mapping::allocate(0, length)).unwrap_or_else(|| {
        crate::start::fail(|message| {
            message.text("cannot allocate memory for arguments and environment");
        })
    })
}

/// The arguments, the program's name first; each ends in a NUL.
pub(crate) fn arguments() -> &'static [*const c_char] {
    static START: AtomicPtr<*const c_char> = AtomicPtr::new(null_mut());
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    if START.load(Ordering::Relaxed).is_null() {
        // SAFETY: the system's text ends in a zero, and stays.
        let line = unsafe { text::units_at(GetCommandLineW()) };
        let (start, count) = read_arguments(line);
        COUNT.store(count, Ordering::Relaxed);
        START.store(start, Ordering::Relaxed);
    }
    // SAFETY: so many were written there.
    unsafe { slice::from_raw_parts(START.load(Ordering::Relaxed), COUNT.load(Ordering::Relaxed)) }
}

/// Splits the command line; gives a list of addresses, and its length.
fn read_arguments(line: &[u16]) -> (*mut *const c_char, usize) {
    // Every argument but the last one has a unit behind it, and the first may be empty.
    let most = line.len() / 2 + 2;
    let units = line.len() + 1;
    let start = pages(most * size_of::<usize>() + units * size_of::<u16>() + units * BYTES_PER_UNIT + most);
    let list: *mut *const c_char = start.cast();
    // SAFETY: three parts of the pages, in the order of the sum above, all of them zeros.
    let (scratch, bytes) = unsafe {
        let scratch = list.add(most).cast::<u16>();
        let bytes = scratch.add(units).cast::<u8>();
        let size = units * BYTES_PER_UNIT + most;
        (slice::from_raw_parts_mut(scratch, units), slice::from_raw_parts_mut(bytes, size))
    };
    let (mut count, mut used) = (0, 0);
    split(line, scratch, &mut |argument| {
        let Some(free) = bytes.get_mut(used..) else { return };
        // SAFETY: there is room for as many as a line has, as `most` says.
        unsafe { list.add(count).write(free.as_ptr().cast()) };
        let filled = text::write_bytes(argument.iter().copied(), free).map_or(0, |filled| filled.len());
        count += 1;
        // The NUL is there.
        used += filled + 1;
    });
    (list, count)
}

/// Calls `take` with each argument of a command line, split as `CommandLineToArgvW` does it. `scratch` is as long as the
/// line.
fn split(line: &[u16], scratch: &mut [u16], take: &mut dyn FnMut(&[u16])) {
    const QUOTE: u16 = b'"' as u16;
    const BACKSLASH: u16 = b'\\' as u16;
    let is_space = |unit: u16| unit == u16::from(b' ') || unit == u16::from(b'\t');

    // The program's name has no escapes.
    let (name, mut rest) = match line.split_first() {
        Some((&QUOTE, quoted)) => {
            let end = quoted.iter().position(|&unit| unit == QUOTE).unwrap_or(quoted.len());
            (quoted.get(..end), quoted.get(end + 1..))
        }
        _ => {
            let end = line.iter().position(|&unit| unit <= u16::from(b' ')).unwrap_or(line.len());
            (line.get(..end), line.get(end..))
        }
    };
    take(name.unwrap_or(&[]));
    loop {
        let left = rest.unwrap_or(&[]);
        let Some(start) = left.iter().position(|&unit| !is_space(unit)) else { return };
        let mut units = left.get(start..).unwrap_or(&[]).iter().copied().peekable();
        let (mut length, mut consumed) = (0, start);
        let (mut backslashes, mut quotes) = (0, 0);
        let mut put = |length: &mut usize, unit| {
            if let Some(place) = scratch.get_mut(*length) {
                *place = unit;
            }
            *length += 1;
        };
        while let Some(unit) = units.next_if(|&unit| quotes != 0 || !is_space(unit)) {
            consumed += 1;
            put(&mut length, unit);
            if unit == BACKSLASH {
                backslashes += 1;
                continue;
            }
            if unit == QUOTE {
                // Two backslashes before a quote are one; a single one makes the quote a character.
                length -= backslashes / 2 + 1;
                if backslashes % 2 == 1 {
                    length -= 1;
                    put(&mut length, QUOTE);
                } else {
                    quotes += 1;
                    // The third quote in a row is a character; with two, text goes on as before them.
                    while units.next_if_eq(&QUOTE).is_some() {
                        consumed += 1;
                        quotes += 1;
                        if quotes == 3 {
                            put(&mut length, QUOTE);
                            quotes = 0;
                        }
                    }
                    if quotes == 2 {
                        quotes = 0;
                    }
                }
            }
            backslashes = 0;
        }
        take(scratch.get(..length).unwrap_or(&[]));
        rest = left.get(consumed..);
    }
}

/// The environment, variable by variable.
pub(crate) fn environment() -> impl Iterator<Item = &'static CStr> {
    let mut next: *const c_char = first_variable();
    core::iter::from_fn(move || {
        // SAFETY: each variable ends in a NUL, and behind the last one there is another.
        let variable = unsafe { CStr::from_ptr(next) };
        // SAFETY: as above.
        next = unsafe { next.add(variable.count_bytes() + 1) };
        (!variable.is_empty()).then_some(variable)
    })
    // The working directories of drives are kept there, too, under names that begin so.
    .filter(|variable| !variable.to_bytes().starts_with(b"="))
}

fn first_variable() -> *const c_char {
    static START: AtomicPtr<c_char> = AtomicPtr::new(null_mut());
    let mut start = START.load(Ordering::Relaxed);
    if start.is_null() {
        // SAFETY: a copy for this process; a second zero ends it.
        let units = unsafe {
            let first = GetEnvironmentStringsW();
            let mut length = 0;
            while !first.is_null() && first.add(length).read() != 0 {
                length += text::units_at(first.add(length)).len() + 1;
            }
            if length == 0 { &[] } else { slice::from_raw_parts(first, length) }
        };
        let size = units.len() * BYTES_PER_UNIT + 2;
        start = pages(size).cast();
        // SAFETY: the pages are that large; what is not written is zero.
        let bytes = unsafe { slice::from_raw_parts_mut(start.cast::<u8>(), size) };
        text::write_bytes(units.iter().copied(), bytes);
        START.store(start, Ordering::Relaxed);
    }
    start
}
