//! Machine code from earlier builds, function by function.
//!
//! Each function has a key made of everything its machine code depends on (`key`), and what was compiled is kept under
//! it (`entry`), so that a module in which one function has changed is compiled for the sake of that one. Where it is kept
//! is not decided here: a [`FunctionCache`] takes bytes and gives them back.

mod debug;
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
        maps_accesses: bool,
        isas: &Isas,
        options: &Options,
        cache: &'a dyn FunctionCache,
    ) -> Option<Functions<'a>> {
        match options.emit {
            Emit::Executable | Emit::Object => {}
            Emit::Clif | Emit::OptimizedClif | Emit::Assembly => return None,
        }
        let environment = Environment::new(module, plan, maps_accesses, isas, options);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::MemoryChecks;
    use crate::pipeline::{Silent, build, build_with_cache};
    use std::collections::HashMap;
    use std::sync::Mutex;

    /// The parts of a module around a function that stays the same, byte for byte.
    struct Surroundings {
        callee: &'static str,
        memory: &'static str,
        global: &'static str,
        element: &'static str,
        others: &'static str,
    }

    const USUAL: Surroundings = Surroundings {
        callee: r#"(import "wasi_snapshot_preview1" "sched_yield" (func $callee (result i32)))"#,
        memory: "1",
        global: "i32 (i32.const 1)",
        element: "$callee",
        others: "",
    };

    /// What differs from the usual in one thing that other code is made for.
    const VARIANTS: [Surroundings; 12] = [
        USUAL,
        Surroundings { callee: r#"(import "a" "b" (func $callee (result i32)))"#, ..USUAL },
        Surroundings { memory: "2", ..USUAL },
        Surroundings { memory: "1 1", ..USUAL },
        Surroundings { memory: "1 2 shared", ..USUAL },
        Surroundings { global: "i32 (i32.const 2)", ..USUAL },
        Surroundings { global: "(mut i32) (i32.const 1)", ..USUAL },
        Surroundings { element: "$subject", ..USUAL },
        Surroundings { element: "$other", ..USUAL },
        Surroundings { others: "(func (drop (memory.grow (i32.const 1))))", ..USUAL },
        Surroundings { others: "(func (table.set (i32.const 0) (ref.null func)))", ..USUAL },
        Surroundings {
            others: "(global (mut v128) (v128.const i64x2 0 0)) (func (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))",
            ..USUAL
        },
    ];

    fn module(around: &Surroundings) -> String {
        let Surroundings { callee, memory, global, element, others } = around;
        format!(
            r#"(module
                 {callee}
                 (memory {memory})
                 (global $first {global})
                 (global $second (mut i32) (i32.const 3))
                 (table 2 funcref)
                 (elem (i32.const 0) {element})
                 (data $d "data")
                 (func $subject (result i32)
                   (i32.store (global.get $first) (global.get $second))
                   (i32.load offset=8 (global.get $second))
                   (i32.add (call_indirect (result i32) (i32.const 0)))
                   (i32.add (call $callee))
                   (i32.add (memory.size)))
                 (func $other (result i32) (i32.const 7))
                 (func (export "_start") (drop (call $subject)))
                 {others})"#
        )
    }

    #[derive(Default)]
    struct Memory(Mutex<HashMap<FunctionKey, Vec<u8>>>);

    impl FunctionCache for Memory {
        fn find(&self, key: &FunctionKey) -> Option<Vec<u8>> {
            self.0.lock().expect("the functions").get(key).cloned()
        }

        fn keep(&self, key: &FunctionKey, bytes: &[u8]) {
            self.0.lock().expect("the functions").insert(*key, bytes.to_vec());
        }
    }

    #[test]
    fn a_function_in_other_surroundings_has_another_key() {
        for memory_checks in [MemoryChecks::Guard, MemoryChecks::Explicit] {
            let options = Options { emit: Emit::Object, stub_imports: true, memory_checks, ..Options::default() };
            let cache = Memory::default();
            for around in &VARIANTS {
                let module = module(around);
                let cold = build(module.as_bytes(), "test", &options, &Silent).expect("an object");
                for _ in 0..2 {
                    let warm = build_with_cache(module.as_bytes(), "test", &options, Some(&cache), &Silent);
                    assert!(warm.expect("an object").bytes == cold.bytes, "{module}");
                }
            }
        }
    }
}
