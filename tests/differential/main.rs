//! Random modules: they compile, and executables do what an interpreter does (`wasmc_tests::differential`).
//!
//! ```text
//! compile seed 1, run seed 1 guard static O0 baseline, compile seed 2, …
//! ```
//! A seed stands for a batch of modules, and of subjects in one executable. `docs/testing.md`, "Fuzzing", says how to run more of them
//! and what to do with a difference.

use libtest_mimic::{Arguments, Failed, Trial};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasmc_compiler::CpuBaseline;
use wasmc_tests::Mode;
use wasmc_tests::differential::{Batch, Difference, Random, Subject};
use wasmc_tests::property::{self, BASELINES};

/// The first seed, when it is set.
const SEED: &str = "WASMC_FUZZ_SEED";
/// How many seeds, when it is set.
const BATCHES: &str = "WASMC_FUZZ_BATCHES";

/// A run of about ten seconds on two cores.
const DEFAULT_SEED: u64 = 1;
const DEFAULT_BATCHES: u64 = 112;

/// Subjects of a seed: so many that making the executable does not take longer than what is in it.
const SUBJECTS: u64 = 25;
/// Modules of a seed that are only compiled, and most bytes that one is made of.
const COMPILED: usize = 10;
const MOST_BYTES: usize = 8000;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (Ok(first), Ok(batches)) = (number(SEED, DEFAULT_SEED), number(BATCHES, DEFAULT_BATCHES)) else {
        eprintln!("error: {SEED} and {BATCHES} are numbers");
        return ExitCode::FAILURE;
    };
    let modes = Mode::all();
    let mut trials = Vec::new();
    for batch in 0..batches {
        let seed = first.wrapping_add(batch);
        let choice = seed as usize;
        let mode = modes[choice % modes.len()];
        let baseline = BASELINES[choice / modes.len() % BASELINES.len()];
        trials.push(Trial::test(format!("compile seed {seed}"), move || compile(seed)));
        let name = format!("run seed {seed} {} {}", mode.name(), name(baseline));
        trials.push(Trial::test(name, move || check(seed, mode, baseline)));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    println!("{}\n", COUNTS.text());
    conclusion.exit_code()
}

/// What was compared, to see how much a run is worth.
struct Counts {
    modules: AtomicUsize,
    returns: AtomicUsize,
    traps: AtomicUsize,
    unfit: AtomicUsize,
    atomic: AtomicUsize,
    relaxed: AtomicUsize,
    references: AtomicUsize,
}

static COUNTS: Counts = Counts {
    modules: AtomicUsize::new(0),
    returns: AtomicUsize::new(0),
    traps: AtomicUsize::new(0),
    unfit: AtomicUsize::new(0),
    atomic: AtomicUsize::new(0),
    relaxed: AtomicUsize::new(0),
    references: AtomicUsize::new(0),
};

impl Counts {
    fn add(&self, batch: &Batch) {
        self.modules.fetch_add(batch.modules, Ordering::Relaxed);
        self.returns.fetch_add(batch.directives("(assert_return (invoke"), Ordering::Relaxed);
        self.traps.fetch_add(batch.directives("(assert_trap"), Ordering::Relaxed);
        self.unfit.fetch_add(batch.unfit, Ordering::Relaxed);
        self.atomic.fetch_add(batch.subjects(|ran| ran.atomic), Ordering::Relaxed);
        self.relaxed.fetch_add(batch.subjects(|ran| ran.relaxed), Ordering::Relaxed);
        self.references.fetch_add(batch.subjects(|ran| ran.references), Ordering::Relaxed);
    }

    fn text(&self) -> String {
        let [modules, returns, traps, unfit] =
            [&self.modules, &self.returns, &self.traps, &self.unfit].map(|count| count.load(Ordering::Relaxed));
        let [atomic, relaxed, references] =
            [&self.atomic, &self.relaxed, &self.references].map(|count| count.load(Ordering::Relaxed));
        format!(
            "{modules} modules: {returns} calls returned, {traps} trapped; {unfit} subjects could not be compared\n\
             atomic operators ran in {atomic} subjects, relaxed vector operators in {relaxed}, \
             calls through typed references in {references}"
        )
    }
}

fn number(variable: &str, default: u64) -> Result<u64, std::num::ParseIntError> {
    std::env::var(variable).map_or(Ok(default), |text| text.parse())
}

/// Compiles the modules of a seed, which may need every supported proposal.
fn compile(seed: u64) -> Result<(), Failed> {
    let mut random = Random::new(seed);
    for _ in 0..COMPILED {
        let length = random.number() as usize % MOST_BYTES;
        property::compile(&random.bytes(length));
    }
    Ok(())
}

/// Compares all subjects of a seed.
fn check(seed: u64, mode: Mode, baseline: CpuBaseline) -> Result<(), Failed> {
    let mut batch = Batch::default();
    let mut subjects = Vec::new();
    for number in 0..SUBJECTS {
        // A few seeds in a hundred stand for nothing.
        let Ok(subject) = Subject::from_seed(seed, number) else { continue };
        batch.add(number, &subject)?;
        subjects.push((number, subject));
    }
    COUNTS.add(&batch);
    let differences = batch.compare(mode, baseline)?;
    if differences.is_empty() {
        return Ok(());
    }
    let mut message = String::new();
    for difference in &differences {
        let subject = subjects.iter().find(|(number, _)| *number == difference.number);
        let folder = save(seed, difference, subject.map(|(_, subject)| subject))?;
        let _ = writeln!(message, "subject {} differs: {}", difference.number, folder.display());
        for text in difference.messages.iter().take(5) {
            let _ = writeln!(message, "  {text}");
        }
    }
    let _ = writeln!(message, "replay: wasmc test {} FOLDER/script.wast", flags(mode, baseline));
    Err(message.into())
}

/// Writes down what is needed to look into a difference.
fn save(seed: u64, difference: &Difference, subject: Option<&Subject>) -> Result<PathBuf, Failed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/differential");
    let folder = root.join(format!("{seed}-{}", difference.number));
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("script.wast"), &difference.script)?;
    for (part, name) in subject.iter().flat_map(|subject| &subject.parts).zip(["a", "b"]) {
        fs::write(folder.join(format!("{name}.wasm")), &part.binary)?;
        fs::write(folder.join(format!("{name}.wat")), wasmprinter::print_bytes(&part.binary)?)?;
        fs::write(folder.join(format!("{name}-model.wat")), wasmprinter::print_bytes(&part.model)?)?;
    }
    Ok(folder)
}

/// A mode as the command line has it.
fn flags(mode: Mode, baseline: CpuBaseline) -> String {
    let mode = mode.name();
    let words: Vec<&str> = mode.split(' ').collect();
    let [checks, instances, level] = words[..] else { return mode };
    let cpu = name(baseline);
    format!("--memory-checks {checks} --instances {instances} -{level} --cpu {cpu} --stack-size 256M")
}

/// As `--cpu` has it.
fn name(baseline: CpuBaseline) -> &'static str {
    if baseline == CpuBaseline::Native { "native" } else { "baseline" }
}
