//! Sessions with gdb and lldb.

use libtest_mimic::{Completion, Failed, Trial};
use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use wasmc_compiler::{OptLevel, Options, Sources, Target};
use wasmc_guests::Debuggee;
use wasmc_tests::{Program, emulator, not_run};

/// A module to be debugged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject {
    pub(crate) program: Source,
    pub(crate) opt_level: OptLevel,
    pub(crate) target: Target,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Source {
    Guest(Debuggee),
    /// `programs/factorial.wat`, as it is written.
    Text,
    /// The same as a binary module, without names of locals.
    Binary,
}

impl Source {
    pub(crate) const ALL: [(&str, Source); 6] = [
        ("c-as-written", Source::Guest(Debuggee::CAsWritten)),
        ("c-optimized", Source::Guest(Debuggee::COptimized)),
        ("rust", Source::Guest(Debuggee::Rust)),
        ("assemblyscript", Source::Guest(Debuggee::AssemblyScript)),
        ("text", Source::Text),
        ("binary", Source::Binary),
    ];
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("debugger")
}

pub(crate) fn text_of_factorial() -> PathBuf {
    folder().join("programs/factorial.wat")
}

impl Subject {
    /// The module, and options to build it.
    pub(crate) fn module(&self, directory: &Path) -> Result<Result<(Vec<u8>, Options), String>, Failed> {
        let mut sources = Sources::default();
        let input = match self.program {
            Source::Guest(guest) => match guest.wasm() {
                Ok(path) => {
                    sources.source_map = guest.source_map(&path).map(fs::read).transpose()?;
                    fs::read(path)?
                }
                Err(wasmc_guests::Error::Missing(missing)) => return Ok(Err(missing.to_string())),
                Err(error) => return Err(error.to_string().into()),
            },
            Source::Text => {
                sources.text_path = Some(text_of_factorial());
                fs::read(text_of_factorial())?
            }
            Source::Binary => {
                sources.text_path = Some(directory.join("program.wat"));
                wat::parse_file(text_of_factorial())?
            }
        };
        let (opt_level, target) = (self.opt_level, self.target);
        Ok(Ok((input, Options { debug: true, opt_level, target, sources, ..Options::default() })))
    }

    /// The executable, in a directory of its own, with its text beside it where that is its source.
    pub(crate) fn build(&self) -> Result<Result<Program, String>, Failed> {
        let scratch = tempfile::tempdir()?;
        let (input, options) = match self.module(scratch.path())? {
            Ok(module) => module,
            Err(missing) => return Ok(Err(missing)),
        };
        let artifact = wasmc_compiler::build(&input, "program", &options, &wasmc_compiler::Silent)?;
        let program = Program::new(&artifact.bytes)?;
        if let Some(text) = artifact.text {
            fs::write(program.work().join("program.wat"), text)?;
        }
        Ok(Ok(program))
    }
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder().join("sessions")).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut trials = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let stem = path.file_stem().unwrap_or_default().display().to_string();
        let is_lldb = path.extension().is_some_and(|extension| extension == "lldb");
        let targets = header(&text, "targets").unwrap_or("x86_64-linux").to_owned();
        for program in header(&text, "programs").unwrap_or_default().split_whitespace() {
            for target in targets.split_whitespace() {
                let (subject, text) = (subject(program, target), text.clone());
                let debugger = if is_lldb { "lldb" } else { "gdb" };
                trials.push(Trial::ignorable_test(format!("{debugger} {stem} {program} {target}"), move || {
                    let subject = subject.ok_or("the header names what is not there")?;
                    if is_lldb { with_lldb(subject, &text) } else { with_gdb(subject, &text) }
                }));
            }
        }
    }
    trials
}

fn header<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix("# ")?.strip_prefix(name)?.strip_prefix(": "))
}

fn subject(program: &str, target: &str) -> Option<Subject> {
    let (name, level) = program.split_once('/').unwrap_or((program, "O2"));
    let (_, program) = Source::ALL.into_iter().find(|(known, _)| *known == name)?;
    let opt_level = match level {
        "O0" => OptLevel::O0,
        "O2" => OptLevel::O2,
        _ => return None,
    };
    let target = Target::ALL.iter().copied().find(|known| known.name == target)?;
    Some(Subject { program, opt_level, target })
}

