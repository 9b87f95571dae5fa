//! Where the address of a memory is made on AArch64, after the optimiser.
//!
//! There, an address is a base and an index, and the base is a constant. Cranelift makes constants again in each block, and where it
//! takes an addition into a load in another block, the constant of the first one is alive until there. One register for
//! the whole function is less: there are twice as many as on x86-64.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{Block, Function, InstBuilder, InstructionData, Opcode, Value, types};
use std::collections::HashSet;

/// A base that so many blocks make is worth a register.
const FEWEST_BLOCKS: usize = 2;

/// Makes `base` once, where several blocks of `func` make it.
pub(super) fn make_base_once(func: &mut Function, base: u64) {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    let mut made: HashSet<Value> = HashSet::new();
    let mut makers = 0;
    for block in &blocks {
        let before = made.len();
        made.extend(func.layout.block_insts(*block).filter_map(|inst| match func.dfg.insts[inst] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } if imm.bits() as u64 == base => {
                Some(func.dfg.first_result(inst)).filter(|value| func.dfg.value_type(*value) == types::I64)
            }
            _ => None,
        }));
        makers += usize::from(made.len() > before);
    }
    let Some(entry) = func.layout.entry_block().filter(|_| makers >= FEWEST_BLOCKS) else { return };
    let once = FuncCursor::new(func).at_first_insertion_point(entry).ins().iconst(types::I64, base as i64);
    for block in blocks {
        let mut next = func.layout.first_inst(block);
        while let Some(inst) = next {
            next = func.layout.next_inst(inst);
            func.dfg.map_inst_values(inst, |value| if made.contains(&value) { once } else { value });
        }
    }
}
