//! A program that makes the WASI calls it is told to, one after the other.
//!
//! It reads requests from standard input and writes answers to standard output, which are one socket:
//!
//! ```text
//! request   the position of the call in `WasiCall::ALL`, the length of the input: 32 bits each;
//!           nine arguments of 64 bits; the input, which comes to lie at INPUT
//! answer    the call's result, 32 bits; the bytes that lie at OUTPUT afterwards
//! ```

use super::kernel::Openat2;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use wasmc_compiler::{Options, Target};
use wasmc_runtime::abi::{AbiType, WasiCall};
use wasmc_tests::{Mode, build, spawn};

/// Where the input of a call lies.
pub const INPUT: u32 = 0x1_0000;
/// Where the output of a call is looked for.
pub const OUTPUT: u32 = 0x2_0004;
/// Bytes that are looked at.
pub const OUTPUT_SIZE: usize = 512;

/// Arguments of the call that has most.
const ARGUMENTS: usize = 9;

/// A program under remote control. It ends when this is dropped.
pub struct Remote {
    child: Child,
    channel: UnixStream,
}

/// The executable: `data` to be changed, `readonly` to be read.
pub fn executable(target: Target) -> Vec<u8> {
    static BUILT: Mutex<Vec<(Target, Vec<u8>)>> = Mutex::new(Vec::new());
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, executable)) = built.iter().find(|(built_for, _)| *built_for == target) {
        return executable.clone();
    }
    let executable = {
        let mut options = Options::default();
        Mode { target: Some(target), ..Mode::DEFAULT }.apply(&mut options);
        options.grants.directories =
            ["data::/data", "readonly::/readonly:ro"].map(|grant| grant.parse().expect("a grant")).to_vec();
        build(text().as_bytes(), "remote", &options).expect("the program compiles")
    };
    built.push((target, executable.clone()));
    executable
}

impl Remote {
    /// Starts the program.
    pub fn start(mut command: Command, openat2: Openat2) -> Remote {
        let (channel, other) = UnixStream::pair().expect("a pair of sockets");
        // Whoever waits forever, say for the other side of a pipe, has failed.
        channel.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        let input = OwnedFd::from(other.try_clone().expect("another descriptor"));
        command.stdin(input).stdout(OwnedFd::from(other)).stderr(Stdio::null());
        openat2.apply(&mut command);
        let child = spawn(&mut command).expect("the program starts");
        Remote { child, channel }
    }

    /// The pages of the process, a line for each range, as `/proc` has them.
    pub fn pages(&self) -> String {
        fs::read_to_string(format!("/proc/{}/maps", self.child.id())).expect("the process is there")
    }

    /// Makes a call: its result, and what lies at `OUTPUT` afterwards.
    pub fn call(&mut self, call: WasiCall, arguments: &[u64], input: &[u8]) -> (u32, [u8; OUTPUT_SIZE]) {
        let mut request = Vec::new();
        request.extend((call as u32).to_le_bytes());
        request.extend((input.len() as u32).to_le_bytes());
        let zeros = std::iter::repeat(&0);
        request.extend(arguments.iter().chain(zeros).take(ARGUMENTS).flat_map(|argument| argument.to_le_bytes()));
        request.extend(input);
        self.channel.write_all(&request).expect("the program listens");
        let mut result = [0; 4];
        let mut output = [0; OUTPUT_SIZE];
        self.channel.read_exact(&mut result).expect("the program answers");
        self.channel.read_exact(&mut output).expect("the program answers");
        (u32::from_le_bytes(result), output)
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text() -> String {
    let mut imports = String::new();
    let mut dispatch = String::new();
    for call in WasiCall::ALL {
        let types = call.parameters();
        let parameters: Vec<_> = types.iter().map(|ty| if *ty == AbiType::I32 { "i32" } else { "i64" }).collect();
        let result = if call.result().is_some() { "(result i32)" } else { "" };
        let name = call.import_name();
        let _ = writeln!(
            imports,
            "(import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param {}) {result}))",
            parameters.join(" ")
        );
        let _ = write!(dispatch, "(if (i32.eq (local.get 0) (i32.const {})) (then (return (call ${name}", *call as u32);
        for (position, ty) in types.iter().enumerate() {
            let load = format!("(i64.load (i32.const {}))", 0x108 + 8 * position);
            let _ = match ty {
                AbiType::I32 => write!(dispatch, " (i32.wrap_i64 {load})"),
                AbiType::I64 => write!(dispatch, " {load}"),
            };
        }
        dispatch.push_str(if call.result().is_some() { "))))\n" } else { ") (i32.const 0))))\n" });
    }
    let header = 8 + 8 * ARGUMENTS;
    let (answer, answer_size) = (OUTPUT - 4, 4 + OUTPUT_SIZE);
    format!(
        "(module {imports}
  (memory (export \"memory\") 4)
  (func $receive (param $at i32) (param $left i32)
    (loop $more
      (if (local.get $left) (then
        (i32.store (i32.const 0) (local.get $at))
        (i32.store (i32.const 4) (local.get $left))
        (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))
          (then (call $proc_exit (i32.const 1))))
        (if (i32.eqz (i32.load (i32.const 8))) (then (call $proc_exit (i32.const 0))))
        (local.set $at (i32.add (local.get $at) (i32.load (i32.const 8))))
        (local.set $left (i32.sub (local.get $left) (i32.load (i32.const 8))))
        (br $more)))))
  (func $dispatch (param i32) (result i32)
    {dispatch} (unreachable))
  (func (export \"_start\")
    (loop $next
      (call $receive (i32.const 0x100) (i32.const {header}))
      (call $receive (i32.const {INPUT}) (i32.load (i32.const 0x104)))
      (memory.fill (i32.const {answer}) (i32.const 0) (i32.const {answer_size}))
      (i32.store (i32.const {answer}) (call $dispatch (i32.load (i32.const 0x100))))
      (i32.store (i32.const 0) (i32.const {answer}))
      (i32.store (i32.const 4) (i32.const {answer_size}))
      (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
        (then (call $proc_exit (i32.const 1))))
      (br $next))))"
    )
}
