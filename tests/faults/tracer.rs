//! Runs a program and lets its system calls fail, as a debugger does that stops it at each of them.
//!
//! What is tested is the program as shipped: it carries no code for this. A call that is to fail never reaches the kernel;
//! one that is to be short reaches it with shorter buffers, so that the kernel really does less.

use std::fs::{self, File};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::ptr::null_mut;
use wasmc_tests::spawn;

/// What becomes of a system call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It gives this error and does nothing.
    Error(i32),
    /// It transfers at most this many bytes.
    Short(u64),
}

/// A system call about to be made.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Its number.
    pub number: i64,
    /// How many calls the program has made before.
    pub position: usize,
}

/// How the program ended, and what it did meanwhile.
#[derive(Debug)]
pub struct Traced {
    /// Its exit status; nothing if a signal ended it.
    pub status: Option<i32>,
    /// Each call and its result, an error below 0.
    pub calls: Vec<(i64, i64)>,
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
}

impl Traced {
    /// The results of all calls with this number.
    pub fn results(&self, number: i64) -> Vec<i64> {
        self.calls.iter().filter(|call| call.0 == number).map(|call| call.1).collect()
    }
}

/// A program that makes more calls than this is in an endless loop.
const MOST_CALLS: usize = 200_000;

/// Runs `command` to its end with `stdin` as its input; `choose` says for each call what becomes of it. Its output and the
/// input are files in `scratch`.
pub fn run(
    mut command: Command,
    stdin: &[u8],
    scratch: &Path,
    mut choose: impl FnMut(Call) -> Option<Fault>,
) -> io::Result<Traced> {
    let [input, output, error] = ["stdin", "stdout", "stderr"].map(|name| scratch.join(name));
    fs::write(&input, stdin)?;
    command.stdin(File::open(&input)?).stdout(File::create(&output)?).stderr(Stdio::from(File::create(&error)?));
    // SAFETY: between `fork` and `exec` it makes one system call and nothing else.
    let child = spawn(unsafe { command.pre_exec(|| check(libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0))) })?;
    let process = Process(child.id() as libc::pid_t);
    // It stops when it has become the program.
    process.wait()?;
    process.request(libc::PTRACE_SETOPTIONS, (libc::PTRACE_O_TRACESYSGOOD | libc::PTRACE_O_EXITKILL) as usize)?;
    let mut calls: Vec<(i64, i64)> = Vec::new();
    let mut pending = None;
    let mut shortened = None;
    let mut signal = 0;
    let status = loop {
        process.request(libc::PTRACE_SYSCALL, signal)?;
        signal = 0;
        match process.wait()? {
            Stop::Ended(status) => break status,
            Stop::Signal(number) => signal = number,
            Stop::Call if process.is_at_entry()? => {
                let mut registers = process.registers()?;
                let number = registers.orig_rax as i64;
                let fault = choose(Call { number, position: calls.len() });
                calls.push((number, 0));
                match fault {
                    None => {}
                    Some(Fault::Short(bytes)) => {
                        let before = registers;
                        let buffer = process.shorten(&mut registers, bytes)?;
                        shortened = Some((before.rsi, before.rdx, buffer));
                    }
                    Some(Fault::Error(error)) => {
                        // No call has this number.
                        registers.orig_rax = u64::MAX;
                        pending = Some(error);
                    }
                }
                process.set_registers(&registers)?;
                if calls.len() > MOST_CALLS {
                    return Err(io::Error::other("the program does not end"));
                }
            }
            Stop::Call => {
                let mut registers = process.registers()?;
                if let Some(error) = pending.take() {
                    registers.rax = -i64::from(error) as u64;
                    process.set_registers(&registers)?;
                }
                // The program relies on calls to leave their arguments alone.
                if let Some((rsi, rdx, buffer)) = shortened.take() {
                    (registers.rsi, registers.rdx) = (rsi, rdx);
                    process.set_registers(&registers)?;
                    if let Some((place, length)) = buffer {
                        process.write(place, length)?;
                    }
                }
                if let Some(last) = calls.last_mut() {
                    last.1 = registers.rax as i64;
                }
            }
        }
    };
    Ok(Traced { status, calls, stdout: fs::read(output)?, stderr: fs::read(error)? })
}

/// Lets the process that `command` starts have at most `now` open files, and raise that up to `most`.
pub fn limit_files(command: &mut Command, now: u64, most: u64) {
    let limit = libc::rlimit { rlim_cur: now, rlim_max: most };
    // SAFETY: between `fork` and `exec` it makes one system call and nothing else.
    unsafe {
        command.pre_exec(move || check(libc::setrlimit(libc::RLIMIT_NOFILE, &limit).into()));
    }
}

