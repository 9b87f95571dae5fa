//! Which line of which source file a place in the module comes from.

use super::dwarf::{self, Slice};
use super::source_map;
use crate::module::Module;
use crate::options::Sources;
use gimli::{ColumnType, Dwarf, UnitRef};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// The lines of a module, by offset in its bytes.
#[derive(Debug, Default)]
pub struct SourceLines {
    /// Paths, as the producer wrote them; each once.
    files: Vec<String>,
    /// By ascending offset; each holds up to the next.
    rows: Vec<Row>,
}

/// A line of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SourcePosition {
    /// The file's number, for [`SourceLines::file`].
    pub file: u32,
    /// From 1.
    pub line: u32,
    /// From 1; 0 when it is not known.
    pub column: u32,
}

/// What holds from an offset on.
#[derive(Clone, Copy, Debug)]
struct Row {
    offset: u32,
    /// `None` behind the end of what is known, and for code that no line stands behind.
    position: Option<SourcePosition>,
}

/// A path with more bytes than this is cut down to its last part: a few bytes of DWARF could name it a million times.
const LONGEST_PATH: usize = 4096;

impl SourceLines {
    /// What `module`, or what lies beside it, says of its lines; `None` when that is nothing, or nothing that can be read.
    pub fn of(module: &Module<'_>, sources: &Sources) -> Option<SourceLines> {
        let of_dwarf = SourceLines::of_dwarf(module, sources);
        of_dwarf.or_else(|| source_map::lines(sources.source_map.as_deref()?, module))
    }

    fn of_dwarf(module: &Module<'_>, sources: &Sources) -> Option<SourceLines> {
        let dwarf = dwarf::read(module, sources)?;
        let mut collector = Collector::new(module);
        let mut units = dwarf.units();
        while let Ok(Some(header)) = units.next() {
            // A unit that cannot be read leaves the others as they are.
            if let Ok(unit) = dwarf.unit(header) {
                let _ = collector.add_unit(&dwarf, UnitRef::new(&dwarf, &unit));
            }
        }
        let lines = collector.finish();
        (!lines.rows.is_empty()).then_some(lines)
    }

    /// The lines of a module that comes from `files`: where from an offset on it does, until code ends.
    pub(super) fn of_files(files: Vec<String>, rows: Vec<(u32, Option<SourcePosition>)>, end: u32) -> SourceLines {
        let rows = rows.into_iter().filter(|(offset, _)| *offset < end);
        let mut rows: Vec<Row> = rows.map(|(offset, position)| Row { offset, position }).collect();
        rows.sort_by_key(|row| row.offset);
        rows.push(Row { offset: end, position: None });
        SourceLines { files, rows }
    }

    /// The lines of a module that comes from one file: what line and column, each from 1, code has from an offset on, and where it
    /// ends. The column is 0 where it is not known.
    pub(super) fn of_file(path: &Path, rows: Vec<(u32, (u32, u32))>, end: u32) -> SourceLines {
        let position = |(offset, (line, column))| (offset, Some(SourcePosition { file: 0, line, column }));
        SourceLines::of_files(vec![path.display().to_string()], rows.into_iter().map(position).collect(), end)
    }

    /// The line of the operator at `offset` in the module's bytes.
    pub fn at(&self, offset: u32) -> Option<SourcePosition> {
        let behind = self.rows.partition_point(|row| row.offset <= offset);
        self.rows[..behind].last()?.position
    }

    /// All files, in the order of their numbers.
    pub fn files(&self) -> impl ExactSizeIterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The path of a file that a position names.
    pub fn file(&self, file: u32) -> &str {
        self.files.get(file as usize).map_or("", String::as_str)
    }
}

/// Rows between two offsets, without a gap.
struct Sequence {
    start: u32,
    end: u32,
    rows: Vec<Row>,
}

/// Gathers the sequences of all line programs.
struct Collector {
    /// Where the code section's contents start and end.
    code: std::ops::Range<u64>,
    /// Where code of functions starts: what refers to nothing else belongs to functions that the producer's linker left out.
    first_body: u64,
    files: Vec<String>,
    known_files: HashMap<String, u32>,
    sequences: Vec<Sequence>,
    /// Units may share a line program.
    seen: HashSet<usize>,
}

