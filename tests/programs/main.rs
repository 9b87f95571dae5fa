//! Do real programs do what they do natively? Each check of each guest, built by the default options, is a test; so are two
//! guests with explicit memory checks and two with dynamic instances.
//!
//! The guests `calls` (C), `calls-go` and `calls-rust` make every call of WASI, and must do what they do under wasmtime.
//!
//! A guest whose tools are not installed is counted as ignored and says what it needs.

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::collections::BTreeSet;
use std::process::ExitCode;
use wasmc_compiler::{Features, InstanceMode, MemoryChecks, OperatingSystem};
use wasmc_guests::{Error, Guest, Purpose};
use wasmc_runtime::abi::WasiCall;
use wasmc_tests::{Mode, check_guest, not_run};

/// Large ones, of different compilers, so that the other modes meet all kinds of code too.
const WITH_EXPLICIT_CHECKS: [Guest; 2] = [Guest::Sqlite, Guest::Rust];
const WITH_DYNAMIC_INSTANCES: [Guest; 2] = [Guest::Zstd, Guest::Go];
/// Small ones that together make every call of WASI.
const WITH_FOREIGN_TARGETS: [Guest; 4] = [Guest::Hello, Guest::FileIo, Guest::Calls, Guest::Sandbox];

/// Larger ones, for Windows.
const ON_WINDOWS: [Guest; 2] = [Guest::Lua, Guest::Sqlite];

/// Those that make every call of WASI.
const MAKE_EVERY_CALL: [Guest; 3] = [Guest::Calls, Guest::CallsGo, Guest::CallsRust];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for guest in Guest::ALL {
        trials.extend(trials_of(guest, Mode::DEFAULT));
        if MAKE_EVERY_CALL.contains(&guest) {
            let name = format!("{}/leaves none out", guest.name());
            trials.push(Trial::ignorable_test(name, move || every_call_is_made(guest)));
        }
        if WITH_EXPLICIT_CHECKS.contains(&guest) {
            trials.extend(trials_of(guest, Mode { checks: MemoryChecks::Explicit, ..Mode::DEFAULT }));
        }
        for mode in Mode::foreign() {
            let is_for_windows = mode.target().system == OperatingSystem::Windows;
            if WITH_FOREIGN_TARGETS.contains(&guest) || is_for_windows && ON_WINDOWS.contains(&guest) {
                trials.extend(trials_of(guest, mode));
            }
        }
        if WITH_DYNAMIC_INSTANCES.contains(&guest) {
            trials.extend(trials_of(guest, Mode { instances: InstanceMode::Dynamic, ..Mode::DEFAULT }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials_of(guest: Guest, mode: Mode) -> Vec<Trial> {
    let checks = guest.runs().into_iter().filter(|run| run.purpose == Purpose::Check);
    let trial = |run: wasmc_guests::Run| {
        let name = format!("{run} {}", mode.name());
        Trial::ignorable_test(name, move || check_guest(&run, mode))
    };
    checks.map(trial).collect()
}

/// A linker keeps an import only where something calls it.
fn every_call_is_made(guest: Guest) -> Result<Completion, Failed> {
    let module = match guest.wasm() {
        Ok(path) => std::fs::read(path)?,
        Err(Error::Missing(missing)) => return not_run(missing),
        Err(error) => return Err(error.into()),
    };
    let inspection = wasmc_compiler::inspect(&wasmc_compiler::parse(&module, "module", Features::default())?);
    let imported: BTreeSet<&str> = inspection.imports.iter().map(|import| import.name.as_str()).collect();
    let all: BTreeSet<&str> = WasiCall::ALL.iter().map(|call| call.import_name()).collect();
    if imported == all {
        Ok(Completion::Completed)
    } else {
        Err(format!("never called: {:?}", &all - &imported).into())
    }
}