fn check(result: libc::c_long) -> io::Result<()> {
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Why the program stands still.
enum Stop {
    /// It ended, with this status unless a signal did it.
    Ended(Option<i32>),
    /// Before or after a system call.
    Call,
    /// A signal is about to reach it.
    Signal(usize),
}

/// The program, stopped whenever one of these is called.
struct Process(libc::pid_t);

impl Process {
    fn wait(&self) -> io::Result<Stop> {
        /// What `PTRACE_O_TRACESYSGOOD` adds to the signal.
        const CALL: i32 = libc::SIGTRAP | 0x80;
        let mut status = 0;
        // SAFETY: the kernel writes the status.
        check(unsafe { libc::waitpid(self.0, &mut status, libc::__WALL) }.into())?;
        Ok(if libc::WIFEXITED(status) {
            Stop::Ended(Some(libc::WEXITSTATUS(status)))
        } else if libc::WIFSIGNALED(status) {
            Stop::Ended(None)
        } else if libc::WSTOPSIG(status) == CALL {
            Stop::Call
        } else {
            Stop::Signal(libc::WSTOPSIG(status) as usize)
        })
    }

    fn request(&self, request: libc::c_uint, data: usize) -> io::Result<()> {
        // SAFETY: these requests take a number and change the other process only.
        check(unsafe { libc::ptrace(request, self.0, null_mut::<u8>(), data) })
    }

    fn is_at_entry(&self) -> io::Result<bool> {
        // SAFETY: plain data, for which zeros are values; the kernel writes no more of it than its size.
        unsafe {
            let mut info: libc::ptrace_syscall_info = std::mem::zeroed();
            let size = size_of_val(&info);
            check(libc::ptrace(libc::PTRACE_GET_SYSCALL_INFO, self.0, size, &raw mut info))?;
            Ok(info.op == libc::PTRACE_SYSCALL_INFO_ENTRY)
        }
    }

    fn registers(&self) -> io::Result<libc::user_regs_struct> {
        // SAFETY: plain data, for which zeros are values; the kernel fills it.
        unsafe {
            let mut registers = std::mem::zeroed();
            check(libc::ptrace(libc::PTRACE_GETREGS, self.0, null_mut::<u8>(), &raw mut registers))?;
            Ok(registers)
        }
    }

    fn set_registers(&self, registers: &libc::user_regs_struct) -> io::Result<()> {
        // SAFETY: the kernel reads the registers.
        check(unsafe { libc::ptrace(libc::PTRACE_SETREGS, self.0, null_mut::<u8>(), &raw const *registers) })
    }

    /// The word at an address of the program.
    fn read(&self, address: u64) -> io::Result<u64> {
        let mut word = 0u64;
        let [local, remote] = [(&raw mut word).cast(), address as *mut libc::c_void]
            .map(|iov_base| libc::iovec { iov_base, iov_len: size_of::<u64>() });
        // SAFETY: the kernel writes one word.
        let read = unsafe { libc::process_vm_readv(self.0, &raw const local, 1, &raw const remote, 1, 0) };
        check(read as libc::c_long)?;
        Ok(word)
    }

    /// Changes the word at an address of the program.
    fn write(&self, address: u64, word: u64) -> io::Result<()> {
        // SAFETY: the caller chose a word of the program that is its to change.
        check(unsafe { libc::ptrace(libc::PTRACE_POKEDATA, self.0, address, word) })
    }

    /// Lets a call that transfers bytes transfer at most `bytes`: of a list, the first buffer that is not empty. Gives the
    /// address of the length that it changed, and what it was.
    fn shorten(&self, registers: &mut libc::user_regs_struct, bytes: u64) -> io::Result<Option<(u64, u64)>> {
        const IOVEC: u64 = size_of::<libc::iovec>() as u64;
        match registers.orig_rax as i64 {
            libc::SYS_read | libc::SYS_write => registers.rdx = registers.rdx.min(bytes),
            libc::SYS_readv | libc::SYS_writev | libc::SYS_preadv | libc::SYS_pwritev => {
                while registers.rdx > 0 {
                    let place = registers.rsi + size_of::<u64>() as u64;
                    let length = self.read(place)?;
                    if length > 0 {
                        registers.rdx = 1;
                        self.write(place, length.min(bytes))?;
                        return Ok(Some((place, length)));
                    }
                    registers.rsi += IOVEC;
                    registers.rdx -= 1;
                }
            }
            _ => {}
        }
        Ok(None)
    }
}
