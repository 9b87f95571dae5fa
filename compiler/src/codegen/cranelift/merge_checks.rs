//! One bounds check for several accesses, before the optimiser.
//!
//! A program that reads and writes the fields of a structure, or the elements next to each other in an unrolled loop, has a check
//! for each. No check can be made earlier than it stands, because what is written before it traps can be seen
//! afterwards. So a copy of the code is made which is left only by a trap:
//!
//! ```text
//! trapnz (p > last[3])                   brif (p > last[11]), exact, merged
//! store p, 1                         merged:
//! trapnz (p > last[7])                   store p, 1
//! store p+4, 2                           store p+4, 2
//! trapnz (p > last[11])                  store p+8, 3
//! store p+8, 3                           …
//!                                    exact:
//!                                        trapnz (p > last[3])
//!                                        store p, 1
//!                                        trapnz (p > last[7])
//!                                        store p+4, 2
//!                                        trap
//! ```
//!
//! Where the merged check fails, one of the others does: nothing between them leaves the block, and the length of a memory
//! changes in calls alone. The indices may also differ, by constants: then the smallest one is checked. If it is in bounds, the
//! others do not wrap, for they are less further than its memory is smaller than 4 GiB.

use crate::lower::BoundsCheck;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Opcode, TrapCode, Value, types};
use std::collections::{HashMap, HashSet};
use wasmc_runtime::abi::LASTS;

/// A bounds check: three instructions, one behind the other, that get the last index, compare, and trap.
pub(super) struct Check {
    pub(super) instructions: [Inst; 3],
    /// The index in 64 bits.
    pub(super) wide_index: Value,
    pub(super) about: BoundsCheck<Value>,
}

/// The longest code that is copied for a group.
const LONGEST: usize = 128;

/// The farthest that indices of a group are from one another, in bytes.
const FARTHEST: u32 = 1 << 12;

/// Merges the checks of each straight piece of code, which trap with `code`.
pub(super) fn merge_checks(func: &mut Function, mut checks: Vec<Check>, code: TrapCode) {
    if checks.len() < 2 {
        return;
    }
    for Check { wide_index, about: BoundsCheck { value, index, .. }, .. } in &mut checks {
        for value in [wide_index, value, index] {
            *value = func.dfg.resolve_aliases(*value);
        }
    }
    func.dfg.resolve_all_aliases();
    let mut groups = find_groups(func, &checks);
    // All copies together are no longer than what there was.
    let mut left = func.dfg.num_insts();
    groups.retain(|group| {
        let rest = left.checked_sub(group.length);
        left = rest.unwrap_or(left);
        rest.is_some()
    });
    let copies: Vec<Block> = groups.iter().map(|group| copy_exactly(func, group, code)).collect();
    // From behind: to split a block takes as long as what comes behind is.
    let mut merged = HashSet::new();
    for (group, copy) in groups.iter().zip(copies).rev() {
        check_once(func, group, copy, &mut merged);
    }
}

/// Checks that one can stand for.
struct Group<'a> {
    /// In the order in which they are made.
    members: Vec<&'a Check>,
    /// The position of the first one in the function.
    start: usize,
    /// The number of instructions from the first one to the last.
    length: usize,
    /// How far the smallest and the largest index are from the first one, in bytes.
    least: i32,
    most: i32,
    /// From the first index to the end of the access that ends last.
    end: i64,
}

impl<'a> Group<'a> {
    fn new(check: &'a Check, start: usize) -> Group<'a> {
        Group { members: vec![check], start, length: 3, least: 0, most: 0, end: check.about.end as i64 }
    }

    /// How far the index of a check is from that of the first one.
    fn distance(&self, check: &Check) -> i32 {
        check.about.addend.wrapping_sub(self.members[0].about.addend) as i32
    }

    /// The check that fails if none before it does, where the one for all has failed.
    fn certain_to_fail(&self) -> &'a Check {
        let is_the_same = |check: &&&Check| {
            let distance = self.distance(check);
            distance == self.least && i64::from(distance) + check.about.end as i64 == self.end
        };
        self.members.iter().find(is_the_same).unwrap_or(&self.members[self.members.len() - 1])
    }

