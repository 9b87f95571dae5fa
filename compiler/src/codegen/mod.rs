//! Functions to machine code, in parallel; the result is in index order whatever the job count.
//!
//! A function is lowered, optimised and emitted by one worker in one go; its code goes straight to
//! the end of the text, and nothing else of it is kept. `compiled` is what remains.

mod cache;
mod compiled;
mod cranelift;
mod frame;
mod locals;
mod machine;
mod sequence;

pub use cache::{FunctionCache, FunctionKey};
pub use compiled::{CodeRange, CompiledCode, RelocationKind};
use compiled::{CompiledFunction, body_offset};
pub use frame::{FrameStep, FrameSteps};
pub use locals::{LocalPlace, Location, ValuePlace};

use crate::analyze::{CodeIndex, Plan};
use crate::debuginfo::SourceLines;
use crate::dump;
use crate::error::Error;
use crate::module::{Body, Module};
use crate::options::{Emit, Options};
use crate::pipeline::Observer;
use cranelift_entity::EntityRef;
use sequence::in_order;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use wasmc_runtime::abi::CpuFeature;

/// Compiles all code of the plan, save what `cache` has from an earlier build. `lines` are those of the module, if it has any.
///
/// # Errors
/// [`Error::Bug`] naming the function in hand, [`Error::Environment`] when `--cpu` asks for what the
/// back end does not know. Of several failures the one of the first function is reported.
pub fn compile_functions(
    module: &Module<'_>,
    plan: &Plan,
    lines: Option<&SourceLines>,
    options: &Options,
    cache: Option<&dyn FunctionCache>,
    observer: &dyn Observer,
) -> Result<CompiledCode, Error> {
    let isas = cranelift::Isas::new(options)?;
    let maps_accesses = maps_accesses(module, lines, options);
    let kept = cache.and_then(|cache| cache::Functions::new(module, plan, maps_accesses, &isas, options, cache));
    let total = plan.code.len();
    let done = AtomicUsize::new(0);
    let mut text = CompiledCode::new(options.target.architecture);
    in_order(
        total,
        || cranelift::FunctionCompiler::new(module, plan, maps_accesses, &isas, options),
        |compiler, index| {
            let code = CodeIndex::new(index);
            // A panic in a dependency is reported like any other bug, with the function in hand.
            let mut compile = || {
                catch_unwind(AssertUnwindSafe(|| compiler.compile(code))).unwrap_or_else(|panic| {
                    let place = format!("compiling {}", plan.code_name(module, code));
                    Err(Error::bug(place, panic_message(panic.as_ref())))
                })
            };
            let compiled = match &kept {
                Some(kept) => kept.find_or_compile(code, compile),
                None => compile(),
            };
            observer.functions(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            compiled
        },
        |index, compiled: CompiledFunction| {
            let code = CodeIndex::new(index);
            text.append(code, body_offset(module, plan, code), compiled)
        },
    )?;
    if let Some(kept) = &kept {
        let (found, total) = kept.counts();
        observer.reused(found, total);
    }
    match options.emit {
        Emit::Executable | Emit::Object => text.resolve_calls(),
        Emit::Assembly => {
            text.resolve_calls()?;
            text.listing = Some(dump::assembly(module, plan, &text)?);
            Ok(())
        }
        Emit::Clif | Emit::OptimizedClif => {
            // A module without functions has an empty listing.
            text.listing.get_or_insert_default();
            Ok(())
        }
    }?;
    Ok(text)
}

/// Whether the code map knows accesses to guarded memory: they are many, and worth their room where somebody asked for debug
/// information, or it is known where most functions come from, and not only those of a library.
fn maps_accesses(module: &Module<'_>, lines: Option<&SourceLines>, options: &Options) -> bool {
    let has_line = |lines: &SourceLines, body: &Body| {
        // Whoever writes lines for a function writes them for all of it.
        lines.at(body.range.start.midpoint(body.range.end) as u32).is_some()
    };
    let are_known = |lines: &SourceLines| {
        let known = module.bodies.iter().filter(|body| has_line(lines, body)).count();
        2 * known > module.bodies.len()
    };
    options.debug || lines.is_some_and(are_known)
}

/// What code for these options needs of the processor beyond the baseline of its architecture.
///
/// # Errors
/// As [`compile_functions`] for `--cpu`.
pub fn required_features(options: &Options) -> Result<Vec<CpuFeature>, Error> {
    Ok(cranelift::Isas::new(options)?.required_features())
}

/// The words of a panic.
pub fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("panic without a message")
}
