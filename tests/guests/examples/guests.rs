//! Builds every guest and prints a table: size of the module, size of the native twin, how long building took, path.
//!
//!     cargo run -p wasmc-guests --example guests [NAME]...

use std::fs;
use std::time::Instant;

use wasmc_guests::{Error, Guest};

fn main() {
    let names: Vec<String> = std::env::args().skip(1).collect();
    println!("{:<16}{:>12}{:>12}{:>10}  path", "guest", "wasm", "native", "seconds");
    for guest in
        Guest::ALL.into_iter().filter(|guest| names.is_empty() || names.iter().any(|name| name == guest.name()))
    {
        let start = Instant::now();
        let wasm = guest.wasm();
        let native = match guest.native() {
            Err(Error::NoTwin(_)) => "-".to_owned(),
            native => native.map_or_else(|error| error.to_string(), |path| size(&path)),
        };
        let seconds = start.elapsed().as_secs_f64();
        match wasm {
            Ok(path) => {
                println!("{:<16}{:>12}{native:>12}{seconds:>10.1}  {}", guest.name(), size(&path), path.display())
            }
            Err(error) => println!("{:<16}not built: needs {error}", guest.name()),
        }
    }
}

fn size(path: &std::path::Path) -> String {
    fs::metadata(path).map_or_else(|error| error.to_string(), |metadata| metadata.len().to_string())
}
