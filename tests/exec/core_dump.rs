//! The core dump that `WASMC_COREDUMP` asks for, read back: a valid module, with the functions that were running, where they
//! were, and what memories and globals held.

use libtest_mimic::{Completion, Failed, Trial};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use wasmc_compiler::{Features, OperatingSystem, Options, Proposal};
use wasmc_tests::{Ended, Limits, Mode, Program, Runner, build, not_run, run};
use wasmparser::{
    CoreDumpInstancesSection, CoreDumpModulesSection, CoreDumpSection, CoreDumpStackSection, DataKind, KnownCustom,
    MemoryType, Operator, Parser, Payload, Validator, WasmFeatures,
};

/// Traps in the way that its argument says.
const TRAPS: &str = r#"(module $dumped
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (memory (export "memory") 1 5)
  (table 2 funcref)
  (global $i32 (mut i32) (i32.const 1))
  (global $i64 (mut i64) (i64.const 2))
  (global $f32 (mut f32) (f32.const 3))
  (global $f64 (mut f64) (f64.const 4))
  (global $never_changes i32 (i32.const -7))
  (global $reference (mut funcref) (ref.null func))
  (data (i32.const 100) "initial")
  (func $recurse (param i32) (call $recurse (i32.add (local.get 0) (i32.const 1))) (global.set $i32 (local.get 0)))
  (func $inner (param i32)
    (if (i32.eq (local.get 0) (i32.const 0)) (then (global.set $i32 (i32.const -2147483648)) unreachable))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (drop (i32.load offset=0x30000 (local.get 0)))))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (drop (i32.div_u (i32.const 1) (i32.sub (local.get 0) (i32.const 2))))))
    (if (i32.eq (local.get 0) (i32.const 3)) (then (memory.fill (i32.const -1) (i32.const 0) (local.get 0))))
    (if (i32.eq (local.get 0) (i32.const 4)) (then (global.set $i32 (i32.const -2147483648)) (call_indirect (i32.sub (local.get 0) (i32.const 3)))))
    (if (i32.eq (local.get 0) (i32.const 5)) (then (call $recurse (i32.const 0))))
    (if (i32.eq (local.get 0) (i32.const 6)) (then (call $exit (i32.const 3)))))
  (func $middle (param i32)
    (drop (memory.grow (i32.const 2)))
    (i32.store8 (i32.const 0x2ffff) (i32.const 0xff))
    (global.set $i32 (i32.const -2147483648))
    (global.set $i64 (i64.const -3))
    (global.set $f32 (f32.const -0.5))
    (global.set $f64 (f64.const 1e300))
    (global.set $reference (ref.func $middle))
    (call $inner (local.get 0))
    (global.set $i32 (i32.const 0)))
  (elem declare func $middle)
  (func (export "main") (param i32) (call $middle (local.get 0)) (global.set $i32 (i32.const 0))))"#;

/// The functions of [`TRAPS`], imports first.
const RECURSE: u32 = 2;
const INNER: u32 = 3;
const MIDDLE: u32 = 4;
const MAIN: u32 = 5;

/// A way to trap, what it is called, and the first byte of the operator. Without it the code map need not know the operator.
const KINDS: [(&str, &str, Option<u8>); 6] = [
    ("0", "unreachable", Some(0x00)),
    ("1", "out of bounds memory access", None),
    ("2", "integer divide by zero", Some(0x6e)),
    ("3", "out of bounds memory access", Some(0xfc)),
    ("4", "uninitialized element", Some(0x11)),
    ("5", "call stack exhausted", None),
];

pub fn trials() -> Vec<Trial> {
    let modes = || Mode::all().into_iter().chain(Mode::foreign());
    let trial = |name: &str, mode: Mode, test: fn(Mode) -> Result<(), Failed>| {
        Trial::ignorable_test(format!("core_dump/{name} {}", mode.name()), move || match Runner::of(mode.target()) {
            Ok(_) => test(mode).map(|()| Completion::Completed),
            Err(missing) => not_run(missing),
        })
    };
    modes()
        .flat_map(|mode| {
            [
                trial("every kind of trap", mode, traps),
                trial("every kind of memory", mode, memories),
                trial("files", mode, files),
                trial("sealed", mode, sealed),
            ]
        })
        .collect()
}

