//! Tells the two formats apart by content and turns text into binary.

use crate::error::{Error, InputError};
use std::borrow::Cow;

/// The four bytes every binary module and component starts with.
pub(super) const MAGIC: &[u8] = b"\0asm";

/// Whether `input` is in the binary format, as far as its start says.
pub fn is_binary(input: &[u8]) -> bool {
    input.starts_with(MAGIC)
}

/// The binary form of a module in either format: `input` itself when it starts like a binary.
///
/// # Errors
/// [`Error::Input`] with line, column and source line when the text does not parse, or when the
/// input is neither format.
pub fn to_binary(input: &[u8]) -> Result<Cow<'_, [u8]>, Error> {
    if is_binary(input) {
        return Ok(Cow::Borrowed(input));
    }
    if MAGIC.starts_with(input) && !input.is_empty() {
        let message = "unexpected end-of-file".to_owned();
        return Err(Error::Input(InputError::Binary { message, offset: input.len() }));
    }
    if let Some(format) = foreign_format(input) {
        return Err(text_error(format!("the input is {format}, not a WebAssembly module")));
    }
    let text = std::str::from_utf8(input)
        .map_err(|_| text_error("the input is neither a WebAssembly binary nor UTF-8 text".to_owned()))?;
    wat::parse_str(text).map(Cow::Owned).map_err(|error| text_error(error.to_string()))
}

/// What the input is when it is something people mistake for a module.
fn foreign_format(input: &[u8]) -> Option<&'static str> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"\x7fELF", "an ELF file"),
        (b"MZ", "a Windows executable"),
        (b"\xcf\xfa\xed\xfe", "a Mach-O file"),
        (b"!<arch>", "an archive of object files"),
        (b"BC\xc0\xde", "LLVM bitcode"),
        (b"\x1f\x8b", "gzip-compressed"),
        (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
        (b"PK\x03\x04", "a zip archive"),
        (b"#!", "a script"),
    ];
    if input.is_empty() {
        return Some("empty");
    }
    FORMATS.iter().find(|(magic, _)| input.starts_with(magic)).map(|(_, format)| *format)
}

fn text_error(message: String) -> Error {
    Error::Input(InputError::Text { message })
}
