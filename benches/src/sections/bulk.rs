//! `memory.copy` and `memory.fill` against `memmove` and `memset` of the C library: `c/bulk.c`, compiled by one clang
//! for both sides, measures itself.

use std::process::Command;

use wasmc_guests::Error;

use crate::command::output;
use crate::figure::{Figure, Part, Quantity};
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{build, clang};

const ROUNDS: usize = 15;

/// The limit is "no slower"; two runs of the same program differ by as much as this allows.
const LIMIT: f64 = 1.05;

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let module = clang("bulk.c", &["--target=wasm32-wasi", "-mbulk-memory"], "bulk.wasm")?;
    let mut ours = Command::new(build(&module, &[], "bulk")?);
    let mut native = Command::new(clang("bulk.c", &["-static"], "bulk-native")?);
    let [ours, native] =
        interleave(ROUNDS, [&mut || parse(&output(&mut ours)?), &mut || parse(&output(&mut native)?)])?;
    let ratios = ratios(&ours, &native);
    Ok(ratios.chunk_by(|one, next| one.case == next.case).map(|sizes| Ok(figure(sizes))).collect())
}

/// All sizes of one case: the worst of them is the figure.
fn figure(sizes: &[Ratio]) -> Figure {
    let worst = sizes.iter().map(|size| size.ratio).fold(0.0, f64::max);
    let name = format!("{}, worst size", sizes.first().map_or("", |size| &size.case));
    let part = |size: &Ratio| Part { name: size_name(size.bytes), median: Quantity::Ratio(size.ratio), min: None };
    Figure { parts: sizes.iter().map(part).collect(), ..Figure::new(name, Quantity::Ratio(worst)).at_most(LIMIT) }
}

/// What came out for a case and a size.
struct Ratio {
    case: String,
    bytes: u32,
    ratio: f64,
}

fn ratios(ours: &[Vec<Line>], native: &[Vec<Line>]) -> Vec<Ratio> {
    let median = |rounds: &[Vec<Line>], index: usize| {
        rounds.iter().filter_map(|lines| lines.get(index)).map(|line| line.nanoseconds).collect::<Samples>().median()
    };
    let lines = ours.first().into_iter().flatten().enumerate();
    let ratio = |(index, line): (usize, &Line)| Ratio {
        case: line.case.clone(),
        bytes: line.bytes,
        ratio: median(ours, index) / median(native, index),
    };
    lines.map(ratio).collect()
}

/// How long one call of a case and size took.
struct Line {
    case: String,
    bytes: u32,
    nanoseconds: f64,
}

fn parse(text: &str) -> Result<Vec<Line>, Error> {
    let line = |line: &str| {
        let [case, bytes, nanoseconds] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        Some(Line { case: case.to_owned(), bytes: bytes.parse().ok()?, nanoseconds: nanoseconds.parse().ok()? })
    };
    let lines: Option<Vec<_>> = text.lines().map(line).collect();
    lines.filter(|lines| !lines.is_empty()).ok_or_else(|| Error::Failed(format!("bulk.c printed {text:?}")))
}

fn size_name(bytes: u32) -> String {
    match bytes {
        0x10_0000.. => format!("{} MiB", bytes >> 20),
        _ => format!("{} KiB", bytes >> 10),
    }
}
