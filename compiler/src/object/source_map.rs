//! `abi::SourceMap`: the source position of each entry of the code map.
//!
//! ```text
//! position_offsets    0, 9, 9, 31      by address, as the functions of the code map: its part of `positions`
//! positions           …                one for each entry
//! file_offsets        0, 10            by the number of the file: its part of `files`
//! ```

use super::function_name::append_line;
use super::records::{Records, read_only, runtime};
use super::section::Place;
use crate::codegen::CompiledCode;
use crate::debuginfo::{SourceLines, SourcePosition};
use std::collections::HashMap;
use std::mem::offset_of;
use wasmc_runtime::abi::{SHOW_SOURCE_SYMBOL, SourceMap};
use wasmc_runtime::code_map::body_and_entries;
use wasmc_runtime::code_map::positions::{Encoder, Position};

impl Records {
    /// The record of a module with `lines`; nothing when they say nothing of its code.
    pub(super) fn add_source_map(&mut self, lines: &SourceLines, code: &CompiledCode) -> Option<Place> {
        let table = Table::of(lines, code);
        if table.file_offsets.len() < 2 {
            return None;
        }
        let position_offsets = self.append_u32s(table.position_offsets.iter().copied());
        let positions = self.append_bytes(&table.positions, 1);
        let file_offsets = self.append_u32s(table.file_offsets.iter().copied());
        let files = self.append_bytes(table.files.as_bytes(), 1);
        let record = self.reserve_record::<SourceMap>();
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_address(field(offset_of!(SourceMap, show)), runtime(SHOW_SOURCE_SYMBOL));
        out.put_slice(field(offset_of!(SourceMap, position_offsets)), position_offsets, table.position_offsets.len());
        out.put_slice(field(offset_of!(SourceMap, positions)), positions, table.positions.len());
        out.put_slice(field(offset_of!(SourceMap, file_offsets)), file_offsets, table.file_offsets.len());
        out.put_slice(field(offset_of!(SourceMap, files)), files, table.files.len());
        Some(read_only(record))
    }
}

/// What the record refers to.
struct Table {
    position_offsets: Vec<u32>,
    positions: Vec<u8>,
    file_offsets: Vec<u32>,
    files: String,
}

impl Table {
    fn of(lines: &SourceLines, code: &CompiledCode) -> Table {
        let mut table =
            Table { position_offsets: vec![0], positions: Vec::new(), file_offsets: vec![0], files: String::new() };
        let mut numbers = HashMap::new();
        let ends = code.entry_offsets.values().copied().skip(1).chain([code.entries.len() as u32]);
        for (start, end) in code.entry_offsets.values().zip(ends) {
            let mut encoder = Encoder::default();
            if let Some((body, entries)) = body_and_entries(&code.entries[*start as usize..end as usize]) {
                for entry in entries {
                    let position = lines.at(body.wrapping_add(entry.wasm_offset));
                    let position = position.map_or(Position::default(), |SourcePosition { file, line, column }| {
                        let file = *numbers.entry(file).or_insert_with(|| table.add_file(lines.file(file)));
                        Position { file, line, column }
                    });
                    encoder.append(position, &mut table.positions);
                }
            }
            table.position_offsets.push(table.positions.len() as u32);
        }
        table
    }

    /// Gives the number of a file that is new.
    fn add_file(&mut self, path: &str) -> u32 {
        append_line(path, &mut self.files);
        self.file_offsets.push(self.files.len() as u32);
        self.file_offsets.len() as u32 - 2
    }
}
