//! How fast compiled programs are: those guests that have a native twin, compiled by the same compiler with the same
//! flags, under every engine there is ([`engine::Engine`]), in turn.

mod engine;

use std::path::Path;

pub(crate) use engine::Engine;
use engine::Prepared;
use wasmc_guests::{Error, Guest, Outcome, Purpose, Run};

use crate::comparison::{Comparison, Measured, geometric_mean};
use crate::figure::{Figure, Quantity};
use crate::interleave::{Contender, Samples, interleave_all};
use crate::options::Options;
use crate::report::{Findings, Row};
use crate::tools::scratch;

const ROUNDS: usize = 5;

pub(super) fn measure(options: &Options) -> Result<Findings, Error> {
    let mut rows = Vec::new();
    let engines = installed(options, &mut rows);
    let mut comparison = Comparison::new(engines.iter().map(|engine| engine.name()).collect());
    for run in runs(options)? {
        eprintln!("  {}", run.guest.name());
        match compare(&run, &engines, options, &mut rows) {
            Ok(measured) => comparison.programs.push(measured),
            Err(error) => rows.push(Err(error)),
        }
    }
    rows.splice(0..0, summary(&comparison).into_iter().map(Ok));
    Ok(Findings { rows, comparison: Some(comparison) })
}

/// The runs that are to be timed.
fn runs(options: &Options) -> Result<Vec<Run>, Error> {
    let all = Guest::ALL.into_iter().flat_map(Guest::runs).filter(|run| run.purpose == Purpose::Bench);
    let all: Vec<_> = all.collect();
    let names: Vec<_> = all.iter().map(|run| run.guest.name()).collect();
    if let Some(unknown) = options.programs.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Error::Failed(format!("there is no program {unknown}; there are {}", names.join(", "))));
    }
    let wanted =
        |run: &Run| options.programs.is_empty() || options.programs.iter().any(|name| name == run.guest.name());
    Ok(all.into_iter().filter(wanted).collect())
}

/// The engines to compare. Native code is always among them: everything is compared with it.
fn installed(options: &Options, rows: &mut Vec<Row>) -> Vec<Engine> {
    let wanted =
        |engine: &Engine| *engine == Engine::Native || options.engines.is_empty() || options.engines.contains(engine);
    let mut engines = Vec::new();
    for engine in Engine::ALL.into_iter().filter(wanted) {
        match engine.find() {
            Ok(()) => engines.push(engine),
            Err(error) => rows.push(Err(error)),
        }
    }
    engines
}

/// Times one run under all engines. An engine that cannot do it is left out, and `rows` says why.
fn compare(run: &Run, engines: &[Engine], options: &Options, rows: &mut Vec<Row>) -> Result<Measured, Error> {
    let root = scratch("speed")?;
    let expected = run.expected(&root)?;
    let mut prepared = Vec::new();
    for engine in engines {
        prepared.push(match prepare(*engine, run, &root, &expected) {
            Ok(prepared) => Some(prepared),
            Err(error) => {
                rows.push(Err(error));
                None
            }
        });
    }
    let clock = |prepared: &Prepared| {
        let time = prepared.time(run, &root, &expected)?;
        Ok(if options.processor_time { time.processor_seconds } else { time.seconds })
    };
    let mut clocks: Vec<_> = prepared.iter().flatten().map(|prepared| || clock(prepared)).collect();
    let contenders = clocks.iter_mut().map(|clock| clock as Contender<'_, f64>).collect();
    let mut measured = interleave_all(options.rounds.unwrap_or(ROUNDS), contenders)?.into_iter();
    let samples = prepared.iter().map(|prepared| prepared.as_ref().and(measured.next()).map(Samples::from_iter));
    Ok(Measured { program: run.guest.name(), samples: samples.collect() })
}

/// Gets a program ready to be timed, and has it do its work once.
fn prepare(engine: Engine, run: &Run, root: &Path, expected: &Outcome) -> Result<Prepared, Error> {
    let prepared = engine.prepare(run, root)?;
    prepared.time(run, root, expected)?;
    Ok(prepared)
}

/// What is to be reached, by geometric means over all programs.
fn summary(comparison: &Comparison) -> Vec<Figure> {
    let limits = [
        (Engine::Wasmc, Engine::Wasmtime, 0.88, Some(1.03)),
        (Engine::Wasmc, Engine::V8, 0.90, None),
        (Engine::WasmcExplicit, Engine::Wasmc, 1.06, None),
        (Engine::WasmcNative, Engine::Wasmc, 1.0, None),
    ];
    let mut figures = Vec::new();
    for (ours, theirs, mean_limit, worst_limit) in limits {
        let ratios = comparison.ratios(ours.name(), theirs.name());
        let Some((program, worst)) = ratios.iter().max_by(|one, other| one.1.total_cmp(&other.1)) else {
            continue;
        };
        let name = format!("{} ÷ {}", ours.name(), theirs.name());
        let mean = geometric_mean(ratios.iter().map(|(_, ratio)| *ratio));
        figures.push(Figure::new(format!("{name}, geometric mean"), Quantity::Ratio(mean)).at_most(mean_limit));
        let worst = Figure::new(format!("{name}, worst: {program}"), Quantity::Ratio(*worst));
        figures.push(match worst_limit {
            Some(limit) => worst.at_most(limit),
            None => worst,
        });
    }
    figures
}
