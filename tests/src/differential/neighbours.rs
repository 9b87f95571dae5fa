//! Bytes in, a random module out that accesses what lies side by side.
//!
//! Indices are one of two parameters plus constants, near the beginning or the end of a memory, or where a sum wraps: compilers make one
//! check of several there, and one address of another. What was stored before an access that traps shows in the memory.

use arbitrary::{Result, Unstructured};
use std::fmt::Write;

/// Functions of a module.
const FUNCTIONS: u32 = 50;
/// The most statements in a row.
const MOST_STATEMENTS: u32 = 9;
/// How deep blocks, and sums, lie in one another.
const DEEPEST: u32 = 2;

/// Where the indices of a function lie, give or take, which are mostly these: at both ends of the page that there is, and of all.
const PLACES: [i32; 8] = [8, 0, 0x1_0000 - 24, 0x1_0000 - 40, 0x1_0000 - 56, 0x1_0000 - 80, 0x2_0000 - 48, -24];
/// Where the others lie.
const OTHER_PLACES: [i32; 3] = [32, 256, 0x1_0000 - 100];
/// What is added to an index, mostly.
const NEAR: [i32; 15] = [-24, -16, -9, -8, -7, -4, -1, 1, 2, 4, 7, 8, 12, 16, 32];
/// What is added otherwise.
const FAR: [i32; 9] = [-0x1_0001, -0x1_0000, 0xffff, 0x1_0000, 0x1_0001, 0x2_0000, -100_000_000, i32::MIN, i32::MAX];
/// Offsets of accesses.
const OFFSETS: [u32; 12] = [0, 0, 0, 1, 4, 8, 12, 16, 24, 40, 124, 200];
/// Numbers of pages, and whether there may be more.
const MEMORIES: [&str; 4] = ["1 1", "1 2", "1 4", "2 2"];

/// The module that `bytes` stand for; its last global counts down what it may do, which is nothing that takes long.
///
/// # Errors
/// When the bytes stand for none.
pub fn neighbours(bytes: &mut Unstructured<'_>) -> Result<Vec<u8>> {
    let mut text = format!("(module (memory {}) (global $sum (mut i64) (i64.const 0))", bytes.choose(&MEMORIES)?);
    text.push_str("(global $fuel (mut i32) (i32.const 0)) (data (i32.const 0) \"neighbours live next to each other\")");
    for _ in 0..FUNCTIONS {
        text.push_str("(func (param $x i32) (param $y i32) (result i64)");
        for (variable, range, places) in [("$x", 31, &PLACES[..]), ("$y", 15, &OTHER_PLACES)] {
            let place = bytes.choose(places)?;
            let small = format!("(i32.and (local.get {variable}) (i32.const {range}))");
            let _ = write!(text, "(local.set {variable} (i32.add {small} (i32.const {place})))");
        }
        statements(bytes, 0, &mut text)?;
        text.push_str("(global.get $sum))");
    }
    text.push(')');
    wat::parse_str(text).map_err(|_| arbitrary::Error::IncorrectFormat)
}

fn statements(bytes: &mut Unstructured<'_>, depth: u32, text: &mut String) -> Result<()> {
    for _ in 0..bytes.int_in_range(2..=MOST_STATEMENTS)? {
        statement(bytes, depth, text)?;
    }
    Ok(())
}

fn statement(bytes: &mut Unstructured<'_>, depth: u32, text: &mut String) -> Result<()> {
    let kind = bytes.int_in_range(0..=19)?;
    let (index, offset) = (index(bytes, 0)?, bytes.choose(&OFFSETS)?);
    let _ = match kind {
        0..=7 => {
            let load = bytes.choose(&["load8_u", "load16_s", "load32_u", "load"])?;
            let loaded = format!("(i64.{load} offset={offset} {index})");
            write!(text, "(global.set $sum (i64.add (i64.mul (global.get $sum) (i64.const 31)) {loaded}))")
        }
        8..=13 => {
            let store = bytes.choose(&["store8", "store16", "store32", "store"])?;
            write!(text, "(i64.{store} offset={offset} {index} (global.get $sum))")
        }
        14 => {
            let quotient = "(i64.div_u (i64.const 1000) (i64.extend_i32_u (i32.and (local.get $y) (i32.const 7))))";
            write!(text, "(global.set $sum (i64.add (global.get $sum) {quotient}))")
        }
        15 => {
            let length = bytes.choose(&[0, 1, 3, 8, 13, 16, 33])?;
            write!(text, "(memory.copy {index} (local.get $y) (i32.const {length}))")
        }
        // A memory that grows has no constant size.
        16 if bytes.ratio(1, 8)? => write!(text, "(drop (memory.grow (i32.const 1)))"),
        17 if depth < DEEPEST => {
            text.push_str("(if (i32.and (local.get $x) (i32.const 1)) (then ");
            statements(bytes, depth + 1, text)?;
            text.push_str(") (else ");
            statements(bytes, depth + 1, text)?;
            write!(text, "))")
        }
        18 if depth < DEEPEST => {
            text.push_str("(block (br_if 0 (i32.and (local.get $y) (i32.const 1)))");
            statements(bytes, depth + 1, text)?;
            write!(text, ")")
        }
        _ => write!(text, "(local.set {} {index})", variable(bytes)?),
    };
    Ok(())
}

/// An expression: a variable, and what is done to it.
fn index(bytes: &mut Unstructured<'_>, depth: u32) -> Result<String> {
    let kind = if depth > DEEPEST { 0 } else { bytes.int_in_range(0..=9)? };
    if kind < 3 {
        return Ok(format!("(local.get {})", variable(bytes)?));
    }
    let of = index(bytes, depth + 1)?;
    let constant = *if bytes.ratio(1, 40)? { bytes.choose(&FAR)? } else { bytes.choose(&NEAR)? };
    Ok(match kind {
        3..=6 => format!("(i32.add {of} (i32.const {constant}))"),
        7 => format!("(i32.add (i32.const {constant}) {of})"),
        8 => format!("(i32.sub {of} (i32.const {constant}))"),
        _ => format!("(i32.and {of} (i32.const -8))"),
    })
}

fn variable(bytes: &mut Unstructured<'_>) -> Result<&'static str> {
    Ok(if bytes.ratio(3, 4)? { "$x" } else { "$y" })
}
