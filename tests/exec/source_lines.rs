//! Backtraces of modules that say where their code comes from: DWARF is written here with a line and a column for each
//! operator, and the backtrace has to show them, whatever else the DWARF says.

use gimli::write::{Address, AttributeValue, DwarfUnit, EndianVec, LineProgram, LineString, Sections};
use gimli::{Encoding, Format, LineEncoding, LittleEndian};
use libtest_mimic::{Completion, Failed, Trial};
use wasmc_compiler::Options;
use wasmc_tests::{Limits, Mode, Program, Runner, build, not_run, run};
use wasmparser::{Operator, Parser, Payload};

/// The last function has no lines.
const MODULE: &str = r#"(module $lined
  (memory 1)
  (data $d "abc")
  (func $load (param i32) (drop (i32.load offset=65533 (local.get 0))))
  (func $init (param i32) (memory.init $d (i32.const 65535) (i32.const 0) (i32.const 2)))
  (func $deep (param i32) (call $deep (i32.const 0)) (call $load (i32.const 0)))
  (func $choose (param i32)
    (if (i32.eq (local.get 0) (i32.const 0)) (then (call $load (i32.const 0))))
    (if (i32.eq (local.get 0) (i32.const 1)) (then (call $init (i32.const 0))))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (call $deep (i32.const 0)))))
  (func (export "main") (param i32) (call $choose (local.get 0)) (i32.store (i32.const 0) (i32.const 0))))"#;

/// What leads to the trap, for each argument: functions and the names of their operators, innermost first.
const CHOICES: [&[(&str, &str)]; 2] =
    [&[("load", "I32Load"), ("choose", "Call")], &[("init", "MemoryInit"), ("choose", "Call")]];

pub fn trials() -> Vec<Trial> {
    let modes = || Mode::all().into_iter().chain(Mode::foreign());
    let trial = |name: &str, mode: Mode, test: fn(Mode) -> Result<(), Failed>| {
        Trial::ignorable_test(format!("source_lines/{name} {}", mode.name()), move || match Runner::of(mode.target()) {
            Ok(_) => test(mode).map(|()| Completion::Completed),
            Err(missing) => not_run(missing),
        })
    };
    let all = modes().map(|mode| trial("every frame", mode, every_frame));
    all.chain(modes().take(1).map(|mode| trial("strange files", mode, strange_files))).collect()
}

/// An operator of the module.
struct Place {
    function: usize,
    name: String,
    /// Its offset in the module's bytes, and how far that is behind the start of the code section's contents.
    offset: usize,
    address: u64,
}

/// All operators, in order, and where the last function begins.
fn places(module: &[u8]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut start = 0;
    let mut function = 0;
    for payload in Parser::new(0).parse_all(module) {
        match payload.expect("a valid module") {
            Payload::CodeSectionStart { range, .. } => start = range.start,
            Payload::CodeSectionEntry(body) => {
                for operator in body.get_operators_reader().expect("operators").into_iter_with_offsets() {
                    let (operator, offset) = operator.expect("an operator");
                    let name = name_of(&operator);
                    places.push(Place { function, name, offset, address: (offset - start) as u64 });
                }
                function += 1;
            }
            _ => {}
        }
    }
    places
}

fn name_of(operator: &Operator<'_>) -> String {
    let shown = format!("{operator:?}");
    shown.split([' ', '{']).next().unwrap_or_default().to_owned()
}

const FIRST_LINE: u64 = 100;

/// The line and column of an operator: in some functions lines descend, and every third has no column.
fn line_and_column(number: usize, place: &Place) -> (u64, u64) {
    let line = if place.function.is_multiple_of(2) { FIRST_LINE + number as u64 } else { 5000 - number as u64 };
    (line, if number.is_multiple_of(3) { 0 } else { number as u64 * 3 })
}

