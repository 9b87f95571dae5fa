//! The DWARF that a module carries in custom sections.

use crate::module::Module;
use gimli::{Dwarf, EndianSlice, LittleEndian, SectionId};

/// Bytes of a section.
pub(super) type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// The DWARF of `module`; `None` when it has no units. Nothing of it has been looked at: any part may be nonsense.
pub(super) fn read<'a>(module: &Module<'a>) -> Option<Dwarf<Slice<'a>>> {
    module.custom_section(SectionId::DebugInfo.name())?;
    let section = |id: SectionId| {
        let bytes = module.custom_section(id.name()).unwrap_or(&[]);
        Ok::<_, gimli::Error>(EndianSlice::new(bytes, LittleEndian))
    };
    Dwarf::load(section).ok()
}
