//! The module's entries for functions, variables and types, for the machine.

use super::address_map::{AddressMap, FunctionPlace};
use super::dwarf::Slice;
use super::expression::{Kept, Surroundings, locals_of};
use super::line_table::{self, text};
use super::pointers::{self, is_pointer};
use super::{Program, is_wide};
use crate::codegen::{LocalPlace, ValuePlace};
use gimli::constants as dw;
use gimli::read::{self, UnitRef};
use gimli::write::{
    self, Address, AttributeValue, ConvertResult, ConvertUnit, ConvertUnitEntry, Expression, FilterUnitEntry,
    FilterUnitSection, Location, LocationList, Range, RangeList, UnitEntryId,
};
use gimli::{Dwarf, Encoding, Format};
use std::cell::RefCell;

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
                dw::DW_AT_frame_base => self.frame_base(unit, attribute),
                dw::DW_AT_location => self.location(unit, entry, attribute),
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

    fn function(&self) -> Option<&'p FunctionPlace> {
        self.functions.last().and_then(|(_, function)| *function)
    }

    fn frame_base<'a, 'd>(
        &self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        attribute: &read::Attribute<Slice<'d>>,
    ) -> Option<AttributeValue> {
        let read::AttributeValue::Exprloc(expression) = attribute.value() else { return None };
        let entries = |offset| unit.convert_unit_ref(offset).ok();
        let translate = |surroundings: &Surroundings<'_, '_>| surroundings.frame_base(expression);
        let everywhere = self.function()?;
        let wasm = everywhere.wasm.clone();
        let places = self.placed(unit.read_unit, &entries, expression, &[wasm], &translate);
        self.attribute(unit, places)
    }

    /// Where a variable is.
    fn location<'a, 'd>(
        &self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        entry: &ConvertUnitEntry<'a, Slice<'d>>,
        attribute: &read::Attribute<Slice<'d>>,
    ) -> Option<AttributeValue> {
        let read_unit = unit.read_unit;
        let is_pointer = pointers::is_variable(entry.tag) && has_pointer_type(read_unit, &entry.read_entry);
        let mut places = Placed::default();
        {
            let entries = |offset| unit.convert_unit_ref(offset).ok();
            let mut add = |expression, wasm: &[std::ops::Range<u32>]| {
                let translate = |surroundings: &Surroundings<'_, '_>| match is_pointer {
                    true => surroundings.pointer(expression),
                    false => surroundings.location(expression),
                };
                places.extend(self.placed(read_unit, &entries, expression, wasm, &translate));
            };
            match attribute.value() {
                read::AttributeValue::Exprloc(expression) => match self.function() {
                    Some(function) => add(expression, std::slice::from_ref(&function.wasm)),
                    None => add(expression, &[]),
                },
                value => {
                    let mut list = read_unit.attr_locations(value).ok()??;
                    while let Ok(Some(entry)) = list.next() {
                        let map = &self.program.map;
                        if let (Some(start), Some(end)) = (map.offset(entry.range.begin), map.offset(entry.range.end)) {
                            add(entry.data, std::slice::from_ref(&(start..end)));
                        }
                    }
                }
            }
        }
        self.attribute(unit, places)
    }

    fn attribute<'a, 'd>(&self, unit: &mut ConvertUnit<'a, Slice<'d>>, mut places: Placed) -> Option<AttributeValue> {
        if let Some(expression) = places.everywhere {
            return Some(AttributeValue::Exprloc(expression));
        }
        if places.parts.is_empty() {
            return None;
        }
        places.parts.sort_by_key(|(range, _)| range.start);
        let mut list: Vec<Location> = Vec::new();
        let mut end = 0;
        for (range, data) in places.parts {
            let start = range.start.max(end);
            if start >= range.end {
                continue;
            }
            if start == end
                && let Some(Location::OffsetPair { end: last_end, data: last, .. }) = list.last_mut()
                && *last == data
            {
                *last_end = range.end.into();
            } else {
                list.push(Location::OffsetPair { begin: start.into(), end: range.end.into(), data });
            }
            end = range.end;
        }
        Some(AttributeValue::LocationListRef(unit.unit.locations.add(LocationList(list))))
    }

    /// Where in the code that comes from `wasm` an expression means what. Where it does not depend on locals, and nothing
    /// is said of the code, it holds everywhere.
    fn placed<'a, 'd>(
        &self,
        unit: UnitRef<'a, Slice<'d>>,
        entries: &dyn Fn(gimli::UnitOffset) -> Option<UnitEntryId>,
        expression: gimli::Expression<Slice<'d>>,
        wasm: &[std::ops::Range<u32>],
        translate: &dyn Fn(&Surroundings<'_, 'd>) -> Option<Expression>,
    ) -> Placed {
        let program = self.program;
        let known: RefCell<Vec<(u32, ValuePlace)>> = RefCell::default();
        let function = self.function();
        let local = |index| {
            let place = known.borrow().iter().find(|(local, _)| *local == index)?.1;
            Some(Kept { place, is_wide: is_wide(program.module, function?.function, index) })
        };
        let global = |index| program.global(index);
        let surroundings =
            Surroundings { unit, memory: program.memory, local: &local, global: &global, entry: entries };
        let locals = locals_of(expression, unit);
        let is_whole = |function: &FunctionPlace| wasm.contains(&function.wasm);
        let mut placed = Placed::default();
        if locals.is_empty() && function.is_none_or(is_whole) {
            placed.everywhere = translate(&surroundings);
            return placed;
        }
        let Some(function) = function else { return placed };
        for (range, places) in self.stretches(function, &locals, wasm) {
            *known.borrow_mut() = places;
            match translate(&surroundings) {
                Some(expression) if range == function.text => placed.everywhere = Some(expression),
                Some(expression) => placed.parts.push((range, expression)),
                None => {}
            }
        }
        placed
    }

    /// The stretches of a function's code that come from `wasm`, cut where one of `locals` goes somewhere else.
    fn stretches(&self, function: &FunctionPlace, locals: &[u32], wasm: &[std::ops::Range<u32>]) -> Vec<Stretch> {
        let map = &self.program.map;
        let places = self.program.code.locals.get(function.code).map_or(&[][..], Vec::as_slice);
        let start = function.text.start;
        let of_locals: Vec<&[LocalPlace]> = locals
            .iter()
            .map(|local| {
                let first = places.partition_point(|place| place.local < *local);
                let end = places.partition_point(|place| place.local <= *local);
                &places[first..end]
            })
            .collect();
        let mut stretches = Vec::new();
        for range in wasm.iter().flat_map(|range| map.ranges_of(function, range.clone())) {
            let mut cuts = vec![range.start, range.end];
            for places in &of_locals {
                let first = places.partition_point(|place| start + place.end <= range.start);
                let inside = places[first..].iter().take_while(|place| start + place.start < range.end);
                let ends = inside.flat_map(|place| [start + place.start, start + place.end]);
                cuts.extend(ends.filter(|cut| range.contains(cut)));
            }
            cuts.sort_unstable();
            cuts.dedup();
            for pair in cuts.windows(2) {
                let at = pair[0] - start;
                let places_here = locals.iter().zip(&of_locals).filter_map(|(local, places)| {
                    let behind = places.partition_point(|place| place.start <= at);
                    let place = places[..behind].last().filter(|place| at < place.end)?;
                    Some((*local, place.place))
                });
                stretches.push((pair[0]..pair[1], places_here.collect()));
            }
        }
        stretches
    }
}

