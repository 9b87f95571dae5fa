//! What is generated, run and compared as one: a module, and perhaps a second one that imports from it.

use super::generate::{Purpose, generate};
use super::neighbours::neighbours;
use super::part::Part;
use super::values::Random;
use arbitrary::Unstructured;

/// The name from which the second module imports.
pub const PROVIDER: &str = "provider";

/// Most bytes of input that one module is made of.
const MOST_BYTES: usize = 6000;

/// One or two modules, and what they are called with.
pub struct Subject {
    /// The modules, in the order in which they are instantiated.
    pub parts: Vec<Part>,
    /// Decides the arguments of calls.
    pub seed: u64,
}

impl Subject {
    /// The subject that `bytes` stand for.
    ///
    /// # Errors
    /// When they stand for none.
    pub fn from_bytes(bytes: &[u8]) -> arbitrary::Result<Subject> {
        let mut bytes = Unstructured::new(bytes);
        let seed = bytes.arbitrary()?;
        if bytes.ratio(1, 4)? {
            let binary = neighbours(&mut bytes)?;
            return Ok(Subject { parts: vec![finish(&binary)?], seed });
        }
        let has_two = bytes.ratio(1, 2)?;
        let first = bytes.bytes(if has_two { bytes.len() / 2 } else { bytes.len() })?;
        let provider = part(first, None)?;
        let mut parts = vec![provider];
        if has_two {
            // An interface that cannot be written down is left out.
            let available = wat::parse_str(parts[0].as_imports(PROVIDER)).ok();
            let rest = bytes.take_rest();
            parts.push(part(rest, available)?);
        }
        Ok(Subject { parts, seed })
    }

    /// The subject of this number among those of `seed`.
    ///
    /// # Errors
    /// When there is none of this number.
    pub fn from_seed(seed: u64, number: u64) -> arbitrary::Result<Subject> {
        let mut random = Random::new(Random::new(seed).number() ^ number.wrapping_mul(0x2545_f491_4f6c_dd1d));
        let length = 200 + random.number() as usize % MOST_BYTES;
        Subject::from_bytes(&random.bytes(length))
    }
}

fn part(bytes: &[u8], available: Option<Vec<u8>>) -> arbitrary::Result<Part> {
    finish(&generate(&mut Unstructured::new(bytes), Purpose::Run, available)?)
}

fn finish(binary: &[u8]) -> arbitrary::Result<Part> {
    let random = Random::new(binary.len() as u64);
    Part::new(binary, random).map_err(|_| arbitrary::Error::IncorrectFormat)
}
