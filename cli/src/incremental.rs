//! Compiling a module again when a part of it has changed.

use crate::args::CompileArgs;
use crate::failure::Failure;
use crate::input;
use crate::observer::Watch;
use crate::store::{Pack, Recipe, Store};
use std::path::Path;
use wasmc_compiler::{Artifact, FunctionCache, Options};

/// A smaller module is compiled in a few hundredths of a second: its functions are not worth a file.
const SMALLEST_KEPT: usize = 64 << 10;

/// Compiles `bytes`, the module at `input`: what an earlier build has compiled is taken from the cache, and what is new is
/// kept there.
pub(crate) fn compile(
    watch: &Watch,
    args: &CompileArgs,
    input: &Path,
    bytes: &[u8],
    options: &Options,
) -> Result<Artifact, Failure> {
    let is_worth_it = !args.no_cache && !input::is_stdin(input) && bytes.len() >= SMALLEST_KEPT;
    let kept = if is_worth_it { open(input, options) } else { None };
    let functions = kept.as_ref().map(|(_, pack)| pack as &dyn FunctionCache);
    let artifact = watch.compile(input, bytes, options, functions)?;
    if let Some((store, pack)) = kept {
        watch.stage("keep", || store.save(pack));
    }
    Ok(artifact)
}

/// What there is of earlier builds. A cache that cannot be used is no reason to complain: this build takes as long as the
/// first one did.
fn open(input: &Path, options: &Options) -> Option<(Store, Pack)> {
    let store = Store::open().ok()?;
    let recipe = Recipe::new(options, &input::module_name(input))?;
    let pack = store.functions(&recipe, input).ok()?;
    Some((store, pack))
}