fn program(text: &str, mode: Mode, change: impl FnOnce(&mut Options)) -> Result<Program, Failed> {
    let mut options = Options { invoke: Some("main".to_owned()), ..Options::default() };
    mode.apply(&mut options);
    change(&mut options);
    Ok(Program::new(&build(text.as_bytes(), "fallback", &options)?)?)
}

/// A run with the dump to go to `path`, which is relative to the working directory.
fn run_with(program: &Program, path: &str, arguments: &[&str]) -> Result<Ended, Failed> {
    let mut command = program.command();
    command.args(arguments).env("WASMC_COREDUMP", path);
    Ok(run(command, &[], Limits::SMALL)?)
}

fn traps(mode: Mode) -> Result<(), Failed> {
    let program = program(TRAPS, mode, |_| {})?;
    let module = wat::parse_str(TRAPS)?;
    for (argument, message, operator) in KINDS {
        let ended = run_with(&program, "core", &[argument])?;
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status, 134, "{stderr}");
        assert!(stderr.starts_with(&format!("wasm trap: {message}\n")), "{stderr}");
        assert!(stderr.ends_with("\nwasm core dump: core\n"), "{stderr}");
        let dump = Dump::read(&fs::read(program.work().join("core"))?);
        fs::remove_file(program.work().join("core"))?;
        dump.check_traps(&module, operator);
    }
    for (argument, status) in [("6", 3), ("7", 0)] {
        let ended = run_with(&program, "core", &[argument])?;
        assert_eq!((ended.status, ended.stderr.as_slice()), (status, &b""[..]));
        assert_eq!(names_in(&program.work()), [""; 0]);
    }
    Ok(())
}

/// The files that are left.
fn names_in(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).expect("a directory").map(|entry| entry.expect("an entry").file_name());
    entries.map(|name| name.to_string_lossy().into_owned()).collect()
}

/// What a dump says.
#[derive(Default, Debug)]
struct Dump {
    names: Vec<String>,
    /// The indices of the instance's memories and globals.
    items: (Vec<u32>, Vec<u32>),
    memories: Vec<MemoryType>,
    globals: Vec<String>,
    /// The function and the offset in its body.
    frames: Vec<(u32, u32)>,
    segments: Vec<(u32, u64, Vec<u8>)>,
}

