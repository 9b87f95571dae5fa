//! The DWARF of a module: in custom sections, its own or those of a file that goes with it.

use crate::module::Module;
use crate::options::Sources;
use gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};
use std::collections::HashMap;
use wasmparser::{Parser, Payload};

/// Bytes of a section.
pub(super) type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// The DWARF of `module`; `None` when it has no units. Nothing of it has been looked at: any part may be nonsense.
pub(super) fn read<'a>(module: &Module<'a>, sources: &'a Sources) -> Option<Dwarf<Slice<'a>>> {
    let own = module.custom_sections.iter().map(|section| (section.name, section.bytes));
    load(own.collect()).or_else(|| load(custom_sections(sources.debug_module.as_deref()?)))
}

fn load<'a>(sections: HashMap<&str, &'a [u8]>) -> Option<Dwarf<Slice<'a>>> {
    sections.get(SectionId::DebugInfo.name())?;
    let section = |id: SectionId| {
        let bytes = sections.get(id.name()).copied().unwrap_or_default();
        Ok::<_, gimli::Error>(EndianSlice::new(bytes, LittleEndian))
    };
    Dwarf::load(section).ok()
}

/// The custom sections of a module, as far as it makes sense.
fn custom_sections(module: &[u8]) -> HashMap<&str, &[u8]> {
    let payloads = Parser::new(0).parse_all(module).map_while(Result::ok);
    let sections = payloads.filter_map(|payload| match payload {
        Payload::CustomSection(section) => Some((section.name(), section.data())),
        _ => None,
    });
    sections.collect()
}

/// The files that a binary module names: one with its DWARF (`external_debug_info`), and its source map (`sourceMappingURL`).
/// Paths or addresses, as the producer wrote them.
pub fn named_files(module: &[u8]) -> [Option<String>; 2] {
    let sections = custom_sections(module);
    ["external_debug_info", "sourceMappingURL"].map(|name| {
        let mut reader = wasmparser::BinaryReader::new(sections.get(name)?, 0);
        reader.read_string().ok().map(str::to_owned)
    })
}
