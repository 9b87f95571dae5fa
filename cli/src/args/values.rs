//! Values that are one of a few words. The same list gives the parser, the help and the completions.

use crate::units::parse_size;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::net::SocketAddr;
use wasmc_compiler::{Emit, InstanceMode, MemoryChecks, OptLevel, Target};

/// A word, what it means to a person and what it means to the compiler.
pub(super) type Choice<T> = (&'static str, &'static str, T);

pub(super) const EMIT: &[Choice<Emit>] = &[
    ("exe", "A program that runs", Emit::Executable),
    ("obj", "A relocatable object file, not linked", Emit::Object),
    ("clif", "Cranelift IR, text, before optimisation", Emit::Clif),
    ("opt-clif", "Cranelift IR, text, after optimisation", Emit::OptimizedClif),
    ("asm", "Assembly, text, each instruction with the wasm offset it comes from", Emit::Assembly),
];

pub(super) const OPT_LEVEL: &[Choice<OptLevel>] = &[
    ("0", "Compile fast, do not optimise", OptLevel::O0),
    ("1", "The same as 2, for now", OptLevel::O1),
    ("2", "Optimise for speed", OptLevel::O2),
    ("s", "Optimise for speed and size", OptLevel::Os),
];

pub(super) const MEMORY_CHECKS: &[Choice<MemoryChecks>] = &[
    ("auto", "`guard` for executables with 32-bit memories, `explicit` otherwise", MemoryChecks::Auto),
    (
        "guard",
        "Reserve 8 GiB of address space per memory and let the hardware find the bad access; memories with 64-bit \
         indices or pages of one byte are `explicit` nevertheless",
        MemoryChecks::Guard,
    ),
    ("explicit", "Compare every address; works under `ulimit -v` and with any host", MemoryChecks::Explicit),
];

pub(super) const INSTANCES: &[Choice<InstanceMode>] = &[
    ("static", "Exactly one instance, addressed by symbol", InstanceMode::Static),
    ("dynamic", "Any number of instances; every function takes one as its first parameter", InstanceMode::Dynamic),
];

/// A parser for one of `choices`.
pub(super) fn choice<T>(choices: &'static [Choice<T>]) -> impl TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    let words = choices.iter().map(|(word, help, _)| PossibleValue::new(*word).help(*help));
    PossibleValuesParser::new(words).try_map(|given| {
        let chosen = choices.iter().find(|(word, ..)| *word == given);
        chosen.map(|(.., value)| *value).ok_or("not one of the possible values")
    })
}

/// A parser for a target's short name or its triple.
pub(super) fn target() -> impl TypedValueParser<Value = Target> {
    let names = Target::ALL.iter().map(|target| PossibleValue::new(target.name).aliases(target.triples));
    PossibleValuesParser::new(names).try_map(|given| Target::from_name(&given).ok_or("not one of the possible values"))
}

/// Less than this and the start-up code alone would exhaust the stack; more is beyond any machine.
const STACK_SIZES: std::ops::RangeInclusive<u64> = 128 << 10..=64 << 30;

/// Reads a stack size.
pub(super) fn stack_size(text: &str) -> Result<u64, String> {
    let size = parse_size(text)?;
    if STACK_SIZES.contains(&size) { Ok(size) } else { Err("a stack has between 128K and 64G".to_owned()) }
}

/// Reads an address and a port. Names are not looked up: what they mean may differ where the program runs.
pub(super) fn socket_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "expected numbers, as 127.0.0.1:80 or [::1]:80".to_owned())
}
