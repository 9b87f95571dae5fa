//! The text format as the source of a module that names no other.

use super::source_lines::SourceLines;
use crate::module::Module;
use std::path::Path;
use wasmparser::{BinaryReader, FunctionBody};
use wast::core::{FuncKind, ModuleField, ModuleKind};
use wast::parser::{ParseBuffer, parse};
use wast::{Wat, core};

/// The lines of `module`, whose text is `text`, the contents of the file at `path`.
pub fn lines_of_text(text: &str, module: &Module<'_>, path: &Path) -> Option<SourceLines> {
    let mut buffer = ParseBuffer::new(text).ok()?;
    buffer.track_instr_spans(true);
    let Wat::Module(core::Module { kind: ModuleKind::Text(fields), .. }) = parse::<Wat<'_>>(&buffer).ok()? else {
        return None;
    };
    let bodies = fields.iter().filter_map(|field| match field {
        ModuleField::Func(function) => match &function.kind {
            FuncKind::Inline { expression, .. } => Some((function.span, expression)),
            FuncKind::Import(..) => None,
        },
        _ => None,
    });
    let starts = line_starts(text);
    let mut rows = Vec::new();
    for ((function, expression), body) in bodies.zip(&module.bodies) {
        let mut spans = expression.instr_spans.iter().flatten().copied();
        let mut last = function;
        rows.push((body.range.start as u32, position(&starts, function.offset())));
        let reader = BinaryReader::new(&module.bytes[body.range.clone()], body.range.start);
        let mut operators = FunctionBody::new(reader).get_operators_reader().ok()?;
        while !operators.eof() {
            let (_, offset) = operators.read_with_offset().ok()?;
            // The `end` of the body is not written.
            last = spans.next().unwrap_or(last);
            rows.push((offset as u32, position(&starts, last.offset())));
        }
    }
    Some(SourceLines::of_file(path, rows, end_of_code(module)))
}

/// The first line of what [`print`] makes: who finds a file without it did not get it from here.
pub const FIRST_LINE: &str =
    ";; The text of a WebAssembly module without debug information, for debuggers (wasmc build -g)\n";

/// The text of `module`, to be written to `path`, and its lines.
pub fn print(module: &Module<'_>, path: &Path) -> Option<(String, SourceLines)> {
    let mut storage = String::new();
    let mut text = FIRST_LINE.to_owned();
    let mut rows = Vec::new();
    let lines = wasmprinter::Config::new().offsets_and_lines(module.bytes, &mut storage).ok()?;
    for (number, (offset, line)) in (2..).zip(lines) {
        text.push_str(line);
        rows.extend(offset.map(|offset| (offset as u32, (number, 0))));
    }
    Some((text, SourceLines::of_file(path, rows, end_of_code(module))))
}

fn end_of_code(module: &Module<'_>) -> u32 {
    module.bodies.last().map_or(0, |body| body.range.end as u32)
}

/// The offset of the first byte of each line.
fn line_starts(text: &str) -> Vec<usize> {
    let behind_breaks = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, offset)| offset);
    std::iter::once(0).chain(behind_breaks).collect()
}

/// Line and column of an offset in the text, both from 1.
fn position(starts: &[usize], offset: usize) -> (u32, u32) {
    let line = starts.partition_point(|start| *start <= offset);
    (line as u32, (offset - starts[line - 1]) as u32 + 1)
}