impl Collector {
    fn new(module: &Module<'_>) -> Collector {
        let code_start = module.code_start() as u64;
        let bodies = module.bodies.first().zip(module.bodies.last());
        let (first_body, end) =
            bodies.map_or((0, code_start), |(first, last)| (first.range.start as u64, last.range.end as u64));
        Collector {
            code: code_start..end,
            first_body,
            files: Vec::new(),
            known_files: HashMap::new(),
            sequences: Vec::new(),
            seen: HashSet::new(),
        }
    }

    fn add_unit(&mut self, dwarf: &Dwarf<Slice<'_>>, unit: UnitRef<'_, Slice<'_>>) -> gimli::Result<()> {
        let Some(program) = unit.line_program.clone() else { return Ok(()) };
        if !self.seen.insert(program.header().offset().0) {
            return Ok(());
        }
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let mut sequence: Option<Sequence> = None;
        let mut rows = program.rows();
        while let Some((header, row)) = rows.next_row()? {
            let Some(offset) = self.offset(row.address()) else {
                sequence = None;
                continue;
            };
            let current = sequence.get_or_insert_with(|| Sequence { start: offset, end: offset, rows: Vec::new() });
            if offset < current.end {
                // Addresses ascend in a sequence: whatever this one is about, it cannot be believed.
                sequence = None;
                continue;
            }
            current.end = offset;
            if row.end_sequence() {
                self.sequences.extend(sequence.take());
                continue;
            }
            let file = *numbers.entry(row.file_index()).or_insert_with(|| {
                let path = row.file(header).map(|file| path(dwarf, unit, header, file)).unwrap_or_default();
                self.number_of(path)
            });
            let position = row.line().and_then(|line| {
                let column = match row.column() {
                    ColumnType::LeftEdge => 0,
                    ColumnType::Column(column) => u32::try_from(column.get()).ok()?,
                };
                Some(SourcePosition { file, line: u32::try_from(line.get()).ok()?, column })
            });
            current.rows.push(Row { offset, position });
        }
        Ok(())
    }

    /// An address of DWARF as an offset in the module; `None` when no function is there.
    fn offset(&self, address: u64) -> Option<u32> {
        let offset = address.checked_add(self.code.start)?;
        // The size of a body stands before it.
        const LONGEST_SIZE: u64 = 5;
        (offset + LONGEST_SIZE >= self.first_body && offset <= self.code.end).then_some(u32::try_from(offset).ok()?)
    }

    fn number_of(&mut self, path: String) -> u32 {
        let next = self.files.len() as u32;
        *self.known_files.entry(path).or_insert_with_key(|path| {
            self.files.push(path.clone());
            next
        })
    }

    /// All rows in order. Where sequences overlap, the one that starts first holds.
    fn finish(mut self) -> SourceLines {
        self.sequences.sort_by_key(|sequence| sequence.start);
        let mut rows: Vec<Row> = Vec::new();
        let mut end = 0;
        for sequence in self.sequences {
            if sequence.start < end || sequence.start == sequence.end {
                continue;
            }
            end = sequence.end;
            rows.extend(sequence.rows);
            rows.push(Row { offset: end, position: None });
        }
        SourceLines { files: self.files, rows }
    }
}

