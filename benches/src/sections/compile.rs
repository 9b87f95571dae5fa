//! Time and memory that compiling takes, against wasmtime at the same optimisation level of Cranelift.
//!
//! For wasmc it is the whole process, from start to exit, with reading, linking and writing; for wasmtime, a library in
//! a Python process, what `python/compile_module.py` describes: reading, compiling and writing, without the interpreter.

use std::fs;
use std::path::Path;

use serde_json::Value;
use wasmc_guests::{Error, Guest};

use crate::changed::changed;
use crate::command;
use crate::figure::{Figure, Part, Quantity};
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{file_size, input, scratch, wasmc, wasmtime};

/// What is made of a module.
const OURS: &str = "compiled";
const THEIRS: &str = "compiled-by-wasmtime";

/// The limit for the memory of wasmc with SQLite: 150 MB.
const SQLITE_MEMORY: f64 = 150e6;

/// The limit for it against wasmtime's.
const RELATIVE_MEMORY: f64 = 1.2;

/// A module of a published package.
struct Large {
    name: &'static str,
    file: &'static str,
    /// Those that do not stand alone are compiled to an object, with the checks that executables and wasmtime have.
    flags: &'static [&'static str],
}

const LARGE: [Large; 2] = [
    Large { name: "esbuild (Go)", file: "esbuild.wasm", flags: &[] },
    Large {
        name: "typst (Rust)",
        file: "typst.wasm",
        flags: &["--emit", "obj", "--stub-imports", "--memory-checks", "guard"],
    },
];

/// The limit for `-O0`: a third of the time.
const UNOPTIMISED: f64 = 1.0 / 3.0;

/// The limit for a module that has been compiled before, but for one function: a fifth of what wasmtime takes for the whole.
const CHANGED: f64 = 0.2;

pub(super) fn sqlite() -> Result<Vec<Row>, Error> {
    let module = Guest::Sqlite.wasm()?;
    let [ours, theirs] = compare(&module, &[], 9)?;
    let memory = Figure::new("peak memory", Quantity::Bytes(ours.memory.max())).at_most(SQLITE_MEMORY);
    let [time, processor_time] = times("", &ours, &theirs);
    let ratio = Quantity::Ratio(ours.memory.max() / theirs.memory.max());
    let relative = Figure::new("peak memory ÷ wasmtime", ratio).at_most(RELATIVE_MEMORY);
    let mut rows = vec![Ok(time), Ok(processor_time), Ok(memory.part(theirs.memory_part())), Ok(relative)];
    rows.extend(per_megabyte(&module, &ours, &theirs)?.map(Ok));
    rows.push(executable());
    rows.extend(one_changed(&module).map_or_else(|error| vec![Err(error)], |rows| rows.map(Ok).into()));
    rows.push(unoptimised("", &module));
    rows.push(Guest::QuickJs.wasm().and_then(|module| unoptimised("QuickJS: ", &module)));
    Ok(rows)
}

/// What both have written.
fn executable() -> Row {
    let size = |name| file_size(&scratch(name)?);
    Ok(Figure::new("executable", Quantity::Bytes(size(OURS)? as f64)).part(Part::bytes("wasmtime", size(THEIRS)?)))
}

/// A build after one function has changed: the others come from the cache.
fn one_changed(module: &Path) -> Result<[Figure; 2], Error> {
    let binary = fs::read(module)?;
    let path = scratch("changed.wasm")?;
    let mut wasmc = wasmc();
    wasmc.args(["build", "--quiet", "-O2"]).arg(&path).arg("-o").arg(scratch(OURS)?);
    let mut wasmtime = wasmtime("compile_module.py")?;
    wasmtime.arg(&path).arg(scratch(THEIRS)?);
    let mut round = 0;
    let [ours, theirs] = interleave(
        9,
        [
            &mut || {
                round += 1;
                fs::write(&path, changed(&binary, round)?)?;
                command::measure(&mut wasmc).map(Cost::from)
            },
            &mut || parse(&command::output(&mut wasmtime)?),
        ],
    )?;
    let [time, processor_time] =
        times("one function changed: ", &Compiler::new("wasmc", &ours), &Compiler::new("wasmtime", &theirs));
    Ok([time.at_most(CHANGED), processor_time])
}

/// What a module of 1 MB would take.
fn per_megabyte(module: &Path, ours: &Compiler, theirs: &Compiler) -> Result<[Figure; 2], Error> {
    let megabytes = file_size(module)? as f64 / 1e6;
    let times = [ours, theirs].map(|compiler| Quantity::Seconds(compiler.processor_time.median() / megabytes));
    let memory = [ours, theirs].map(|compiler| Quantity::Bytes(compiler.memory.max() / megabytes));
    let figure = |name, [our_part, their_part]: [Quantity; 2]| {
        let part = Part { name: theirs.name.to_owned(), median: their_part, min: None };
        Figure::new(name, our_part).part(part)
    };
    Ok([figure("processor time for 1 MB of wasm", times), figure("peak memory for 1 MB of wasm", memory)])
}

