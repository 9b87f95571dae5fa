//! The whole way through, stage by stage.

use crate::analyze::{World, analyze};
use crate::codegen::{FunctionCache, compile_functions};
use crate::debuginfo::{self, SourceLines};
use crate::error::Error;
use crate::link::link;
use crate::module::{Features, Module};
use crate::object::write_object;
use crate::options::{Emit, Options};
use crate::parse::{is_binary, parse, to_binary};

/// A stage of the pipeline, as progress and `--print timings` name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Stage {
    /// Bytes to a valid module.
    Parse,
    /// Whole-module decisions.
    Analyze,
    /// Functions to machine code (lowering included: each function goes through both at once).
    Codegen,
    /// Machine code and data to an object.
    Object,
    /// Object and runtime to an executable.
    Link,
}

impl Stage {
    /// In the order they run.
    pub const ALL: &'static [Stage] = &[Stage::Parse, Stage::Analyze, Stage::Codegen, Stage::Object, Stage::Link];

    /// One word, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Stage::Parse => "parse",
            Stage::Analyze => "analyze",
            Stage::Codegen => "codegen",
            Stage::Object => "object",
            Stage::Link => "link",
        }
    }
}

/// Someone who wants to know how far a build is. Calls may come from worker threads.
pub trait Observer: Sync {
    /// `stage` begins.
    fn begin(&self, stage: Stage) {
        let _ = stage;
    }
    /// `stage` ended.
    fn end(&self, stage: Stage) {
        let _ = stage;
    }
    /// `done` of `total` functions are compiled.
    fn functions(&self, done: usize, total: usize) {
        let _ = (done, total);
    }
    /// `found` of `total` functions were compiled by an earlier build; not called where there is no cache.
    fn reused(&self, found: usize, total: usize) {
        let _ = (found, total);
    }
    /// The command that links, for `--print link`.
    fn link_command(&self, command: &[String]) {
        let _ = command;
    }
}

/// An [`Observer`] that does not care.
pub struct Silent;

impl Observer for Silent {}

/// What a build gives.
pub struct Artifact {
    /// The output file's contents.
    pub bytes: Vec<u8>,
    /// Whether the file should be executable.
    pub executable: bool,
    /// The module as text, for [`Sources::text_path`](crate::Sources::text_path), where debuggers are to show it.
    pub text: Option<String>,
}

/// Compiles `input`, a module in either format, as `options` ask. `name` is what messages and
/// backtraces call a module without a name of its own.
///
/// # Errors
/// Any kind of [`Error`]; nothing has been written anywhere.
pub fn build(input: &[u8], name: &str, options: &Options, observer: &dyn Observer) -> Result<Artifact, Error> {
    build_with_cache(input, name, options, None, observer)
}

/// As [`build`], with functions that earlier builds have compiled. The result is the same.
///
/// # Errors
/// As [`build`].
pub fn build_with_cache(
    input: &[u8],
    name: &str,
    options: &Options,
    cache: Option<&dyn FunctionCache>,
    observer: &dyn Observer,
) -> Result<Artifact, Error> {
    let pool = thread_pool(options)?;
    pool.install(|| {
        observer.begin(Stage::Parse);
        let binary = to_binary(input)?;
        let module = parse(&binary, name, options.features)?;
        let (lines, text) = source(input, &module, options);
        observer.end(Stage::Parse);
        // The module is valid: no later stage says "malformed". Where it comes from is known, as far as it says so.

        observer.begin(Stage::Analyze);
        let plan = analyze(&module, &mut World::closed(options.target), options)?;
        observer.end(Stage::Analyze);
        // Every whole-module decision is made.

        observer.begin(Stage::Codegen);
        let code = compile_functions(&module, &plan, lines.as_ref(), options, cache, observer)?;
        observer.end(Stage::Codegen);
        // Only machine code remains, in index order, whatever the job count.
        if let Some(text) = code.listing {
            return Ok(Artifact { bytes: text.into_bytes(), executable: false, text: None });
        }

        observer.begin(Stage::Object);
        let object = write_object(&module, &plan, code, lines.as_ref(), options)?;
        observer.end(Stage::Object);
        // Every symbol name is final.
        if options.emit == Emit::Object {
            return Ok(Artifact { bytes: object, executable: false, text });
        }
        drop(module);
        drop(binary);

        observer.begin(Stage::Link);
        let executable = link(vec![object], options, observer)?;
        observer.end(Stage::Link);
        // The file runs.
        Ok(Artifact { bytes: executable, executable: true, text })
    })
}

/// Where `module` comes from, as far as that is known, and its text, if that is to be written.
fn source(input: &[u8], module: &Module<'_>, options: &Options) -> (Option<SourceLines>, Option<String>) {
    let lines = SourceLines::of(module, &options.sources);
    match &options.sources.text_path {
        Some(path) if options.debug && lines.is_none() => match std::str::from_utf8(input) {
            Ok(text) if !is_binary(input) => (debuginfo::lines_of_text(text, module, path), None),
            _ => debuginfo::print(module, path).map_or((None, None), |(text, lines)| (Some(lines), Some(text))),
        },
        _ => (lines, None),
    }
}

/// Checks that `input` is a module that uses only `features` and that wasmc can compile; imports are not resolved.
///
/// # Errors
/// [`Error::Input`] or [`Error::Unsupported`].
pub fn validate(input: &[u8], features: Features) -> Result<(), Error> {
    let binary = to_binary(input)?;
    parse(&binary, "module", features)?;
    Ok(())
}

/// Workers with stacks for the deepest recursion that valid input can cause in a code generator.
pub(crate) fn thread_pool(options: &Options) -> Result<rayon::ThreadPool, Error> {
    const WORKER_STACK: usize = 256 << 20;
    rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs.map_or(0, |jobs| jobs.get()))
        .stack_size(WORKER_STACK)
        .build()
        .map_err(|error| Error::environment(format!("cannot start worker threads: {error}")))
}
