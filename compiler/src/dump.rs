//! Printable forms of intermediate results. Each line carries the wasm offset it comes from.

use crate::analyze::Plan;
use crate::codegen::{CodeRange, CompiledCode};
use crate::error::Error;
use crate::module::Module;
use capstone::prelude::*;
use std::fmt::Write;
use std::ops::Range;
use wasmparser::{BinaryReader, OperatorsReader};

/// All machine code, disassembled:
/// ```text
/// 00000010 <add>:
///   0x0025 i32.add             14  lea eax, [rdi + rsi]
/// ```
pub(crate) fn assembly(module: &Module<'_>, plan: &Plan, code: &CompiledCode) -> Result<String, Error> {
    let bug = |error: capstone::Error| Error::bug("the disassembler", error);
    let mut disassembler = Capstone::new()
        .x86()
        .mode(arch::x86::ArchMode::Mode64)
        .syntax(arch::x86::ArchSyntax::Intel)
        .build()
        .map_err(bug)?;
    // Jump tables and constants lie between instructions: what does not decode is shown as bytes.
    disassembler.set_skipdata(true).map_err(bug)?;
    let mut out = String::new();
    for (index, range) in &code.ranges {
        let _ = writeln!(out, "{:08x} <{}>:", range.start, plan.code_name(module, index));
        let mut shown = None;
        for stretch in stretches(code, *range) {
            let bytes = &code.text[stretch.start as usize..stretch.end as usize];
            let instructions = disassembler.disasm_all(bytes, u64::from(stretch.start)).map_err(bug)?;
            for instruction in instructions.iter() {
                let offset = wasm_offset(code, instruction.address() as u32);
                let origin = match offset {
                    Some(offset) if shown != Some(offset) => describe(module, offset),
                    _ => String::new(),
                };
                shown = offset;
                let mnemonic = instruction.mnemonic().unwrap_or("?");
                let operands = instruction.op_str().unwrap_or("");
                let line = format!("  {origin:<28} {:6x}  {mnemonic} {operands}", instruction.address());
                let _ = writeln!(out, "{}", line.trim_end());
            }
        }
        out.push('\n');
    }
    Ok(out)
}

/// A function's code, cut where another operator begins: after data, instructions are found again there.
fn stretches(code: &CompiledCode, range: CodeRange) -> Vec<Range<u32>> {
    let end = range.start + range.length;
    let first = code.locations.partition_point(|(start, _)| *start <= range.start);
    let last = code.locations.partition_point(|(start, _)| *start < end);
    let mut cuts = vec![range.start];
    cuts.extend(code.locations[first..last].iter().map(|(start, _)| *start));
    cuts.push(end);
    cuts.dedup();
    cuts.windows(2).map(|cut| cut[0]..cut[1]).collect()
}

/// The wasm offset of the code at `address`.
fn wasm_offset(code: &CompiledCode, address: u32) -> Option<u32> {
    let position = code.locations.partition_point(|(start, _)| *start <= address);
    let (_, offset) = code.locations.get(position.checked_sub(1)?)?;
    (*offset != u32::MAX).then_some(*offset)
}

/// The offset and the operator there.
fn describe(module: &Module<'_>, offset: u32) -> String {
    let Some(bytes) = module.bytes.get(offset as usize..) else { return format!("{offset:#06x}") };
    // A function's own offset is where its locals are declared: no operator stands there.
    if module.bodies.binary_search_by_key(&(offset as usize), |body| body.range.start).is_ok() {
        return format!("{offset:#06x}");
    }
    let operator = OperatorsReader::new(BinaryReader::new(bytes, 0)).read();
    let name = operator.map(|operator| operator_name(&operator)).unwrap_or_default();
    format!("{offset:#06x} {name}")
}

/// `I32Load8U { .. }` as `i32.load8_u`.
fn operator_name(operator: &wasmparser::Operator<'_>) -> String {
    let debug = format!("{operator:?}");
    let variant = debug.split([' ', '{', '(']).next().unwrap_or_default();
    let mut name = String::new();
    for (position, letter) in variant.char_indices() {
        if letter.is_ascii_uppercase() && position > 0 {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    let prefixes = ["i32", "i64", "f32", "f64", "local", "global", "memory", "table", "ref", "data", "elem"];
    for prefix in prefixes {
        if let Some(rest) = name.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')) {
            return format!("{prefix}.{rest}");
        }
    }
    name
}
