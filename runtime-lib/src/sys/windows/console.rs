//! The console: it takes and gives text in units of 16 bits, where the program's streams are bytes.

use super::nt::Status;
use super::text::{first_character, to_bytes, units_of};
use core::cell::UnsafeCell;
use core::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::Console::{GetConsoleMode, ReadConsoleW, WriteConsoleW};

/// Whether this is a console.
pub(super) fn is_console(handle: HANDLE) -> bool {
    let mut mode = 0;
    // SAFETY: the system fills in the number, or refuses.
    unsafe { GetConsoleMode(handle, &mut mode) != 0 }
}

/// Units that are passed at a time.
const UNITS: usize = 512;

/// Bytes of a character that were left over.
struct Rest {
    bytes: [u8; 4],
    length: usize,
}

/// What only one thread touches: streams belong to the program's first.
struct Single<T>(UnsafeCell<T>);

// SAFETY: there is one thread that uses streams.
unsafe impl<T> Sync for Single<T> {}

static UNWRITTEN: Single<Rest> = Single(UnsafeCell::new(Rest { bytes: [0; 4], length: 0 }));
static UNREAD: Single<Rest> = Single(UnsafeCell::new(Rest { bytes: [0; 4], length: 0 }));

/// Writes text. A character that is cut off at the end waits for its rest.
pub(super) fn write(handle: HANDLE, bytes: &[u8]) -> Result<(), Status> {
    // SAFETY: one thread, and nothing in here calls back.
    let rest = unsafe { &mut *UNWRITTEN.0.get() };
    let mut units = [0; UNITS];
    let mut length = 0;
    for &byte in bytes {
        if let Some(place) = rest.bytes.get_mut(rest.length) {
            *place = byte;
            rest.length += 1;
        }
        while let Some((character, taken)) = first_character(rest.bytes.get(..rest.length).unwrap_or(&[])) {
            rest.bytes.copy_within(taken.., 0);
            rest.length -= taken;
            let (first, second) = units_of(character);
            for unit in [Some(first), second].into_iter().flatten() {
                if let Some(place) = units.get_mut(length) {
                    *place = unit;
                    length += 1;
                }
            }
            if length + 2 > UNITS {
                write_units(handle, units.get(..length).unwrap_or(&[]))?;
                length = 0;
            }
        }
    }
    write_units(handle, units.get(..length).unwrap_or(&[]))
}

fn write_units(handle: HANDLE, mut units: &[u16]) -> Result<(), Status> {
    while !units.is_empty() {
        let mut written = 0;
        // SAFETY: the units are there, and the system fills in the number.
        let done = unsafe { WriteConsoleW(handle, units.as_ptr(), units.len() as u32, &mut written, null()) };
        if done == 0 || written == 0 {
            return Err(Status::IO_DEVICE_ERROR);
        }
        units = units.get(written as usize..).unwrap_or(&[]);
    }
    Ok(())
}

/// Reads text, a line at most; 0 bytes at the end, which is Ctrl+Z at the start of a line.
///
/// # Safety
/// The bytes are the caller's to write.
pub(super) unsafe fn read(handle: HANDLE, start: *mut u8, length: usize) -> Result<usize, Status> {
    const END: u16 = 0x1a;
    // SAFETY: one thread, and nothing in here calls back.
    let rest = unsafe { &mut *UNREAD.0.get() };
    if rest.length == 0 && length > 0 {
        let mut units = [0u16; UNITS];
        // Each unit may become three bytes, and what does not fit the caller's has to fit the rest.
        let wanted = (length / 3).clamp(1, UNITS - 1);
        let mut read = 0;
        // SAFETY: there is room for so many.
        if unsafe { ReadConsoleW(handle, units.as_mut_ptr().cast(), wanted as u32, &mut read, null_mut()) } == 0 {
            return Err(Status::IO_DEVICE_ERROR);
        }
        let mut count = read as usize;
        // Half of a pair waits for the other half.
        if units.get(count.wrapping_sub(1)).is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            // SAFETY: there is room for one more.
            unsafe { ReadConsoleW(handle, units.as_mut_ptr().add(count).cast(), 1, &mut read, null_mut()) };
            count += read as usize;
        }
        let units = units.get(..count).unwrap_or(&[]);
        if units.first() == Some(&END) {
            return Ok(0);
        }
        let mut filled = 0;
        to_bytes(units.iter().copied(), |byte| {
            if filled < length {
                // SAFETY: inside the caller's bytes.
                unsafe { start.add(filled).write(byte) };
                filled += 1;
            } else if let Some(place) = rest.bytes.get_mut(rest.length) {
                *place = byte;
                rest.length += 1;
            }
        });
        return Ok(filled);
    }
    let taken = rest.length.min(length);
    // SAFETY: the caller's bytes, of which there are as many.
    unsafe { start.copy_from_nonoverlapping(rest.bytes.as_ptr(), taken) };
    rest.bytes.copy_within(taken.., 0);
    rest.length -= taken;
    Ok(taken)
}
