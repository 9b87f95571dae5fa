//! x86-64: system calls that rustix surrounds with more than they need here, by their numbers.

use core::arch::asm;
use core::hint::assert_unchecked;

use rustix::io::{Errno, Result};

pub(in crate::sys) const SOCKET: usize = 41;
pub(in crate::sys) const SENDMSG: usize = 46;
pub(in crate::sys) const RECVMSG: usize = 47;
pub(in crate::sys) const BIND: usize = 49;
pub(in crate::sys) const GETSOCKNAME: usize = 51;
pub(in crate::sys) const FCNTL: usize = 72;
pub(in crate::sys) const GETDENTS64: usize = 217;
pub(in crate::sys) const CLOCK_GETTIME: usize = 228;
pub(in crate::sys) const OPENAT: usize = 257;
pub(in crate::sys) const READLINKAT: usize = 267;
pub(in crate::sys) const ACCEPT4: usize = 288;
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
    // SAFETY: the kernel changes these registers, and what the caller vouches for.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") number => result,
            in("rdi") first,
            in("rsi") second,
            in("rdx") third,
            in("r10") fourth,
            lateout("rcx") _,
            lateout("r11") _,
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
