//! The clocks. The kernel puts code that reads them into every process (the vDSO), which is several
//! times as fast as a system call; where it does not, the system call is made.

use core::ffi::CStr;
use core::mem::transmute;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

use rustix::time::{ClockId, clock_getres};

use super::calls::{CLOCK_GETTIME, FAST_CLOCK_GETTIME, call};
use super::process;

/// A clock; the numbers are the kernel's.
#[derive(Clone, Copy)]
#[repr(i32)]
pub(crate) enum Clock {
    /// Time since 1970, which may be set.
    Realtime = 0,
    /// Time that only goes forward.
    Monotonic = 1,
    /// Processor time of the process.
    ProcessTime = 2,
    /// Processor time of the thread.
    ThreadTime = 3,
}

/// `struct timespec`
#[repr(C)]
struct Time {
    seconds: i64,
    nanoseconds: i64,
}

/// `clock_gettime`. It does not fail for the clocks above.
type GetTime = unsafe extern "C" fn(clock: i32, time: *mut Time) -> i32;

unsafe extern "C" fn ask_kernel(clock: i32, time: *mut Time) -> i32 {
    // SAFETY: the kernel writes to `time` alone.
    let _ = unsafe { call(CLOCK_GETTIME, [clock as usize, time.addr(), 0, 0]) };
    0
}

/// Null until it is looked for.
static GET_TIME: AtomicPtr<()> = AtomicPtr::new(null_mut());

/// The clock's time in nanoseconds.
pub(crate) fn now(clock: Clock) -> u64 {
    let mut found = GET_TIME.load(Ordering::Relaxed);
    if found.is_null() {
        found = find().unwrap_or(ask_kernel as GetTime as *mut ());
        GET_TIME.store(found, Ordering::Relaxed);
    }
    let mut time = Time { seconds: 0, nanoseconds: 0 };
    // SAFETY: one of two functions of this type.
    unsafe { transmute::<*mut (), GetTime>(found)(clock as i32, &mut time) };
    nanoseconds(time.seconds, time.nanoseconds)
}

/// The nanoseconds by which the clock moves on.
pub(crate) fn resolution(clock: Clock) -> u64 {
    let time = clock_getres(match clock {
        Clock::Realtime => ClockId::Realtime,
        Clock::Monotonic => ClockId::Monotonic,
        Clock::ProcessTime => ClockId::ProcessCPUTime,
        Clock::ThreadTime => ClockId::ThreadCPUTime,
    });
    nanoseconds(time.tv_sec, time.tv_nsec)
}

fn nanoseconds(seconds: i64, nanoseconds: i64) -> u64 {
    (seconds as u64).wrapping_mul(1_000_000_000).wrapping_add(nanoseconds as u64)
}

/// The field of type `T`, `offset` bytes into a record.
unsafe fn field<T: Copy>(record: *const u8, offset: usize) -> T {
    // SAFETY: the caller knows the record.
    unsafe { record.add(offset).cast::<T>().read_unaligned() }
}

/// Looks for the kernel's code: an ELF library in memory, whose symbol table names it.
#[cold]
fn find() -> Option<*mut ()> {
    /// Where the library is, by the kernel's word.
    const LIBRARY: usize = 33;
    const PROGRAM_HEADER: usize = 56;
    const LOADED: u32 = 1;
    const DYNAMIC: u32 = 2;
    const STRINGS: u64 = 5;
    const SYMBOLS: u64 = 6;
    const SYMBOL: usize = 24;

    let library: *const u8 = core::ptr::with_exposed_provenance(process::auxiliary(LIBRARY)?);
    // SAFETY: the kernel's library is a well-formed ELF file; the offsets are those of ELF64.
    unsafe {
        let headers = library.add(field::<u64>(library, 32) as usize);
        let mut load_offset = 0;
        let mut dynamic = None;
        for index in 0..usize::from(field::<u16>(library, 56)) {
            let header = headers.add(index * PROGRAM_HEADER);
            let (offset, address) = (field::<u64>(header, 8), field::<u64>(header, 16));
            match field::<u32>(header, 0) {
                LOADED => load_offset = offset.wrapping_sub(address),
                DYNAMIC => dynamic = Some(library.add(offset as usize)),
                _ => {}
            }
        }
        let at = |address: u64| library.wrapping_add(address.wrapping_add(load_offset) as usize);
        let mut dynamic = dynamic?;
        let (mut strings, mut symbols) = (None, None);
        loop {
            match field::<u64>(dynamic, 0) {
                0 => break,
                STRINGS => strings = Some(at(field(dynamic, 8))),
                SYMBOLS => symbols = Some(at(field(dynamic, 8))),
                _ => {}
            }
            dynamic = dynamic.add(16);
        }
        // The strings follow the symbols.
        let (strings, mut symbol) = (strings?, symbols?);
        while symbol.wrapping_add(SYMBOL) <= strings {
            let name = strings.add(field::<u32>(symbol, 0) as usize);
            if CStr::from_ptr(name.cast()).to_bytes_with_nul() == FAST_CLOCK_GETTIME {
                return Some(at(field(symbol, 8)).cast_mut().cast());
            }
            symbol = symbol.add(SYMBOL);
        }
    }
    None
}
