//! Imports and exports as `wasmc_runtime::abi` describes them, for modules that are linked with
//! others when the program runs.

use super::records::{Records, read_only, text};
use super::section::Place;
use crate::analyze::Plan;
use crate::codegen::CompiledCode;
use crate::module::{
    Export, ExternalIndex, FuncIndex, GlobalIndex, GlobalType, HeapType, Import, ImportType, MemoryIndex, MemoryType,
    Module, RefType, TableIndex, TableType, TagIndex, ValueType,
};
use std::mem::{offset_of, size_of};
use wasmc_runtime::abi::{self, ExternKind, ExternType, ValueCode, offsets, value_type};

impl Records {
    /// The `abi::Import` records: where they are and how many. None in a closed world.
    pub(super) fn add_imports(&mut self, module: &Module<'_>, plan: &Plan) -> (Place, usize) {
        let imports: &[Import<'_>] = if plan.is_open { &module.imports } else { &[] };
        let names: Vec<(Place, Place)> = imports
            .iter()
            .map(|import| {
                (self.append_bytes(import.module.as_bytes(), 1), self.append_bytes(import.name.as_bytes(), 1))
            })
            .collect();
        let start = self.reserve_records::<abi::Import>(imports.len());
        let mut indices = ImportIndices::default();
        for (position, (import, names)) in imports.iter().zip(names).enumerate() {
            let record = start + (position * size_of::<abi::Import>()) as u64;
            let out = &mut self.read_only;
            out.put_slice(record + offset_of!(abi::Import, module) as u64, names.0, import.module.len());
            out.put_slice(record + offset_of!(abi::Import, name) as u64, names.1, import.name.len());
            let offset = instance_offset(plan, indices.next(&import.ty));
            out.put_u64(record + offset_of!(abi::Import, instance_offset) as u64, offset);
            let ty = import_type(plan, &import.ty);
            self.put_extern_type(record + offset_of!(abi::Import, ty) as u64, ty);
        }
        (read_only(start), imports.len())
    }

    /// The `abi::Export` records: where they are and how many. None in a closed world.
    pub(super) fn add_exports(&mut self, module: &Module<'_>, plan: &Plan, code: &CompiledCode) -> (Place, usize) {
        let exports: &[Export<'_>] = if plan.is_open { &module.exports } else { &[] };
        let names: Vec<Place> = exports.iter().map(|export| self.append_bytes(export.name.as_bytes(), 1)).collect();
        let start = self.reserve_records::<abi::Export>(exports.len());
        for (position, (export, name)) in exports.iter().zip(names).enumerate() {
            let record = start + (position * size_of::<abi::Export>()) as u64;
            let out = &mut self.read_only;
            out.put_slice(record + offset_of!(abi::Export, name) as u64, name, export.name.len());
            let offset = instance_offset(plan, export.index);
            out.put_u64(record + offset_of!(abi::Export, instance_offset) as u64, offset);
            let imported = u64::from(is_imported(module, export.index));
            out.put_u64(record + offset_of!(abi::Export, imported) as u64, imported);
            if let ExternalIndex::Function(function) = export.index
                && let Some(trampoline) = plan.array_trampolines[function]
            {
                out.put_address(record + offset_of!(abi::Export, call) as u64, text(code, trampoline));
            }
            self.put_extern_type(record + offset_of!(abi::Export, ty) as u64, export_type(module, plan, export.index));
        }
        (read_only(start), exports.len())
    }

    fn put_extern_type(&mut self, record: u64, ty: ExternType) {
        let out = &mut self.read_only;
        out.put_u32(record + offset_of!(ExternType, kind) as u64, ty.kind);
        out.put_u32(record + offset_of!(ExternType, flags) as u64, ty.flags);
        out.put_u64(record + offset_of!(ExternType, content) as u64, ty.content);
        out.put_u64(record + offset_of!(ExternType, minimum) as u64, ty.minimum);
        out.put_u64(record + offset_of!(ExternType, maximum) as u64, ty.maximum);
        out.put_u64(record + offset_of!(ExternType, page_size_log2) as u64, ty.page_size_log2);
    }
}

/// The indices that imports take, kind by kind.
#[derive(Default)]
struct ImportIndices {
    functions: u32,
    tables: u32,
    memories: u32,
    globals: u32,
    tags: u32,
}

impl ImportIndices {
    /// The index of the next import, which has this type.
    fn next(&mut self, ty: &ImportType) -> ExternalIndex {
        let take = |counter: &mut u32| {
            *counter += 1;
            *counter - 1
        };
        match ty {
            ImportType::Function(_) => ExternalIndex::Function(FuncIndex::from_u32(take(&mut self.functions))),
            ImportType::Table(_) => ExternalIndex::Table(TableIndex::from_u32(take(&mut self.tables))),
            ImportType::Memory(_) => ExternalIndex::Memory(MemoryIndex::from_u32(take(&mut self.memories))),
            ImportType::Global(_) => ExternalIndex::Global(GlobalIndex::from_u32(take(&mut self.globals))),
            ImportType::Tag(_) => ExternalIndex::Tag(TagIndex::from_u32(take(&mut self.tags))),
        }
    }
}

/// Where in the instance an item that others see is, or the address of an imported one.
fn instance_offset(plan: &Plan, index: ExternalIndex) -> u64 {
    let offset = match index {
        ExternalIndex::Function(function) => {
            plan.funcref_slots[function].map(|slot| plan.layout.funcrefs + slot * offsets::FUNCREF_SIZE)
        }
        ExternalIndex::Table(table) => plan.layout.tables[table],
        ExternalIndex::Memory(memory) => Some(plan.layout.memories[memory]),
        ExternalIndex::Global(global) => plan.layout.globals[global],
        ExternalIndex::Tag(tag) => plan.layout.tags[tag],
    };
    u64::from(offset.expect("planned: what others see has a place in the instance"))
}

fn is_imported(module: &Module<'_>, index: ExternalIndex) -> bool {
    match index {
        // A reference to an imported function is as good as one to the function itself.
        ExternalIndex::Function(_) => false,
        ExternalIndex::Table(table) => module.is_imported_table(table),
        ExternalIndex::Memory(memory) => module.is_imported_memory(memory),
        ExternalIndex::Global(global) => module.is_imported_global(global),
        ExternalIndex::Tag(tag) => module.is_imported_tag(tag),
    }
}

fn import_type(plan: &Plan, ty: &ImportType) -> ExternType {
    match ty {
        ImportType::Function(ty) => numbered(ExternKind::Function, plan.type_ids[*ty]),
        ImportType::Table(ty) => table_type(plan, ty),
        ImportType::Memory(ty) => memory_type(ty),
        ImportType::Global(ty) => global_type(plan, ty),
        ImportType::Tag(ty) => numbered(ExternKind::Tag, plan.type_ids[*ty]),
    }
}

fn export_type(module: &Module<'_>, plan: &Plan, index: ExternalIndex) -> ExternType {
    match index {
        ExternalIndex::Function(function) => numbered(ExternKind::Function, plan.function_type_ids[function]),
        ExternalIndex::Table(table) => table_type(plan, &module.tables[table].ty),
        ExternalIndex::Memory(memory) => memory_type(&module.memories[memory]),
        ExternalIndex::Global(global) => global_type(plan, &module.globals[global].ty),
        ExternalIndex::Tag(tag) => numbered(ExternKind::Tag, plan.type_ids[module.tags[tag]]),
    }
}

/// A function or a tag.
fn numbered(kind: ExternKind, type_id: u64) -> ExternType {
    ExternType { content: type_id, ..plain(kind) }
}

fn table_type(plan: &Plan, ty: &TableType) -> ExternType {
    ExternType {
        flags: if ty.table64 { abi::EXTERN_INDEX64 } else { 0 },
        content: value_word(plan, ValueType::Ref(ty.element)),
        minimum: ty.minimum,
        maximum: ty.maximum.unwrap_or(u64::MAX),
        ..plain(ExternKind::Table)
    }
}

fn memory_type(ty: &MemoryType) -> ExternType {
    let index64 = if ty.memory64 { abi::EXTERN_INDEX64 } else { 0 };
    ExternType {
        flags: index64 | if ty.shared { abi::EXTERN_SHARED } else { 0 },
        minimum: ty.minimum,
        maximum: ty.maximum.unwrap_or(u64::MAX),
        page_size_log2: u64::from(ty.page_size_log2),
        ..plain(ExternKind::Memory)
    }
}

fn global_type(plan: &Plan, ty: &GlobalType) -> ExternType {
    ExternType {
        flags: if ty.mutable { abi::EXTERN_MUTABLE } else { 0 },
        content: value_word(plan, ty.value),
        ..plain(ExternKind::Global)
    }
}

fn plain(kind: ExternKind) -> ExternType {
    ExternType { kind: kind as u32, flags: 0, content: 0, minimum: 0, maximum: u64::MAX, page_size_log2: 0 }
}

/// A type as `abi::value_type` encodes it.
fn value_word(plan: &Plan, ty: ValueType) -> u64 {
    let code = match ty {
        ValueType::I32 => ValueCode::I32,
        ValueType::I64 => ValueCode::I64,
        ValueType::F32 => ValueCode::F32,
        ValueType::F64 => ValueCode::F64,
        ValueType::V128 => ValueCode::V128,
        ValueType::Ref(RefType { nullable, heap }) => {
            let heap = match heap {
                HeapType::Func => value_type::HEAP_FUNC,
                HeapType::Extern => value_type::HEAP_EXTERN,
                HeapType::Concrete(ty) => value_type::HEAP_CONCRETE + plan.type_ids[ty],
            };
            return value_type::reference(nullable, heap);
        }
    };
    code as u64
}
