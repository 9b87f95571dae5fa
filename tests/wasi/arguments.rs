//! Every WASI call with extreme arguments: pointers at and past the end of memory, lengths that wrap, descriptors that do
//! not exist. None may stop the program: it goes on to its last call, `proc_exit(42)`, traced or not.

use libtest_mimic::{Failed, Trial};
use std::fmt::Write;
use wasmc_compiler::Options;
use wasmc_runtime::abi::{AbiType, WasiCall};
use wasmc_tests::{Limits, Mode, Program, build, run};

const MODULES: [&str; 2] = ["wasi_snapshot_preview1", "wasi_unstable"];

/// Descriptors, pointers, lengths and flags: what is special of each is extreme for the others.
const WORDS: [u32; 16] = [
    0,
    1,
    2,
    3,
    4,
    16,
    0x1000,
    0x2001,
    0xffff,
    0x10000,
    0x0fff8,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_0000,
    0xffff_fff8,
    u32::MAX,
];
const LONG_WORDS: [u64; 7] = [0, 1, 0xffff, u32::MAX as u64, i64::MAX as u64, 1 << 63, u64::MAX];

/// Calls of one function in a program.
const CALLS: usize = 1500;

/// The program's last word.
const END: i32 = 42;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for module in MODULES {
        for call in WasiCall::ALL {
            for mode in Mode::optimised() {
                let name = format!("arguments/{module}.{} {}", call.import_name(), mode.name());
                trials.push(Trial::test(name, move || check(module, *call, mode)));
            }
        }
    }
    trials
}

fn check(module: &str, call: WasiCall, mode: Mode) -> Result<(), Failed> {
    let mut options = Options::default();
    mode.apply(&mut options);
    // Any program can be traced then.
    options.debug = true;
    options.grants.directories.push("granted::/granted".parse()?);
    let program = Program::new(&build(text(module, call).as_bytes(), call.import_name(), &options)?)?;
    program.write("granted/file", b"contents")?;
    program.write("outside", b"untouched")?;
    for trace in [false, true] {
        let mut command = program.command();
        command.args(["one", "two"]).envs(trace.then_some(("WASMC_TRACE", "wasi")));
        let ended = run(command, &[], Limits::SMALL)?;
        let expects_end = call != WasiCall::ProcExit;
        if ended.signal.is_some() || (expects_end && ended.status != END) {
            let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
            return Err(format!("status {}, after {:?}\n{stderr}", ended.status, ended.elapsed).into());
        }
        if trace != ended.stderr.starts_with(b"wasi: ") {
            return Err(format!("expected {} trace", if trace { "a" } else { "no" }).into());
        }
    }
    if std::fs::read(program.work().join("outside"))? != b"untouched" {
        return Err("a file outside of what was granted has changed".into());
    }
    Ok(())
}

/// A module that makes the calls. Its memory has zeros, ones, a path, and lists of buffers that are good, too long, and
/// past the end.
fn text(module: &str, call: WasiCall) -> String {
    let parameters: String =
        call.parameters().iter().map(|ty| if *ty == AbiType::I32 { "i32 " } else { "i64 " }).collect();
    let (result, drop) = match call.result() {
        Some(_) => ("(result i32)", "drop"),
        None => ("", "nop"),
    };
    let mut body = String::new();
    let mut random = Random(0x5eed_0000 + call as u64);
    for _ in 0..CALLS {
        body.push_str("(call $call");
        for (position, ty) in call.parameters().iter().enumerate() {
            // The first is a descriptor, nearly always; one that exists leads further into the call.
            let is_descriptor = position == 0 && random.below(4) > 0;
            let _ = match ty {
                AbiType::I32 if is_descriptor => write!(body, " (i32.const {})", random.below(5)),
                AbiType::I32 => write!(body, " (i32.const {})", WORDS[random.below(WORDS.len())]),
                AbiType::I64 => write!(body, " (i64.const {})", LONG_WORDS[random.below(LONG_WORDS.len())]),
            };
        }
        let _ = writeln!(body, ") {drop}");
    }
    let ones = "\\ff".repeat(4096);
    format!(
        "(module\n\
         (import \"{module}\" \"{name}\" (func $call (param {parameters}) {result}))\n\
         (import \"{module}\" \"proc_exit\" (func $exit (param i32)))\n\
         (memory (export \"memory\") 1)\n\
         (data (i32.const 16) \"\\00\\01\\00\\00\\04\\00\\00\\00\\f0\\ff\\00\\00\\ff\\ff\\ff\\ff\\00\\00\\01\\00\\01\\00\\00\\00\")\n\
         (data (i32.const 0x1000) \"{ones}\")\n\
         (data (i32.const 0x2001) \"file/../../outside\\00\")\n\
         (func (export \"_start\") {body} (call $exit (i32.const {END}))))",
        name = call.import_name(),
    )
}

/// The same numbers in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }
}
