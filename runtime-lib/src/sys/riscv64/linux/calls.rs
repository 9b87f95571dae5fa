//! RISC-V: system calls that rustix surrounds with more than they need here, by their numbers.

use core::arch::asm;
use core::hint::assert_unchecked;

use rustix::io::{Errno, Result};

pub(in crate::sys) const FCNTL: usize = 25;
pub(in crate::sys) const OPENAT: usize = 56;
pub(in crate::sys) const GETDENTS64: usize = 61;
pub(in crate::sys) const READLINKAT: usize = 78;
pub(in crate::sys) const CLOCK_GETTIME: usize = 113;
pub(in crate::sys) const SOCKET: usize = 198;
pub(in crate::sys) const BIND: usize = 200;
pub(in crate::sys) const GETSOCKNAME: usize = 204;
pub(in crate::sys) const SENDMSG: usize = 211;
pub(in crate::sys) const RECVMSG: usize = 212;
pub(in crate::sys) const ACCEPT4: usize = 242;
pub(in crate::sys) const OPENAT2: usize = 437;

/// What the kernel's own library calls its code for `clock_gettime`.
pub(in crate::sys) static FAST_CLOCK_GETTIME: [u8; 21] = *b"__vdso_clock_gettime\0";

/// Makes a system call of up to four arguments.
///
/// # Safety
/// The arguments are what the call takes, and memory it writes is the caller's.
pub(in crate::sys) unsafe fn call(number: usize, arguments: [usize; 4]) -> Result<usize> {
    let [first, second, third, fourth] = arguments;
    let result: usize;
    // SAFETY: the kernel changes this register, and what the caller vouches for.
    unsafe {
        asm!(
            "ecall",
            in("a7") number,
            inlateout("a0") first => result,
            in("a1") second,
            in("a2") third,
            in("a3") fourth,
            options(nostack, preserves_flags),
        );
    }
    if result < 4096usize.wrapping_neg() {
        return Ok(result);
    }
    // SAFETY: an error, from -4095 to -1, and rustix need not check that again.
    unsafe { assert_unchecked(result as u16 >= 0xf001) };
    Err(Errno::from_raw_os_error((result as i32).wrapping_neg()))
}
