//! Where code comes from, as the module's producer says, and as native debuggers want to be told.
//!
//! A place in a module is an offset in its bytes, as everywhere in wasmc. DWARF in WebAssembly counts from the contents of
//! the code section (<https://yurydelendik.github.io/webassembly-dwarf/>); what it says of locals, linear memory and
//! functions is said here of registers, addresses and code (`-g`).

mod address_map;
mod dwarf;
mod expression;
mod line_table;
mod locations;
mod pointers;
mod source_lines;
mod source_map;
mod state;
mod synthetic;
mod text;
mod units;

pub use dwarf::named_files;
pub use source_lines::{SourceLines, SourcePosition};
pub use text::{FIRST_LINE, lines_of_text, print};

use crate::analyze::{GlobalPlan, MemoryBase, Plan};
use crate::codegen::{CompiledCode, panic_message};
use crate::error::Error;
use crate::module::{FuncIndex, GlobalIndex, Module, ValueType};
use crate::options::{InstanceMode, Sources};
use crate::target::Architecture;
use address_map::AddressMap;
use expression::Kept;
use gimli::write::{Address, AttributeValue, EndianVec, RelocateWriter, Relocation, Sections};
use gimli::{LittleEndian, SectionId};
use std::panic::{AssertUnwindSafe, catch_unwind};
use wasmparser::{BinaryReader, FunctionBody};

/// The symbol of the text, in relocations of debug sections.
pub const TEXT: usize = 0;
/// The symbol of the instance.
pub const INSTANCE: usize = 1;
/// The symbol of table 0, where that is read-only data; those of the other tables follow.
pub const TABLES: usize = 2;

/// What gdb is told to do: the name of a file that it need not find, and what would be in it.
pub fn gdb_scripts() -> Vec<u8> {
    /// The contents follow, and they are in Python.
    const PYTHON_TEXT: &[u8] = &[4];
    [PYTHON_TEXT, b"wasmc.py\n", include_bytes!("gdb.py"), b"\0"].concat()
}

/// A section of debug information.
pub struct DebugSection {
    /// Which.
    pub id: SectionId,
    /// Its contents.
    pub bytes: Vec<u8>,
    /// References in it: to other sections of debug information, to [`TEXT`] and to [`INSTANCE`].
    pub relocations: Vec<Relocation>,
}

/// The DWARF of the program: made of the module's, or else of its names, types and `lines`. Nothing when nothing is known, or
/// what is known does not make sense.
///
/// # Errors
/// [`Error::Bug`] when nonsense in the module's leads to a panic.
pub fn native_dwarf(
    module: &Module<'_>,
    plan: &Plan,
    code: &CompiledCode,
    lines: Option<&SourceLines>,
    sources: &Sources,
) -> Result<Vec<DebugSection>, Error> {
    catch_unwind(AssertUnwindSafe(|| write(module, plan, code, lines, sources)))
        .map_err(|panic| Error::bug("writing debug information", panic_message(panic.as_ref())))
}

fn write(
    module: &Module<'_>,
    plan: &Plan,
    code: &CompiledCode,
    lines: Option<&SourceLines>,
    sources: &Sources,
) -> Vec<DebugSection> {
    let program = Program {
        module,
        plan,
        code,
        map: AddressMap::new(module, plan, code),
        memory: plan.memories.values().next().and_then(|memory| match memory.base {
            MemoryBase::Fixed(address) => Some(address),
            MemoryBase::Loaded { .. } => None,
        }),
    };
    let converted = dwarf::read(module, sources).and_then(|dwarf| units::convert(&dwarf, &program).ok());
    let Some(mut native) = converted.or_else(|| synthetic::unit(&program, lines?)) else { return Vec::new() };
    state::add(&program, &mut native);
    let mut sections = Sections::new(SectionWriter::default());
    if native.write(&mut sections).is_err() {
        return Vec::new();
    }
    let mut written = Vec::new();
    let _ = sections.for_each_mut(|id, section| {
        let section = std::mem::take(section);
        if !section.bytes.slice().is_empty() {
            written.push(DebugSection { id, bytes: section.bytes.into_vec(), relocations: section.relocations });
        }
        Ok::<_, gimli::Error>(())
    });
    written
}

/// What the module became.
struct Program<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    code: &'a CompiledCode,
    map: AddressMap<'a>,
    /// The address of memory 0's first byte, where it is always the same.
    memory: Option<u64>,
}

impl Program<'_> {
    /// How functions are called, where that is another way than C's, so that no debugger tries or looks for a result: on
    /// AArch64 results begin in register 2.
    fn convention(&self) -> Option<AttributeValue> {
        let differs = self.code.architecture == Architecture::Aarch64;
        differs.then_some(AttributeValue::CallingConvention(gimli::DW_CC_nocall))
    }

    /// An address in the instance.
    fn instance(&self, offset: u32) -> Address {
        Address::Symbol { symbol: INSTANCE, addend: offset.into() }
    }

    /// Where the value of a global is.
    fn global(&self, index: u32) -> Option<Kept<Address>> {
        let index = GlobalIndex::from_u32(index);
        let is_known = self.plan.globals.is_valid(index) && self.plan.instances == InstanceMode::Static;
        let GlobalPlan::Stored { .. } = *self.plan.globals.get(index).filter(|_| is_known)? else { return None };
        let offset = self.plan.layout.globals[index]?;
        let place = self.instance(offset);
        Some(Kept { place, is_wide: self.module.globals[index].ty.value == ValueType::I64 })
    }
}

/// Whether a local of a function has 64 bits.
fn is_wide(module: &Module<'_>, function: FuncIndex, local: u32) -> bool {
    local_type(module, function, local).is_some_and(|ty| matches!(ty, wasmparser::ValType::I64))
}

/// The type of a local.
fn local_type(module: &Module<'_>, function: FuncIndex, local: u32) -> Option<wasmparser::ValType> {
    let parameters = &module.function_type(function).parameters;
    if let Some(ty) = parameters.get(local as usize) {
        return Some(machine_value(*ty));
    }
    let body = module.body(function)?;
    let reader = BinaryReader::new(&module.bytes[body.range.clone()], body.range.start);
    let mut first = parameters.len() as u64;
    for group in FunctionBody::new(reader).get_locals_reader().ok()? {
        let (count, ty) = group.ok()?;
        first += u64::from(count);
        if u64::from(local) < first {
            return Some(ty);
        }
    }
    None
}

/// A type as the parser has it; all references are one.
fn machine_value(ty: ValueType) -> wasmparser::ValType {
    match ty {
        ValueType::I32 => wasmparser::ValType::I32,
        ValueType::I64 => wasmparser::ValType::I64,
        ValueType::F32 => wasmparser::ValType::F32,
        ValueType::F64 => wasmparser::ValType::F64,
        ValueType::V128 => wasmparser::ValType::V128,
        ValueType::Ref(_) => wasmparser::ValType::FUNCREF,
    }
}

#[derive(Clone, Debug)]
struct SectionWriter {
    bytes: EndianVec<LittleEndian>,
    relocations: Vec<Relocation>,
}

impl Default for SectionWriter {
    fn default() -> SectionWriter {
        SectionWriter { bytes: EndianVec::new(LittleEndian), relocations: Vec::new() }
    }
}

impl RelocateWriter for SectionWriter {
    type Writer = EndianVec<LittleEndian>;

    fn writer(&self) -> &Self::Writer {
        &self.bytes
    }

    fn writer_mut(&mut self) -> &mut Self::Writer {
        &mut self.bytes
    }

    fn relocate(&mut self, relocation: Relocation) {
        self.relocations.push(relocation);
    }
}
