//! `wasmc targets`

use crate::args::TargetsArgs;
use crate::failure::Failure;
use crate::output;
use crate::table::{Align, columns};
use crate::units::format_size;
use serde_json::{Value, json};
use wasmc_compiler::{Options, Target};

/// Lists every target, and whether its runtime library is inside this wasmc.
pub(crate) fn targets(args: &TargetsArgs) -> Result<(), Failure> {
    let targets: Vec<_> = Target::ALL.iter().map(|target| (*target, runtime_size(*target))).collect();
    output::print(&if args.json { to_json(&targets) } else { to_text(&targets) })
}

/// Bytes of the runtime archive for `target`, when there is one.
fn runtime_size(target: Target) -> Option<usize> {
    let available = wasmc_compiler::available_targets();
    available.into_iter().find(|(with_runtime, _)| *with_runtime == target).map(|(_, size)| size)
}

fn to_text(targets: &[(Target, Option<usize>)]) -> String {
    let mut rows = vec![["target", "triple", "objects", "runtime library"].map(str::to_owned)];
    for (target, runtime) in targets {
        let runtime = match runtime {
            Some(size) => format!("included, {}", format_size(*size as u64)),
            None => format!("missing: `rustup target add {}` and build wasmc again; --emit obj works", gnu(*target)),
        };
        let [name, triple, format] = [target.name, target.triples[0], target.object_format().name()].map(str::to_owned);
        rows.push([name, triple, format, runtime]);
    }
    columns(0, [Align::Left; 4], &rows)
}

/// The triple that the runtime is built for.
fn gnu(target: Target) -> &'static str {
    target.triples.last().copied().unwrap_or(target.name)
}

fn to_json(targets: &[(Target, Option<usize>)]) -> String {
    let default = Options::default().target;
    let describe = |(target, runtime): &(Target, Option<usize>)| {
        json!({
            "name": target.name,
            "triple": target.triples[0],
            "triples": target.triples,
            "object_format": target.object_format().name(),
            "executable": runtime.is_some(),
            "runtime_bytes": runtime,
            "default": *target == default,
        })
    };
    format!("{:#}\n", Value::from_iter(targets.iter().map(describe)))
}
