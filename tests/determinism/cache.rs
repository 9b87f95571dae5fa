//! Does a module come out the same when its functions come from a cache? Of all cases in all modes, and of what is left of
//! a case when one function is changed: they share one cache, so that any function that has the key of another one shows.

use libtest_mimic::Failed;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, PoisonError};
use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{CodeSection, Instruction};
use wasmc_compiler::{Emit, Error, FunctionCache, FunctionKey, Observer, Options, build_with_cache};
use wasmc_tests::build;
use wasmparser::{FunctionBody, Parser};

/// So many functions of a module are changed, each alone: the first ones and the last one.
const MOST_CHANGED: usize = 4;

/// The name of all modules, so that it does not tell them apart.
const NAME: &str = "module";

/// What all of them share.
static CACHE: LazyLock<Memory> = LazyLock::new(Memory::default);

/// Builds a module and those in which one function is a little longer, with the cache and without.
pub(crate) fn check(module: &[u8], options: &Options) -> Result<(), Failed> {
    let options = Options { emit: Emit::Object, ..options.clone() };
    let binary = wasmc_compiler::to_binary(module).map_err(|error| error.to_string())?;
    let functions = count_functions(&binary);
    // Encoded anew in any case, so that nothing else differs.
    let original = lengthen(&binary, None)?;
    compare(&original, &options, functions)?;
    compare(&original, &options, 0)?;
    let last = functions.checked_sub(1);
    for changed in (0..functions).take(MOST_CHANGED - 1).chain(last) {
        compare(&lengthen(&binary, Some(changed))?, &options, 1)?;
    }
    Ok(())
}

/// Builds `module` in both ways. The cache may lack `new` functions at most.
fn compare(module: &[u8], options: &Options, new: usize) -> Result<(), Failed> {
    let without = build(module, NAME, options)?;
    let counts = Counts::default();
    let with = match build_with_cache(module, NAME, options, Some(&*CACHE), &counts) {
        Ok(artifact) => artifact.bytes,
        // For a processor with more than the baseline, which `build` chooses by itself.
        Err(Error::Unsupported(_)) => return Ok(()),
        Err(error) => return Err(error.to_string().into()),
    };
    if with != without {
        return Err(format!("with functions from the cache it differs, on\n{options:?}").into());
    }
    let [found, total] = [&counts.found, &counts.total].map(|count| count.load(Ordering::Relaxed));
    if found + new < total {
        return Err(
            format!("only {found} of {total} functions were found, with {new} new ones, on\n{options:?}").into()
        );
    }
    Ok(())
}

fn count_functions(binary: &[u8]) -> usize {
    let payloads = Parser::new(0).parse_all(binary).flatten();
    payloads.filter(|payload| matches!(payload, wasmparser::Payload::CodeSectionEntry(_))).count()
}

/// The same module, with three operators more that do nothing in the function at `position`.
fn lengthen(binary: &[u8], position: Option<usize>) -> Result<Vec<u8>, Failed> {
    let mut module = wasm_encoder::Module::new();
    Lengthen { position, next: 0 }
        .parse_core_module(&mut module, Parser::new(0), binary)
        .map_err(|error| error.to_string())?;
    Ok(module.finish())
}

struct Lengthen {
    position: Option<usize>,
    next: usize,
}

impl Reencode for Lengthen {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let mut function = utils::new_function_with_parsed_locals(self, &body)?;
        if self.position == Some(self.next) {
            for _ in 0..3 {
                function.instruction(&Instruction::Nop);
            }
        }
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}

/// A cache that lasts as long as the test.
#[derive(Default)]
struct Memory {
    functions: Mutex<HashMap<FunctionKey, Vec<u8>>>,
}

impl FunctionCache for Memory {
    fn find(&self, key: &FunctionKey) -> Option<Vec<u8>> {
        self.functions.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: &FunctionKey, bytes: &[u8]) {
        self.functions.lock().unwrap_or_else(PoisonError::into_inner).insert(*key, bytes.to_vec());
    }
}

/// What the build told of its functions.
#[derive(Default)]
struct Counts {
    found: AtomicUsize,
    total: AtomicUsize,
}

impl Observer for Counts {
    fn reused(&self, found: usize, total: usize) {
        self.found.store(found, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }
}
