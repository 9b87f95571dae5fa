//! Where variables are, and what frames count from: attributes of the module's entries whose values depend on locals, which are somewhere
//! else every few instructions.

use super::address_map::FunctionPlace;
use super::dwarf::Slice;
use super::expression::{Kept, Surroundings, locals_of};
use super::pointers::{self, is_pointer};
use super::{Program, is_wide};
use crate::codegen::{LocalPlace, ValuePlace};
use gimli::constants as dw;
use gimli::read::{self, UnitRef};
use gimli::write::{AttributeValue, ConvertUnit, ConvertUnitEntry, Expression, Location, LocationList, UnitEntryId};
use std::cell::RefCell;
use std::ops::Range;

/// Converts attributes of entries in one function, or in none.
pub(super) struct Locator<'p> {
    pub(super) program: &'p Program<'p>,
    pub(super) function: Option<&'p FunctionPlace>,
}

impl<'p> Locator<'p> {
    /// What the function's frame counts from.
    pub(super) fn frame_base<'a, 'd>(
        &self,
        unit: &mut ConvertUnit<'a, Slice<'d>>,
        attribute: &read::Attribute<Slice<'d>>,
    ) -> Option<AttributeValue> {
        let read::AttributeValue::Exprloc(expression) = attribute.value() else { return None };
        let entries = |offset| unit.convert_unit_ref(offset).ok();
        let translate = |surroundings: &Surroundings<'_, '_>| surroundings.frame_base(expression);
        let everywhere = self.function?;
        let wasm = everywhere.wasm.clone();
        let places = self.placed(unit.read_unit, &entries, expression, &[wasm], &translate);
        self.attribute(unit, places)
    }

    /// Where a variable is.
    pub(super) fn location<'a, 'd>(
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
            let mut add = |expression, wasm: &[Range<u32>]| {
                let translate = |surroundings: &Surroundings<'_, '_>| match is_pointer {
                    true => surroundings.pointer(expression),
                    false => surroundings.location(expression),
                };
                places.extend(self.placed(read_unit, &entries, expression, wasm, &translate));
            };
            match attribute.value() {
                read::AttributeValue::Exprloc(expression) => match self.function {
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
        wasm: &[Range<u32>],
        translate: &dyn Fn(&Surroundings<'_, 'd>) -> Option<Expression>,
    ) -> Placed {
        let program = self.program;
        let known: RefCell<Vec<(u32, ValuePlace)>> = RefCell::default();
        let function = self.function;
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
    fn stretches(&self, function: &FunctionPlace, locals: &[u32], wasm: &[Range<u32>]) -> Vec<Stretch> {
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
type Stretch = (Range<u32>, Vec<(u32, ValuePlace)>);

/// What an expression became.
#[derive(Default)]
struct Placed {
    /// It is the same wherever the program is.
    everywhere: Option<Expression>,
    /// What it is in parts of the text.
    parts: Vec<(Range<u32>, Expression)>,
}

impl Placed {
    fn extend(&mut self, other: Placed) {
        self.everywhere = self.everywhere.take().or(other.everywhere);
        self.parts.extend(other.parts);
    }
}
