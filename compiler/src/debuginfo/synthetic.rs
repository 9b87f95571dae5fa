//! DWARF for a module that has none: functions and locals by the name section, with WebAssembly's types, on the lines that are
//! known.

use super::address_map::FunctionPlace;
use super::line_table::text;
use super::source_lines::{SourceLines, SourcePosition};
use super::{Program, local_type};
use crate::codegen::{LocalPlace, ValuePlace};
use crate::module::LocalIndex;
use gimli::constants as dw;
use gimli::write::{
    AttributeValue, Dwarf, Expression, FileId, LineProgram, LineRow, LineString, Location, LocationList, Range,
    RangeList, Unit, UnitEntryId,
};
use gimli::{LineEncoding, Register};
use std::collections::HashMap;
use wasmparser::ValType;

/// One unit for the whole module; nothing where no function has a line.
pub(super) fn unit(program: &Program<'_>, lines: &SourceLines) -> Option<Dwarf> {
    let mut dwarf = Dwarf::new();
    let first = lines.files().next()?;
    let (directory, name) = first.rsplit_once('/').unwrap_or((".", first));
    let string = |text: &str| LineString::String(text.replace('\0', "").into_bytes());
    let mut table =
        LineProgram::new(super::units::ENCODING, LineEncoding::default(), string(directory), None, string(name), None);
    let root_directory = table.default_directory();
    let files: Vec<FileId> = lines
        .files()
        .map(|path| match path.rsplit_once('/') {
            Some((directory, name)) if !directory.is_empty() => {
                let directory = table.add_directory(string(directory));
                table.add_file(string(name), directory, None)
            }
            _ => table.add_file(string(path), root_directory, None),
        })
        .collect();
    for function in program.map.functions() {
        add_rows(&mut table, program, function, lines, &files);
    }
    let id = dwarf.units.add(Unit::new(super::units::ENCODING, table));
    let unit = dwarf.units.get_mut(id);
    let root = unit.root();
    let text_value = |text: &str| AttributeValue::String(text.replace('\0', "").into_bytes());
    // gdb takes the word of the table for where a prologue ends if a program is from clang.
    let producer = format!("clang LLVM (wasmc {})", env!("CARGO_PKG_VERSION"));
    let ranges = program
        .map
        .functions()
        .iter()
        .map(|function| Range::OffsetPair { begin: function.text.start.into(), end: function.text.end.into() });
    let ranges = unit.ranges.add(RangeList(ranges.collect()));
    let entry = unit.get_mut(root);
    entry.set(dw::DW_AT_producer, text_value(&producer));
    entry.set(dw::DW_AT_language, AttributeValue::Language(dw::DW_LANG_C11));
    entry.set(dw::DW_AT_name, text_value(name));
    entry.set(dw::DW_AT_comp_dir, text_value(directory));
    entry.set(dw::DW_AT_stmt_list, AttributeValue::LineProgramRef);
    entry.set(dw::DW_AT_low_pc, AttributeValue::Address(text(0)));
    entry.set(dw::DW_AT_ranges, AttributeValue::RangeListRef(ranges));
    let mut types = HashMap::new();
    for function in program.map.functions() {
        add_function(unit, &mut types, program, function, lines, &files);
    }
    Some(dwarf)
}

/// The line of an operator; what has none belongs to the line before it.
fn add_rows(
    table: &mut LineProgram,
    program: &Program<'_>,
    function: &FunctionPlace,
    lines: &SourceLines,
    files: &[FileId],
) {
    let Some(first) = first_line(program, function, lines) else { return };
    table.begin_sequence(Some(text(function.text.start)));
    let mut last = None;
    let mut add = |address: u32, position: SourcePosition, prologue_end: bool| {
        if last == Some(position) && !prologue_end {
            return;
        }
        last = Some(position);
        *table.row() = LineRow {
            address_offset: (address - function.text.start).into(),
            file: files[position.file as usize],
            line: position.line.into(),
            column: position.column.into(),
            is_statement: true,
            prologue_end,
            ..*table.row()
        };
        table.generate_row();
    };
    add(function.text.start, first, false);
    let mut is_prologue = true;
    for location in program.map.locations(function) {
        let is_operator = location.wasm > start(program, function);
        if let Some(position) = lines.at(location.wasm).filter(|_| is_operator) {
            add(location.start, position, std::mem::take(&mut is_prologue));
        }
    }
    table.end_sequence((function.text.end - function.text.start).into());
}

/// The line where a function begins, as far as is known.
fn first_line(program: &Program<'_>, function: &FunctionPlace, lines: &SourceLines) -> Option<SourcePosition> {
    let operators = program.map.locations(function).iter().map(|location| location.wasm);
    std::iter::once(start(program, function)).chain(operators).find_map(|offset| lines.at(offset))
}

/// The offset of a function's body.
fn start(program: &Program<'_>, function: &FunctionPlace) -> u32 {
    program.module.body(function.function).map_or(function.wasm.start, |body| body.range.start as u32)
}

