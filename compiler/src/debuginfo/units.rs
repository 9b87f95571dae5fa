//! The module's entries for functions, variables and types, for the machine.

use super::Program;
use super::address_map::{AddressMap, FunctionPlace};
use super::dwarf::Slice;
use super::line_table::{self, text};
use super::locations::Locator;
use super::pointers::{self, is_pointer};
use gimli::constants as dw;
use gimli::read::{self, UnitRef};
use gimli::write::{
    self, Address, AttributeValue, ConvertResult, ConvertUnit, ConvertUnitEntry, FilterUnitEntry, FilterUnitSection,
    Range, RangeList, UnitEntryId,
};
use gimli::{Dwarf, Encoding, Format};

/// What debuggers of 64-bit machines read.
pub(super) const ENCODING: Encoding = Encoding { address_size: 8, format: Format::Dwarf32, version: 5 };

/// The DWARF of the program: of functions that have code, of variables, and of what these refer to.
///
/// # Errors
/// When the module's DWARF does not make sense.
pub(super) fn convert(dwarf: &Dwarf<Slice<'_>>, program: &Program<'_>) -> ConvertResult<write::Dwarf> {
    let mut filter = FilterUnitSection::new(dwarf)?;
    while let Some(mut unit) = filter.read_unit()? {
        let mut entry = unit.null_entry();
        while unit.read_entry(&mut entry)? {
            if is_needed(&entry, &program.map) {
                unit.require_entry(entry.offset);
            }
        }
    }
    let mut out = write::Dwarf::new();
    let mut section = out.convert_with_filter(filter)?;
    while let Some((mut unit, root)) = section.read_unit()? {
        unit.unit.set_encoding(ENCODING);
        let has_lines = line_table::convert(&mut unit, ENCODING, &program.map)?;
        let has_entries =
            UnitConversion { program, functions: Vec::new(), ranges: Vec::new() }.convert(&mut unit, root)?;
        if !has_lines && !has_entries {
            unit.skip();
        } else if let Some(memory) = program.memory {
            pointers::translate(unit.unit, memory);
        }
    }
    Ok(out)
}

/// Whether an entry is there for its own sake: a function with code, a variable that is somewhere.
fn is_needed(entry: &FilterUnitEntry<'_, Slice<'_>>, map: &AddressMap<'_>) -> bool {
    match entry.tag {
        dw::DW_TAG_subprogram => {
            low_pc(entry.read_unit, &entry.read_entry).and_then(|start| map.function(start)).is_some()
        }
        dw::DW_TAG_variable => {
            let is_global = matches!(entry.parent_tag, None | Some(dw::DW_TAG_namespace));
            is_global && global_address(entry.read_unit, &entry.read_entry).is_some()
        }
        _ => false,
    }
}

/// Where a function starts, as the module's DWARF counts.
fn low_pc<'d>(unit: UnitRef<'_, Slice<'d>>, entry: &read::DebuggingInformationEntry<Slice<'d>>) -> Option<u64> {
    unit.attr_address(entry.attr_value(dw::DW_AT_low_pc)?).ok()?
}

/// Where in linear memory a variable is; nothing for one that was left out, whose address is the last.
fn global_address(unit: UnitRef<'_, Slice<'_>>, entry: &read::DebuggingInformationEntry<Slice<'_>>) -> Option<u64> {
    let read::AttributeValue::Exprloc(expression) = entry.attr_value(dw::DW_AT_location)? else { return None };
    let address = match expression.operations(unit.encoding()).next().ok()?? {
        read::Operation::Address { address } => address,
        read::Operation::AddressIndex { index } => unit.address(index).ok()?,
        _ => return None,
    };
    let last = u64::MAX >> (64 - 8 * u32::from(unit.encoding().address_size.clamp(1, 8)));
    (address < last - 1).then_some(address)
}

/// One unit on its way.
struct UnitConversion<'p> {
    program: &'p Program<'p>,
    /// The functions that the entry in hand is in, with their depths.
    functions: Vec<(isize, Option<&'p FunctionPlace>)>,
    /// The code of all functions of the unit.
    ranges: Vec<std::ops::Range<u32>>,
}

impl<'p> UnitConversion<'p> {
    /// Converts all entries. Says whether there were any.
    fn convert<'a, 'd>(
        mut self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        root: ConvertUnitEntry<'a, Slice<'d>>,
    ) -> ConvertResult<bool> {
        let root_id = unit.unit.root();
        self.convert_attributes(unit, root_id, &root);
        // Ranges and locations of the unit count from there.
        unit.unit.get_mut(root_id).set(dw::DW_AT_low_pc, AttributeValue::Address(text(0)));
        let mut entry = root;
        let mut has_entries = false;
        let mut skipped = None;
        while let Some(id) = unit.read_entry(&mut entry)? {
            let depth = entry.depth;
            if skipped.is_some_and(|skipped| depth > skipped) {
                continue;
            }
            skipped = None;
            if is_call_site(entry.tag) {
                skipped = Some(depth);
                continue;
            }
            while self.functions.last().is_some_and(|(outer, _)| *outer >= depth) {
                self.functions.pop();
            }
            if entry.tag == dw::DW_TAG_subprogram {
                let start = low_pc(entry.read_unit, &entry.read_entry);
                self.functions.push((depth, start.and_then(|start| self.program.map.function(start))));
            }
            let Some(id) = id else { continue };
            has_entries = true;
            let id = unit.add_entry(Some(id), &entry);
            self.convert_attributes(unit, id, &entry);
        }
        self.ranges.sort_by_key(|range| range.start);
        self.ranges.dedup();
        let ranges = std::mem::take(&mut self.ranges);
        if !ranges.is_empty() {
            let list = unit.unit.ranges.add(range_list(&ranges));
            unit.unit.get_mut(root_id).set(dw::DW_AT_ranges, AttributeValue::RangeListRef(list));
        }
        Ok(has_entries)
    }

