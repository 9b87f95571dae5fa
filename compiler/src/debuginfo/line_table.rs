//! A unit's line table for the machine: the module's rows, in the order of the code.

use super::address_map::{AddressMap, FunctionPlace};
use super::dwarf::Slice;
use gimli::Encoding;
use gimli::write::{Address, ConvertLineProgram, ConvertLineSequenceEnd, ConvertResult, ConvertUnit, LineRow};

/// A row of the module's table, and the offset in the module from which on it holds.
struct Row {
    offset: u32,
    row: LineRow,
}

/// Gives the unit its line table. Says whether any function has a row.
pub(super) fn convert(
    unit: &mut ConvertUnit<'_, Slice<'_>>,
    encoding: Encoding,
    map: &AddressMap<'_>,
) -> ConvertResult<bool> {
    let Some(mut program) = unit.read_line_program(Some(encoding), None)? else { return Ok(false) };
    let mut rows = rows_of(&mut program, map)?;
    rows.sort_by_key(|row| row.offset);
    let mut has_rows = false;
    let mut rest = rows.as_slice();
    for function in map.functions() {
        let start = rest.partition_point(|row| row.offset < function.wasm.start);
        let end = rest.partition_point(|row| row.offset < function.wasm.end);
        if start < end {
            has_rows = true;
            add_function(&mut program, function, &rest[start..end], map);
        }
        rest = &rest[end..];
    }
    let (program, files) = program.program();
    unit.set_line_program(program, files);
    Ok(has_rows)
}

/// All rows that lie in functions.
fn rows_of(program: &mut ConvertLineProgram<'_, Slice<'_>>, map: &AddressMap<'_>) -> ConvertResult<Vec<Row>> {
    let mut rows = Vec::new();
    while let Some(sequence) = program.read_sequence()? {
        let start = sequence.start.unwrap_or(0);
        let is_ended = matches!(sequence.end, ConvertLineSequenceEnd::Length(_));
        if map.function(start).is_none() || !is_ended {
            continue;
        }
        rows.extend(sequence.rows.into_iter().filter_map(|row| {
            let offset = map.offset(start.checked_add(row.address_offset)?)?;
            Some(Row { offset, row })
        }));
    }
    Ok(rows)
}

/// Adds the sequence of one function, all of whose rows are `rows`.
fn add_function(
    program: &mut ConvertLineProgram<'_, Slice<'_>>,
    function: &FunctionPlace,
    rows: &[Row],
    map: &AddressMap<'_>,
) {
    program.begin_sequence(Some(text(function.text.start)));
    // The prologue comes from no operator: it belongs to the line where the function begins.
    let mut last = None;
    let mut add = |program: &mut ConvertLineProgram<'_, _>, position: usize, address: u32, ends_prologue: bool| {
        let row = LineRow {
            address_offset: (address - function.text.start).into(),
            op_index: 0,
            prologue_end: ends_prologue,
            epilogue_begin: false,
            ..rows[position].row
        };
        let shown = (row.file, row.line, row.column, row.is_statement);
        if last != Some(shown) || ends_prologue {
            last = Some(shown);
            program.generate_row(row);
        }
    };
    add(program, 0, function.text.start, false);
    let mut end_of_prologue = rows.iter().position(|row| row.row.prologue_end);
    for location in map.locations(function) {
        let behind = rows.partition_point(|row| row.offset <= location.wasm);
        let position = behind.saturating_sub(1);
        let ends_prologue = end_of_prologue.is_some_and(|end| position >= end);
        if ends_prologue {
            end_of_prologue = None;
        }
        add(program, position, location.start, ends_prologue);
    }
    program.end_sequence((function.text.end - function.text.start).into());
}

/// An address in the text.
pub(super) fn text(offset: u32) -> Address {
    Address::Symbol { symbol: super::TEXT, addend: offset.into() }
}