impl Dump {
    fn read(bytes: &[u8]) -> Dump {
        Validator::new_with_features(WasmFeatures::all()).validate_all(bytes).expect("a valid module");
        let mut dump = Dump::default();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.expect("a section") {
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::CoreDump(CoreDumpSection { name }) => dump.names.push(name.to_owned()),
                    KnownCustom::CoreDumpModules(CoreDumpModulesSection { modules }) => {
                        dump.names.extend(modules.into_iter().map(str::to_owned));
                    }
                    KnownCustom::CoreDumpInstances(CoreDumpInstancesSection { instances }) => {
                        let [instance] = &instances[..] else { panic!("one instance") };
                        assert_eq!(instance.module_index, 0);
                        dump.items = (instance.memories.clone(), instance.globals.clone());
                    }
                    KnownCustom::CoreDumpStack(CoreDumpStackSection { name, frames }) => {
                        assert_eq!(name, "main");
                        assert!(frames.iter().all(|frame| frame.instanceidx == 0));
                        dump.frames.extend(frames.iter().map(|frame| (frame.funcidx, frame.codeoffset)));
                    }
                    _ => panic!("another custom section: {}", section.name()),
                },
                Payload::MemorySection(section) => {
                    dump.memories.extend(section.into_iter().map(|memory| memory.expect("a memory")));
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        let global = global.expect("a global");
                        assert!(!global.ty.mutable);
                        let mut operators = global.init_expr.get_operators_reader();
                        dump.globals.push(format!("{:?}", operators.read().expect("an operator")));
                    }
                }
                Payload::DataSection(section) => {
                    for segment in section {
                        let segment = segment.expect("a segment");
                        let DataKind::Active { memory_index, offset_expr } = segment.kind else { panic!("active") };
                        let offset = match offset_expr.get_operators_reader().read().expect("an operator") {
                            Operator::I32Const { value } => u64::from(value as u32),
                            Operator::I64Const { value } => value as u64,
                            other => panic!("{other:?}"),
                        };
                        dump.segments.push((memory_index, offset, segment.data.to_vec()));
                    }
                }
                _ => {}
            }
        }
        dump
    }

    /// All of a memory that has `length` bytes.
    fn contents(&self, memory: u32, length: usize) -> Vec<u8> {
        let mut contents = vec![0; length];
        for (_, offset, bytes) in self.segments.iter().filter(|(index, ..)| *index == memory) {
            contents[*offset as usize..][..bytes.len()].copy_from_slice(bytes);
        }
        contents
    }

    fn check_traps(&self, module: &[u8], operator: Option<u8>) {
        assert_eq!(self.names, ["dumped", "dumped"]);
        assert_eq!(self.items, (vec![0], (0..6).collect()));
        let [memory] = self.memories[..] else { panic!("one memory") };
        assert_eq!((memory.initial, memory.maximum, memory.memory64, memory.shared), (3, Some(5), false, false));
        let mut contents = vec![0; 0x30000];
        contents[100..107].copy_from_slice(b"initial");
        contents[0x2ffff] = 0xff;
        assert!(self.contents(0, 0x30000) == contents);
        assert!(self.segments.iter().map(|(.., bytes)| bytes.len()).sum::<usize>() <= 2 * 4096);
        assert_eq!(
            self.globals,
            [
                format!("{:?}", Operator::I32Const { value: i32::MIN }),
                format!("{:?}", Operator::I64Const { value: -3 }),
                format!("{:?}", Operator::F32Const { value: (-0.5_f32).into() }),
                format!("{:?}", Operator::F64Const { value: 1e300.into() }),
                format!("{:?}", Operator::I32Const { value: -7 }),
                format!("{:?}", Operator::RefNull { hty: wasmparser::HeapType::FUNC }),
            ]
        );

        const CALL: u8 = 0x10;
        let recursions = self.frames.iter().filter(|frame| frame.0 == RECURSE).count();
        let operators: Vec<(u32, Option<u8>)> =
            self.frames.iter().map(|(function, offset)| (*function, operator_at(module, *function, *offset))).collect();
        let [.., inner, middle, main] = operators[..] else { panic!("{:?}", self.frames) };
        assert_eq!((middle, main), ((MIDDLE, Some(CALL)), (MAIN, Some(CALL))));
        match recursions {
            0 => {
                assert_eq!((operators.len(), inner.0), (3, INNER));
                assert!(inner.1 == operator || operator.is_none() && inner.1.is_some(), "{inner:?}, {operator:?}");
            }
            _ => {
                assert!(recursions > 1000 && recursions + 3 == operators.len(), "{recursions} recursions");
                assert_eq!(inner, (INNER, Some(CALL)));
                // The innermost frame did not fit, so it is at the start of its function.
                assert!(operators[1..recursions].iter().all(|frame| *frame == (RECURSE, Some(CALL))));
            }
        }
    }
}

/// The byte at an offset in the body of a function.
fn operator_at(module: &[u8], function: u32, offset: u32) -> Option<u8> {
    const IMPORTS: usize = 2;
    let bodies: Vec<_> = Parser::new(0)
        .parse_all(module)
        .filter_map(|payload| match payload {
            Ok(Payload::CodeSectionEntry(body)) => Some(body.range()),
            _ => None,
        })
        .collect();
    module[bodies[function as usize - IMPORTS].clone()].get(offset as usize).copied()
}

/// Memories of all kinds, one of which has its end and a large hole in it.
const MEMORIES: &str = r#"(module
  (memory $narrow 1) (memory $large 16384) (memory $wide i64 1) (memory $shared 1 2 shared) (memory $empty 0)
  (memory $bytes 5 (pagesize 1))
  (data (memory $narrow) (i32.const 65535) "n")
  (func (export "main")
    (i32.store8 $large (i32.const 0) (i32.const 1))
    (i32.store8 $large (i32.const 0x3fffffff) (i32.const 2))
    (i64.store $wide (i64.const 0xfff8) (i64.const 0x0807060504030201))
    (i32.store8 $shared (i32.const 4096) (i32.const 3))
    (i32.store8 $bytes (i32.const 4) (i32.const 4))
    unreachable))"#;