    /// Takes one more in, unless it is too far away.
    fn take(&mut self, check: &'a Check, position: usize) -> bool {
        let distance = self.distance(check);
        let (least, most) = (self.least.min(distance), self.most.max(distance));
        let length = position - self.start + 3;
        let is_near = least.abs_diff(most) <= check.about.farthest.min(FARTHEST) && length <= LONGEST;
        if is_near {
            self.members.push(check);
            self.length = length;
            (self.least, self.most) = (least, most);
            self.end = self.end.max(i64::from(distance) + check.about.end as i64);
        }
        is_near
    }
}

/// The groups of all blocks, each with two checks or more, in the order in which they begin.
fn find_groups<'a>(func: &Function, checks: &'a [Check]) -> Vec<Group<'a>> {
    let by_trap: HashMap<Inst, &Check> = checks.iter().map(|check| (check.instructions[2], check)).collect();
    let mut found = Vec::new();
    // By memory and value.
    let mut open: HashMap<(u32, Value), Group<'a>> = HashMap::new();
    let instructions = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    for (position, inst) in instructions.enumerate() {
        // Blocks end so, too.
        if !open.is_empty() && ends_straight_code(func.dfg.insts[inst].opcode()) {
            // A map that once was large would take long to clear each time.
            found.extend(std::mem::take(&mut open).into_values());
        }
        let Some(check) = by_trap.get(&inst).copied() else { continue };
        let key = (check.about.memory, check.about.value);
        if !open.get_mut(&key).is_some_and(|group| group.take(check, position)) {
            found.extend(open.insert(key, Group::new(check, position)));
        }
    }
    found.retain(|group| group.members.len() > 1);
    found.sort_by_key(|group| group.start);
    found
}

/// Whether what follows may not be reached, may be reached from elsewhere, or may find a memory longer.
fn ends_straight_code(opcode: Opcode) -> bool {
    let only_traps = matches!(opcode, Opcode::Trapz | Opcode::Trapnz);
    opcode.is_call() || opcode.is_terminator() || opcode.other_side_effects() && !only_traps
}

/// Copies the code of a group into a block of its own, which ends in a trap.
fn copy_exactly(func: &mut Function, group: &Group<'_>, code: TrapCode) -> Block {
    let copy = func.dfg.make_block();
    func.layout.append_block(copy);
    func.layout.set_cold(copy);
    let [end, _, trap] = group.certain_to_fail().instructions;
    let mut copied: HashMap<Value, Value> = HashMap::new();
    let mut next = Some(group.members[0].instructions[0]);
    while let Some(inst) = next.filter(|inst| *inst != end) {
        let clone = func.dfg.clone_inst(inst);
        func.dfg.map_inst_values(clone, |value| copied.get(&value).copied().unwrap_or(value));
        func.layout.append_inst(clone, copy);
        func.srclocs[clone] = func.srclocs[inst];
        let results = func.dfg.inst_results(inst).iter().zip(func.dfg.inst_results(clone));
        copied.extend(results.map(|(original, copy)| (*original, *copy)));
        next = func.layout.next_inst(inst);
    }
    let location = func.srcloc(trap);
    FuncCursor::new(func).at_bottom(copy).with_srcloc(location).ins().trap(code);
    copy
}