/// The path of a file: what is relative follows the directory that it is relative to.
fn path(
    dwarf: &Dwarf<Slice<'_>>,
    unit: UnitRef<'_, Slice<'_>>,
    header: &gimli::LineProgramHeader<Slice<'_>>,
    file: &gimli::FileEntry<Slice<'_>>,
) -> String {
    let text = |value| {
        let string = dwarf.attr_string(&unit, value).ok();
        string.map_or(String::new(), |string| string.to_string_lossy().into_owned())
    };
    let name = text(file.path_name());
    if name.starts_with('/') {
        return name;
    }
    let directory = file.directory(header).map(text).unwrap_or_default();
    let compilation = unit.comp_dir.map_or(String::new(), |directory| directory.to_string_lossy().into_owned());
    let parts = match directory {
        directory if directory.is_empty() => vec![compilation, name],
        directory if directory.starts_with('/') || directory == compilation => vec![directory, name],
        directory => vec![compilation, directory, name],
    };
    let length: usize = parts.iter().map(|part| part.len() + 1).sum();
    if length > LONGEST_PATH {
        let name = parts.last().map(String::as_str).unwrap_or_default();
        return name.chars().take(LONGEST_PATH / 4).collect();
    }
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Features;
    use crate::parse::parse;
    use gimli::write::{Address, AttributeValue, DwarfUnit, EndianVec, LineProgram, LineString, Sections};
    use gimli::{Encoding, Format, LineEncoding, LittleEndian};

    /// A module, and DWARF with a line for each offset of its code section.
    fn with_lines(text: &str, rows: &[(u64, u64)], end: u64) -> Vec<u8> {
        let mut module = wat::parse_str(text).expect("it is a module");
        let encoding = Encoding { address_size: 4, format: Format::Dwarf32, version: 4 };
        let name = |text: &str| LineString::String(text.into());
        let mut program =
            LineProgram::new(encoding, LineEncoding::default(), name("/src"), None, name("two.wat"), None);
        let directory = program.default_directory();
        let file = program.add_file(name("two.wat"), directory, None);
        program.begin_sequence(Some(Address::Constant(0)));
        for (offset, line) in rows {
            let row = program.row();
            (row.address_offset, row.file, row.line) = (*offset, file, *line);
            program.generate_row();
        }
        program.end_sequence(end);
        let mut dwarf = DwarfUnit::new(encoding);
        dwarf.unit.line_program = program;
        let root = dwarf.unit.root();
        let directory = AttributeValue::String(b"/src".to_vec());
        dwarf.unit.get_mut(root).set(gimli::DW_AT_comp_dir, directory);
        let mut sections = Sections::new(EndianVec::new(LittleEndian));
        dwarf.write(&mut sections).expect("it can be written");
        sections
            .for_each(|id, section| {
                let section = wasm_section(id.name(), section.slice());
                module.extend(section);
                Ok::<_, gimli::Error>(())
            })
            .expect("nothing here fails");
        module
    }

    fn wasm_section(name: &str, contents: &[u8]) -> Vec<u8> {
        let length = 1 + name.len() + contents.len();
        let length = [(length & 0x7f | 0x80) as u8, (length >> 7) as u8];
        [&[0][..], &length, &[name.len() as u8], name.as_bytes(), contents].concat()
    }

    const TWO_FUNCTIONS: &str = "(module
        (func (export \"one\") (result i32)
            i32.const 1
            i32.const 2
            i32.add)
        (func (export \"two\")
            nop))";

    /// The first function's three operators, and the second's.
    const ROWS: &[(u64, u64)] = &[(3, 3), (5, 4), (7, 5), (9, 7)];

    #[test]
    fn each_operator_has_the_line_that_it_is_written_on() {
        let binary = with_lines(TWO_FUNCTIONS, ROWS, 11);
        let module = parse(&binary, "two", Features::supported()).expect("it is valid");
        let lines = SourceLines::of(&module, &Sources::default()).expect("it has lines");
        let start = module.code_start() as u32;
        let line = |offset| lines.at(start + offset).map(|position| (lines.file(position.file), position.line));
        assert_eq!(line(3), Some(("/src/two.wat", 3)));
        assert_eq!(line(6), Some(("/src/two.wat", 4)));
        assert_eq!(line(7), Some(("/src/two.wat", 5)));
        assert_eq!(line(10), Some(("/src/two.wat", 7)));
        assert_eq!(line(11), None);
        assert_eq!(lines.at(0), None);
    }

    #[test]
    fn damaged_dwarf_gives_less_but_nothing_else() {
        let mut binary = with_lines(TWO_FUNCTIONS, ROWS, 11);
        let start = parse(&binary, "two", Features::supported()).expect("it is valid").code_start();
        for place in start..binary.len() {
            let intact = binary[place];
            for byte in [0, 0xff, intact.wrapping_add(1)] {
                binary[place] = byte;
                if let Ok(module) = parse(&binary, "two", Features::supported()) {
                    let lines = SourceLines::of(&module, &Sources::default());
                    lines.map(|lines| (0..binary.len() as u32).filter_map(|offset| lines.at(offset)).count());
                }
            }
            binary[place] = intact;
        }
    }

    #[test]
    fn a_module_without_dwarf_has_no_lines() {
        let binary = wat::parse_str(TWO_FUNCTIONS).expect("it is a module");
        let module = parse(&binary, "two", Features::supported()).expect("it is valid");
        assert!(SourceLines::of(&module, &Sources::default()).is_none());
    }
}
