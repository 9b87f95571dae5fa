//! Names in directories: which ones a program may use, and how the system spells them.
//!
//! The kernel takes almost anything for a name; what stands above it does not. A name that other programs would take for a
//! drive, a device, a stream of a file, a path, a pattern or another name is therefore no name here, whether it is looked up
//! or made:
//!
//! ```text
//! C:    a:b    a\b    a*    nul    COM1.txt    "aux ."    name.    "name "
//! ```
//!
//! Short names (`PROGRA~1`) and other cases of letters are further names of a file in the same directory, and lead nowhere else.

use super::text;
use crate::wasi::{Errno, Result};
use core::ffi::CStr;

/// Units of the longest name.
const LONGEST: usize = 255;

/// A name as the kernel takes it.
pub(super) struct Name {
    units: [u16; LONGEST],
    length: usize,
    /// It had slashes behind it, which ask for a directory.
    pub(super) wants_directory: bool,
}

impl Name {
    /// The directory itself.
    pub(super) const ITSELF: Name = Name { units: [0; LONGEST], length: 0, wants_directory: false };

    /// The name in `text`, which may be `.`, and may have slashes behind it.
    pub(super) fn of(text: &CStr) -> Result<Name> {
        Name::of_bytes(text.to_bytes())
    }

    /// The same for bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Result<Name> {
        let mut stem = bytes;
        while let [rest @ .., b'/'] = stem {
            stem = rest;
        }
        let mut name = Name { wants_directory: stem.len() < bytes.len(), ..Name::ITSELF };
        if stem == b"." {
            return Ok(name);
        }
        name.length = text::to_units(stem, &mut name.units).ok_or(Errno::Nametoolong)?;
        if is_plain(name.units()) { Ok(name) } else { Err(Errno::Inval) }
    }

    /// How the kernel spells it; empty for the directory itself.
    pub(super) fn units(&self) -> &[u16] {
        self.units.get(..self.length).unwrap_or(&[])
    }

    /// Whether it is the directory itself.
    pub(super) fn is_itself(&self) -> bool {
        self.length == 0
    }
}

/// Whether it is a name to everybody.
fn is_plain(units: &[u16]) -> bool {
    let is_forbidden = |unit: &u16| match u8::try_from(*unit) {
        Ok(byte) => byte < b' ' || b"\"*/:<>?\\|".contains(&byte),
        Err(_) => false,
    };
    // This also excludes `..`.
    let ends_well = units.last().is_some_and(|unit| !matches!(u8::try_from(*unit), Ok(b'.' | b' ')));
    ends_well && !units.iter().any(is_forbidden) && !is_device(units)
}

/// Whether it means a device, in whatever directory: one of a few names, with any extension.
fn is_device(units: &[u16]) -> bool {
    // Letters, of whichever case; `1` stands for a digit, which may be a small raised one.
    const DEVICES: [&[u8]; 9] = [b"CON", b"PRN", b"AUX", b"NUL", b"COM1", b"LPT1", b"CONIN$", b"CONOUT$", b"CLOCK$"];
    let end = units.iter().position(|&unit| unit == u16::from(b'.')).unwrap_or(units.len());
    let mut stem = units.get(..end).unwrap_or(&[]);
    while let [rest @ .., 0x20] = stem {
        stem = rest;
    }
    DEVICES.iter().any(|device| {
        device.len() == stem.len()
            && device.iter().zip(stem).all(|(&byte, &unit)| match byte {
                b'1' => matches!(unit, 0x30..=0x39 | 0xb2 | 0xb3 | 0xb9),
                _ => u8::try_from(unit).is_ok_and(|unit| unit.eq_ignore_ascii_case(&byte)),
            })
    })
}