/// The module with lines for all functions but the last.
fn with_lines(file: &str) -> Vec<u8> {
    let mut module = wat::parse_str(MODULE).expect("it is a module");
    let places = places(&module);
    let last = places.iter().map(|place| place.function).max().unwrap_or(0);
    let encoding = Encoding { address_size: 4, format: Format::Dwarf32, version: 4 };
    let name = |text: &str| LineString::String(text.into());
    let mut program = LineProgram::new(encoding, LineEncoding::default(), name("/src"), None, name(file), None);
    let directory = program.default_directory();
    let file = program.add_file(name(file), directory, None);
    program.begin_sequence(Some(Address::Constant(0)));
    for (number, place) in places.iter().enumerate().filter(|(_, place)| place.function != last) {
        let row = program.row();
        (row.address_offset, row.file) = (place.address, file);
        (row.line, row.column) = line_and_column(number, place);
        program.generate_row();
    }
    let end = places.iter().find(|place| place.function == last).expect("a last function");
    // Before it are the size of its body and its locals.
    program.end_sequence(end.address - 2);
    let mut dwarf = DwarfUnit::new(encoding);
    dwarf.unit.line_program = program;
    let root = dwarf.unit.root();
    dwarf.unit.get_mut(root).set(gimli::DW_AT_comp_dir, AttributeValue::String(b"/src".to_vec()));
    let mut sections = Sections::new(EndianVec::new(LittleEndian));
    dwarf.write(&mut sections).expect("it can be written");
    let mut out = wasm_encoder::Module::new();
    sections
        .for_each(|id, section| {
            let data = section.slice().into();
            out.section(&wasm_encoder::CustomSection { name: id.name().into(), data });
            Ok::<_, gimli::Error>(())
        })
        .expect("nothing here fails");
    // What follows the magic number and the version of a module without anything else.
    module.extend(&out.finish()[8..]);
    module
}

fn program(file: &str, mode: Mode) -> Result<Program, Failed> {
    let mut options = Options { invoke: Some("main".to_owned()), ..Options::default() };
    mode.apply(&mut options);
    Ok(Program::new(&build(&with_lines(file), "fallback", &options)?)?)
}

fn backtrace(program: &Program, argument: &str) -> Result<String, Failed> {
    let mut command = program.command();
    command.arg(argument);
    let ended = run(command, &[], Limits::SMALL)?;
    let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
    if ended.status == 134 { Ok(stderr) } else { Err(stderr.into()) }
}

fn every_frame(mode: Mode) -> Result<(), Failed> {
    let names = ["load", "init", "deep", "choose"];
    let program = program("lined.c", mode)?;
    let places = places(&wat::parse_str(MODULE)?);
    for (argument, frames) in CHOICES.iter().enumerate() {
        let shown = backtrace(&program, &argument.to_string())?;
        let mut lines = shown.lines().skip(2);
        for (number, (function, operator)) in frames.iter().enumerate() {
            let candidates = places
                .iter()
                .enumerate()
                .filter(|(_, place)| names.get(place.function) == Some(function) && place.name == *operator);
            // `choose` calls one function for each argument.
            let skipped = if *function == "choose" { argument } else { 0 };
            let (index, place) = candidates.clone().nth(skipped).ok_or("no such operator")?;
            let frame = format!("{number:>5}: {:>8} - lined!{function}", format!("{:#x}", place.offset));
            assert_eq!(lines.next(), Some(frame.as_str()), "{shown}");
            let (line, column) = line_and_column(index, place);
            let column = if column == 0 { String::new() } else { format!(":{column}") };
            let source = format!("                    at /src/lined.c:{line}{column}");
            assert_eq!(lines.next(), Some(source.as_str()), "{shown}");
        }
        // The last function has one line, since nobody knows where it comes from.
        assert!(lines.next().is_some_and(|line| line.ends_with(" - lined!<function 4>")), "{shown}");
        assert_eq!(lines.next(), None, "{shown}");
    }
    let deep = backtrace(&program, "2")?;
    let count = |words: &str| deep.lines().filter(|line| line.contains(words)).count();
    assert!(deep.contains(" more frames\n"), "{deep}");
    assert_eq!((count(" - lined!"), count(" at /src/lined.c:")), (48, 47), "{deep}");
    Ok(())
}

fn strange_files(mode: Mode) -> Result<(), Failed> {
    let commands = backtrace(&program("a\x1b[2J\r\nwasm trap: forged\u{202e}.c", mode)?, "0")?;
    assert!(commands.contains(" at /src/a?[2J??wasm trap: forged?.c:"), "{commands}");
    assert_eq!(commands.lines().count(), 2 + 2 + 2 + 1, "{commands}");
    let long = backtrace(&program(&"long/".repeat(200_000), mode)?, "0")?;
    assert!(long.contains("long/") && long.contains("…:") && long.len() < 2000, "{long}");
    let nameless = backtrace(&program("x", mode)?, "0")?;
    assert!(nameless.contains(" at /src/x:"), "{nameless}");
    Ok(())
}