/// Has one check stand for the group, which goes on in `copy` when it fails, and else in a new block among `merged`.
fn check_once(func: &mut Function, group: &Group<'_>, copy: Block, merged: &mut HashSet<Block>) {
    let first = group.members[0];
    let [start, _, trap] = first.instructions;
    let location = func.srcloc(trap);
    let mut cursor = FuncCursor::new(func).at_inst(start).with_srcloc(location);
    let least = match group.least {
        0 => first.wide_index,
        least => {
            let addend = first.about.addend.wrapping_add_signed(least);
            let addend = cursor.ins().iconst(types::I32, i64::from(addend));
            let index = cursor.ins().iadd(first.about.value, addend);
            cursor.ins().uextend(types::I64, index)
        }
    };
    let fails = compare(&mut cursor, least, group.end - i64::from(group.least), first);
    let rest = func.dfg.make_block();
    let block = func.layout.inst_block(start);
    func.layout.split_block(rest, start);
    merged.insert(rest);
    if let Some(block) = block {
        FuncCursor::new(func).at_bottom(block).with_srcloc(location).ins().brif(fails, copy, &[], rest, &[]);
    }
    for inst in group.members.iter().flat_map(|member| member.instructions) {
        func.layout.remove_inst(inst);
    }
    if group.least != group.most {
        count_from(func, rest, group, least, merged);
    }
}

/// Whether an access that ends `end` bytes behind `index` is out of the bounds that `check` compares with.
fn compare(cursor: &mut FuncCursor<'_>, index: Value, end: i64, check: &Check) -> Value {
    let longer = end - check.about.end as i64;
    match cursor.func.dfg.insts[check.instructions[0]] {
        InstructionData::Load { offset, .. } => {
            // What is kept for the last of the ends serves those that are longer.
            let kept = end.min(LASTS as i64);
            let load = cursor.func.dfg.clone_inst(check.instructions[0]);
            if let InstructionData::Load { offset: kept_at, .. } = &mut cursor.func.dfg.insts[load] {
                *kept_at = (i32::from(offset) + (kept - check.about.end as i64) as i32 * 8).into();
            }
            cursor.insert_inst(load);
            let last = cursor.func.dfg.first_result(load);
            let beyond = cursor.ins().iconst(types::I64, end - kept);
            let index = cursor.ins().iadd(index, beyond);
            cursor.ins().icmp(IntCC::SignedGreaterThan, index, last)
        }
        InstructionData::UnaryImm { imm, .. } => {
            let last = cursor.ins().iconst(types::I64, imm.bits() - longer);
            cursor.ins().icmp(IntCC::SignedGreaterThan, index, last)
        }
        _ => cursor.ins().iconst(types::I8, 1),
    }
}

/// Makes the indices of a group from the least one, where they are used from `block` on: what is added becomes a displacement.
fn count_from(func: &mut Function, block: Block, group: &Group<'_>, least: Value, merged: &HashSet<Block>) {
    let mut wide: HashMap<Value, Value> = HashMap::new();
    let mut cursor = FuncCursor::new(func).at_first_insertion_point(block);
    let mut known: HashMap<Value, Value> = HashMap::new();
    for member in &group.members {
        let distance = i64::from(group.distance(member)) - i64::from(group.least);
        let distance = cursor.ins().iconst(types::I64, distance);
        let index = cursor.ins().iadd(least, distance);
        wide.insert(member.wide_index, index);
        known.insert(member.about.index, index);
    }
    let mut next = cursor.current_inst();
    // As far as the members lie, or a little further.
    for _ in 0..2 * LONGEST {
        let Some(inst) = next else { break };
        next = func.layout.next_inst(inst).or_else(|| {
            let behind = func.layout.inst_block(inst).and_then(|block| func.layout.next_block(block));
            behind.filter(|block| merged.contains(block)).and_then(|block| func.layout.first_inst(block))
        });
        match func.dfg.insts[inst] {
            InstructionData::Unary { opcode: Opcode::Uextend, arg } if known.contains_key(&arg) => {
                wide.insert(func.dfg.first_result(inst), known[&arg]);
            }
            _ => func.dfg.map_inst_values(inst, |value| wide.get(&value).copied().unwrap_or(value)),
        }
    }
}
