//! Where the locals of a function are while it runs, for debuggers.
//!
//! An optimised function has values, not locals. What a debugger asks, at an instruction that comes from the operator at
//! some offset, is: which value did the local have there, and is it still anywhere? So the body is cut, for each local, where its value may
//! change: behind an operator that sets it, and where ways meet of which one has set it. Between two such places one SSA value is the local's, and whoever
//! lowers reports which. An instruction that was moved is asked by the offset that it comes from, so that no debugger is shown a value of another time.

use crate::module::Body;
use std::collections::{BTreeMap, BTreeSet};
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// Where a value is while some of a function's code runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ValuePlace {
    /// In the register of this number in DWARF.
    Register(u16),
    /// In memory, so many bytes from where the caller's frame ends, which DWARF calls the canonical frame address.
    Frame(i32),
    /// Nowhere: it is this number.
    Constant(i64),
}

/// A local's place in a stretch of its function's code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LocalPlace {
    /// The local's index in the function, as WebAssembly counts.
    pub local: u32,
    /// Where the stretch begins, in bytes from the function's start.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Where the value is.
    pub place: ValuePlace,
}

/// A stretch of code and the operator that it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location {
    /// Where it begins, in bytes from the function's start, or from that of the text.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// The operator's offset in the module's bytes.
    pub wasm: u32,
}

/// What is known of a local from an offset on, until its value may change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub(super) local: u32,
    /// In the module's bytes.
    pub(super) offset: u32,
    /// Which of the values that were reported.
    pub(super) value: usize,
}

/// Places in a function's code at which a value is somewhere: where they begin and end, and where it is.
pub(super) type ValueRanges = Vec<(u32, u32, ValuePlace)>;

/// A function that would take more steps than this is left without the places of its locals.
const MOST_STEPS: usize = 50_000_000;

/// The places of all locals of a function, by local and start.
///
/// `locations` are its stretches of code, ascending; `ranges` says where a reported value is.
pub(super) fn places(
    body: &Body,
    bytes: &[u8],
    reports: &[Report],
    locations: &[Location],
    ranges: impl Fn(usize) -> ValueRanges,
) -> Vec<LocalPlace> {
    let Some(changes) = changes(body, bytes) else { return Vec::new() };
    let mut places: Vec<LocalPlace> = Vec::new();
    let mut steps = 0;
    for report in reports {
        let valid = changes.interval(report.local, report.offset);
        for (start, end, place) in ranges(report.value) {
            let first = locations.partition_point(|location| location.end <= start);
            let inside = locations[first..].iter().take_while(|location| location.start < end);
            let mut behind_last = None;
            for location in inside {
                steps += 1;
                if steps > MOST_STEPS {
                    return Vec::new();
                }
                if !valid.contains(&location.wasm) {
                    behind_last = None;
                    continue;
                }
                // What lies between, and comes from no operator, is of the same time.
                let first = behind_last.unwrap_or(location.start).max(start);
                places.push(LocalPlace { local: report.local, start: first, end: location.end.min(end), place });
                behind_last = Some(location.end);
            }
        }
    }
    join(places)
}

/// Sorts what may overlap, and joins what lies side by side.
fn join(mut places: Vec<LocalPlace>) -> Vec<LocalPlace> {
    places.sort_by_key(|place| (place.local, place.start, std::cmp::Reverse(place.end)));
    let mut joined: Vec<LocalPlace> = Vec::with_capacity(places.len());
    for mut place in places {
        if let Some(last) = joined.last_mut().filter(|last| last.local == place.local) {
            if place.end <= last.end {
                continue;
            }
            place.start = place.start.max(last.end);
            if place.start == last.end && place.place == last.place {
                last.end = place.end;
                continue;
            }
        }
        joined.push(place);
    }
    joined
}

/// For each local, the offsets from which on its value may be another one.
#[derive(Debug, Default)]
struct Changes {
    by_local: BTreeMap<u32, BTreeSet<u32>>,
}

impl Changes {
    /// The offsets around `offset` between which a local's value stays.
    fn interval(&self, local: u32, offset: u32) -> std::ops::Range<u32> {
        let Some(changes) = self.by_local.get(&local) else { return 0..u32::MAX };
        let start = changes.range(..=offset).next_back().copied().unwrap_or(0);
        let end = changes.range(offset + 1..).next().copied().unwrap_or(u32::MAX);
        start..end
    }