/// Whether a variable, or what it is an instance of, is a pointer.
fn has_pointer_type<'d>(unit: UnitRef<'_, Slice<'d>>, variable: &read::DebuggingInformationEntry<Slice<'d>>) -> bool {
    /// From an instance to its origin, and through the names of its type.
    const LONGEST_WAY: usize = 64;
    let mut entry = variable.clone();
    for _ in 0..LONGEST_WAY {
        let next = [dw::DW_AT_type, dw::DW_AT_abstract_origin, dw::DW_AT_specification];
        let next = next.into_iter().find_map(|name| entry.attr_value(name));
        let Some(read::AttributeValue::UnitRef(offset)) = next else { return false };
        let Ok(target) = unit.entry(offset) else { return false };
        match target.tag() {
            tag if is_pointer(tag) => return !leads_to_function(unit, target),
            tag if pointers::is_alias(tag) || pointers::is_variable(tag) || tag == dw::DW_TAG_member => entry = target,
            _ => return false,
        }
    }
    false
}

/// Whether a pointer is an index of a table.
fn leads_to_function<'d>(unit: UnitRef<'_, Slice<'d>>, pointer: read::DebuggingInformationEntry<Slice<'d>>) -> bool {
    const MOST_NAMES: usize = 64;
    let mut entry = pointer;
    for _ in 0..MOST_NAMES {
        let Some(read::AttributeValue::UnitRef(offset)) = entry.attr_value(dw::DW_AT_type) else { return false };
        match unit.entry(offset) {
            Ok(target) if target.tag() == dw::DW_TAG_subroutine_type => return true,
            Ok(target) if pointers::is_alias(target.tag()) => entry = target,
            _ => return false,
        }
    }
    false
}

/// A part of the text, and where locals are in it.
type Stretch = (std::ops::Range<u32>, Vec<(u32, ValuePlace)>);

/// What an expression became.
#[derive(Default)]
struct Placed {
    /// It is the same wherever the program is.
    everywhere: Option<Expression>,
    /// What it is in parts of the text.
    parts: Vec<(std::ops::Range<u32>, Expression)>,
}

impl Placed {
    fn extend(&mut self, other: Placed) {
        self.everywhere = self.everywhere.take().or(other.everywhere);
        self.parts.extend(other.parts);
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
