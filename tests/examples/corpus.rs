//! Writes what fuzzing begins with into `fuzz/corpus`: the cases of `tests/exec` as text and as binaries, and bytes
//! that stand for generated modules.
//!
//! ```sh
//! cargo run -p wasmc-tests --example corpus
//! ```

use std::error::Error;
use std::fs;
use std::path::Path;
use wasmc_tests::differential::Random;
use wasmc_tests::read_cases;

/// The targets that take modules.
const TARGETS: [&str; 2] = ["parse", "compile"];
/// The targets that take bytes for the choices of the generator.
const GENERATING: [&str; 2] = ["compile", "differential"];
/// Inputs for each of them.
const GENERATED: usize = 300;

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
    // From nothing, it takes long until an input is long enough for a module with code.
    let mut random = Random::new(1);
    for target in GENERATING {
        let folder = corpus.join(target);
        fs::create_dir_all(&folder)?;
        for number in 0..GENERATED {
            let length = 200 + random.number() as usize % 6000;
            fs::write(folder.join(format!("generated-{number}")), random.bytes(length))?;
        }
    }
    println!("{} cases for each of {}", cases.len(), TARGETS.join(", "));
    Ok(())
}