/// What is typed.
fn commands_of(session: &str) -> impl Iterator<Item = &str> {
    session.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn with_lldb(subject: Subject, session: &str) -> Result<Completion, Failed> {
    const LLDB: &str = "lldb-19";
    let program = match subject.build()? {
        Ok(program) => program,
        Err(missing) => return not_run(missing),
    };
    let mut lldb = Command::new(LLDB);
    lldb.args(["--no-lldbinit", "--batch", "--one-line", "settings set use-color false"]);
    lldb.args(commands_of(session).flat_map(|command| ["--one-line", command]));
    lldb.arg(program.path()).current_dir(program.work());
    match lldb.output() {
        Ok(output) => {
            find(session, &(String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr)))
        }
        Err(error) if error.kind() == NotFound => not_run(format_args!("{LLDB}: apt-get install {LLDB}")),
        Err(error) => Err(error.into()),
    }
}

fn with_gdb(subject: Subject, session: &str) -> Result<Completion, Failed> {
    let program = match subject.build()? {
        Ok(program) => program,
        Err(missing) => return not_run(missing),
    };
    let is_native = subject.target == Target::host();
    let mut gdb = Command::new(if is_native { "gdb" } else { "gdb-multiarch" });
    gdb.args(["-nx", "-batch"]).current_dir(program.work());
    // It may want to ask others about the program.
    gdb.env("DEBUGINFOD_URLS", "").env("LC_ALL", "C.UTF-8");
    let commands = ["set pagination off", "set width 0", "set style enabled off", "set debuginfod enabled off"];
    let mut commands: Vec<String> = commands.map(str::to_owned).into();
    commands.push(format!("add-auto-load-safe-path {}", program.path().display()));
    commands.push(format!("file {}", program.path().display()));
    let mut emulated = None;
    if !is_native {
        emulated = match Emulated::start(&program, subject.target)? {
            Ok(emulated) => Some(emulated),
            Err(missing) => return not_run(missing),
        };
        commands.push(format!("target remote {}", program.work().join(SOCKET).display()));
    }
    // There the program has been started.
    commands.extend(
        commands_of(session).map(|line| if line == "run" && !is_native { "continue" } else { line }.to_owned()),
    );
    gdb.args(commands.iter().flat_map(|command| ["-ex", command]));
    let output = gdb.output();
    if let Some(mut emulated) = emulated {
        // It may still wait to be told to go on.
        let _ = emulated.child.kill();
        let _ = emulated.child.wait();
    }
    let output = match output {
        Ok(output) => output,
        Err(error) if error.kind() == NotFound => {
            return not_run(format_args!("gdb: apt-get install gdb gdb-multiarch"));
        }
        Err(error) => return Err(error.into()),
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    find(session, &text)
}

/// Looks for what has to be seen.
fn find(session: &str, text: &str) -> Result<Completion, Failed> {
    if ["ptrace: Operation not permitted", "personality set failed"].iter().any(|refusal| text.contains(refusal)) {
        return not_run("leave to trace a process (ptrace)");
    }
    let seen: Vec<&str> = text.lines().collect();
    let mut rest = seen.iter();
    for expected in session.lines().filter_map(|line| line.strip_prefix("#> ")) {
        if !rest.any(|line| matches(line, expected)) {
            return Err(format!("`{expected}` was not seen where it has to be, in\n{text}").into());
        }
    }
    Ok(Completion::Completed)
}

/// Whether the parts of `pattern` between `…` stand in `line`, in order.
fn matches(line: &str, pattern: &str) -> bool {
    let mut rest = line;
    pattern.split('…').all(|part| match rest.find(part) {
        Some(place) => {
            rest = &rest[place + part.len()..];
            true
        }
        None => false,
    })
}

const SOCKET: &str = "gdb";

/// A program in an emulator that waits for a debugger.
struct Emulated {
    child: Child,
}

impl Emulated {
    /// Starts the program; gives what is missing where that cannot be done.
    fn start(program: &Program, target: Target) -> Result<Result<Emulated, String>, Failed> {
        let mut command = match emulator(target) {
            Ok(emulator) => Command::new(emulator),
            Err(missing) => return Ok(Err(missing)),
        };
        let socket = program.work().join(SOCKET);
        // The emulator's usual one has vectors of a length that it forgets to tell debuggers.
        command.args(["-cpu", "cortex-a72", "-g"]).arg(&socket).arg(program.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let start = Instant::now();
        while !socket.exists() && start.elapsed() < Duration::from_secs(60) {
            sleep(Duration::from_millis(10));
        }
        Ok(Ok(Emulated { child }))
    }
}

/// All programs on the host, at both levels.
pub(crate) fn subjects() -> Vec<(String, Subject)> {
    let levels = [("O2", OptLevel::O2), ("O0", OptLevel::O0)];
    let all = Source::ALL.into_iter().flat_map(|(name, program)| {
        levels.map(|(level, opt_level)| {
            (format!("{name} {level}"), Subject { program, opt_level, target: Target::host() })
        })
    });
    all.collect()
}