/// How much sooner those have their program who do not need it to be fast.
fn unoptimised(prefix: &str, module: &Path) -> Row {
    let output = scratch("compiled")?;
    let time = |level: &str| {
        command::measure(wasmc().args(["build", "--quiet", "--no-cache", level]).arg(module).arg("-o").arg(&output))
    };
    let seconds = |level| Ok(time(level)?.processor_time.as_secs_f64());
    let measured = interleave(5, [&mut || seconds("-O0"), &mut || seconds("-O2")])?;
    let [unoptimised, optimised] = measured.map(Samples::from_iter);
    let figure =
        Figure::time_ratio(format!("{prefix}processor time, -O0 ÷ -O2"), ("-O0", &unoptimised), ("-O2", &optimised));
    Ok(figure.at_most(UNOPTIMISED))
}

pub(super) fn large() -> Result<Vec<Row>, Error> {
    Ok(LARGE.iter().flat_map(|large| large_module(large).unwrap_or_else(|error| vec![Err(error)])).collect())
}

fn large_module(large: &Large) -> Result<Vec<Row>, Error> {
    let [ours, theirs] = compare(&input(large.file)?, large.flags, 3)?;
    let prefix = format!("{}: ", large.name);
    let ratio = Quantity::Ratio(ours.memory.max() / theirs.memory.max());
    let memory = Figure::new(format!("{prefix}peak memory ÷ wasmtime"), ratio).at_most(0.5);
    let [time, processor_time] = times(&prefix, &ours, &theirs);
    Ok(vec![Ok(time), Ok(processor_time), Ok(memory.part(ours.memory_part()).part(theirs.memory_part()))])
}

/// On a machine that has other things to do, processor time says more.
fn times(prefix: &str, ours: &Compiler, theirs: &Compiler) -> [Figure; 2] {
    let ratio = |what, ours_time, theirs_time| {
        Figure::time_ratio(format!("{prefix}{what} ÷ wasmtime"), (ours.name, ours_time), (theirs.name, theirs_time))
    };
    [
        ratio("time", &ours.time, &theirs.time).at_most(1.0),
        ratio("processor time", &ours.processor_time, &theirs.processor_time),
    ]
}

/// What one compilation took.
struct Cost {
    seconds: f64,
    processor_seconds: f64,
    peak_bytes: f64,
}

/// What a compiler took, round by round.
struct Compiler {
    name: &'static str,
    time: Samples,
    processor_time: Samples,
    memory: Samples,
}

impl Compiler {
    fn new(name: &'static str, costs: &[Cost]) -> Self {
        Self {
            name,
            time: costs.iter().map(|cost| cost.seconds).collect(),
            processor_time: costs.iter().map(|cost| cost.processor_seconds).collect(),
            memory: costs.iter().map(|cost| cost.peak_bytes).collect(),
        }
    }

    /// The largest peak: what a machine must have.
    fn memory_part(&self) -> Part {
        Part { name: self.name.to_owned(), median: Quantity::Bytes(self.memory.max()), min: None }
    }
}

fn compare(module: &Path, flags: &[&str], rounds: usize) -> Result<[Compiler; 2], Error> {
    let (ours, theirs) = (scratch(OURS)?, scratch(THEIRS)?);
    let mut wasmc = wasmc();
    wasmc.args(["build", "--quiet", "--no-cache", "-O2"]).arg(module).args(flags).arg("-o").arg(ours);
    let mut wasmtime = wasmtime("compile_module.py")?;
    wasmtime.arg(module).arg(theirs);
    let [ours, theirs] = interleave(
        rounds,
        [&mut || command::measure(&mut wasmc).map(Cost::from), &mut || parse(&command::output(&mut wasmtime)?)],
    )?;
    Ok([Compiler::new("wasmc", &ours), Compiler::new("wasmtime", &theirs)])
}

impl From<command::Cost> for Cost {
    fn from(cost: command::Cost) -> Self {
        Self {
            seconds: cost.time.as_secs_f64(),
            processor_seconds: cost.processor_time.as_secs_f64(),
            peak_bytes: cost.peak as f64,
        }
    }
}

/// Reads what `compile_module.py` prints.
fn parse(line: &str) -> Result<Cost, Error> {
    let value: Value = serde_json::from_str(line).unwrap_or_default();
    let number = |name: &str| {
        value[name].as_f64().ok_or_else(|| Error::Failed(format!("compile_module.py printed {line:?}, no {name}")))
    };
    Ok(Cost {
        seconds: number("seconds")?,
        processor_seconds: number("processor_seconds")?,
        peak_bytes: number("peak_bytes")?,
    })
}
