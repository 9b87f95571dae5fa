//! Writes the cases of `tests/exec` into `fuzz/corpus`, as text and as binaries: what fuzzing begins with.
//!
//! ```sh
//! cargo run -p wasmc-tests --example corpus
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;
use wasmc_tests::read_cases;

/// The targets that take modules.
const TARGETS: [&str; 2] = ["parse", "compile"];

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let cases = read_cases("exec/cases")?;
    for target in TARGETS {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        for case in &cases {
            let name = case.name.replace('/', "-");
            fs::write(folder.join(format!("{name}.wat")), &case.text)?;
            // Some cases are about text that is no module.
            if let Ok(binary) = wat::parse_str(&case.text) {
                fs::write(folder.join(format!("{name}.wasm")), binary)?;
            }
        }
    }
    println!("{} cases for each of {}", cases.len(), TARGETS.join(", "));
    Ok(())
}
