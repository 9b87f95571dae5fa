//! Modules that were damaged on the way: each prefix, and bytes changed at random, the same in every run.
//!
//! What is left may still be valid; then it has to compile. It is not run: a program that was changed at random may do
//! anything that it was granted.

use libtest_mimic::{Completion, Failed, Trial};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use wasmc_compiler::{Emit, Error, MemoryChecks, OptLevel, Options, to_binary};
use wasmc_guests::{Debuggee, Error as GuestError, Guest};
use wasmc_tests::{build, not_run, read_cases};

/// Time for one build of a small module, on a machine that does other things too.
const LONGEST: Duration = Duration::from_secs(30);

/// Small modules that together have every section and most operators.
const CASES: [&str; 8] = [
    "control/multi_value",
    "control/br_table",
    "global/values",
    "import/stubs",
    "memory/copy_overlap",
    "memory/segments",
    "numeric/floats",
    "table/changing",
];

/// Mutations of each of them.
const CHANGES_OF_A_CASE: u64 = 2000;
/// Of a real module, which takes longer, fewer.
const CHANGES_OF_A_GUEST: u64 = 1000;
const PREFIXES_OF_A_GUEST: usize = 2000;
const CHANGES_OF_DEBUG_INFORMATION: u64 = 400;

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for name in CASES {
        trials.push(Trial::test(format!("corruption/{name} cut off"), move || cut_off(&case(name)?, usize::MAX)));
        trials.push(Trial::test(format!("corruption/{name} changed"), move || change(&case(name)?, CHANGES_OF_A_CASE)));
    }
    let guest = Guest::Hello;
    trials.push(Trial::ignorable_test(format!("corruption/{} cut off", guest.name()), move || {
        with_guest(guest, |module| cut_off(module, PREFIXES_OF_A_GUEST))
    }));
    trials.push(Trial::ignorable_test(format!("corruption/{} changed", guest.name()), move || {
        with_guest(guest, |module| change(module, CHANGES_OF_A_GUEST))
    }));
    trials.push(Trial::ignorable_test("corruption/debug information changed", || {
        with_module(Debuggee::COptimized.wasm(), change_debug_information)
    }));
    trials
}

/// A case of `exec` as a binary module, with names.
fn case(name: &str) -> Result<Vec<u8>, Failed> {
    let cases = read_cases("exec/cases")?;
    let case = cases.iter().find(|case| case.name == name).ok_or("there is no such case")?;
    Ok(to_binary(case.text.as_bytes())?.into_owned())
}

fn with_guest(guest: Guest, test: impl Fn(&[u8]) -> Result<(), Failed>) -> Result<Completion, Failed> {
    with_module(guest.wasm(), test)
}

fn with_module(
    module: Result<PathBuf, GuestError>,
    test: impl Fn(&[u8]) -> Result<(), Failed>,
) -> Result<Completion, Failed> {
    match module {
        Ok(path) => test(&std::fs::read(path)?)?,
        Err(GuestError::Missing(missing)) => return not_run(missing),
        Err(error) => return Err(error.into()),
    }
    Ok(Completion::Completed)
}

/// Builds at most `count` proper prefixes of `module`. None of them compiles: the last section is not complete, and what
/// comes after the sections that make a module is only its names.
fn cut_off(module: &[u8], count: usize) -> Result<(), Failed> {
    let step = (module.len() / count.min(module.len())).max(1);
    let mut refused = 0;
    for length in (0..module.len()).step_by(step) {
        match attempt(&module[..length], length as u64, false) {
            Ok(Outcome::Built) => {}
            Ok(Outcome::Refused) => refused += 1,
            Err(error) => return Err(format!("the first {length} bytes: {error}").into()),
        }
    }
    // Only what is cut off inside of its names is still a program.
    if refused == 0 { Err("no prefix is refused".into()) } else { Ok(()) }
}

/// What became of a damaged module.
enum Outcome {
    Built,
    Refused,
}