fn add_function(
    unit: &mut Unit,
    types: &mut HashMap<ValType, UnitEntryId>,
    program: &Program<'_>,
    function: &FunctionPlace,
    lines: &SourceLines,
    files: &[FileId],
) {
    let root = unit.root();
    let id = unit.add(root, dw::DW_TAG_subprogram);
    let name = program.plan.code_name(program.module, function.code).replace('\0', "");
    let mut frame = Expression::new();
    frame.op(dw::DW_OP_call_frame_cfa);
    let length = function.text.end - function.text.start;
    let entry = unit.get_mut(id);
    entry.set(dw::DW_AT_name, AttributeValue::String(name.into_bytes()));
    entry.set(dw::DW_AT_low_pc, AttributeValue::Address(text(function.text.start)));
    entry.set(dw::DW_AT_high_pc, AttributeValue::Udata(length.into()));
    entry.set(dw::DW_AT_frame_base, AttributeValue::Exprloc(frame));
    if let Some(convention) = program.convention() {
        entry.set(dw::DW_AT_calling_convention, convention);
    }
    if let Some(position) = first_line(program, function, lines) {
        entry.set(dw::DW_AT_decl_file, AttributeValue::FileIndex(Some(files[position.file as usize])));
        entry.set(dw::DW_AT_decl_line, AttributeValue::Udata(position.line.into()));
    }
    let ty = program.module.function_type(function.function);
    if let [result] = ty.results[..] {
        let result = type_entry(unit, types, super::machine_value(result));
        unit.get_mut(id).set(dw::DW_AT_type, AttributeValue::UnitRef(result));
    }
    let places = program.code.locals.get(function.code).map_or(&[][..], Vec::as_slice);
    let parameters = ty.parameters.len() as u32;
    let mut rest = places;
    // Parameters are shown without a place, too; other locals that are nowhere are many.
    let mut next = 0;
    while next < parameters || !rest.is_empty() {
        let local = if next < parameters { next } else { rest[0].local };
        let end = rest.partition_point(|place| place.local <= local);
        let (here, others) = rest.split_at(end);
        rest = others;
        next = local + 1;
        add_local(unit, types, program, function, id, local, local < parameters, here);
    }
}

#[expect(clippy::too_many_arguments, reason = "a local is in a function, which is in a unit of a program")]
fn add_local(
    unit: &mut Unit,
    types: &mut HashMap<ValType, UnitEntryId>,
    program: &Program<'_>,
    function: &FunctionPlace,
    parent: UnitEntryId,
    local: u32,
    is_parameter: bool,
    places: &[LocalPlace],
) {
    let Some(ty) = local_type(program.module, function.function, local) else { return };
    let ty = type_entry(unit, types, ty);
    let tag = if is_parameter { dw::DW_TAG_formal_parameter } else { dw::DW_TAG_variable };
    let id = unit.add(parent, tag);
    let names = &program.module.names.locals;
    let name = match names.get(&(function.function, LocalIndex::from_u32(local))) {
        Some(name) => name.replace('\0', ""),
        None => format!("local{local}"),
    };
    let length = function.text.end - function.text.start;
    let location = match places {
        [] => None,
        [place] if place.start == 0 && place.end == length => Some(AttributeValue::Exprloc(location(place.place))),
        places => {
            let list = places.iter().map(|place| Location::OffsetPair {
                begin: (function.text.start + place.start).into(),
                end: (function.text.start + place.end).into(),
                data: location(place.place),
            });
            let list = LocationList(list.collect());
            Some(AttributeValue::LocationListRef(unit.locations.add(list)))
        }
    };
    let entry = unit.get_mut(id);
    entry.set(dw::DW_AT_name, AttributeValue::String(name.into_bytes()));
    entry.set(dw::DW_AT_type, AttributeValue::UnitRef(ty));
    if let Some(location) = location {
        entry.set(dw::DW_AT_location, location);
    }
}

fn location(place: ValuePlace) -> Expression {
    let mut out = Expression::new();
    match place {
        ValuePlace::Register(register) => out.op_reg(Register(register)),
        ValuePlace::Frame(offset) => out.op_fbreg(offset.into()),
        ValuePlace::Constant(value) => {
            out.op_consts(value);
            out.op(dw::DW_OP_stack_value);
        }
    }
    out
}

/// The entry of a value type.
fn type_entry(unit: &mut Unit, types: &mut HashMap<ValType, UnitEntryId>, ty: ValType) -> UnitEntryId {
    let ty = if matches!(ty, ValType::Ref(_)) { ValType::FUNCREF } else { ty };
    if let Some(known) = types.get(&ty) {
        return *known;
    }
    let (name, encoding, bytes) = match ty {
        ValType::I32 => ("i32", dw::DW_ATE_signed, 4),
        ValType::I64 => ("i64", dw::DW_ATE_signed, 8),
        ValType::F32 => ("f32", dw::DW_ATE_float, 4),
        ValType::F64 => ("f64", dw::DW_ATE_float, 8),
        ValType::V128 => ("v128", dw::DW_ATE_unsigned, 16),
        ValType::Ref(_) => ("ref", dw::DW_ATE_address, 8),
    };
    let root = unit.root();
    let id = unit.add(root, dw::DW_TAG_base_type);
    let entry = unit.get_mut(id);
    entry.set(dw::DW_AT_name, AttributeValue::String(name.into()));
    entry.set(dw::DW_AT_encoding, AttributeValue::Encoding(encoding));
    entry.set(dw::DW_AT_byte_size, AttributeValue::Data1(bytes));
    types.insert(ty, id);
    id
}
