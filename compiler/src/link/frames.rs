//! What `.eh_frame` of an executable says of the runtime: only the linker knows where its code is.
//!
//! `object/frames.rs` leaves entries that cover nothing yet. Here they get the text behind the module's, but for what a
//! signal handler returns to: unwinders recognise that by its instructions, where nothing else is said of it.

use object::read::elf::ElfFile64;
use object::{Endianness, Object, ObjectSection, ObjectSymbol};
use std::ops::Range;
use wasmc_runtime::abi::SIGNAL_RETURN_SYMBOL;

/// Lets the entries that cover nothing cover the runtime. `None` when they are not as expected: then nothing has changed.
pub(super) fn complete(executable: &mut [u8]) -> Option<()> {
    let (frames, header, runtime, gap) = read(executable)?;
    let empty = frames.empty_entries(executable)?;
    let first_start = empty.first()?.start(executable, &frames)?;
    let first = first_start..gap.as_ref().map_or(runtime, |gap| gap.start);
    let parts: Vec<Range<u64>> = [first].into_iter().chain(gap.map(|gap| gap.end..runtime)).collect();
    if parts.len() != empty.len() {
        return None;
    }
    for (entry, part) in empty.iter().zip(&parts) {
        let place = frames.address + (entry.place + START - frames.offset) as u64;
        put(executable, entry.place + START, part.start.wrapping_sub(place) as u32)?;
        put(executable, entry.place + LENGTH, u32::try_from(part.end.checked_sub(part.start)?).ok()?)?;
    }
    sort_table(executable, &frames, &header)
}

/// Fields of an entry: where its code starts, relative to the field, and how long it is.
const START: usize = 8;
const LENGTH: usize = 12;

/// A section in memory and in the file.
struct Place {
    address: u64,
    offset: usize,
    size: usize,
}

/// An entry, by its place in the file.
struct Entry {
    place: usize,
}

impl Entry {
    /// The address of its code.
    fn start(&self, executable: &[u8], frames: &Place) -> Option<u64> {
        let field = frames.address + (self.place + START - frames.offset) as u64;
        Some(field.wrapping_add_signed(i64::from(word(executable, self.place + START)? as i32)))
    }
}

impl Place {
    /// All entries.
    fn entries(&self, executable: &[u8]) -> Option<Vec<Entry>> {
        let mut entries = Vec::new();
        let mut place = self.offset;
        while place < self.offset + self.size {
            // A record begins with its length; the last one is 0.
            let length = word(executable, place)?;
            if length == 0 {
                break;
            }
            // Then what an entry belongs to; what entries belong to has 0 there.
            if word(executable, place + 4)? != 0 {
                entries.push(Entry { place });
            }
            place += 4 + length as usize;
        }
        Some(entries)
    }

    fn empty_entries(&self, executable: &[u8]) -> Option<Vec<Entry>> {
        let is_empty = |entry: &Entry| word(executable, entry.place + LENGTH) == Some(0);
        Some(self.entries(executable)?.into_iter().filter(is_empty).collect())
    }
}

/// `.eh_frame`, `.eh_frame_hdr`, the end of the text, and what is to be left out of it.
fn read(executable: &[u8]) -> Option<(Place, Place, u64, Option<Range<u64>>)> {
    let file = ElfFile64::<Endianness>::parse(executable).ok()?;
    let place = |name| {
        let section = file.section_by_name(name)?;
        let (offset, size) = section.file_range()?;
        Some(Place { address: section.address(), offset: offset as usize, size: size as usize })
    };
    let text = file.section_by_name(".text")?;
    // Unwinders look a return address up by the byte before it.
    let code = file.symbol_by_name(SIGNAL_RETURN_SYMBOL);
    let gap = code.map(|symbol| symbol.address() - 1..symbol.address() + symbol.size());
    Some((place(".eh_frame")?, place(".eh_frame_hdr")?, text.address() + text.size(), gap))
}

/// Writes the table anew by which entries are found: pairs of where code starts and where its entry is, both relative to
/// the section, in the order of the code.
fn sort_table(executable: &mut [u8], frames: &Place, header: &Place) -> Option<()> {
    const TABLE: usize = 12;
    let mut rows = Vec::new();
    for entry in frames.entries(executable)? {
        let start = entry.start(executable, frames)?;
        rows.push((start, frames.address + (entry.place - frames.offset) as u64));
    }
    rows.sort_unstable();
    if TABLE + rows.len() * 8 > header.size {
        return None;
    }
    for (index, (start, entry)) in rows.into_iter().enumerate() {
        let place = header.offset + TABLE + index * 8;
        put(executable, place, start.wrapping_sub(header.address) as u32)?;
        put(executable, place + 4, entry.wrapping_sub(header.address) as u32)?;
    }
    Some(())
}

fn word(bytes: &[u8], place: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(place..)?.first_chunk()?))
}

fn put(bytes: &mut [u8], place: usize, value: u32) -> Option<()> {
    *bytes.get_mut(place..)?.first_chunk_mut()? = value.to_le_bytes();
    Some(())
}
