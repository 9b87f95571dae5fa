//! The records of `wasmc_runtime::abi`, laid out for one module.

use super::section::{Contents, Place, SectionName, Target};
use crate::analyze::{
    Code, CodeIndex, DataPlan, ElementPlan, EntryPlan, GlobalPlan, ImageExtent, ImportBinding, MemoryBase, MemoryBound,
    Plan, Symbol, TablePlan,
};
use crate::codegen::CompiledCode;
use crate::debuginfo::SourceLines;
use crate::error::Error;
use crate::module::{ConstOp, FuncIndex, MemoryIndex, Module, TableIndex};
use crate::options::{InstanceMode, Options};
use crate::target::{OperatingSystem, Target as Platform};
use std::collections::HashMap;
use std::mem::{align_of, offset_of, size_of};
use wasmc_runtime::abi::{self, ValueCode, WasiCall, offsets};

/// The data of an object.
#[derive(Default)]
pub(super) struct Records {
    pub(super) read_only: Contents,
    pub(super) image: Contents,
    pub(super) data: Contents,
    /// Where the data that code refers to lies.
    pub(super) places: HashMap<Symbol, Place>,
    /// Offset of the `abi::Module` in `read_only`.
    pub(super) module: u64,
    /// Offset of the `abi::Program` in `read_only`, when there is something to run.
    pub(super) program: Option<u64>,
}

impl Records {
    /// Lays out everything except machine code.
    pub(super) fn new(
        module: &Module<'_>,
        plan: &Plan,
        lines: Option<&SourceLines>,
        code: &CompiledCode,
        options: &Options,
    ) -> Result<Records, Error> {
        let mut records = Records::default();
        records.add_segments(module, plan);
        records.add_read_only_tables(plan, code);
        records.add_import_texts(plan);
        let template = records.add_template(module, plan, code)?;
        if plan.instances == InstanceMode::Static {
            records.places.insert(Symbol::Instance, template);
        }
        records.module = records.add_module(module, plan, lines, code, template);
        records.program = match &plan.entry {
            Some(entry) => Some(records.add_program(module, plan, entry, code, options)?),
            None => None,
        };
        Ok(records)
    }

    fn add_segments(&mut self, module: &Module<'_>, plan: &Plan) {
        for (index, segment) in &module.data {
            if plan.data[index] == DataPlan::Stored {
                let place = self.append_bytes(segment.bytes, 1);
                self.places.insert(Symbol::DataSegment(index), place);
            }
        }
        for (index, element) in &plan.elements {
            if let ElementPlan::Functions(items) = element {
                let slots = items
                    .iter()
                    .map(|item| item.and_then(|function| plan.funcref_slots[function]).unwrap_or(abi::NULL_ELEMENT));
                let place = self.append_u32s(slots);
                self.places.insert(Symbol::ElementSegment(index), place);
            }
        }
    }

    fn add_read_only_tables(&mut self, plan: &Plan, code: &CompiledCode) {
        for (index, table) in &plan.tables {
            let TablePlan::ReadOnly(entries) = table else { continue };
            let size = offsets::TABLE_ENTRY_SIZE as usize;
            let start = self.read_only.reserve(entries.len() * size, 16);
            for (position, function) in entries.iter().enumerate() {
                let entry = start + (position * size) as u64;
                let Some(function) = function else { continue };
                let type_id = plan.function_type_ids[*function];
                self.read_only.put_u64(entry + u64::from(offsets::TABLE_ENTRY_TYPE_ID), type_id);
                if let Some(target) = code_address(plan, code, *function) {
                    self.read_only.put_address(entry + u64::from(offsets::TABLE_ENTRY_CODE), target);
                }
            }
            self.places.insert(Symbol::ReadOnlyTable(index), read_only(start));
        }
    }

    fn add_import_texts(&mut self, plan: &Plan) {
        for (function, binding) in &plan.imports {
            if let ImportBinding::Stub { text } = binding {
                let place = self.append_bytes(text.as_bytes(), 1);
                self.places.insert(Symbol::ImportText(function), place);
            }
        }
    }