fn memories(mode: Mode) -> Result<(), Failed> {
    let features = [Proposal::Memory64, Proposal::MultiMemory, Proposal::Threads, Proposal::CustomPageSizes];
    let program = program(MEMORIES, mode, |options| {
        // Without imports, this is what makes it possible.
        options.debug = true;
        options.features = features.into_iter().fold(Features::default(), Features::with);
    })?;
    let ended = run_with(&program, "core", &[])?;
    assert_eq!(ended.status, 134, "{}", String::from_utf8_lossy(&ended.stderr));
    let bytes = fs::read(program.work().join("core"))?;
    assert!(bytes.len() < 8 * 4096, "{} bytes", bytes.len());
    let dump = Dump::read(&bytes);
    assert_eq!(dump.names, ["fallback", "fallback"]);
    assert_eq!(dump.items, ((0..6).collect(), vec![]));
    let types: Vec<_> =
        dump.memories.iter().map(|ty| (ty.initial, ty.maximum, ty.memory64, ty.shared, ty.page_size_log2)).collect();
    assert_eq!(
        types,
        [
            (1, None, false, false, None),
            (16384, None, false, false, None),
            (1, None, true, false, None),
            (1, Some(2), false, true, None),
            (0, None, false, false, None),
            (5, None, false, false, Some(0)),
        ]
    );
    let mut found: Vec<(u32, u64, u8)> = Vec::new();
    for (memory, offset, bytes) in &dump.segments {
        found.extend(
            (*offset..).zip(bytes).filter(|(_, byte)| **byte != 0).map(|(place, byte)| (*memory, place, *byte)),
        );
    }
    let wide = (0..8).map(|byte| (2, 0xfff8 + byte, byte as u8 + 1));
    let expected: Vec<_> = [(0, 0xffff, b'n'), (1, 0, 1), (1, 0x3fff_ffff, 2)]
        .into_iter()
        .chain(wide)
        .chain([(3, 4096, 3), (5, 4, 4)])
        .collect();
    assert_eq!(found, expected);
    Ok(())
}

fn files(mode: Mode) -> Result<(), Failed> {
    let program = program(TRAPS, mode, |_| {})?;
    let work = program.work();
    let is_written = |path: &str| {
        let ended = run_with(&program, path, &["0"])?;
        let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status, 134, "{stderr}");
        let shown = path.replace('\n', "?");
        match stderr.lines().last() {
            Some(line) if line == format!("wasm core dump: {shown}") => Ok::<_, Failed>(true),
            Some(line) if line == format!("wasm core dump: cannot write {shown}") => Ok(false),
            _ => Err(stderr.into()),
        }
    };
    // Whatever is there is replaced, as a whole.
    fs::write(work.join("core"), "before")?;
    assert!(is_written("core")?);
    Dump::read(&fs::read(work.join("core"))?);
    if mode.target().system != OperatingSystem::Windows {
        assert_eq!(fs::metadata(work.join("core"))?.permissions().mode() & 0o777, 0o600);
        // A link is no file to be replaced, nor is a device.
        std::os::unix::fs::symlink("core", work.join("link"))?;
        assert!(!is_written("link")?);
        assert!(work.join("link").is_symlink());
        fs::remove_file(work.join("link"))?;
        assert!(is_written("a\nb")?);
        fs::remove_file(work.join("a\nb"))?;
    }
    fs::create_dir(work.join("directory"))?;
    for path in ["directory", "missing/core", &"x".repeat(300), &"x/".repeat(3000)] {
        assert!(!is_written(path)?, "{path}");
    }
    assert!(is_written("directory/core")?);
    let mut names = names_in(&work);
    names.sort();
    assert_eq!(names, ["core", "directory"]);
    assert_eq!(names_in(&work.join("directory")), ["core"]);
    // Nothing is asked for.
    let ended = run_with(&program, "", &["0"])?;
    assert!(!String::from_utf8_lossy(&ended.stderr).contains("core dump"));
    Ok(())
}

fn sealed(mode: Mode) -> Result<(), Failed> {
    let program = program(TRAPS, mode, |options| options.grants.sealed = true)?;
    let ended = run_with(&program, "core", &["0"])?;
    let stderr = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status == 134 && !stderr.contains("core dump"), "{stderr}");
    assert_eq!(names_in(&program.work()), [""; 0]);
    Ok(())
}
