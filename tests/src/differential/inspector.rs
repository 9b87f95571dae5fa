//! A module that looks at what another one exports: a digest of each memory and table, and fuel to go on.
//!
//! The same digests are computed here, from what the interpreter has.

use super::part::{FUEL_EXPORT, Part, memory_type, table_type};
use std::fmt::Write;

const FACTOR: u64 = 0x0000_0100_0000_01b3;
const ROTATION: u32 = 23;

/// The name from which inspectors import.
pub const SUBJECT: &str = "subject";
/// Gives a module new fuel.
pub const REFUEL: &str = "refuel";

/// The inspector of `part`, as the text of its fields. Its exports are `refuel`, and `m0` or `t0` for a digest.
pub fn inspector(part: &Part, fuel: u32) -> String {
    let mut text = String::new();
    let import = |name: &str, what: String| format!("  (import \"{SUBJECT}\" \"{name}\" {what})\n");
    text += &import(FUEL_EXPORT, "(global $fuel (mut i32))".to_owned());
    for (index, ty) in part.memories.iter().enumerate() {
        text += &import(&format!("m{index}"), format!("(memory $m{index} {})", memory_type(ty)));
    }
    for (index, ty) in part.tables.iter().enumerate() {
        text += &import(&format!("t{index}"), format!("(table $t{index} {})", table_type(ty)));
    }
    let _ = writeln!(text, "  (func (export \"{REFUEL}\") (global.set $fuel (i32.const {fuel})))");
    for (index, ty) in part.memories.iter().enumerate() {
        let index_type = if ty.memory64 { "i64" } else { "i32" };
        let page = ty.page_size_log2.map_or(65536, |log2| 1 << log2);
        let end = format!("({index_type}.mul (memory.size $m{index}) ({index_type}.const {page}))");
        text += &digest(&format!("m{index}"), index_type, &end, &format!("(i64.load8_u $m{index} (local.get $at))"));
    }
    for (index, ty) in part.tables.iter().enumerate() {
        let index_type = if ty.table64 { "i64" } else { "i32" };
        let element = format!("(i64.extend_i32_u (ref.is_null (table.get $t{index} (local.get $at))))");
        text += &digest(&format!("t{index}"), index_type, &format!("(table.size $t{index})"), &element);
    }
    text
}

/// A function that digests `element`s for `$at` from 0 to `end`, and the end itself.
fn digest(name: &str, index_type: &str, end: &str, element: &str) -> String {
    let widened = if index_type == "i64" { end.to_owned() } else { format!("(i64.extend_i32_u {end})") };
    format!(
        "  (func (export \"{name}\") (result i64)
    (local $at {index_type}) (local $sum i64)
    (local.set $sum {widened})
    (block $done
      (loop $next
        (br_if $done ({index_type}.ge_u (local.get $at) {end}))
        (local.set $sum (i64.rotl
          (i64.mul (i64.xor (local.get $sum) {element}) (i64.const {FACTOR})) (i64.const {ROTATION})))
        (local.set $at ({index_type}.add (local.get $at) ({index_type}.const 1)))
        (br $next)))
    (local.get $sum))\n"
    )
}

/// What the inspector's function gives for these elements.
pub fn digest_of(elements: impl ExactSizeIterator<Item = u8>) -> u64 {
    let length = elements.len() as u64;
    elements.fold(length, |sum, element| (sum ^ u64::from(element)).wrapping_mul(FACTOR).rotate_left(ROTATION))
}