    fn add(&mut self, locals: &BTreeSet<u32>, offset: u32) {
        for local in locals {
            self.by_local.entry(*local).or_default().insert(offset);
        }
    }
}

/// A block, a loop or an arm of an `if` whose end is yet to come.
struct OpenBlock {
    start: u32,
    is_loop: bool,
    /// What it has set so far.
    set: BTreeSet<u32>,
}

/// Nested blocks of which each has set all locals would take as many steps as there are blocks and locals.
const MOST_CHANGES: usize = 4_000_000;

/// Finds the places; `None` when there are too many.
fn changes(body: &Body, bytes: &[u8]) -> Option<Changes> {
    let reader = BinaryReader::new(bytes.get(body.range.clone())?, body.range.start);
    let mut operators = FunctionBody::new(reader).get_operators_reader().ok()?;
    let mut changes = Changes::default();
    let mut open = vec![OpenBlock { start: 0, is_loop: false, set: BTreeSet::new() }];
    let mut added = 0;
    while !operators.eof() {
        let (operator, offset) = operators.read_with_offset().ok()?;
        let offset = offset as u32;
        match operator {
            Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                changes.by_local.entry(local_index).or_default().insert(offset + 1);
                open.last_mut()?.set.insert(local_index);
            }
            Operator::Block { .. } | Operator::If { .. } | Operator::TryTable { .. } | Operator::Loop { .. } => {
                let is_loop = matches!(operator, Operator::Loop { .. });
                open.push(OpenBlock { start: offset, is_loop, set: BTreeSet::new() });
            }
            Operator::Else => {
                let block = open.last_mut()?;
                added += block.set.len();
                changes.add(&block.set, offset);
            }
            Operator::End => {
                let block = open.pop()?;
                added += 2 * block.set.len();
                changes.add(&block.set, offset);
                if block.is_loop {
                    changes.add(&block.set, block.start);
                }
                if let Some(parent) = open.last_mut() {
                    let (mut larger, smaller) = match parent.set.len() < block.set.len() {
                        true => (block.set, std::mem::take(&mut parent.set)),
                        false => (std::mem::take(&mut parent.set), block.set),
                    };
                    larger.extend(smaller);
                    parent.set = larger;
                }
            }
            _ => {}
        }
        if added > MOST_CHANGES {
            return None;
        }
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::Features;
    use crate::parse::parse;

    /// The lengths of the intervals of local 0, in operators' bytes from the start of the body.
    fn intervals(body: &str) -> Vec<(u32, u32)> {
        let text = format!("(module (func (param i32) (local i32) {body}))");
        let binary = wat::parse_str(text).expect("it is a module");
        let module = parse(&binary, "test", Features::supported()).expect("it is valid");
        let body = &module.bodies[0];
        let start = body.range.start as u32;
        let changes = changes(body, &binary).expect("there are few");
        let mut intervals = Vec::new();
        let mut offset = start;
        while offset < body.range.end as u32 {
            let interval = changes.interval(0, offset);
            let end = interval.end.min(body.range.end as u32);
            intervals.push((interval.start.max(start) - start, end - start));
            offset = end;
        }
        intervals
    }

    #[test]
    fn a_local_that_is_never_set_is_the_same_all_over() {
        // Locals take 3 bytes.
        assert_eq!(intervals("(loop (nop) (br_if 0 (local.get 0)))"), [(0, 12)]);
    }

    #[test]
    fn setting_a_local_begins_a_new_value() {
        assert_eq!(intervals("(local.set 0 (i32.const 1)) (nop)"), [(0, 6), (6, 8), (8, 9)]);
    }

    #[test]
    fn a_loop_that_sets_a_local_does_so_for_its_start() {
        // 3: loop, 5: i32.const, 7: local.set, 9: end, 10: end.
        assert_eq!(intervals("(loop (local.set 0 (i32.const 1)))"), [(0, 3), (3, 8), (8, 9), (9, 10), (10, 11)]);
    }

    #[test]
    fn behind_an_arm_that_sets_a_local_either_value_may_be_there() {
        // 3: local.get, 5: if, 7: i32.const, 9: local.set, 11: else, 12: nop, 13: end, 14: end.
        let both = "(if (local.get 0) (then (local.set 0 (i32.const 1))) (else (nop)))";
        assert_eq!(intervals(both), [(0, 10), (10, 11), (11, 13), (13, 14), (14, 15)]);
    }
}
