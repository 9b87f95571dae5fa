//! A whole process, from start to exit, against static C programs that do the same.
//!
//! The C program is built twice: `bare` makes the two system calls and has nothing else, `libc` has the start-up code of
//! the C library, as static C programs do.
//!
//! A module with a large image of initial data must not take longer for it: only the pages that it touches are read.

use std::fs;
use std::process::Command;

use wasmc_guests::Error;

use crate::command::{measure as run, output};
use crate::figure::{Figure, Part, Quantity};
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{build, gcc, scratch, wasmtime, workspace};

const ROUNDS: usize = 300;

/// The limit for both ratios.
const LIMIT: f64 = 1.5;

/// The size of the large image, and the limit for a program that has it: 1 ms.
const IMAGE_SIZE: u32 = 64 << 20;
const IMAGE_LIMIT: f64 = 1e-3;

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let mut rows = hello()?;
    rows.push(beside_wasmtime());
    rows.push(image());
    Ok(rows)
}

fn hello() -> Result<Vec<Row>, Error> {
    let ours = build(&workspace().join("examples/hello.wat"), &[], "hello")?;
    let libc = gcc("hello.c", &["-static"], "hello-libc")?;
    let bare = gcc("hello.c", &["-static", "-nostdlib", "-DBARE"], "hello-bare")?;
    let time = |program| {
        let mut command = Command::new(program);
        command.env_clear();
        move || Ok(run(&mut command)?.time.as_secs_f64())
    };
    let measured = interleave(ROUNDS, [&mut time(ours), &mut time(libc), &mut time(bare)])?;
    let [ours, libc, bare] = measured.map(Samples::from_iter);
    let figure =
        |name, other_name, other| Ok(Figure::time_ratio(name, ("wasmc", &ours), (other_name, other)).at_most(LIMIT));
    Ok(vec![
        figure("hello.wat ÷ static C with libc", "C", &libc),
        figure("hello.wat ÷ static C without libc", "C", &bare),
    ])
}

/// wasmtime is a library in a process that runs already, and its module is compiled: what counts there is loading and
/// instantiating it, and the program. Ours starts a process.
fn beside_wasmtime() -> Row {
    let module = workspace().join("examples/hello.wat");
    let compiled = scratch("hello-by-wasmtime")?;
    let binary = scratch("hello.wasm")?;
    fs::write(&binary, wat::parse_file(&module).map_err(|error| Error::Failed(error.to_string()))?)?;
    output(wasmtime("compile_module.py")?.arg(binary).arg(&compiled))?;
    let mut wasmtime = wasmtime("start_compiled.py")?;
    wasmtime.arg(compiled);
    let mut ours = Command::new(build(&module, &[], "hello")?);
    ours.env_clear();
    let mut inside = || {
        let seconds = output(&mut wasmtime)?;
        seconds.trim().parse().map_err(|_| Error::Failed(format!("start_compiled.py printed {seconds:?}")))
    };
    let measured = interleave(20, [&mut || Ok(run(&mut ours)?.time.as_secs_f64()), &mut inside])?;
    let [ours, theirs] = measured.map(Samples::from_iter);
    Ok(Figure::time_ratio("hello.wat ÷ wasmtime, compiled and loaded", ("wasmc", &ours), ("wasmtime", &theirs)))
}

fn image() -> Row {
    let module = scratch("image.wasm")?;
    fs::write(&module, module_with_image(IMAGE_SIZE))?;
    let mut program = Command::new(build(&module, &[], "image")?);
    program.env_clear();
    let mut small = Command::new(build(&workspace().join("examples/hello.wat"), &[], "hello")?);
    small.env_clear();
    let time = |command: &mut Command| Ok(run(command)?.time.as_secs_f64());
    let [image, small] =
        interleave(ROUNDS, [&mut || time(&mut program), &mut || time(&mut small)])?.map(Samples::from_iter);
    Ok(Figure::new("64 MiB of initial data", Quantity::Seconds(image.median()))
        .at_most(IMAGE_LIMIT)
        .part(Part::time("with", &image))
        .part(Part::time("hello.wat", &small)))
}

/// A module with `size` bytes of data, none of them zero. It traps unless the last one is as it should be.
fn module_with_image(size: u32) -> Vec<u8> {
    const BYTE: u8 = 0x2a;
    let section = |id: u8, contents: &[&[u8]]| {
        let contents = contents.concat();
        [&[id][..], &leb128(contents.len() as u64), &contents].concat()
    };
    let pages = leb128(u64::from(size / 65_536) + 1);
    // i32.const last; i32.load8_u; i32.const BYTE; i32.ne; if; unreachable; end; end
    let code =
        [&[0, 0x41][..], &leb128(u64::from(size - 1)), &[0x2d, 0, 0, 0x41, BYTE, 0x47, 0x04, 0x40, 0, 0x0b, 0x0b]];
    let code = code.concat();
    [
        b"\0asm\x01\0\0\0".to_vec(),
        section(1, &[&[1, 0x60, 0, 0]]),
        section(3, &[&[1, 0]]),
        section(5, &[&[1, 0], &pages]),
        section(7, &[&[2, 6], b"memory", &[2, 0, 6], b"_start", &[0, 0]]),
        section(10, &[&[1], &leb128(code.len() as u64), &code]),
        section(11, &[&[1, 0, 0x41, 0, 0x0b], &leb128(u64::from(size)), &vec![BYTE; size as usize]]),
    ]
    .concat()
}

/// A number as the binary format has it: seven bits in a byte. One more byte than it needs, so that no bit of it is taken for
/// a sign.
fn leb128(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number != 0 {
        bytes.push(0x80 | (number & 0x7f) as u8);
        number >>= 7;
    }
    bytes.push(0);
    bytes
}
