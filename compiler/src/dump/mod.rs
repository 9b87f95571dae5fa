//! Printable forms of intermediate results. Each line carries the wasm offset it comes from.

mod disassembler;

use crate::analyze::Plan;
use crate::codegen::{CodeRange, CompiledCode};
use crate::error::Error;
use crate::module::Module;
use capstone::Capstone;
use disassembler::{disassembler, read_address};
use std::fmt::Write;
use std::ops::Range;
use wasmparser::{BinaryReader, Operator, OperatorsReader};

/// All machine code, disassembled:
/// ```text
/// 00000010 <add>:
///   0x0025 i32.add             14  lea eax, [rdi + rsi]
/// ```
pub(crate) fn assembly(module: &Module<'_>, plan: &Plan, code: &CompiledCode) -> Result<String, Error> {
    let bug = |error: capstone::Error| Error::bug("the disassembler", error);
    let disassembler = disassembler(code.architecture).map_err(bug)?;
    let mut out = String::new();
    for (index, range) in &code.ranges {
        let _ = writeln!(out, "{:08x} <{}>:", range.start, plan.code_name(module, index));
        let end = range.start + range.length;
        let mut constants = end;
        let mut shown = None;
        let stretches = stretches(code, *range);
        // A jump table is followed by the code of another operator.
        let behind = stretches.last().map_or(end, |last| last.start)..end;
        for stretch in stretches {
            let bytes = &code.text[stretch.start as usize..stretch.end as usize];
            let instructions = disassembler.disasm_all(bytes, u64::from(stretch.start)).map_err(bug)?;
            for instruction in instructions.iter() {
                let address = instruction.address() as u32;
                if is_padding(&code.text[address as usize..constants.max(address) as usize]) {
                    break;
                }
                if let Some(target) = read_behind(&disassembler, code, instruction, &behind) {
                    constants = constants.min(target);
                }
                let offset = wasm_offset(code, address);
                let origin = match offset {
                    Some(offset) if shown != Some(offset) => describe(module, offset),
                    _ => String::new(),
                };
                shown = offset;
                let mnemonic = instruction.mnemonic().unwrap_or("?");
                let operands = instruction.op_str().unwrap_or("");
                let line = format!("  {origin:<28} {address:6x}  {mnemonic} {operands}");
                let _ = writeln!(out, "{}", line.trim_end());
            }
        }
        write_constants(&mut out, &code.text, constants..end);
        out.push('\n');
    }
    Ok(out)
}

/// Whether only zeros, or nothing, are left before the constants, which are aligned.
fn is_padding(rest: &[u8]) -> bool {
    rest.len() < 16 && rest.iter().all(|byte| *byte == 0)
}

/// The address in `range`, the end of its function, that an instruction names by its distance. What has
/// a relocation lies elsewhere.
fn read_behind(
    disassembler: &Capstone,
    code: &CompiledCode,
    instruction: &capstone::Insn<'_>,
    range: &Range<u32>,
) -> Option<u32> {
    let next = instruction.address() as u32 + instruction.len() as u32;
    let relocation = code.relocations.partition_point(|relocation| relocation.offset < instruction.address() as u32);
    if code.relocations.get(relocation).is_some_and(|relocation| relocation.offset < next) {
        return None;
    }
    let target = u32::try_from(read_address(disassembler, instruction)?).ok()?;
    (target >= next && range.contains(&target)).then_some(target)
}

/// Constants, which lie behind a function's code, 16 bytes a line.
fn write_constants(out: &mut String, text: &[u8], range: Range<u32>) {
    for start in range.clone().step_by(16) {
        let bytes = &text[start as usize..range.end.min(start + 16) as usize];
        let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let _ = writeln!(out, "  {:<28} {start:6x}  .byte {}", "", digits.join(" "));
    }
}

/// A function's code, cut where another operator begins: after data, instructions are found again there.
fn stretches(code: &CompiledCode, range: CodeRange) -> Vec<Range<u32>> {
    let end = range.start + range.length;
    let first = code.locations.partition_point(|location| location.start <= range.start);
    let last = code.locations.partition_point(|location| location.start < end);
    let mut cuts = vec![range.start];
    cuts.extend(code.locations[first..last].iter().flat_map(|location| [location.start, location.end]));
    cuts.push(end);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2).map(|cut| cut[0]..cut[1]).collect()
}

/// The wasm offset of the code at `address`.
fn wasm_offset(code: &CompiledCode, address: u32) -> Option<u32> {
    let position = code.locations.partition_point(|location| location.start <= address);
    let location = code.locations.get(position.checked_sub(1)?)?;
    (address < location.end).then_some(location.wasm)
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

/// `Operator::I32Load8U { .. }` as `i32.load8_u`.
fn operator_name(operator: &Operator<'_>) -> String {
    macro_rules! visitor_of {
        ($(@$proposal:ident $variant:ident $({ $($argument:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
            match operator {
                $(Operator::$variant { .. } => stringify!($visit),)*
                _ => "",
            }
        };
    }
    const PREFIXES: [&str; 18] = [
        "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2", "v128", "i32", "i64", "f32", "f64", "local", "global",
        "memory", "table", "ref", "data", "elem",
    ];
    let visitor = wasmparser::for_each_operator!(visitor_of);
    let name = with_atomic_dots(visitor.strip_prefix("visit_").unwrap_or(visitor));
    match name.split_once('_') {
        Some((prefix, rest)) if PREFIXES.contains(&prefix) => format!("{prefix}.{rest}"),
        _ => name,
    }
}

/// `i32_atomic_rmw8_add_u` as `i32_atomic.rmw8.add_u`.
fn with_atomic_dots(name: &str) -> String {
    let name = name.replace("atomic_", "atomic.");
    match name.split_once(".rmw") {
        Some((before, after)) => format!("{before}.rmw{}", after.replacen('_', ".", 1)),
        None => name,
    }
}
