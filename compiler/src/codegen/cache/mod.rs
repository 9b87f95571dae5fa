//! Machine code from earlier builds, function by function.
//!
//! Each function has a key made of everything its machine code depends on (`key`), and what was compiled is kept under
//! it (`entry`), so that a module in which one function has changed is compiled for the sake of that one. Where it is kept
//! is not decided here: a [`FunctionCache`] takes bytes and gives them back.

mod entry;
mod key;

use super::compiled::CompiledFunction;
use super::cranelift::Isas;
use crate::analyze::{Code, CodeIndex, Plan};
use crate::module::Module;
use crate::options::{Emit, Options};
use key::Environment;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What stands for everything that the machine code of a function depends on, except for the compiler itself.
pub type FunctionKey = [u8; 32];

/// Keeps the machine code of functions from one build to the next. Workers call it at the same time.
pub trait FunctionCache: Sync {
    /// The bytes that were kept under `key` by this very compiler, another version or build of which may give the same
    /// key to other code.
    fn find(&self, key: &FunctionKey) -> Option<Vec<u8>>;
    /// Keeps `bytes` under `key`.
    fn keep(&self, key: &FunctionKey, bytes: &[u8]);
}

/// The functions of one module, and where those compiled earlier are.
pub(super) struct Functions<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    environment: Environment,
    cache: &'a dyn FunctionCache,
    found: AtomicUsize,
}

impl<'a> Functions<'a> {
    /// `None` when the output is not machine code alone: listings say more than what is kept.
    pub(super) fn new(
        module: &'a Module<'a>,
        plan: &'a Plan,
        isas: &Isas,
        options: &Options,
        cache: &'a dyn FunctionCache,
    ) -> Option<Functions<'a>> {
        match options.emit {
            Emit::Executable | Emit::Object => {}
            Emit::Clif | Emit::OptimizedClif | Emit::Assembly => return None,
        }
        let environment = Environment::new(module, plan, isas, options);
        Some(Functions { module, plan, environment, cache, found: AtomicUsize::new(0) })
    }

    /// What was compiled earlier for `code`, or what `compile` makes of it, which is kept for the next build.
    pub(super) fn find_or_compile<E>(
        &self,
        code: CodeIndex,
        compile: impl FnOnce() -> Result<CompiledFunction, E>,
    ) -> Result<CompiledFunction, E> {
        // The other pieces of code are few, and depend on parts of the module that functions do not see.
        let Code::Function(function) = self.plan.code[code] else { return compile() };
        let Some(body) = self.module.body(function) else { return compile() };
        let key = self.environment.key(self.module, self.plan, function, body);
        if let Some(bytes) = self.cache.find(&key)
            && let Some(compiled) = entry::decode(&bytes, body, self.plan)
        {
            self.found.fetch_add(1, Ordering::Relaxed);
            return Ok(compiled);
        }
        let compiled = compile()?;
        if let Some(bytes) = entry::encode(&compiled, body) {
            self.cache.keep(&key, &bytes);
        }
        Ok(compiled)
    }

    /// How many functions were found so far, and how many there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.found.load(Ordering::Relaxed), self.module.bodies.len())
    }
}
