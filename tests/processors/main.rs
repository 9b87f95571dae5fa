//! Does a program that is built for more than the baseline say so where the processor has less? On emulated processors.

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::process::ExitCode;
use wasmc_compiler::{Options, Target};
use wasmc_runtime::abi::STARTUP_EXIT_STATUS;
use wasmc_tests::{Limits, Program, build, emulator, not_run, run};

/// A program built for `cpu`, on a processor of the emulator's; what is missing there.
struct Case {
    target: &'static str,
    cpu: &'static str,
    processor: &'static str,
    missing: Option<&'static str>,
}

const CASES: [Case; 16] = [
    Case { target: "x86_64-linux", cpu: "baseline", processor: "Nehalem", missing: None },
    Case { target: "x86_64-linux", cpu: "x86-64-v3", processor: "Nehalem", missing: Some("avx") },
    Case { target: "x86_64-linux", cpu: "baseline,+bmi1", processor: "Nehalem", missing: Some("bmi1") },
    Case { target: "x86_64-linux", cpu: "baseline,+lzcnt", processor: "Nehalem", missing: Some("lzcnt") },
    Case { target: "aarch64-linux", cpu: "baseline", processor: "cortex-a53", missing: None },
    Case { target: "aarch64-linux", cpu: "armv8.1-a", processor: "cortex-a53", missing: Some("lse") },
    Case { target: "aarch64-linux", cpu: "armv8-a,+fp16", processor: "cortex-a53", missing: Some("fp16") },
    Case { target: "aarch64-linux", cpu: "armv8.1-a,+fp16,+dotprod", processor: "cortex-a76", missing: None },
    Case { target: "riscv64-linux", cpu: "baseline", processor: "sifive-u54", missing: None },
    Case { target: "riscv64-linux", cpu: "rv64gcv", processor: "sifive-u54", missing: Some("v") },
    Case { target: "riscv64-linux", cpu: "rva22", processor: "sifive-u54", missing: Some("zba") },
    Case { target: "riscv64-linux", cpu: "rv64gc,+zbb,+zbc,+zicond", processor: "rv64", missing: Some("zicond") },
    Case { target: "riscv64-linux", cpu: "rv64gc,+zbkb", processor: "rv64", missing: Some("zbkb") },
    Case { target: "riscv64-linux", cpu: "rv64gc,+zfa", processor: "rv64", missing: Some("zfa") },
    Case { target: "riscv64-linux", cpu: "rv64gc,+zcb", processor: "rv64", missing: Some("zcb") },
    Case {
        target: "riscv64-linux",
        cpu: "rva22,+v,+zbc",
        processor: "rv64,v=true,vlen=128,vext_spec=v1.0",
        missing: None,
    },
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trial = |case: Case| {
        let name = format!("{} {} on {}", case.target, case.cpu, case.processor);
        Trial::ignorable_test(name, move || check(&case))
    };
    libtest_mimic::run(&arguments, CASES.into_iter().map(trial).collect()).exit_code()
}

fn check(case: &Case) -> Result<Completion, Failed> {
    const MODULE: &[u8] = br#"(module (func (export "answer") (result i32) i32.const 42))"#;
    let target = Target::from_name(case.target).ok_or("no such target")?;
    let emulator = match emulator(target) {
        Ok(emulator) => emulator,
        Err(missing) => return not_run(missing),
    };
    let options = Options { target, cpu: case.cpu.parse()?, invoke: Some("answer".to_owned()), ..Options::default() };
    let program = Program::new(&build(MODULE, "module", &options)?)?;
    let mut command = std::process::Command::new(emulator);
    command.args(["-cpu", case.processor]).arg(program.path()).env_clear();
    let ended = run(command, &[], Limits::SMALL)?;
    let expected = match case.missing {
        None => (0, "42\n".to_owned(), String::new()),
        Some(feature) => {
            let words = format!("module: this processor lacks {feature}, which the program is built for (--cpu)\n");
            (STARTUP_EXIT_STATUS, String::new(), words)
        }
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    // The emulator itself may complain about what it does not emulate of a processor.
    let stderr =
        text(&ended.stderr).lines().filter(|line| !line.starts_with("qemu-")).map(|line| format!("{line}\n")).collect();
    let got = (ended.status, text(&ended.stdout), stderr);
    if got == expected { Ok(Completion::Completed) } else { Err(format!("expected {expected:?}, got {got:?}").into()) }
}
