//! What `-g` makes of the files: the same code, and DWARF that other tools accept.

use crate::session::{Source, Subject, subjects};
use libtest_mimic::{Completion, Failed, Trial};
use object::{Object, ObjectSection};
use std::fs;
use std::path::Path;
use std::process::Command;
use wasmc_compiler::{Emit, Options, Silent};
use wasmc_guests::output;
use wasmc_tests::not_run;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for (name, subject) in subjects() {
        trials.push(Trial::ignorable_test(format!("-g changes no instruction {name}"), move || same_code(subject)));
        trials.push(Trial::ignorable_test(format!("llvm-dwarfdump --verify {name}"), move || verify(subject)));
        trials.push(Trial::ignorable_test(format!("strip and objcopy {name}"), move || strip(subject)));
        let has_dwarf =
            matches!(subject.program, Source::Guest(guest) if guest != wasmc_guests::Debuggee::AssemblyScript);
        if has_dwarf {
            trials.push(Trial::ignorable_test(format!("size {name}"), move || size(subject)));
            trials.push(Trial::ignorable_test(format!("external_debug_info {name}"), move || split(subject)));
        }
    }
    trials
}

/// The text and the data of the object, with `-g` and without.
fn same_code(subject: Subject) -> Result<Completion, Failed> {
    let scratch = tempfile::tempdir()?;
    let (input, options) = match subject.module(scratch.path())? {
        Ok(module) => module,
        Err(missing) => return not_run(missing),
    };
    let code = |debug| -> Result<Vec<u8>, Failed> {
        let options = Options { debug, emit: Emit::Object, ..options.clone() };
        let object = wasmc_compiler::build(&input, "program", &options, &Silent)?.bytes;
        let object = object::File::parse(object.as_slice())?;
        let text = object.section_by_name(".text").ok_or("the object has no text")?;
        Ok(text.data()?.to_vec())
    };
    if code(true)? != code(false)? {
        return Err("the machine code differs".into());
    }
    Ok(Completion::Completed)
}

fn verify(subject: Subject) -> Result<Completion, Failed> {
    let program = match subject.build()? {
        Ok(program) => program,
        Err(missing) => return not_run(missing),
    };
    let mut command = Command::new("llvm-dwarfdump-19");
    command.arg("--verify").arg(program.path());
    let Ok(result) = output(&mut command) else { return not_run("llvm-dwarfdump-19: apt-get install llvm-19") };
    if !result.status.success() {
        return Err(String::from_utf8_lossy(&result.stdout).into_owned().into());
    }
    Ok(Completion::Completed)
}

/// The program without its debug information runs, and gdb finds it again in a file of its own.
fn strip(subject: Subject) -> Result<Completion, Failed> {
    let program = match subject.build()? {
        Ok(program) => program,
        Err(missing) => return not_run(missing),
    };
    let debug = program.work().join("program.debug");
    let run = |tool: &str, arguments: &[&Path]| -> Result<bool, Failed> {
        let mut command = Command::new(tool);
        command.args(arguments);
        match output(&mut command) {
            Ok(result) if result.status.success() => Ok(true),
            Ok(result) => Err(String::from_utf8_lossy(&result.stderr).into_owned().into()),
            Err(_) => Ok(false),
        }
    };
    let before = program.run(&[])?;
    let path = program.path();
    if !run("objcopy", &[Path::new("--only-keep-debug"), &path, &debug])? || !run("strip", &[&path])? {
        return not_run("objcopy and strip: apt-get install binutils");
    }
    let after = program.run(&[])?;
    if (before.status, &before.stdout) != (after.status, &after.stdout) {
        return Err("it does not do what it did".into());
    }
    let (stripped, debug) = (fs::read(&path)?, fs::read(&debug)?);
    let has_lines = |bytes: &[u8]| -> Result<bool, Failed> {
        Ok(object::File::parse(bytes)?.section_by_name(".debug_line").is_some())
    };
    if has_lines(&stripped)? || !has_lines(&debug)? {
        return Err("the debug information is not where it should be".into());
    }
    Ok(Completion::Completed)
}

/// At most two and a half times as large as that of the module.
fn size(subject: Subject) -> Result<Completion, Failed> {
    let scratch = tempfile::tempdir()?;
    let (input, _) = match subject.module(scratch.path())? {
        Ok(module) => module,
        Err(missing) => return not_run(missing),
    };
    let sections = |payload| match payload {
        wasmparser::Payload::CustomSection(section) if section.name().starts_with(".debug") => section.data().len(),
        _ => 0,
    };
    let mut of_module = 0;
    for payload in wasmparser::Parser::new(0).parse_all(&input) {
        of_module += sections(payload?);
    }
    let program = match subject.build()? {
        Ok(program) => program,
        Err(missing) => return not_run(missing),
    };
    let bytes = fs::read(program.path())?;
    let file = object::File::parse(bytes.as_slice())?;
    let is_debug = |name: &str| name.starts_with(".debug");
    let of_program: u64 =
        file.sections().filter(|section| section.name().is_ok_and(is_debug)).map(|section| section.size()).sum();
    if of_program * 2 > of_module as u64 * 5 {
        return Err(format!("{of_program} bytes, and the module has {of_module}").into());
    }
    Ok(Completion::Completed)
}

/// A module whose DWARF is in another file becomes the same program.
fn split(subject: Subject) -> Result<Completion, Failed> {
    let scratch = tempfile::tempdir()?;
    let (whole, options) = match subject.module(scratch.path())? {
        Ok(module) => module,
        Err(missing) => return not_run(missing),
    };
    let mut without = b"\0asm\x01\0\0\0".to_vec();
    for payload in wasmparser::Parser::new(0).parse_all(&whole) {
        let payload = payload?;
        let is_dwarf =
            matches!(&payload, wasmparser::Payload::CustomSection(section) if section.name().starts_with(".debug"));
        if let Some((id, range)) = payload.as_section().filter(|_| !is_dwarf) {
            wasm_encoder::Section::append_to(&wasm_encoder::RawSection { id, data: &whole[range] }, &mut without);
        }
    }
    let program = |input: &[u8], debug_module| {
        let sources = wasmc_compiler::Sources { debug_module, ..options.sources.clone() };
        wasmc_compiler::build(input, "program", &Options { sources, ..options.clone() }, &Silent)
    };
    if program(&without, Some(whole.clone()))?.bytes != program(&whole, None)?.bytes {
        return Err("it is another program".into());
    }
    Ok(Completion::Completed)
}
