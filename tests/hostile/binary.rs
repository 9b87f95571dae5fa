//! Just enough of the binary format to write modules that no encoder would.

/// The bytes every module starts with.
const HEADER: &[u8] = b"\0asm\x01\0\0\0";

/// The code of `i32` as a type.
pub const I32: u8 = 0x7f;
/// The code of `i64` as a type.
pub const I64: u8 = 0x7e;
/// The code of `v128` as a type.
pub const V128: u8 = 0x7b;

/// A number as LEB128.
pub fn number(value: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut left = value;
    while left >= 0x80 {
        bytes.push(left as u8 | 0x80);
        left >>= 7;
    }
    bytes.push(left as u8);
    bytes
}

/// Its length, then its bytes.
pub fn sized(bytes: &[u8]) -> Vec<u8> {
    [number(bytes.len() as u32).as_slice(), bytes].concat()
}

/// A section.
pub fn section(id: u8, contents: &[u8]) -> Vec<u8> {
    [&[id], sized(contents).as_slice()].concat()
}

/// A custom section.
pub fn custom(name: &[u8], contents: &[u8]) -> Vec<u8> {
    section(0, &[sized(name).as_slice(), contents].concat())
}

/// A module of these sections.
pub fn module(sections: &[Vec<u8>]) -> Vec<u8> {
    [HEADER, sections.concat().as_slice()].concat()
}

/// A module with a memory of one page and one function, the export `run: [] → [i32]`, with groups of locals and the bytes
/// of its instructions, without the `end`.
pub fn function(locals: &[(u32, u8)], body: &[u8]) -> Vec<u8> {
    let mut code = number(locals.len() as u32);
    for (count, ty) in locals {
        code.extend(number(*count));
        code.push(*ty);
    }
    code.extend(body);
    code.push(0x0b);
    module(&[
        section(1, &[1, 0x60, 0, 1, I32]),
        section(3, &[1, 0]),
        section(5, &[1, 0, 1]),
        section(7, b"\x01\x03run\0\0"),
        section(10, &[&[1], sized(&code).as_slice()].concat()),
    ])
}
