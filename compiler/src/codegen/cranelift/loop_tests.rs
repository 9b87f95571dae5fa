//! Loops that test the next value of their variable, after the optimiser.
//!
//! LLVM writes the end of a counted loop so that the old value is compared and the new one is passed on:
//!
//! ```text
//! v4 = icmp ne v1, 1504                      v5 = iadd v1, 32
//! v5 = iadd v1, 32                   →       v4 = icmp ne v5, 1536
//! brif v4, block2(v5), block3                brif v4, block2(v5), block3
//! ```
//!
//! Both are alive at the branch then, in two registers, and each round moves one into the other, in a block of its own with
//! a jump.

use super::range::constant_of;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value};

/// Compares what a branch passes on, where what it replaces was compared for equality with a constant.
pub(super) fn test_next_values(func: &mut Function) {
    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        if let Some(branch) = func.layout.last_inst(block)
            && let Some(test) = test_of(func, branch)
            && let Some((next, step)) = next_value(func, branch, test.value)
        {
            let ty = func.dfg.value_type(test.value);
            let mut cursor = FuncCursor::new(func).at_inst(branch);
            let constant = test.constant.wrapping_add(step) & (u64::MAX >> (64 - ty.bits())) as i64;
            let constant = cursor.ins().iconst(ty, constant);
            let condition = cursor.ins().icmp(test.condition, next, constant);
            func.dfg.inst_args_mut(branch)[0] = condition;
        }
    }
}

/// A comparison of a value for equality with a constant.
struct Test {
    condition: IntCC,
    value: Value,
    constant: i64,
}

/// What `branch` tests.
fn test_of(func: &Function, branch: Inst) -> Option<Test> {
    let InstructionData::Brif { arg, .. } = func.dfg.insts[branch] else { return None };
    let definition = func.dfg.value_def(arg).inst()?;
    let InstructionData::IntCompare { opcode: Opcode::Icmp, args: [value, constant], cond } =
        func.dfg.insts[definition]
    else {
        return None;
    };
    let constant = constant_of(&func.dfg, constant)?;
    matches!(cond, IntCC::Equal | IntCC::NotEqual).then_some(Test { condition: cond, value, constant })
}

/// What `branch` passes on in the place of `value`, and how much more that is.
fn next_value(func: &Function, branch: Inst, value: Value) -> Option<(Value, i64)> {
    let dfg = &func.dfg;
    let calls = dfg.insts[branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables);
    calls.iter().find_map(|call| {
        let parameters = dfg.block_params(call.block(&dfg.value_lists));
        let position = parameters.iter().position(|parameter| *parameter == value)?;
        let next = call.args(&dfg.value_lists).nth(position)?.as_value()?;
        let InstructionData::Binary { opcode: Opcode::Iadd, args: [left, right] } =
            dfg.insts[dfg.value_def(next).inst()?]
        else {
            return None;
        };
        (left == value).then_some((next, constant_of(dfg, right)?))
    })
}
