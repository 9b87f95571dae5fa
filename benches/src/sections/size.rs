//! How large executables are: `examples/hello.wat`, and a C program that calls `puts`.

use std::process::Command;

use wasmc_guests::{Error, Guest};

use crate::command::output;
use crate::figure::{Figure, Part, Quantity};
use crate::report::Row;
use crate::tools::{build, file_size, stripped, workspace};

/// The limit for hello.wat, stripped.
const HELLO_LIMIT: f64 = 24.0 * 1024.0;

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    Ok(vec![hello(), puts()])
}

fn hello() -> Row {
    let executable = build(&workspace().join("examples/hello.wat"), &[], "hello")?;
    let stripped = stripped(&executable)?;
    // A program that does not work has no size.
    let greeting = output(&mut Command::new(&stripped))?;
    if greeting != "Hello, world!\n" {
        return Err(Error::Failed(format!("{} printed {greeting:?}", stripped.display())));
    }
    Ok(Figure::new("examples/hello.wat, stripped", Quantity::Bytes(file_size(&stripped)? as f64))
        .at_most(HELLO_LIMIT)
        .part(Part::bytes("as built", file_size(&executable)?)))
}

fn puts() -> Row {
    let module = Guest::Hello.wasm()?;
    let executable = build(&module, &[], "puts")?;
    let module_size = file_size(&module)?;
    Ok(Figure::new("`puts` in C, as built", Quantity::Bytes(file_size(&executable)? as f64))
        .at_most(1.5 * module_size as f64 + 32.0 * 1024.0)
        .part(Part::bytes("its .wasm", module_size)))
}