    /// The state of a fresh instance.
    fn add_template(&mut self, module: &Module<'_>, plan: &Plan, code: &CompiledCode) -> Result<Place, Error> {
        let start = self.data.reserve(plan.layout.size as usize, 16);
        for (index, global) in &plan.globals {
            if let (GlobalPlan::Stored { initial: Some(value) } | GlobalPlan::Constant(value), Some(offset)) =
                (global, plan.layout.globals[index])
            {
                let offset = start + u64::from(offset);
                match *value {
                    ConstOp::I32(value) => self.data.put_u32(offset, value as u32),
                    ConstOp::I64(value) => self.data.put_u64(offset, value as u64),
                    ConstOp::F32(bits) => self.data.put_u32(offset, bits),
                    ConstOp::F64(bits) => self.data.put_u64(offset, bits),
                    ConstOp::V128(bits) => self.data.put_u128(offset, bits),
                    ConstOp::RefNull(_) => {}
                    other => return Err(Error::bug("laying out globals", format!("{other:?} is not a constant"))),
                }
            }
        }
        for (index, segment) in &module.data {
            if let Some(offset) = plan.layout.data_lengths[index] {
                self.data.put_u64(start + u64::from(offset), segment.bytes.len() as u64);
            }
        }
        for (index, segment) in &module.elements {
            if let Some(offset) = plan.layout.element_lengths[index] {
                self.data.put_u64(start + u64::from(offset), segment.items.len() as u64);
            }
        }
        for (slot, function) in plan.funcrefs.iter().enumerate() {
            let offset = start + u64::from(plan.layout.funcrefs) + slot as u64 * u64::from(offsets::FUNCREF_SIZE);
            self.data.put_u64(offset + u64::from(offsets::FUNCREF_TYPE_ID), plan.function_type_ids[*function]);
            if let Some(target) = code_address(plan, code, *function) {
                self.data.put_address(offset + u64::from(offsets::FUNCREF_CODE), target);
            }
        }
        Ok(Place { section: SectionName::Data, offset: start })
    }

    fn add_module(
        &mut self,
        module: &Module<'_>,
        plan: &Plan,
        lines: Option<&SourceLines>,
        code: &CompiledCode,
        template: Place,
    ) -> u64 {
        let memories = self.add_memory_plans(module, plan);
        let tables = self.add_table_plans(module, plan);
        let imports = self.add_imports(module, plan);
        let exports = self.add_exports(module, plan, code);
        let name = self.append_bytes(module.name.as_bytes(), 1);
        let record = self.reserve_record::<abi::Module>();
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_slice(field(offset_of!(abi::Module, name)), name, module.name.len());
        out.put_slice(field(offset_of!(abi::Module, template)), template, plan.layout.size as usize);
        if plan.instances == InstanceMode::Dynamic {
            out.put_address(field(offset_of!(abi::Module, copy_template)), runtime(abi::COPY_TEMPLATE_SYMBOL));
        }
        out.put_slice(field(offset_of!(abi::Module, memories)), memories.0, memories.1);
        out.put_slice(field(offset_of!(abi::Module, tables)), tables.0, tables.1);
        if tables.1 > 0 {
            out.put_address(field(offset_of!(abi::Module, make_tables)), runtime(abi::MAKE_TABLES_SYMBOL));
        }
        out.put_slice(field(offset_of!(abi::Module, imports)), imports.0, imports.1);
        out.put_slice(field(offset_of!(abi::Module, exports)), exports.0, exports.1);
        let wasi_memory = plan.wasi_memory.map_or(u64::MAX, |memory| u64::from(plan.layout.memories[memory]));
        out.put_u64(field(offset_of!(abi::Module, wasi_memory_offset)), wasi_memory);
        out.put_u64(field(offset_of!(abi::Module, funcrefs_offset)), u64::from(plan.layout.funcrefs));
        out.put_u64(field(offset_of!(abi::Module, funcrefs_count)), plan.funcrefs.len() as u64);
        if let Some(index) = plan.code_of(Code::Instantiate) {
            out.put_address(field(offset_of!(abi::Module, instantiate)), text(code, index));
        }
        let sources = lines.and_then(|lines| self.add_source_map(lines, code));
        self.add_code_map(module, plan, sources, code, field(offset_of!(abi::Module, code)));
        record
    }

