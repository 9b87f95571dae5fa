//! What is known of a value by where it is defined.

use cranelift_codegen::ir::{DataFlowGraph, InstructionData, Opcode, Value};

/// As many definitions are looked at one behind the other.
const DEPTH: u32 = 6;

/// What `value`, an integer read as unsigned, is never above.
pub(super) fn upper_bound(dfg: &DataFlowGraph, value: Value) -> u64 {
    bound(dfg, value, DEPTH)
}

fn bound(dfg: &DataFlowGraph, value: Value, depth: u32) -> u64 {
    let largest = u64::MAX.checked_shr(u64::BITS - dfg.value_type(value).bits().min(u64::BITS)).unwrap_or(0);
    let value = dfg.resolve_aliases(value);
    let Some(inst) = dfg.value_def(value).inst().filter(|_| depth > 0) else { return largest };
    let of = |value| bound(dfg, value, depth - 1);
    let found = match dfg.insts[inst] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u64 & largest),
        InstructionData::Load { opcode: Opcode::Uload8, .. } => Some(u8::MAX.into()),
        InstructionData::Load { opcode: Opcode::Uload16, .. } => Some(u16::MAX.into()),
        InstructionData::IntCompare { .. } => Some(1),
        InstructionData::Unary { opcode: Opcode::Uextend | Opcode::Ireduce, arg } => Some(of(arg)),
        InstructionData::Ternary { opcode: Opcode::Select, args: [_, one, other] } => Some(of(one).max(of(other))),
        InstructionData::Binary { opcode, args: [left, right] } => {
            let shift =
                || constant_of(dfg, right).map(|shift| (shift & i64::from(dfg.value_type(value).bits() - 1)) as u32);
            match opcode {
                Opcode::Band => Some(of(left).min(of(right))),
                Opcode::Bor | Opcode::Bxor => {
                    Some(u64::MAX.checked_shr((of(left) | of(right)).leading_zeros()).unwrap_or(0))
                }
                Opcode::Iadd => of(left).checked_add(of(right)),
                Opcode::Ishl => shift().and_then(|shift| of(left).checked_mul(1 << shift)),
                Opcode::Ushr => shift().map(|shift| of(left) >> shift),
                Opcode::Urem => Some(of(right).saturating_sub(1)),
                _ => None,
            }
        }
        _ => None,
    };
    found.filter(|found| *found <= largest).unwrap_or(largest)
}

/// The constant that `value` is, by its definition.
pub(super) fn constant_of(dfg: &DataFlowGraph, value: Value) -> Option<i64> {
    match dfg.insts[dfg.value_def(dfg.resolve_aliases(value)).inst()?] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cranelift_codegen::cursor::{Cursor, FuncCursor};
    use cranelift_codegen::ir::condcodes::IntCC;
    use cranelift_codegen::ir::{Function, InstBuilder, types};

    fn bound_of(build: impl FnOnce(&mut FuncCursor<'_>, Value) -> Value) -> u64 {
        let mut func = Function::new();
        let block = func.dfg.make_block();
        func.layout.append_block(block);
        let unknown = func.dfg.append_block_param(block, types::I32);
        let value = build(&mut FuncCursor::new(&mut func).at_bottom(block), unknown);
        upper_bound(&func.dfg, value)
    }

    #[test]
    fn what_is_unknown_is_bounded_by_its_type() {
        assert_eq!(bound_of(|_, x| x), u64::from(u32::MAX));
        assert_eq!(bound_of(|at, x| at.ins().sextend(types::I64, x)), u64::MAX);
        assert_eq!(bound_of(|at, x| at.ins().uextend(types::I64, x)), u64::from(u32::MAX));
    }

    #[test]
    fn operators_with_constants_bound() {
        let with = |op: fn(&mut FuncCursor<'_>, Value, Value) -> Value, constant| {
            bound_of(|at, x| {
                let constant = at.ins().iconst(types::I32, constant);
                op(at, x, constant)
            })
        };
        assert_eq!(with(|at, x, c| at.ins().band(x, c), 0x7f), 0x7f);
        assert_eq!(with(|at, x, c| at.ins().ushr(x, c), 24), 0xff);
        assert_eq!(with(|at, x, c| at.ins().ushr(x, c), 56), 0xff);
        assert_eq!(with(|at, x, c| at.ins().urem(x, c), 10), 9);
        assert_eq!(with(|at, x, c| at.ins().bor(x, c), 0), u64::from(u32::MAX));
        assert_eq!(with(|at, x, c| at.ins().icmp(IntCC::Equal, x, c), 0), 1);
    }

    #[test]
    fn a_sum_or_a_shift_that_may_wrap_is_unknown() {
        let table = |shift, base| {
            bound_of(|at, x| {
                let mask = at.ins().iconst(types::I32, 0xff);
                let index = at.ins().band(x, mask);
                let shift = at.ins().iconst(types::I32, shift);
                let scaled = at.ins().ishl(index, shift);
                let base = at.ins().iconst(types::I32, base);
                at.ins().iadd(scaled, base)
            })
        };
        assert_eq!(table(2, 0x1000), 0x1000 + 0x3fc);
        assert_eq!(table(2, -0x3fc), u64::from(u32::MAX));
        assert_eq!(table(25, 0), u64::from(u32::MAX));
    }
}
