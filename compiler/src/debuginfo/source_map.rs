//! Source maps (ECMA-426), as AssemblyScript and Emscripten write them: there is one generated line, whose columns are offsets in
//! the module.

use super::source_lines::{SourceLines, SourcePosition};
use crate::module::Module;
use serde::Deserialize;

#[derive(Deserialize)]
struct SourceMap {
    version: u32,
    #[serde(default, rename = "sourceRoot")]
    source_root: Option<String>,
    sources: Vec<Option<String>>,
    mappings: String,
}

/// What the map says of `module`; `None` when it makes no sense.
pub(super) fn lines(map: &[u8], module: &Module<'_>) -> Option<SourceLines> {
    let map: SourceMap = serde_json::from_slice(map).ok().filter(|map: &SourceMap| map.version == 3)?;
    let root = map.source_root.filter(|root| !root.is_empty());
    let with_root = |source: Option<String>| match (&root, source.unwrap_or_default()) {
        (Some(root), source) => format!("{}/{source}", root.trim_end_matches('/')),
        (None, source) => source,
    };
    let files: Vec<String> = map.sources.into_iter().map(with_root).collect();
    let mut rows = Vec::new();
    // Each field but the first counts from the segment before.
    let (mut offset, mut file, mut line, mut column) = (0i64, 0i64, 0i64, 0i64);
    let first_line = map.mappings.split(';').next().unwrap_or_default();
    for segment in first_line.split(',').filter(|segment| !segment.is_empty()) {
        let fields = numbers(segment)?;
        offset = offset.checked_add(*fields.first()?)?;
        let position = match fields[1..] {
            [file_step, line_step, column_step, ..] => {
                file = file.checked_add(file_step)?;
                line = line.checked_add(line_step)?;
                column = column.checked_add(column_step)?;
                // Lines and columns count from 0 there.
                let known = usize::try_from(file).is_ok_and(|file| file < files.len());
                let from_one = |number: i64| u32::try_from(number).ok()?.checked_add(1);
                known.then(|| Some((file as u32, from_one(line)?, from_one(column)?))).flatten()
            }
            _ => None,
        };
        let position = position.map(|(file, line, column)| SourcePosition { file, line, column });
        rows.push((u32::try_from(offset).ok()?, position));
    }
    let end = module.bodies.last()?.range.end as u32;
    (!rows.is_empty()).then(|| SourceLines::of_files(files, rows, end))
}

/// The numbers of a segment: base 64, five bits a digit, the lowest first, the sign in the lowest bit of all.
fn numbers(segment: &str) -> Option<Vec<i64>> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const CONTINUES: u64 = 1 << 5;
    let mut numbers = Vec::new();
    let (mut number, mut shift) = (0u64, 0);
    for byte in segment.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte)? as u64;
        if shift > 60 {
            return None;
        }
        number |= (digit & (CONTINUES - 1)) << shift;
        shift += 5;
        if digit & CONTINUES == 0 {
            let magnitude = (number >> 1) as i64;
            numbers.push(if number & 1 == 1 { -magnitude } else { magnitude });
            (number, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Features;
    use crate::parse::parse;

    /// A nop at offset 23, and one at 24.
    const TWO_NOPS: &str = "(module (func nop nop))";

    #[test]
    fn numbers_are_those_of_the_specification() {
        assert_eq!(numbers("AAAA"), Some(vec![0, 0, 0, 0]));
        assert_eq!(numbers("uBgC+/B"), Some(vec![23, 32, 1023]));
        assert_eq!(numbers("D"), Some(vec![-1]));
        assert_eq!(numbers("g"), None);
        assert_eq!(numbers("AA?"), None);
    }

    #[test]
    fn a_place_has_the_line_of_the_segment_before_it() {
        let binary = wat::parse_str(TWO_NOPS).expect("it is a module");
        let module = parse(&binary, "two", Features::supported()).expect("it is valid");
        let start = module.bodies[0].range.start as u32 + 1;
        assert_eq!(start, 23);
        let map = br#"{"version":3,"sourceRoot":"src/","sources":["a.ts","b.ts"],"names":[],"mappings":"uBACE,CCCA"}"#;
        let lines = lines(map, &module).expect("it makes sense");
        let at = |offset| lines.at(offset).map(|at| (lines.file(at.file).to_owned(), at.line, at.column));
        assert_eq!(at(start - 1), None);
        assert_eq!(at(start), Some(("src/a.ts".to_owned(), 2, 3)));
        assert_eq!(at(start + 1), Some(("src/b.ts".to_owned(), 3, 3)));
    }

    #[test]
    fn nonsense_is_no_map() {
        let binary = wat::parse_str(TWO_NOPS).expect("it is a module");
        let module = parse(&binary, "two", Features::supported()).expect("it is valid");
        for map in [
            "",
            "{}",
            r#"{"version":2,"sources":[],"mappings":""}"#,
            r#"{"version":3,"sources":[],"mappings":"gggggggggggggggggggg"}"#,
        ] {
            assert!(lines(map.as_bytes(), &module).is_none(), "{map}");
        }
    }
}