    fn add_memory_plans(&mut self, module: &Module<'_>, plan: &Plan) -> (Place, usize) {
        let defined: Vec<MemoryIndex> = plan.memories.keys().skip(module.imported_memories).collect();
        let images: Vec<(Place, usize)> =
            defined.iter().map(|index| self.add_image(&plan.memories[*index].image, plan.largest_page)).collect();
        let start = self.reserve_records::<abi::MemoryPlan>(defined.len());
        for (position, (index, image)) in defined.iter().zip(images).enumerate() {
            let memory = &plan.memories[*index];
            let ty = &module.memories[*index];
            let record = start + (position * size_of::<abi::MemoryPlan>()) as u64;
            let field = |offset: usize| record + offset as u64;
            let (fixed_base, fixed_flag) = match memory.base {
                MemoryBase::Fixed(address) => (address, abi::MEMORY_FIXED),
                MemoryBase::Loaded { .. } => (0, 0),
            };
            let guard_flag = if memory.bound == MemoryBound::Guarded { abi::MEMORY_GUARDED } else { 0 };
            let shared_flag = if ty.shared { abi::MEMORY_SHARED } else { 0 };
            let index_flag = if ty.memory64 { abi::MEMORY_64 } else { 0 };
            let out = &mut self.read_only;
            let instance_offset = plan.layout.memories[*index];
            out.put_u32(field(offset_of!(abi::MemoryPlan, instance_offset)), instance_offset);
            out.put_u32(field(offset_of!(abi::MemoryPlan, flags)), fixed_flag | guard_flag | shared_flag | index_flag);
            out.put_u32(field(offset_of!(abi::MemoryPlan, page_size_log2)), ty.page_size_log2);
            let reserve = match (memory.bound, ty.shared) {
                (MemoryBound::Guarded, _) => abi::RESERVE_GUARDED_MEMORY_SYMBOL,
                (_, true) => abi::RESERVE_SHARED_MEMORY_SYMBOL,
                (_, false) => abi::ALLOCATE_MEMORY_SYMBOL,
            };
            out.put_address(field(offset_of!(abi::MemoryPlan, reserve)), runtime(reserve));
            out.put_u64(field(offset_of!(abi::MemoryPlan, fixed_base)), fixed_base);
            out.put_u64(field(offset_of!(abi::MemoryPlan, minimum)), ty.minimum_bytes().unwrap_or(u64::MAX));
            out.put_u64(field(offset_of!(abi::MemoryPlan, maximum)), memory.maximum);
            out.put_slice(field(offset_of!(abi::MemoryPlan, image)), image.0, image.1);
        }
        (read_only(start), defined.len())
    }

    fn add_image(&mut self, extents: &[ImageExtent], page: u64) -> (Place, usize) {
        let places: Vec<Place> = extents
            .iter()
            .map(|extent| {
                if extent.is_mapped() {
                    let offset = self.image.append(&extent.bytes, page as usize);
                    Place { section: SectionName::Image, offset }
                } else {
                    self.append_bytes(&extent.bytes, 1)
                }
            })
            .collect();
        let start = self.reserve_records::<abi::ImageExtent>(extents.len());
        for (position, (extent, place)) in extents.iter().zip(places).enumerate() {
            let record = start + (position * size_of::<abi::ImageExtent>()) as u64;
            let out = &mut self.read_only;
            out.put_u64(record + offset_of!(abi::ImageExtent, offset) as u64, extent.offset);
            out.put_slice(record + offset_of!(abi::ImageExtent, bytes) as u64, place, extent.bytes.len());
        }
        (read_only(start), extents.len())
    }

    fn add_table_plans(&mut self, module: &Module<'_>, plan: &Plan) -> (Place, usize) {
        let stored: Vec<(TableIndex, u32)> = module
            .tables
            .keys()
            .skip(module.imported_tables)
            .filter_map(|index| Some((index, plan.layout.tables[index]?)))
            .collect();
        let start = self.reserve_records::<abi::TablePlan>(stored.len());
        for (position, (index, offset)) in stored.iter().enumerate() {
            let ty = &module.tables[*index].ty;
            let record = start + (position * size_of::<abi::TablePlan>()) as u64;
            let out = &mut self.read_only;
            out.put_u32(record + offset_of!(abi::TablePlan, instance_offset) as u64, *offset);
            out.put_u64(record + offset_of!(abi::TablePlan, minimum) as u64, ty.minimum);
            let index_space = if ty.table64 { u64::MAX } else { u64::from(u32::MAX) };
            let maximum = ty.maximum.unwrap_or(index_space).min(index_space);
            out.put_u64(record + offset_of!(abi::TablePlan, maximum) as u64, maximum);
        }
        (read_only(start), stored.len())
    }

