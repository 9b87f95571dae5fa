//! `wasmc run`
//!
//! Three ways to the program, the fastest first: by what the file system says about the module,
//! without opening it; by the hash of its contents; by compiling it. Then the program takes the place
//! of this process. Everything before the last way is kept short: it is what a program costs to
//! start the second time, and 2 ms is all it may take.

use crate::args::RunArgs;
use crate::atomic::Unnamed;
use crate::failure::{Failure, note, reason};
use crate::incremental;
use crate::input;
use crate::observer::{Reports, Watch};
use crate::store::{Key, Recipe, Stamp, Store};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;
use wasmc_compiler::{Emit, Options, Target};

/// Runs the program; returns only when it cannot be started.
pub(crate) fn run(args: &RunArgs) -> Result<(), Failure> {
    let run = Run::new(args);
    run.check_target()?;
    let Some((store, recipe)) = run.cache() else {
        let program = run.compile(&input::read(run.input)?)?;
        return Err(run.start_unsaved(&program));
    };
    // A build that is to be reported on has to take place.
    let look_up = args.compile.print.is_empty();

    if look_up
        && let Some(stamp) = run.stamp()
        && let Some(program) = store.seen(&recipe.for_stamp(&stamp))
    {
        run.start(&program)?;
    }

    let (module, stamp) = run.read()?;
    let key = recipe.for_content(&module);
    let remember = || {
        if let Some(stamp) = &stamp {
            store.remember(&recipe.for_stamp(stamp), &key);
        }
    };
    if look_up && let Some(program) = store.program(&key) {
        remember();
        run.start(&program)?;
    }

    let program = run.compile(&module)?;
    if let Some(path) = run.save(&store, &key, &program) {
        remember();
        run.start(&path)?;
    }
    Err(run.start_unsaved(&program))
}

/// What is run and how.
struct Run<'a> {
    args: &'a RunArgs,
    input: &'a Path,
    /// What the program sees as its arguments after the first.
    arguments: &'a [OsString],
    options: Options,
}

impl<'a> Run<'a> {
    fn new(args: &'a RunArgs) -> Run<'a> {
        // The parser asks for one word at least.
        let (input, arguments) =
            args.words.split_first().map_or((OsStr::new("-"), &[][..]), |(input, rest)| (input.as_os_str(), rest));
        Run { args, input: Path::new(input), arguments, options: args.compile.options(Emit::Executable) }
    }

    /// A shell would be asked to run what the kernel does not know.
    fn check_target(&self) -> Result<(), Failure> {
        let (target, host) = (self.options.target, Target::host());
        if target == host {
            return Ok(());
        }
        let failure = Failure::environment(format!("a program for {} does not run on {}", target.name, host.name));
        let here = target.emulator().map_or(String::new(), |emulator| format!(", or here with `{emulator}`"));
        Err(failure.hint(format!("`wasmc build` it, and start it there{here}")))
    }

    /// The cache and what keys are made from, unless it is not to be used or cannot be.
    fn cache(&self) -> Option<(Store, Recipe)> {
        if self.args.compile.no_cache {
            return None;
        }
        let recipe = Recipe::new(&self.options, &input::module_name(self.input));
        let cache = Store::open().and_then(|store| Ok((store, recipe.ok_or("/proc is not mounted")?)));
        cache.inspect_err(|why| self.note_no_cache(why)).ok()
    }

    fn note_no_cache(&self, why: &str) {
        if !self.args.compile.quiet {
            note(format_args!("the cache is not used, so the program will be compiled again next time: {why}"));
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        Stamp::of(&fs::metadata(self.input).ok()?)
    }

    /// The module, and its stamp if that is sure to stand for these very contents.
    fn read(&self) -> Result<(Vec<u8>, Option<Stamp>), Failure> {
        if input::is_stdin(self.input) {
            return Ok((input::read(self.input)?, None));
        }
        let file = input::open(self.input)?;
        let stamp = || Stamp::of(&file.metadata().ok()?);
        let (before, now) = (stamp(), SystemTime::now());
        let module = input::read_all(&file, self.input)?;
        let after = stamp();
        Ok((module, before.filter(|stamp| stamp.is_settled(now) && after == Some(*stamp))))
    }

    fn compile(&self, module: &[u8]) -> Result<Vec<u8>, Failure> {
        let watch = Watch::new(&self.args.compile);
        let artifact = incremental::compile(&watch, &self.args.compile, self.input, module, &self.options)?;
        watch.report(&self.args.compile, Reports::Stderr)?;
        Ok(artifact.bytes)
    }

    fn save(&self, store: &Store, key: &Key, program: &[u8]) -> Option<std::path::PathBuf> {
        let inserted = store.insert(key, program);
        inserted.inspect_err(|error| self.note_no_cache(&format!("it cannot be written: {}", reason(error)))).ok()
    }

    /// Replaces this process by the program at `path`. Returns when it was removed from the cache a
    /// moment ago, and fails when it cannot be started at all.
    fn start(&self, path: &Path) -> Result<(), Failure> {
        let error = self.execute(path);
        if error.kind() == io::ErrorKind::NotFound {
            return Ok(());
        }
        // Home directories may forbid execution (the mount option noexec); memory seldom does.
        match fs::read(path) {
            Ok(program) => Err(self.start_unsaved(&program)),
            Err(_) => Err(self.cannot_start(&error)),
        }
    }

    /// Replaces this process by `program`, which is in no directory.
    fn start_unsaved(&self, program: &[u8]) -> Failure {
        let in_memory = Unnamed::in_memory(&input::module_name(self.input), program);
        let file = in_memory.or_else(|_| Unnamed::create(&std::env::temp_dir(), program, 0o700));
        match file {
            Ok(file) => self.cannot_start(&self.execute(&file.path())),
            Err(error) => self.cannot_start(&error),
        }
    }

    fn execute(&self, path: &Path) -> io::Error {
        // As with other WebAssembly runtimes, the program is called what its module is called.
        let name = self.input.file_name().unwrap_or(self.input.as_os_str());
        Command::new(path).arg0(name).args(self.arguments).exec()
    }

    fn cannot_start(&self, error: &io::Error) -> Failure {
        Failure::environment(format!("cannot start {}: {}", input::label(self.input), reason(error)))
    }
}
