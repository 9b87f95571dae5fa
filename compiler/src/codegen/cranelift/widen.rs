//! One register for an index and its zero extension, after the optimiser.
//!
//! In WebAssembly an address is an `i32`, on the processor 64 bits, so that a pointer that a program follows would live twice:
//!
//! ```text
//! block2(v3: i32):                           block2(v9: i64):
//!     v4 = uextend.i64 v3                        v3 = ireduce.i32 v9
//!     v5 = load.i32 v4+0x40000010       →        v10 = uload32 v9+0x40000010
//!     brif v5, block2(v5), block3                v5 = ireduce.i32 v10
//!                                                brif v5, block2(v10), block3
//! ```
//!
//! `ireduce` is no instruction of a processor, and an `uextend` is none where the operation before it clears the upper
//! half of its register. What remains are extensions of values that come from elsewhere.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{
    self, Block, BlockArg, Function, Inst, InstBuilder, InstructionData, Opcode, Value, ValueDef, types,
};
use cranelift_entity::packed_option::PackedOption;
use cranelift_entity::{EntitySet, SecondaryMap};

/// Makes the 64-bit form of values the only one, where it is used at all. `cfg` is that of `func`, before and after.
pub(super) fn widen_indices(func: &mut Function, cfg: &ControlFlowGraph) {
    let extensions = extensions(func);
    if extensions.is_empty() {
        return;
    }
    let narrow_uses = narrow_uses(func);
    let mut widening = Widening {
        func,
        narrow_uses,
        forms: SecondaryMap::new(),
        pending: Vec::new(),
        parameters: SecondaryMap::new(),
        extended: Vec::new(),
    };
    for inst in extensions {
        widening.replace_extension(inst);
    }
    while let Some(block) = widening.pending.pop() {
        let parameters = std::mem::take(&mut widening.parameters[block]);
        for edge in cfg.pred_iter(block) {
            widening.widen_arguments(edge.inst, block, &parameters);
        }
    }
    widening.func.dfg.resolve_all_aliases();
    widening.use_only_wide_forms();
}

/// All `uextend` from `i32` to `i64`.
fn extensions(func: &Function) -> Vec<Inst> {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    insts.filter(|inst| extended_value(func, *inst).is_some()).collect()
}

/// All values that something else than an `uextend` uses.
fn narrow_uses(func: &Function) -> EntitySet<Value> {
    let mut uses = EntitySet::new();
    for inst in func.layout.blocks().flat_map(|block| func.layout.block_insts(block)) {
        if extended_value(func, inst).is_none() {
            uses.extend(func.dfg.inst_values(inst).map(|value| func.dfg.resolve_aliases(value)));
        }
    }
    uses
}

/// The `i32` that `inst` extends to 64 bits with zeros.
fn extended_value(func: &Function, inst: Inst) -> Option<Value> {
    match func.dfg.insts[inst] {
        InstructionData::Unary { opcode: Opcode::Uextend, arg } => {
            let is_wide = func.dfg.value_type(func.dfg.first_result(inst)) == types::I64;
            (is_wide && func.dfg.value_type(arg) == types::I32).then_some(arg)
        }
        _ => None,
    }
}

struct Widening<'a> {
    func: &'a mut Function,
    /// Values whose 32-bit form something needs.
    narrow_uses: EntitySet<Value>,
    /// The 64-bit form of a value, once it is known to be wanted.
    forms: SecondaryMap<Value, PackedOption<Value>>,
    /// Blocks some of whose parameters became wide, and their arguments have still to.
    pending: Vec<Block>,
    /// Those parameters of each block.
    parameters: SecondaryMap<Block, Vec<usize>>,
    /// Values whose 64-bit form is another register's, and that form.
    extended: Vec<(Value, Value)>,
}