    fn add_program(
        &mut self,
        module: &Module<'_>,
        plan: &Plan,
        entry: &EntryPlan,
        code: &CompiledCode,
        options: &Options,
    ) -> Result<u64, Error> {
        let requirements = self.add_requirements(options)?;
        // Programs that can be watched have it, too: it would be a quarter of the smallest ones.
        let core_dump = plan.traces_wasi.then(|| self.add_core_dump(module, plan));
        let directories = self.add_directories(options);
        let variables = self.add_variables(options);
        let sockets = self.add_sockets(plan, options);
        let name = self.append_bytes(entry.name.as_bytes(), 1);
        let parameters: Vec<u8> = entry.parameters.iter().map(|ty| *ty as u8).collect();
        let results: Vec<u8> = entry.results.iter().map(|ty| *ty as u8).collect();
        let parameters_place = self.append_bytes(&parameters, 1);
        let results_place = self.append_bytes(&results, 1);

        let record = self.reserve_record::<abi::Program>();
        let module_record = read_only(self.module);
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_address(field(offset_of!(abi::Program, module)), Target::Place(module_record));
        let call = offset_of!(abi::Invocation, call);
        if let Some(trampoline) = entry.initialize.and_then(|function| plan.array_trampolines[function]) {
            out.put_address(field(offset_of!(abi::Program, initialize) + call), text(code, trampoline));
        }
        let invocation = offset_of!(abi::Program, entry);
        if let Some(trampoline) = plan.array_trampolines[entry.function] {
            out.put_address(field(invocation + call), text(code, trampoline));
        }
        out.put_slice(field(invocation + offset_of!(abi::Invocation, name)), name, entry.name.len());
        let parameters_field = field(invocation + offset_of!(abi::Invocation, parameters));
        out.put_slice(parameters_field, parameters_place, parameters.len());
        out.put_slice(field(invocation + offset_of!(abi::Invocation, results)), results_place, results.len());
        out.put_address(field(offset_of!(abi::Program, run)), runtime(run_function(entry)));
        let sealed = if options.grants.sealed { abi::PROGRAM_SEALED } else { 0 };
        let inherits = if options.grants.inherit_environment { abi::PROGRAM_INHERIT_ENVIRONMENT } else { 0 };
        out.put_u64(field(offset_of!(abi::Program, flags)), sealed | inherits);
        out.put_u64(field(offset_of!(abi::Program, stack_top)), plan.stack.top);
        out.put_u64(field(offset_of!(abi::Program, stack_size)), plan.stack.size);
        out.put_u64(field(offset_of!(abi::Program, stack_landing)), stack_landing(options.target, code.largest_frame));
        out.put_slice(field(offset_of!(abi::Program, directories)), directories, options.grants.directories.len());
        out.put_slice(field(offset_of!(abi::Program, variables)), variables, options.grants.variables.len());
        if let Some(sockets) = sockets {
            out.put_address(field(offset_of!(abi::Program, sockets)), Target::Place(sockets));
        }
        if let Some(requirements) = requirements {
            out.put_address(field(offset_of!(abi::Program, requirements)), Target::Place(requirements));
        }
        if let Some(core_dump) = core_dump {
            out.put_address(field(offset_of!(abi::Program, core_dump)), Target::Place(core_dump));
        }
        Ok(record)
    }

    fn add_directories(&mut self, options: &Options) -> Place {
        let directories = &options.grants.directories;
        let texts: Vec<(Vec<u8>, Place, Place)> = directories
            .iter()
            .map(|grant| {
                let host = grant.host.as_os_str().as_encoded_bytes().to_vec();
                let host_place = self.append_bytes(&[&host[..], &[0]].concat(), 1);
                let guest_place = self.append_bytes(grant.guest.as_bytes(), 1);
                (host, host_place, guest_place)
            })
            .collect();
        let start = self.reserve_records::<abi::DirectoryGrant>(directories.len());
        for (position, (grant, (host, host_place, guest_place))) in directories.iter().zip(texts).enumerate() {
            let record = start + (position * size_of::<abi::DirectoryGrant>()) as u64;
            let field = |offset: usize| record + offset as u64;
            let out = &mut self.read_only;
            out.put_slice(field(offset_of!(abi::DirectoryGrant, host)), host_place, host.len());
            out.put_slice(field(offset_of!(abi::DirectoryGrant, guest)), guest_place, grant.guest.len());
            out.put_u64(field(offset_of!(abi::DirectoryGrant, read_only)), u64::from(grant.read_only));
        }
        read_only(start)
    }

