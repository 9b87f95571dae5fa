//! What a module contains, as plain data for people and scripts: `wasmc inspect` prints it.
//!
//! Types are strings in the text format, so that a reader of [`Inspection`] needs no other type of
//! this library.

use crate::module::{ExternalIndex, FuncIndex, ImportType, Module, SegmentMode};
use crate::parse::proposals_used;
use cranelift_entity::EntityRef;
use wasmc_runtime::abi::WasiCall;

/// What a module contains. Filled by [`inspect`]; lists are in the order of the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    /// The name in the name section, if there is one.
    pub name: Option<String>,
    /// Bytes of the binary form.
    pub bytes: usize,
    /// How a host is meant to use it.
    pub role: Role,
    /// What it needs from outside.
    pub imports: Vec<InspectedImport>,
    /// What it offers.
    pub exports: Vec<InspectedExport>,
    /// Functions with a body.
    pub functions: FunctionTotals,
    /// Linear memories, imported ones first.
    pub memories: Vec<InspectedItem>,
    /// Tables, imported ones first.
    pub tables: Vec<InspectedItem>,
    /// Globals, imported ones first.
    pub globals: Vec<InspectedItem>,
    /// The index of the start function, which runs before any export.
    pub start: Option<u32>,
    /// Data segments.
    pub data: SegmentTotals,
    /// Element segments; `size` counts elements.
    pub elements: SegmentTotals,
    /// Every section and the bytes of its content.
    pub sections: Vec<InspectedSection>,
    /// The proposals after WebAssembly 1.0 without which it would not be valid.
    pub proposals: Vec<&'static str>,
    /// The WASI modules it imports from, and what it calls of each.
    pub wasi: Vec<WasiUse>,
}

/// How a host is meant to use a module (WASI application ABI).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It exports `_start`: runs once, from there.
    Command,
    /// It exports `_initialize`: after that call its exports may be called in any order.
    Reactor,
    /// Neither: its exports may be called.
    Library,
}

impl Role {
    /// One word, lower case.
    pub fn name(self) -> &'static str {
        match self {
            Role::Command => "command",
            Role::Reactor => "reactor",
            Role::Library => "library",
        }
    }
}

/// What kind of thing crosses the module's border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalKind {
    /// A function.
    Function,
    /// A table.
    Table,
    /// A linear memory.
    Memory,
    /// A global.
    Global,
    /// A tag.
    Tag,
}

impl ExternalKind {
    /// One word, lower case.
    pub fn name(self) -> &'static str {
        match self {
            ExternalKind::Function => "function",
            ExternalKind::Table => "table",
            ExternalKind::Memory => "memory",
            ExternalKind::Global => "global",
            ExternalKind::Tag => "tag",
        }
    }
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedImport {
    /// First name.
    pub module: String,
    /// Second name.
    pub name: String,
    /// What it is.
    pub kind: ExternalKind,
    /// Its type in the text format.
    pub ty: String,
    /// Whether the runtime library has a function of this name.
    pub provided: bool,
}

/// One export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedExport {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ExternalKind,
    /// Its type in the text format.
    pub ty: String,
    /// Its index in the index space of its kind.
    pub index: u32,
}

/// The functions with a body, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FunctionTotals {
    /// How many there are.
    pub count: usize,
    /// Bytes of all bodies.
    pub bytes: usize,
    /// Bytes of the largest body.
    pub largest: usize,
}

/// A memory, table or global.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedItem {
    /// Its index.
    pub index: u32,
    /// Its type in the text format.
    pub ty: String,
    /// Whether it comes from outside.
    pub imported: bool,
}

/// The segments of a kind, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SegmentTotals {
    /// How many there are.
    pub count: usize,
    /// How many of them are copied at instantiation.
    pub active: usize,
    /// What they hold, in bytes or elements.
    pub size: usize,
}

/// One section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InspectedSection {
    /// The specification's name for it; for a custom section `custom "NAME"`.
    pub name: String,
    /// Bytes of content.
    pub bytes: usize,
}

/// What a module calls of one WASI module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WasiUse {
    /// `wasi_snapshot_preview1`, `wasi_unstable` or another name that begins with `wasi`.
    pub module: String,
    /// Names of the functions, each once.
    pub calls: Vec<String>,
}

/// The WASI modules whose functions the runtime library has.
const PROVIDED_MODULES: [&str; 2] = ["wasi_snapshot_preview1", "wasi_unstable"];

