//! The validator's types as ours.

use super::features::Failure;
use crate::module::{FuncType, GlobalType, HeapType, MemoryType, Proposal, RefType, TableType, TypeIndex, ValueType};

pub(super) fn value_type(ty: wasmparser::ValType, offset: usize) -> Result<ValueType, Failure> {
    Ok(match ty {
        wasmparser::ValType::I32 => ValueType::I32,
        wasmparser::ValType::I64 => ValueType::I64,
        wasmparser::ValType::F32 => ValueType::F32,
        wasmparser::ValType::F64 => ValueType::F64,
        wasmparser::ValType::V128 => ValueType::V128,
        wasmparser::ValType::Ref(ty) => ValueType::Ref(ref_type(ty, offset)?),
    })
}

pub(super) fn ref_type(ty: wasmparser::RefType, offset: usize) -> Result<RefType, Failure> {
    Ok(RefType { nullable: ty.is_nullable(), heap: heap_type(ty.heap_type(), offset)? })
}

pub(super) fn heap_type(ty: wasmparser::HeapType, offset: usize) -> Result<HeapType, Failure> {
    use wasmparser::{AbstractHeapType, UnpackedIndex};
    match ty {
        wasmparser::HeapType::Abstract { shared: false, ty: AbstractHeapType::Func } => Ok(HeapType::Func),
        wasmparser::HeapType::Abstract { shared: false, ty: AbstractHeapType::Extern } => Ok(HeapType::Extern),
        wasmparser::HeapType::Concrete(UnpackedIndex::Module(index)) => {
            Ok(HeapType::Concrete(TypeIndex::from_u32(index)))
        }
        wasmparser::HeapType::Abstract { ty: AbstractHeapType::Exn | AbstractHeapType::NoExn, .. } => {
            Err(unsupported(Proposal::Exceptions, ty, offset))
        }
        _ => Err(unsupported(Proposal::GarbageCollection, ty, offset)),
    }
}

fn unsupported(proposal: Proposal, ty: wasmparser::HeapType, offset: usize) -> Failure {
    Failure::Unsupported { proposal, detail: format!("references of type `{ty:?}`"), offset }
}

pub(super) fn func_type(ty: &wasmparser::FuncType, offset: usize) -> Result<FuncType, Failure> {
    let convert = |types: &[wasmparser::ValType]| -> Result<Box<[ValueType]>, Failure> {
        types.iter().map(|ty| value_type(*ty, offset)).collect()
    };
    Ok(FuncType { parameters: convert(ty.params())?, results: convert(ty.results())? })
}

pub(super) fn table_type(ty: wasmparser::TableType, offset: usize) -> Result<TableType, Failure> {
    Ok(TableType {
        element: ref_type(ty.element_type, offset)?,
        table64: ty.table64,
        minimum: ty.initial,
        maximum: ty.maximum,
    })
}

pub(super) fn memory_type(ty: wasmparser::MemoryType) -> MemoryType {
    MemoryType {
        memory64: ty.memory64,
        shared: ty.shared,
        minimum: ty.initial,
        maximum: ty.maximum,
        page_size_log2: ty.page_size_log2.unwrap_or(16),
    }
}

pub(super) fn global_type(ty: wasmparser::GlobalType, offset: usize) -> Result<GlobalType, Failure> {
    Ok(GlobalType { value: value_type(ty.content_type, offset)?, mutable: ty.mutable })
}