/// Builds `module` with one to four changes, `count` times.
fn change(module: &[u8], count: u64) -> Result<(), Failed> {
    let mut built = 0;
    for seed in 0..count {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut changed = module.to_vec();
        for _ in 0..=random.below(4) {
            // The header and what comes before the first change are seen by everyone: leave the first 8 bytes alone.
            let position = 8 + random.below(changed.len() - 8);
            match random.below(5) {
                0 => changed[position] ^= 1 << random.below(8),
                1 => changed[position] = random.below(256) as u8,
                2 => changed[position] = [0x00, 0x7f, 0x80, 0xff, 0x0b][random.below(5)],
                3 => drop(changed.remove(position)),
                _ => changed.insert(position, random.below(256) as u8),
            }
        }
        match attempt(&changed, seed, false) {
            Ok(Outcome::Built) => built += 1,
            Ok(Outcome::Refused) => {}
            Err(error) => return Err(format!("change {seed}: {error}\n{}", hexadecimal(&changed)).into()),
        }
    }
    // Were all of them refused, only the parser would have been tested.
    if built < count / 50 { Err(format!("only {built} of {count} compile").into()) } else { Ok(()) }
}

/// Builds `module` with changes in what it says to debuggers. That is no reason to refuse it.
fn change_debug_information(module: &[u8]) -> Result<(), Failed> {
    let mut sections = Vec::new();
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::CustomSection(section) = payload?
            && section.name().starts_with(".debug_")
        {
            sections.push(section.data_offset()..section.range().end);
        }
    }
    for seed in 0..CHANGES_OF_DEBUG_INFORMATION {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let mut changed = module.to_vec();
        for _ in 0..[1, 3, 10, 100][random.below(4)] {
            let section = sections.get(random.below(sections.len())).ok_or("it has none")?;
            let position = section.start + random.below(section.len());
            match random.below(3) {
                0 => changed[position] ^= 1 << random.below(8),
                1 => changed[position] = random.below(256) as u8,
                _ => changed[position] = [0x00, 0x7f, 0x80, 0xff][random.below(4)],
            }
        }
        match attempt(&changed, seed, true) {
            Ok(Outcome::Built) => {}
            Ok(Outcome::Refused) => return Err(format!("change {seed}: it is refused").into()),
            Err(error) => return Err(format!("change {seed}: {error}").into()),
        }
    }
    Ok(())
}

/// Builds a damaged module, with debug information or without: it compiles or is refused, and nothing else.
fn attempt(module: &[u8], seed: u64, debug: bool) -> Result<Outcome, String> {
    let is_linked = seed % 4 == 3 && !debug;
    let options = Options {
        debug,
        jobs: NonZeroUsize::new(1),
        stub_imports: true,
        memory_checks: if seed.is_multiple_of(2) { MemoryChecks::Guard } else { MemoryChecks::Explicit },
        opt_level: if seed.is_multiple_of(3) { OptLevel::O0 } else { OptLevel::O2 },
        // An object needs no function to run; an executable shows that what is left can be linked too.
        emit: if is_linked { Emit::Executable } else { Emit::Object },
        invoke: is_linked.then(|| "run".to_owned()),
        ..Options::default()
    };
    let start = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| build(module, "damaged", &options)));
    let elapsed = start.elapsed();
    match result {
        Err(_) => Err("it panicked".to_owned()),
        Ok(Err(bug @ Error::Bug { .. })) => Err(bug.to_string()),
        Ok(_) if elapsed > LONGEST => Err(format!("it took {elapsed:?}")),
        Ok(Ok(_)) => Ok(Outcome::Built),
        Ok(Err(_)) => Ok(Outcome::Refused),
    }
}

/// The module in a form that can be kept as a case, when it is short.
fn hexadecimal(module: &[u8]) -> String {
    match module.len() {
        0..=2000 => module.iter().map(|byte| format!("{byte:02x}")).collect(),
        length => format!("{length} bytes"),
    }
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
