//! What debuggers want to know of a function: which operator its instructions come from, and where its locals are.
//!
//! Reports never change what is emitted. A label is put on a value, and Cranelift says where that value is while it is needed.

use super::frame::dwarf_number;
use crate::analyze::{Code, CodeIndex, Plan};
use crate::codegen::locals::{self, LocalPlace, Location, Report, ValuePlace, ValueRanges};
use crate::lower::Local;
use crate::module::Module;
use crate::options::InstanceMode;
use crate::target::Architecture;
use cranelift_codegen::ir::{Function, InstructionData, StackSlot, Value, ValueLabel, ValueLabelAssignments};
use cranelift_codegen::ir::{RelSourceLoc, ValueLabelStart};
use cranelift_codegen::{CompiledCode, Final, LabelValueLoc, MachBufferFinalized};
use std::collections::HashMap;

/// The stretches of the code in `buffer` that come from an operator, ascending.
pub(super) fn locations(buffer: &MachBufferFinalized<Final>) -> Vec<Location> {
    let known = buffer.get_srclocs_sorted().iter().filter(|location| !location.loc.is_default());
    known.map(|location| Location { start: location.start, end: location.end, wasm: location.loc.bits() }).collect()
}

/// What a builder reports of the locals of its function.
#[derive(Debug, Default)]
pub(super) struct LocalValues {
    reports: Vec<Report>,
    values: Vec<ReportedValue>,
    known: HashMap<Value, usize>,
    /// Where each local is all the time, in code that is not optimised.
    slots: Vec<StackSlot>,
}

#[derive(Clone, Copy, Debug)]
enum ReportedValue {
    Labelled(ValueLabel),
    Constant(i64),
}

impl LocalValues {
    /// From `offset` in the module on, `local` has this value.
    pub(super) fn report(&mut self, func: &mut Function, local: Local, value: Value, offset: u32) {
        let value = func.dfg.resolve_aliases(value);
        let value = *self.known.entry(value).or_insert_with(|| {
            let number = self.values.len();
            self.values.push(match constant(func, value) {
                Some(constant) => ReportedValue::Constant(constant),
                None => ReportedValue::Labelled(label(func, value, number)),
            });
            number
        });
        self.reports.push(Report { local, offset, value });
    }

    /// The next local is always there.
    pub(super) fn has_slot(&mut self, slot: StackSlot) {
        self.slots.push(slot);
    }

    /// Where the locals of `code` are in what was made of it.
    pub(super) fn places(
        mut self,
        module: &Module<'_>,
        plan: &Plan,
        code: CodeIndex,
        compiled: &CompiledCode,
        locations: &[Location],
        architecture: Architecture,
    ) -> Vec<LocalPlace> {
        let Code::Function(function) = plan.code[code] else { return Vec::new() };
        let Some(body) = module.body(function) else { return Vec::new() };
        // The builder's first one is the instance there.
        let first = match plan.instances {
            InstanceMode::Static => 0,
            InstanceMode::Dynamic => 1,
        };
        if !self.slots.is_empty() {
            return self.slots(first, compiled);
        }
        self.reports.retain_mut(|report| {
            let index = report.local.checked_sub(first);
            report.local = index.unwrap_or_default();
            index.is_some()
        });
        let end = compiled.buffer.data().len() as u32;
        let ranges = |value: usize| -> ValueRanges {
            match self.values[value] {
                ReportedValue::Constant(constant) => vec![(0, end, ValuePlace::Constant(constant))],
                ReportedValue::Labelled(label) => {
                    let ranges = compiled.value_labels_ranges.get(&label).map_or(&[][..], Vec::as_slice);
                    let ranges = ranges.iter().map(|range| (range.start, range.end, place(range.loc, architecture)));
                    ranges.collect()
                }
            }
        };
        locals::places(body, module.bytes, &self.reports, locations, ranges)
    }

    /// The places hold from the end of the prologue on; that they are said to hold before it is what debuggers are used to.
    fn slots(&self, first: Local, compiled: &CompiledCode) -> Vec<LocalPlace> {
        /// The frame pointer and the return address lie between a frame and the caller's.
        const RECORD: i32 = 16;
        let Some(layout) = compiled.buffer.frame_layout() else { return Vec::new() };
        let end = compiled.buffer.data().len() as u32;
        let slots = (0..).zip(self.slots.iter().skip(first as usize));
        slots
            .map(|(local, slot)| {
                let from_frame_pointer = layout.stackslots[*slot].offset as i32 - layout.frame_to_fp_offset as i32;
                LocalPlace { local, start: 0, end, place: ValuePlace::Frame(from_frame_pointer - RECORD) }
            })
            .collect()
    }
}

fn place(place: LabelValueLoc, architecture: Architecture) -> ValuePlace {
    match place {
        LabelValueLoc::Reg(register) => match register.to_real_reg() {
            Some(register) => ValuePlace::Register(dwarf_number(architecture, register.class(), register.hw_enc())),
            None => unreachable!("registers are assigned"),
        },
        LabelValueLoc::CFAOffset(offset) => ValuePlace::Frame(offset as i32),
    }
}

/// The number that `value` is.
fn constant(func: &Function, value: Value) -> Option<i64> {
    match func.dfg.insts[func.dfg.value_def(value).inst()?] {
        InstructionData::UnaryImm { imm, .. } => Some(imm.bits()),
        InstructionData::UnaryIeee32 { imm, .. } => Some(imm.bits().into()),
        InstructionData::UnaryIeee64 { imm, .. } => Some(imm.bits() as i64),
        _ => None,
    }
}

/// Puts a label on `value`, whose instruction may still disappear.
fn label(func: &mut Function, value: Value, number: usize) -> ValueLabel {
    let label = ValueLabel::from_u32(number as u32);
    func.dfg.collect_debug_info();
    if let Some(labels) = &mut func.dfg.values_labels {
        let start = ValueLabelStart { from: RelSourceLoc::default(), label };
        labels.insert(value, ValueLabelAssignments::Starts(vec![start]));
    }
    label
}
