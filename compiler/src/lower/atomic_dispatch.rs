//! Names the width and the operator of the trait for each atomic operator, and nothing more.

use super::atomic::{compare_exchange, load, notify, store, update, wait};
use super::builder::{AtomicOp, AtomicWidth as Width, Builder, Type};
use super::function::FunctionLowering;
use wasmc_runtime::abi::Helper;
use wasmparser::Operator;

/// Lowers an operator of the proposal; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    use Operator as O;
    match *operator {
        O::MemoryAtomicNotify { memarg } => notify(f, memarg),
        O::MemoryAtomicWait32 { memarg } => wait(f, Helper::AtomicWait32, memarg),
        O::MemoryAtomicWait64 { memarg } => wait(f, Helper::AtomicWait64, memarg),
        O::AtomicFence => f.builder.fence(),

        O::I32AtomicLoad { memarg } => load(f, Width::W32, Type::I32, memarg),
        O::I32AtomicLoad8U { memarg } => load(f, Width::W8, Type::I32, memarg),
        O::I32AtomicLoad16U { memarg } => load(f, Width::W16, Type::I32, memarg),
        O::I64AtomicLoad { memarg } => load(f, Width::W64, Type::I64, memarg),
        O::I64AtomicLoad8U { memarg } => load(f, Width::W8, Type::I64, memarg),
        O::I64AtomicLoad16U { memarg } => load(f, Width::W16, Type::I64, memarg),
        O::I64AtomicLoad32U { memarg } => load(f, Width::W32, Type::I64, memarg),
        O::I32AtomicStore8 { memarg } | O::I64AtomicStore8 { memarg } => store(f, Width::W8, memarg),
        O::I32AtomicStore16 { memarg } | O::I64AtomicStore16 { memarg } => store(f, Width::W16, memarg),
        O::I32AtomicStore { memarg } | O::I64AtomicStore32 { memarg } => store(f, Width::W32, memarg),
        O::I64AtomicStore { memarg } => store(f, Width::W64, memarg),

        O::I32AtomicRmw8AddU { memarg } | O::I64AtomicRmw8AddU { memarg } => {
            update(f, AtomicOp::Add, Width::W8, memarg);
        }
        O::I32AtomicRmw16AddU { memarg } | O::I64AtomicRmw16AddU { memarg } => {
            update(f, AtomicOp::Add, Width::W16, memarg);
        }
        O::I32AtomicRmwAdd { memarg } | O::I64AtomicRmw32AddU { memarg } => {
            update(f, AtomicOp::Add, Width::W32, memarg);
        }
        O::I64AtomicRmwAdd { memarg } => update(f, AtomicOp::Add, Width::W64, memarg),

        O::I32AtomicRmw8SubU { memarg } | O::I64AtomicRmw8SubU { memarg } => {
            update(f, AtomicOp::Sub, Width::W8, memarg);
        }
        O::I32AtomicRmw16SubU { memarg } | O::I64AtomicRmw16SubU { memarg } => {
            update(f, AtomicOp::Sub, Width::W16, memarg);
        }
        O::I32AtomicRmwSub { memarg } | O::I64AtomicRmw32SubU { memarg } => {
            update(f, AtomicOp::Sub, Width::W32, memarg);
        }
        O::I64AtomicRmwSub { memarg } => update(f, AtomicOp::Sub, Width::W64, memarg),

        O::I32AtomicRmw8AndU { memarg } | O::I64AtomicRmw8AndU { memarg } => {
            update(f, AtomicOp::And, Width::W8, memarg);
        }
        O::I32AtomicRmw16AndU { memarg } | O::I64AtomicRmw16AndU { memarg } => {
            update(f, AtomicOp::And, Width::W16, memarg);
        }
        O::I32AtomicRmwAnd { memarg } | O::I64AtomicRmw32AndU { memarg } => {
            update(f, AtomicOp::And, Width::W32, memarg);
        }
        O::I64AtomicRmwAnd { memarg } => update(f, AtomicOp::And, Width::W64, memarg),

        O::I32AtomicRmw8OrU { memarg } | O::I64AtomicRmw8OrU { memarg } => update(f, AtomicOp::Or, Width::W8, memarg),
        O::I32AtomicRmw16OrU { memarg } | O::I64AtomicRmw16OrU { memarg } => {
            update(f, AtomicOp::Or, Width::W16, memarg);
        }
        O::I32AtomicRmwOr { memarg } | O::I64AtomicRmw32OrU { memarg } => update(f, AtomicOp::Or, Width::W32, memarg),
        O::I64AtomicRmwOr { memarg } => update(f, AtomicOp::Or, Width::W64, memarg),

        O::I32AtomicRmw8XorU { memarg } | O::I64AtomicRmw8XorU { memarg } => {
            update(f, AtomicOp::Xor, Width::W8, memarg);
        }
        O::I32AtomicRmw16XorU { memarg } | O::I64AtomicRmw16XorU { memarg } => {
            update(f, AtomicOp::Xor, Width::W16, memarg);
        }
        O::I32AtomicRmwXor { memarg } | O::I64AtomicRmw32XorU { memarg } => {
            update(f, AtomicOp::Xor, Width::W32, memarg);
        }
        O::I64AtomicRmwXor { memarg } => update(f, AtomicOp::Xor, Width::W64, memarg),

        O::I32AtomicRmw8XchgU { memarg } | O::I64AtomicRmw8XchgU { memarg } => {
            update(f, AtomicOp::Exchange, Width::W8, memarg);
        }
        O::I32AtomicRmw16XchgU { memarg } | O::I64AtomicRmw16XchgU { memarg } => {
            update(f, AtomicOp::Exchange, Width::W16, memarg);
        }
        O::I32AtomicRmwXchg { memarg } | O::I64AtomicRmw32XchgU { memarg } => {
            update(f, AtomicOp::Exchange, Width::W32, memarg);
        }
        O::I64AtomicRmwXchg { memarg } => update(f, AtomicOp::Exchange, Width::W64, memarg),

        O::I32AtomicRmw8CmpxchgU { memarg } | O::I64AtomicRmw8CmpxchgU { memarg } => {
            compare_exchange(f, Width::W8, memarg);
        }
        O::I32AtomicRmw16CmpxchgU { memarg } | O::I64AtomicRmw16CmpxchgU { memarg } => {
            compare_exchange(f, Width::W16, memarg);
        }
        O::I32AtomicRmwCmpxchg { memarg } | O::I64AtomicRmw32CmpxchgU { memarg } => {
            compare_exchange(f, Width::W32, memarg);
        }
        O::I64AtomicRmwCmpxchg { memarg } => compare_exchange(f, Width::W64, memarg),

        _ => return false,
    }
    true
}
