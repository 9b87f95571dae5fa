//! `figures.txt`: a line for each count.
//!
//! ```text
//! dispatch guard static O2: 27032649 instructions, module 0123456789abcdef
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const HEADER: &str = "\
# Instructions that small runs of the guests execute; `tests/instructions/main.rs` compares and renews them.
";

/// What was counted.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub instructions: u64,
    /// Tells whether the module is still the same.
    pub module: u64,
}

/// All of them, by name.
#[derive(Clone, Debug)]
pub struct Figures(BTreeMap<String, Figure>);

impl Figures {
    pub fn read() -> Result<Figures, String> {
        let text = fs::read_to_string(path()).map_err(|error| format!("{}: {error}", path().display()))?;
        let mut figures = BTreeMap::new();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#')) {
            let (name, figure) = parse(line).ok_or_else(|| format!("{}:{number}: {line:?}", path().display()))?;
            figures.insert(name, figure);
        }
        Ok(Figures(figures))
    }

    pub fn write(&self) -> Result<(), String> {
        let mut text = HEADER.to_owned();
        for (name, Figure { instructions, module }) in &self.0 {
            text.push_str(&format!("{name}: {instructions} instructions, module {module:016x}\n"));
        }
        fs::write(path(), text).map_err(|error| format!("{}: {error}", path().display()))
    }

    pub fn get(&self, name: &str) -> Option<Figure> {
        self.0.get(name).copied()
    }

    pub fn set(&mut self, name: &str, figure: Figure) {
        self.0.insert(name.to_owned(), figure);
    }
}

fn parse(line: &str) -> Option<(String, Figure)> {
    let (name, rest) = line.split_once(": ")?;
    let (instructions, module) = rest.split_once(" instructions, module ")?;
    let module = u64::from_str_radix(module, 16).ok()?;
    Some((name.to_owned(), Figure { instructions: instructions.parse().ok()?, module }))
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions/figures.txt")
}

/// The FNV-1a checksum of a module.
pub fn identify(module: &[u8]) -> u64 {
    module.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