impl Widening<'_> {
    /// Lets `inst`, an `uextend`, disappear.
    fn replace_extension(&mut self, inst: Inst) {
        let Some(narrow) = extended_value(self.func, inst) else { return };
        let wide = self.form(narrow);
        let result = self.func.dfg.first_result(inst);
        self.func.dfg.clear_results(inst);
        self.func.dfg.change_to_alias(result, wide);
        self.func.layout.remove_inst(inst);
    }

    /// Passes the 64-bit form of what `branch` passes to `block` for these parameters.
    fn widen_arguments(&mut self, branch: Inst, block: Block, parameters: &[usize]) {
        let destinations = |func: &Function| {
            func.dfg.insts[branch].branch_destination(&func.dfg.jump_tables, &func.dfg.exception_tables).len()
        };
        for destination in 0..destinations(self.func) {
            let dfg = &self.func.dfg;
            let call = dfg.insts[branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables)[destination];
            if call.block(&dfg.value_lists) != block {
                continue;
            }
            let mut arguments: Vec<BlockArg> = call.args(&dfg.value_lists).collect();
            for parameter in parameters {
                arguments[*parameter] = arguments[*parameter].map_value(|narrow| self.form(narrow));
            }
            let mut arguments = arguments.into_iter();
            let dfg = &mut self.func.dfg;
            let calls = dfg.insts[branch].branch_destination_mut(&mut dfg.jump_tables, &mut dfg.exception_tables);
            calls[destination].update_args(&mut dfg.value_lists, |old| arguments.next().unwrap_or(old));
        }
    }

    /// Finds or makes the 64-bit form of `narrow`.
    fn form(&mut self, narrow: Value) -> Value {
        let narrow = self.func.dfg.resolve_aliases(narrow);
        if let Some(wide) = self.forms[narrow].expand() {
            return wide;
        }
        let wide = match self.func.dfg.value_def(narrow) {
            ValueDef::Param(block, index) if self.func.layout.entry_block() != Some(block) => {
                self.widen_parameter(narrow, block, index)
            }
            ValueDef::Result(inst, _) if let Some(data) = wide_load(&self.func.dfg.insts[inst]) => {
                self.widen_load(inst, data)
            }
            _ => self.extend(narrow),
        };
        self.forms[narrow] = wide.into();
        wide
    }

    fn widen_parameter(&mut self, narrow: Value, block: Block, index: usize) -> Value {
        let wide = self.func.dfg.replace_block_param(narrow, types::I64);
        let mut cursor = FuncCursor::new(self.func).at_first_insertion_point(block);
        cursor.ins().with_result(narrow).ireduce(types::I32, wide);
        if self.parameters[block].is_empty() {
            self.pending.push(block);
        }
        self.parameters[block].push(index);
        wide
    }

    /// Replaces a load of an `i32` by `data`, which loads 64 bits, and their lower half.
    fn widen_load(&mut self, load: Inst, data: InstructionData) -> Value {
        let location = self.func.srclocs[load];
        let dfg = &mut self.func.dfg;
        let wide_load = dfg.make_inst(data);
        dfg.make_inst_results(wide_load, types::I64);
        let wide = dfg.first_result(wide_load);
        self.func.layout.insert_inst(wide_load, load);
        self.func.srclocs[wide_load] = location;
        self.func.replace(load).ireduce(types::I32, wide);
        wide
    }

    /// Extends `narrow` right where it is defined.
    fn extend(&mut self, narrow: Value) -> Value {
        let cursor = FuncCursor::new(self.func);
        let (mut cursor, costs_an_instruction) = match cursor.func.dfg.value_def(narrow) {
            ValueDef::Result(inst, _) => match cursor.func.dfg.insts[inst] {
                InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => {
                    let value = imm.zero_extend_from_width(types::I32.bits());
                    return cursor.after_inst(inst).ins().iconst(types::I64, value);
                }
                data => (cursor.after_inst(inst), !clears_upper_half(data.opcode())),
            },
            ValueDef::Param(block, _) => (cursor.at_first_insertion_point(block), true),
            ValueDef::Union(..) => unreachable!("the optimiser has chosen one of each union"),
        };
        let wide = cursor.ins().uextend(types::I64, narrow);
        if costs_an_instruction && self.narrow_uses.contains(narrow) {
            self.extended.push((narrow, wide));
        }
        wide
    }

    /// Lets everything but their extension use the lower half of the extension, so that a value that is extended where it
    /// is defined ends there.
    fn use_only_wide_forms(&mut self) {
        if self.extended.is_empty() {
            return;
        }
        let mut lower_halves: SecondaryMap<Value, PackedOption<Value>> = SecondaryMap::new();
        for (narrow, wide) in &self.extended {
            let extension = self.func.dfg.value_def(*wide).unwrap_inst();
            let mut cursor = FuncCursor::new(self.func).after_inst(extension);
            lower_halves[*narrow] = cursor.ins().ireduce(types::I32, *wide).into();
        }
        let blocks: Vec<Block> = self.func.layout.blocks().collect();
        for block in blocks {
            let mut next = self.func.layout.first_inst(block);
            while let Some(inst) = next {
                next = self.func.layout.next_inst(inst);
                if extended_value(self.func, inst).is_none() {
                    self.func.dfg.map_inst_values(inst, |value| lower_halves[value].expand().unwrap_or(value));
                }
            }
        }
    }
}

/// What loads the same as `data`, extended to 64 bits.
fn wide_load(data: &InstructionData) -> Option<InstructionData> {
    let InstructionData::Load { opcode, arg, flags, offset } = *data else { return None };
    let opcode = match opcode {
        Opcode::Load => Opcode::Uload32,
        Opcode::Uload8 | Opcode::Uload16 => opcode,
        _ => return None,
    };
    Some(InstructionData::Load { opcode, arg, flags, offset })
}

/// Whether the back ends know that an `i32` from `opcode` has nothing in the upper half of its register.
fn clears_upper_half(opcode: Opcode) -> bool {
    use ir::Opcode::{Band, Bor, Bxor, Iadd, Imul, Ishl, Isub, Ushr};
    matches!(opcode, Iadd | Isub | Imul | Band | Bor | Bxor | Ishl | Ushr)
}