    /// Gives the new entry `id` what `entry` has. An attribute that cannot be converted is left out.
    fn convert_attributes<'a, 'd>(
        &mut self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        id: UnitEntryId,
        entry: &ConvertUnitEntry<'a, Slice<'d>>,
    ) {
        let mut has_code = false;
        for attribute in &entry.attrs {
            let value = match attribute.name() {
                dw::DW_AT_low_pc | dw::DW_AT_high_pc | dw::DW_AT_ranges => {
                    has_code = true;
                    continue;
                }
                name if is_dropped(name) => continue,
                dw::DW_AT_frame_base => self.locator().frame_base(unit, attribute),
                dw::DW_AT_location => self.locator().location(unit, entry, attribute),
                _ => {
                    let same = |address| Some(Address::Constant(address));
                    unit.convert_attribute_value(entry.read_unit, attribute, &same).ok()
                }
            };
            if let Some(value) = value {
                unit.unit.get_mut(id).set(attribute.name(), value);
            }
        }
        if has_code && entry.tag != dw::DW_TAG_compile_unit {
            self.set_ranges(unit, id, entry);
        }
        if is_pointer(entry.tag) && !entry.has_attr(dw::DW_AT_byte_size) {
            let size = entry.read_unit.encoding().address_size;
            unit.unit.get_mut(id).set(dw::DW_AT_byte_size, AttributeValue::Data1(size));
        }
    }

    /// Says where the code of a function or of a part of it is.
    fn set_ranges<'a, 'd>(
        &mut self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        id: UnitEntryId,
        entry: &ConvertUnitEntry<'a, Slice<'d>>,
    ) {
        let mut ranges = Vec::new();
        if let Ok(mut parts) = entry.read_unit.die_ranges(&entry.read_entry) {
            while let Ok(Some(part)) = parts.next() {
                ranges.extend(self.program.map.ranges(part.begin, part.end));
            }
        }
        let ranges = joined(ranges);
        let (low, high) = match ranges.as_slice() {
            [] => return,
            [range] => (range.start, range.end),
            ranges => {
                let list = unit.unit.ranges.add(range_list(ranges));
                unit.unit.get_mut(id).set(dw::DW_AT_ranges, AttributeValue::RangeListRef(list));
                return;
            }
        };
        if entry.tag == dw::DW_TAG_subprogram {
            self.ranges.push(low..high);
        }
        let new = unit.unit.get_mut(id);
        if entry.tag == dw::DW_TAG_subprogram
            && let Some(convention) = self.program.convention()
        {
            new.set(dw::DW_AT_calling_convention, convention);
        }
        new.set(dw::DW_AT_low_pc, AttributeValue::Address(text(low)));
        new.set(dw::DW_AT_high_pc, AttributeValue::Udata((high - low).into()));
    }

    /// Who knows where variables of the function in hand are.
    fn locator(&self) -> Locator<'p> {
        let function = self.functions.last().and_then(|(_, function)| *function);
        Locator { program: self.program, function }
    }
}

fn range_list(ranges: &[std::ops::Range<u32>]) -> RangeList {
    let pair = |range: &std::ops::Range<u32>| Range::OffsetPair { begin: range.start.into(), end: range.end.into() };
    RangeList(ranges.iter().map(pair).collect())
}

/// The same ranges, ascending, those joined that touch.
fn joined(mut ranges: Vec<std::ops::Range<u32>>) -> Vec<std::ops::Range<u32>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<std::ops::Range<u32>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// They are about return addresses in the module.
fn is_call_site(tag: gimli::DwTag) -> bool {
    matches!(tag, dw::DW_TAG_call_site | dw::DW_TAG_GNU_call_site)
}

/// What says something of the module that is not so of the program, or refers to sections that it has not.
fn is_dropped(name: gimli::DwAt) -> bool {
    matches!(
        name,
        dw::DW_AT_entry_pc
            | dw::DW_AT_call_all_calls
            | dw::DW_AT_call_all_tail_calls
            | dw::DW_AT_call_all_source_calls
            | dw::DW_AT_GNU_all_call_sites
            | dw::DW_AT_GNU_all_tail_call_sites
            | dw::DW_AT_GNU_pubnames
            | dw::DW_AT_GNU_locviews
            | dw::DW_AT_macros
            | dw::DW_AT_macro_info
            | dw::DW_AT_GNU_macros
    )
}
