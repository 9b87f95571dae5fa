//! Names the file and the operator of the trait for each WebAssembly operator, and nothing more.

use super::builder::{BinaryOp, Builder, CompareOp, ConvertOp, LoadOp, StoreOp, Type, UnaryOp};
use super::function::FunctionLowering;
use super::numeric::{binary, compare, convert, equals_zero, unary};
use super::{
    atomic_dispatch, call, control, function_reference, global, local, memory, memory_bulk, parametric, reference,
    simd, table, tail_call, trap, wide,
};
use crate::module::{DataIndex, ElementIndex, FuncIndex, GlobalIndex, MemoryIndex, TableIndex, TypeIndex};
use wasmparser::Operator;

/// Why an operator was not lowered.
#[derive(Debug, thiserror::Error)]
pub(super) enum DispatchError {
    /// The validator should have refused it.
    #[error("no lowering for the operator {0}")]
    Unknown(String),
    /// The bytes could not be read a second time.
    #[error(transparent)]
    Read(#[from] wasmparser::Error),
}

/// Lowers one operator.
pub(super) fn lower<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> Result<(), DispatchError> {
    if !f.reachable {
        skip(f, operator);
        return Ok(());
    }
    use Operator as O;
    match *operator {
        O::Unreachable => trap::unreachable(f),
        O::Nop => {}
        O::Block { blockty } => control::block(f, blockty),
        O::Loop { blockty } => control::loop_(f, blockty),
        O::If { blockty } => control::if_(f, blockty),
        O::Else => control::else_(f),
        O::End => control::end(f),
        O::Br { relative_depth } => control::br(f, relative_depth),
        O::BrIf { relative_depth } => control::br_if(f, relative_depth),
        O::BrTable { ref targets } => control::br_table(f, targets)?,
        O::Return => control::return_(f),
        O::Call { function_index } => call::call(f, FuncIndex::from_u32(function_index)),
        O::CallIndirect { type_index, table_index } => {
            call::call_indirect(f, TypeIndex::from_u32(type_index), TableIndex::from_u32(table_index));
        }

        O::Drop => parametric::drop(f),
        O::Select | O::TypedSelect { .. } => parametric::select(f),

        O::LocalGet { local_index } => local::get(f, local_index),
        O::LocalSet { local_index } => local::set(f, local_index),
        O::LocalTee { local_index } => local::tee(f, local_index),
        O::GlobalGet { global_index } => global::get(f, GlobalIndex::from_u32(global_index)),
        O::GlobalSet { global_index } => global::set(f, GlobalIndex::from_u32(global_index)),

        O::RefNull { .. } => reference::null(f),
        O::RefIsNull => reference::is_null(f),
        O::RefFunc { function_index } => reference::func(f, FuncIndex::from_u32(function_index)),

        O::TableGet { table } => table::get(f, TableIndex::from_u32(table)),
        O::TableSet { table } => table::set(f, TableIndex::from_u32(table)),
        O::TableSize { table } => table::size(f, TableIndex::from_u32(table)),
        O::TableGrow { table } => table::grow(f, TableIndex::from_u32(table)),
        O::TableFill { table } => table::fill(f, TableIndex::from_u32(table)),
        O::TableCopy { dst_table, src_table } => {
            table::copy(f, TableIndex::from_u32(dst_table), TableIndex::from_u32(src_table));
        }
        O::TableInit { elem_index, table } => {
            table::init(f, ElementIndex::from_u32(elem_index), TableIndex::from_u32(table));
        }
        O::ElemDrop { elem_index } => table::drop_elements(f, ElementIndex::from_u32(elem_index)),

        O::I32Load { memarg } => memory::load(f, LoadOp::Full(Type::I32), memarg),
        O::I64Load { memarg } => memory::load(f, LoadOp::Full(Type::I64), memarg),
        O::F32Load { memarg } => memory::load(f, LoadOp::Full(Type::F32), memarg),
        O::F64Load { memarg } => memory::load(f, LoadOp::Full(Type::F64), memarg),
        O::I32Load8S { memarg } => memory::load(f, LoadOp::Low8S(Type::I32), memarg),
        O::I32Load8U { memarg } => memory::load(f, LoadOp::Low8U(Type::I32), memarg),
        O::I32Load16S { memarg } => memory::load(f, LoadOp::Low16S(Type::I32), memarg),
        O::I32Load16U { memarg } => memory::load(f, LoadOp::Low16U(Type::I32), memarg),
        O::I64Load8S { memarg } => memory::load(f, LoadOp::Low8S(Type::I64), memarg),
        O::I64Load8U { memarg } => memory::load(f, LoadOp::Low8U(Type::I64), memarg),
        O::I64Load16S { memarg } => memory::load(f, LoadOp::Low16S(Type::I64), memarg),
        O::I64Load16U { memarg } => memory::load(f, LoadOp::Low16U(Type::I64), memarg),
        O::I64Load32S { memarg } => memory::load(f, LoadOp::Low32S, memarg),
        O::I64Load32U { memarg } => memory::load(f, LoadOp::Low32U, memarg),
        O::I32Store { memarg } => memory::store(f, StoreOp::Full(Type::I32), memarg),
        O::I64Store { memarg } => memory::store(f, StoreOp::Full(Type::I64), memarg),
        O::F32Store { memarg } => memory::store(f, StoreOp::Full(Type::F32), memarg),
        O::F64Store { memarg } => memory::store(f, StoreOp::Full(Type::F64), memarg),
        O::I32Store8 { memarg } | O::I64Store8 { memarg } => memory::store(f, StoreOp::Low8, memarg),
        O::I32Store16 { memarg } | O::I64Store16 { memarg } => memory::store(f, StoreOp::Low16, memarg),
        O::I64Store32 { memarg } => memory::store(f, StoreOp::Low32, memarg),
        O::MemorySize { mem } => memory::size(f, MemoryIndex::from_u32(mem)),
        O::MemoryGrow { mem } => memory::grow(f, MemoryIndex::from_u32(mem)),
        O::MemoryCopy { dst_mem, src_mem } => {
            memory_bulk::copy(f, MemoryIndex::from_u32(dst_mem), MemoryIndex::from_u32(src_mem));
        }
        O::MemoryFill { mem } => memory_bulk::fill(f, MemoryIndex::from_u32(mem)),
        O::MemoryInit { data_index, mem } => {
            memory::init(f, DataIndex::from_u32(data_index), MemoryIndex::from_u32(mem));
        }
        O::DataDrop { data_index } => memory::drop_data(f, DataIndex::from_u32(data_index)),

        O::I32Const { value } => {
            let value = f.builder.const_i32(value);
            f.push(value);
        }
        O::I64Const { value } => {
            let value = f.builder.const_i64(value);
            f.push(value);
        }
        O::F32Const { value } => {
            let value = f.builder.const_f32(value.bits());
            f.push(value);
        }
        O::F64Const { value } => {
            let value = f.builder.const_f64(value.bits());
            f.push(value);
        }

        O::I32Eqz | O::I64Eqz => equals_zero(f),
        O::I32Eq | O::I64Eq => compare(f, CompareOp::Eq),
        O::I32Ne | O::I64Ne => compare(f, CompareOp::Ne),
        O::I32LtS | O::I64LtS => compare(f, CompareOp::LtS),
        O::I32LtU | O::I64LtU => compare(f, CompareOp::LtU),
        O::I32GtS | O::I64GtS => compare(f, CompareOp::GtS),
        O::I32GtU | O::I64GtU => compare(f, CompareOp::GtU),
        O::I32LeS | O::I64LeS => compare(f, CompareOp::LeS),
        O::I32LeU | O::I64LeU => compare(f, CompareOp::LeU),
        O::I32GeS | O::I64GeS => compare(f, CompareOp::GeS),
        O::I32GeU | O::I64GeU => compare(f, CompareOp::GeU),
        O::F32Eq | O::F64Eq => compare(f, CompareOp::FloatEq),
        O::F32Ne | O::F64Ne => compare(f, CompareOp::FloatNe),
        O::F32Lt | O::F64Lt => compare(f, CompareOp::FloatLt),
        O::F32Gt | O::F64Gt => compare(f, CompareOp::FloatGt),
        O::F32Le | O::F64Le => compare(f, CompareOp::FloatLe),
        O::F32Ge | O::F64Ge => compare(f, CompareOp::FloatGe),

        O::I32Clz | O::I64Clz => unary(f, UnaryOp::Clz),
        O::I32Ctz | O::I64Ctz => unary(f, UnaryOp::Ctz),
        O::I32Popcnt | O::I64Popcnt => unary(f, UnaryOp::Popcnt),
        O::I32Add | O::I64Add => binary(f, BinaryOp::Add),
        O::I32Sub | O::I64Sub => binary(f, BinaryOp::Sub),
        O::I32Mul | O::I64Mul => binary(f, BinaryOp::Mul),
        O::I32DivS | O::I64DivS => binary(f, BinaryOp::DivS),
        O::I32DivU | O::I64DivU => binary(f, BinaryOp::DivU),
        O::I32RemS | O::I64RemS => binary(f, BinaryOp::RemS),
        O::I32RemU | O::I64RemU => binary(f, BinaryOp::RemU),
        O::I32And | O::I64And => binary(f, BinaryOp::And),
        O::I32Or | O::I64Or => binary(f, BinaryOp::Or),
        O::I32Xor | O::I64Xor => binary(f, BinaryOp::Xor),
        O::I32Shl | O::I64Shl => binary(f, BinaryOp::Shl),
        O::I32ShrS | O::I64ShrS => binary(f, BinaryOp::ShrS),
        O::I32ShrU | O::I64ShrU => binary(f, BinaryOp::ShrU),
        O::I32Rotl | O::I64Rotl => binary(f, BinaryOp::Rotl),
        O::I32Rotr | O::I64Rotr => binary(f, BinaryOp::Rotr),
        O::F32Abs | O::F64Abs => unary(f, UnaryOp::FloatAbs),
        O::F32Neg | O::F64Neg => unary(f, UnaryOp::FloatNeg),
        O::F32Ceil | O::F64Ceil => unary(f, UnaryOp::FloatCeil),
        O::F32Floor | O::F64Floor => unary(f, UnaryOp::FloatFloor),
        O::F32Trunc | O::F64Trunc => unary(f, UnaryOp::FloatTrunc),
        O::F32Nearest | O::F64Nearest => unary(f, UnaryOp::FloatNearest),
        O::F32Sqrt | O::F64Sqrt => unary(f, UnaryOp::FloatSqrt),
        O::F32Add | O::F64Add => binary(f, BinaryOp::FloatAdd),
        O::F32Sub | O::F64Sub => binary(f, BinaryOp::FloatSub),
        O::F32Mul | O::F64Mul => binary(f, BinaryOp::FloatMul),
        O::F32Div | O::F64Div => binary(f, BinaryOp::FloatDiv),
        O::F32Min | O::F64Min => binary(f, BinaryOp::FloatMin),
        O::F32Max | O::F64Max => binary(f, BinaryOp::FloatMax),
        O::F32Copysign | O::F64Copysign => binary(f, BinaryOp::FloatCopysign),

        O::I32WrapI64 => convert(f, ConvertOp::Wrap, Type::I32),
        O::I64ExtendI32S => convert(f, ConvertOp::ExtendS, Type::I64),
        O::I64ExtendI32U => convert(f, ConvertOp::ExtendU, Type::I64),
        O::I32Extend8S | O::I64Extend8S => unary(f, UnaryOp::Extend8S),
        O::I32Extend16S | O::I64Extend16S => unary(f, UnaryOp::Extend16S),
        O::I64Extend32S => unary(f, UnaryOp::Extend32S),
        O::I32TruncF32S | O::I32TruncF64S => convert(f, ConvertOp::TruncS, Type::I32),
        O::I32TruncF32U | O::I32TruncF64U => convert(f, ConvertOp::TruncU, Type::I32),
        O::I64TruncF32S | O::I64TruncF64S => convert(f, ConvertOp::TruncS, Type::I64),
        O::I64TruncF32U | O::I64TruncF64U => convert(f, ConvertOp::TruncU, Type::I64),
        O::I32TruncSatF32S | O::I32TruncSatF64S => convert(f, ConvertOp::TruncSatS, Type::I32),
        O::I32TruncSatF32U | O::I32TruncSatF64U => convert(f, ConvertOp::TruncSatU, Type::I32),
        O::I64TruncSatF32S | O::I64TruncSatF64S => convert(f, ConvertOp::TruncSatS, Type::I64),
        O::I64TruncSatF32U | O::I64TruncSatF64U => convert(f, ConvertOp::TruncSatU, Type::I64),
        O::F32ConvertI32S | O::F32ConvertI64S => convert(f, ConvertOp::ConvertS, Type::F32),
        O::F32ConvertI32U | O::F32ConvertI64U => convert(f, ConvertOp::ConvertU, Type::F32),
        O::F64ConvertI32S | O::F64ConvertI64S => convert(f, ConvertOp::ConvertS, Type::F64),
        O::F64ConvertI32U | O::F64ConvertI64U => convert(f, ConvertOp::ConvertU, Type::F64),
        O::F32DemoteF64 => convert(f, ConvertOp::Demote, Type::F32),
        O::F64PromoteF32 => convert(f, ConvertOp::Promote, Type::F64),
        O::I32ReinterpretF32 => convert(f, ConvertOp::Reinterpret, Type::I32),
        O::I64ReinterpretF64 => convert(f, ConvertOp::Reinterpret, Type::I64),
        O::F32ReinterpretI32 => convert(f, ConvertOp::Reinterpret, Type::F32),
        O::F64ReinterpretI64 => convert(f, ConvertOp::Reinterpret, Type::F64),

        ref other if simd::dispatch(f, other) => {}
        ref other if function_reference::dispatch(f, other) => {}
        ref other if tail_call::dispatch(f, other) => {}
        ref other if wide::dispatch(f, other) => {}
        ref other if atomic_dispatch::dispatch(f, other) => {}
        ref other => return Err(DispatchError::Unknown(format!("{other:?}"))),
    }
    Ok(())
}

/// Operators that cannot run only open and close blocks, until the one in which control ended ends.
fn skip<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) {
    match operator {
        Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => f.skipped_blocks += 1,
        Operator::End if f.skipped_blocks > 0 => f.skipped_blocks -= 1,
        Operator::Else if f.skipped_blocks == 0 => control::else_(f),
        Operator::End => control::end(f),
        _ => {}
    }
}
