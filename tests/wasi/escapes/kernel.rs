//! Kernels without `openat2`: a filter of system calls that refuses it to the program.

use rustix::fs::{CWD, Mode, OFlags, ResolveFlags, openat2};
use rustix::io::Errno;
use std::ffi::{c_int, c_ulong};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// What becomes of `openat2`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Openat2 {
    /// The kernel answers it, if it can.
    Kernel,
    /// There is no such call: before Linux 5.6.
    Missing,
    /// A filter that does not know the call forbids it, as containers of that time did.
    Forbidden,
}

impl Openat2 {
    pub const ALL: [Openat2; 3] = [Openat2::Kernel, Openat2::Missing, Openat2::Forbidden];

    /// One word for the names of tests.
    pub fn name(self) -> &'static str {
        match self {
            Openat2::Kernel => "as it is",
            Openat2::Missing => "missing",
            Openat2::Forbidden => "forbidden",
        }
    }

    /// Makes it so for the process that `command` starts.
    pub fn apply(self, command: &mut Command) {
        let error = match self {
            Openat2::Kernel => return,
            Openat2::Missing => Errno::NOSYS,
            Openat2::Forbidden => Errno::PERM,
        };
        // SAFETY: between `fork` and `exec` it makes system calls and nothing else.
        unsafe {
            command.pre_exec(move || refuse(error));
        }
    }
}

/// `struct sock_filter`: an instruction of a filter.
#[repr(C)]
struct Instruction {
    code: u16,
    if_true: u8,
    if_false: u8,
    operand: u32,
}

/// `struct sock_fprog`.
#[repr(C)]
struct Filter {
    length: u16,
    instructions: *const Instruction,
}

unsafe extern "C" {
    fn prctl(option: c_int, ...) -> c_int;
}

/// Installs the filter in this process, and sees whether it works.
fn refuse(error: Errno) -> io::Result<()> {
    const OPENAT2: u32 = 437;
    const LOAD_WORD: u16 = 0x20;
    const JUMP_IF_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;
    const GIVE_ERROR: u32 = 0x0005_0000;
    const ALLOW: u32 = 0x7fff_0000;
    let instruction = |code, if_false, operand| Instruction { code, if_true: 0, if_false, operand };
    let instructions = [
        // The number of the system call is the first word of what a filter sees.
        instruction(LOAD_WORD, 0, 0),
        instruction(JUMP_IF_EQUAL, 1, OPENAT2),
        instruction(RETURN, 0, GIVE_ERROR | error.raw_os_error() as u32),
        instruction(RETURN, 0, ALLOW),
    ];
    let filter = Filter { length: instructions.len() as u16, instructions: instructions.as_ptr() };
    const SET_NO_NEW_PRIVILEGES: c_int = 38;
    const SET_SECCOMP: c_int = 22;
    const MODE_FILTER: c_ulong = 2;
    // SAFETY: the kernel copies the filter and writes nothing.
    let installed = unsafe {
        let (yes, none): (c_ulong, c_ulong) = (1, 0);
        prctl(SET_NO_NEW_PRIVILEGES, yes, none, none, none) == 0
            && prctl(SET_SECCOMP, MODE_FILTER, &raw const filter) == 0
    };
    if !installed {
        return Err(io::Error::last_os_error());
    }
    match openat2(CWD, c"/", OFlags::PATH, Mode::empty(), ResolveFlags::BENEATH) {
        Err(refused) if refused == error => Ok(()),
        _ => Err(io::Error::other("the filter does not refuse openat2")),
    }
}
