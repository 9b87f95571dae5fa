//! What each call of WASI adds to an executable: a module that calls nothing else, against one that calls nothing.
//!
//! All are stripped and sealed, so that the code which shows calls to a person is counted once, in a row of its own.

use std::fmt::Write as _;
use std::fs;

use wasmc_guests::Error;
use wasmc_runtime::abi::{AbiType, WasiCall};

use crate::figure::{Figure, Part, Quantity};
use crate::report::Row;
use crate::tools::{build, file_size, scratch, stripped};

/// Whether the program can show its calls (`WASMC_TRACE=wasi`).
#[derive(Clone, Copy)]
enum Trace {
    Without,
    With,
}

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let none = size("none", &[], Trace::Without)?;
    let mut rows: Vec<Row> = WasiCall::ALL.iter().map(|call| row(call.import_name(), &[*call], none)).collect();
    rows.push(row("all together", WasiCall::ALL, none));
    rows.push(row_of_trace(none));
    Ok(rows)
}

fn row(name: &str, calls: &[WasiCall], none: u64) -> Row {
    let size = size(name, calls, Trace::Without)?;
    Ok(Figure::new(name, Quantity::Bytes(size.saturating_sub(none) as f64)).part(Part::bytes("executable", size)))
}

fn row_of_trace(none: u64) -> Row {
    let (without, with) = (size("all", WasiCall::ALL, Trace::Without)?, size("all", WasiCall::ALL, Trace::With)?);
    Ok(Figure::new("showing all of them", Quantity::Bytes(with.saturating_sub(without) as f64))
        .part(Part::bytes("executable", with))
        .part(Part::bytes("without any call", none)))
}

/// The size of the executable, stripped, of a module that makes each of `calls` once.
fn size(name: &str, calls: &[WasiCall], trace: Trace) -> Result<u64, Error> {
    let name = format!("wasi-size-{}", name.replace(' ', "-"));
    let module = scratch(&format!("{name}.wat"))?;
    fs::write(&module, text(calls))?;
    let flags = match trace {
        Trace::Without => vec!["--sealed".to_owned()],
        Trace::With => Vec::new(),
    };
    file_size(&stripped(&build(&module, &flags, &name)?)?)
}

/// A module in the text format that makes each of `calls` once, with zeros.
fn text(calls: &[WasiCall]) -> String {
    let (mut imports, mut body) = (String::new(), String::new());
    for call in calls {
        let (name, mut parameters) = (call.import_name(), String::new());
        for parameter in call.parameters() {
            let ty = match parameter {
                AbiType::I32 => "i32",
                AbiType::I64 => "i64",
            };
            let _ = write!(parameters, " {ty}");
            let _ = write!(body, " ({ty}.const 0)");
        }
        let result = if call.result().is_some() { "(result i32)" } else { "" };
        let _ = writeln!(
            imports,
            "  (import \"wasi_snapshot_preview1\" \"{name}\" (func ${name} (param{parameters}) {result}))"
        );
        let _ = writeln!(body, " call ${name} {}", if result.is_empty() { "" } else { "drop" });
    }
    format!("(module\n{imports}  (memory (export \"memory\") 1)\n  (func (export \"_start\")\n{body}  ))\n")
}