    fn add_variables(&mut self, options: &Options) -> Place {
        let texts: Vec<(Place, usize)> = options
            .grants
            .variables
            .iter()
            .map(|grant| {
                let text = match &grant.value {
                    Some(value) => format!("{}={value}", grant.name),
                    None => grant.name.clone(),
                };
                (self.append_bytes(text.as_bytes(), 1), text.len())
            })
            .collect();
        let start = self.reserve_records::<abi::VariableGrant>(texts.len());
        for (position, (place, length)) in texts.into_iter().enumerate() {
            let record = start + (position * size_of::<abi::VariableGrant>()) as u64;
            self.read_only.put_slice(record + offset_of!(abi::VariableGrant, text) as u64, place, length);
        }
        read_only(start)
    }

    /// The `abi::Sockets`, when there is something to do with a socket, and any can be granted.
    fn add_sockets(&mut self, plan: &Plan, options: &Options) -> Option<Place> {
        let accepts =
            |binding: &ImportBinding| matches!(binding, ImportBinding::Wasi { call: WasiCall::SockAccept, .. });
        let listeners = &options.grants.listeners;
        if !plan.imports.values().any(accepts) || options.grants.sealed && listeners.is_empty() {
            return None;
        }
        let texts: Vec<(Place, usize)> = listeners
            .iter()
            .map(|address| {
                let text = address.to_string();
                (self.append_bytes(text.as_bytes(), 1), text.len())
            })
            .collect();
        let start = self.reserve_records::<abi::ListenerGrant>(texts.len());
        for (position, (place, length)) in texts.into_iter().enumerate() {
            let record = start + (position * size_of::<abi::ListenerGrant>()) as u64;
            self.read_only.put_slice(record + offset_of!(abi::ListenerGrant, address) as u64, place, length);
        }
        let record = self.reserve_record::<abi::Sockets>();
        let open = runtime(abi::OPEN_SOCKETS_SYMBOL);
        self.read_only.put_address(record + offset_of!(abi::Sockets, open) as u64, open);
        let field = record + offset_of!(abi::Sockets, listeners) as u64;
        self.read_only.put_slice(field, read_only(start), listeners.len());
        Some(read_only(record))
    }

    pub(super) fn append_bytes(&mut self, bytes: &[u8], alignment: usize) -> Place {
        read_only(self.read_only.append(bytes, alignment))
    }

    pub(super) fn append_u32s(&mut self, values: impl Iterator<Item = u32>) -> Place {
        let start = self.read_only.reserve(0, 4);
        for value in values {
            self.read_only.bytes.extend_from_slice(&value.to_le_bytes());
        }
        read_only(start)
    }

    pub(super) fn reserve_record<T>(&mut self) -> u64 {
        self.reserve_records::<T>(1)
    }

    pub(super) fn reserve_records<T>(&mut self, count: usize) -> u64 {
        self.read_only.reserve(count * size_of::<T>(), align_of::<T>())
    }
}

pub(super) fn read_only(offset: u64) -> Place {
    Place { section: SectionName::ReadOnly, offset }
}

/// What the runtime library defines.
pub(super) fn runtime(symbol: &str) -> Target {
    Target::External(symbol.to_owned())
}

/// Bytes of memory below a stack: room to deal with a fault where the largest frame has just been found not to fit. 0 where
/// that happens on another stack.
pub(super) fn stack_landing(target: Platform, largest_frame: u32) -> u64 {
    /// For what the system and the runtime do there.
    const ROOM: u64 = 192 << 10;
    match target.system {
        OperatingSystem::Linux | OperatingSystem::MacOs => 0,
        OperatingSystem::Windows => (ROOM + u64::from(largest_frame)).next_multiple_of(target.largest_page()),
    }
}

pub(super) fn text(code: &CompiledCode, index: CodeIndex) -> Target {
    Target::Place(Place { section: SectionName::Text, offset: u64::from(code.ranges[index].start) })
}

fn code_address(plan: &Plan, code: &CompiledCode, function: FuncIndex) -> Option<Target> {
    plan.function_code[function].map(|index| text(code, index))
}

/// What runs the entry: reading and writing floats is linked only where there are any.
fn run_function(entry: &EntryPlan) -> &'static str {
    let is_integer = |ty: &ValueCode| matches!(ty, ValueCode::I32 | ValueCode::I64 | ValueCode::V128);
    if !entry.invoked {
        abi::RUN_COMMAND_SYMBOL
    } else if entry.parameters.iter().chain(&entry.results).all(is_integer) {
        abi::RUN_INTEGER_INVOCATION_SYMBOL
    } else {
        abi::RUN_INVOCATION_SYMBOL
    }
}