/// Looks through `module`. The proposals are asked of the validator, which takes time proportional
/// to the module's size; everything else is already there.
pub fn inspect(module: &Module<'_>) -> Inspection {
    Inspection {
        name: module.names.module.map(str::to_owned),
        bytes: module.bytes.len(),
        role: role(module),
        imports: imports(module),
        exports: exports(module),
        functions: function_totals(module),
        memories: items(module.memories.values(), module.imported_memories),
        tables: items(module.tables.values().map(|table| &table.ty), module.imported_tables),
        globals: items(module.globals.values().map(|global| &global.ty), module.imported_globals),
        start: module.start.map(FuncIndex::as_u32),
        data: segment_totals(module.data.values().map(|segment| (&segment.mode, segment.bytes.len()))),
        elements: segment_totals(module.elements.values().map(|segment| (&segment.mode, segment.items.len()))),
        sections: module
            .sections
            .iter()
            .map(|section| InspectedSection { name: section.name.clone(), bytes: section.range.len() })
            .collect(),
        proposals: proposals_used(module.bytes).into_iter().map(|proposal| proposal.title()).collect(),
        wasi: wasi_uses(module),
    }
}

fn role(module: &Module<'_>) -> Role {
    let exports_function = |name| matches!(module.export(name), Some(ExternalIndex::Function(_)));
    if exports_function("_start") {
        Role::Command
    } else if exports_function("_initialize") {
        Role::Reactor
    } else {
        Role::Library
    }
}

fn imports(module: &Module<'_>) -> Vec<InspectedImport> {
    let describe = |ty: &ImportType| match ty {
        ImportType::Function(ty) => (ExternalKind::Function, module.types[*ty].to_string()),
        ImportType::Table(ty) => (ExternalKind::Table, ty.to_string()),
        ImportType::Memory(ty) => (ExternalKind::Memory, ty.to_string()),
        ImportType::Global(ty) => (ExternalKind::Global, ty.to_string()),
        ImportType::Tag(ty) => (ExternalKind::Tag, module.types[*ty].to_tag_string()),
    };
    module
        .imports
        .iter()
        .map(|import| {
            let (kind, ty) = describe(&import.ty);
            let provided = kind == ExternalKind::Function
                && PROVIDED_MODULES.contains(&import.module)
                && WasiCall::from_import_name(import.name).is_some();
            InspectedImport { module: import.module.to_owned(), name: import.name.to_owned(), kind, ty, provided }
        })
        .collect()
}

fn exports(module: &Module<'_>) -> Vec<InspectedExport> {
    let describe = |index| match index {
        ExternalIndex::Function(index) => {
            (ExternalKind::Function, module.function_type(index).to_string(), index.as_u32())
        }
        ExternalIndex::Table(index) => (ExternalKind::Table, module.tables[index].ty.to_string(), index.as_u32()),
        ExternalIndex::Memory(index) => (ExternalKind::Memory, module.memories[index].to_string(), index.as_u32()),
        ExternalIndex::Global(index) => (ExternalKind::Global, module.globals[index].ty.to_string(), index.as_u32()),
        ExternalIndex::Tag(index) => {
            (ExternalKind::Tag, module.types[module.tags[index]].to_tag_string(), index.as_u32())
        }
    };
    module
        .exports
        .iter()
        .map(|export| {
            let (kind, ty, index) = describe(export.index);
            InspectedExport { name: export.name.to_owned(), kind, ty, index }
        })
        .collect()
}

fn function_totals(module: &Module<'_>) -> FunctionTotals {
    let sizes = module.bodies.iter().map(|body| body.range.len());
    FunctionTotals { count: module.bodies.len(), bytes: sizes.clone().sum(), largest: sizes.max().unwrap_or(0) }
}

fn items<T: ToString>(types: impl Iterator<Item = T>, imported: usize) -> Vec<InspectedItem> {
    (0u32..)
        .zip(types)
        .map(|(index, ty)| InspectedItem { index, ty: ty.to_string(), imported: (index as usize) < imported })
        .collect()
}

fn segment_totals<'a, I: EntityRef + 'a>(segments: impl Iterator<Item = (&'a SegmentMode<I>, usize)>) -> SegmentTotals {
    let mut totals = SegmentTotals { count: 0, active: 0, size: 0 };
    for (mode, size) in segments {
        totals.count += 1;
        totals.active += usize::from(matches!(mode, SegmentMode::Active { .. }));
        totals.size += size;
    }
    totals
}

fn wasi_uses(module: &Module<'_>) -> Vec<WasiUse> {
    let mut uses: Vec<WasiUse> = Vec::new();
    for import in module.imports.iter().filter(|import| import.module.starts_with("wasi")) {
        match uses.iter_mut().find(|used| used.module == import.module) {
            // Go imports a function once for each of its own packages that calls it.
            Some(used) if used.calls.iter().any(|call| call == import.name) => {}
            Some(used) => used.calls.push(import.name.to_owned()),
            None => uses.push(WasiUse { module: import.module.to_owned(), calls: vec![import.name.to_owned()] }),
        }
    }
    uses
}
