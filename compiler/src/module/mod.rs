//! A valid module, section by section: what `parse` makes and every later stage reads.
//!
//! [`Module`] mirrors the specification's abstract syntax (section 2.5). It deliberately lacks
//! anything decided for compilation: that is the `Plan` of `analyze`.

mod branch_hints;
mod constant;
mod features;
mod index;
mod names;
mod proposal;
mod types;

pub use branch_hints::BranchHints;
pub use constant::{ConstExpr, ConstOp};
pub use features::Features;
pub use index::{
    DataIndex, ElementIndex, FuncIndex, GlobalIndex, LocalIndex, MemoryIndex, TableIndex, TagIndex, TypeIndex,
};
pub use names::Names;
pub use proposal::Proposal;
pub use types::{FuncType, GlobalType, HeapType, MemoryType, RefType, TableType, ValueType, value_code};

use cranelift_entity::{EntityRef, PrimaryMap};
use std::ops::Range;

/// A module whose bytes are valid under the proposals that wasmc compiles.
///
/// Filled by `parse`; borrowed from the module's bytes. Index spaces hold imports first, as in the
/// specification.
#[derive(Debug)]
pub struct Module<'a> {
    /// What messages call it: the name section's module name, else the one the caller gave.
    pub name: String,
    /// The module's bytes; every offset counts from their start.
    pub bytes: &'a [u8],
    /// Function types, in the order of the type section.
    pub types: PrimaryMap<TypeIndex, FuncType>,
    /// Types that are defined together, in order: each type is in one group, most of them alone.
    pub recursion_groups: Vec<Range<usize>>,
    /// Imports, in order.
    pub imports: Vec<Import<'a>>,
    /// The type of each function.
    pub functions: PrimaryMap<FuncIndex, TypeIndex>,
    /// How many of the functions are imported: the first ones.
    pub imported_functions: usize,
    /// Tables.
    pub tables: PrimaryMap<TableIndex, Table>,
    /// How many of the tables are imported.
    pub imported_tables: usize,
    /// Linear memories.
    pub memories: PrimaryMap<MemoryIndex, MemoryType>,
    /// How many of the memories are imported.
    pub imported_memories: usize,
    /// Globals.
    pub globals: PrimaryMap<GlobalIndex, Global>,
    /// How many of the globals are imported.
    pub imported_globals: usize,
    /// The type of each tag.
    pub tags: PrimaryMap<TagIndex, TypeIndex>,
    /// How many of the tags are imported.
    pub imported_tags: usize,
    /// Exports, in order.
    pub exports: Vec<Export<'a>>,
    /// The start function.
    pub start: Option<FuncIndex>,
    /// Element segments.
    pub elements: PrimaryMap<ElementIndex, ElementSegment>,
    /// Data segments.
    pub data: PrimaryMap<DataIndex, DataSegment<'a>>,
    /// The bodies of the defined functions, in order: the first belongs to function `imported_functions`.
    pub bodies: Vec<Body>,
    /// What the name section calls things.
    pub names: Names<'a>,
    /// Which conditional branches are likely to be taken.
    pub branch_hints: BranchHints,
    /// Custom sections other than these two.
    pub custom_sections: Vec<CustomSection<'a>>,
    /// Every section: its name and the bytes it takes, header excluded.
    pub sections: Vec<Section>,
}

impl<'a> Module<'a> {
    /// The type of a function.
    pub fn function_type(&self, function: FuncIndex) -> &FuncType {
        &self.types[self.functions[function]]
    }

    /// The body of a function; `None` for an imported one.
    pub fn body(&self, function: FuncIndex) -> Option<&Body> {
        self.bodies.get(function.index().checked_sub(self.imported_functions)?)
    }

    /// Whether another instance provides this memory.
    pub fn is_imported_memory(&self, memory: MemoryIndex) -> bool {
        memory.index() < self.imported_memories
    }

    /// Whether another instance provides this table.
    pub fn is_imported_table(&self, table: TableIndex) -> bool {
        table.index() < self.imported_tables
    }

    /// Whether another instance provides this global.
    pub fn is_imported_global(&self, global: GlobalIndex) -> bool {
        global.index() < self.imported_globals
    }

    /// Whether another instance provides this tag.
    pub fn is_imported_tag(&self, tag: TagIndex) -> bool {
        tag.index() < self.imported_tags
    }

    /// Where the contents of the code section start: what debug information counts from.
    pub fn code_start(&self) -> usize {
        self.sections.iter().find(|section| section.name == "code").map_or(0, |section| section.range.start)
    }

    /// The contents of the first custom section of this name.
    pub fn custom_section(&self, name: &str) -> Option<&'a [u8]> {
        self.custom_sections.iter().find(|section| section.name == name).map(|section| section.bytes)
    }

    /// The functions that have bodies, in order.
    pub fn defined_functions(&self) -> impl ExactSizeIterator<Item = FuncIndex> + use<> {
        (self.imported_functions..self.functions.len()).map(FuncIndex::new)
    }

    /// The export of this name.
    pub fn export(&self, name: &str) -> Option<ExternalIndex> {
        self.exports.iter().find(|export| export.name == name).map(|export| export.index)
    }

    /// The imports of functions, in the order of the function index space.
    pub fn function_imports(&self) -> impl Iterator<Item = (FuncIndex, &Import<'a>)> {
        self.imports
            .iter()
            .filter(|import| matches!(import.ty, ImportType::Function(_)))
            .enumerate()
            .map(|(index, import)| (FuncIndex::new(index), import))
    }
}

/// One import.
#[derive(Clone, Debug)]
pub struct Import<'a> {
    /// First name.
    pub module: &'a str,
    /// Second name.
    pub name: &'a str,
    /// What it must be.
    pub ty: ImportType,
}

/// The type an import declares.
#[derive(Clone, Debug)]
pub enum ImportType {
    /// A function.
    Function(TypeIndex),
    /// A table.
    Table(TableType),
    /// A memory.
    Memory(MemoryType),
    /// A global.
    Global(GlobalType),
    /// A tag.
    Tag(TypeIndex),
}

/// One export.
#[derive(Clone, Copy, Debug)]
pub struct Export<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it exports.
    pub index: ExternalIndex,
}

/// An item that can be imported or exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalIndex {
    /// A function.
    Function(FuncIndex),
    /// A table.
    Table(TableIndex),
    /// A memory.
    Memory(MemoryIndex),
    /// A global.
    Global(GlobalIndex),
    /// A tag.
    Tag(TagIndex),
}

/// A table and what its elements start as.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its type.
    pub ty: TableType,
    /// The initial value of each element; null when absent.
    pub initial: Option<ConstExpr>,
}

/// A global and what it starts as.
#[derive(Clone, Debug)]
pub struct Global {
    /// Its type.
    pub ty: GlobalType,
    /// Its initial value; `None` for an imported one.
    pub initial: Option<ConstExpr>,
}

/// An element segment.
#[derive(Clone, Debug)]
pub struct ElementSegment {
    /// The type of its elements.
    pub ty: RefType,
    /// When it is used.
    pub mode: SegmentMode<TableIndex>,
    /// Its elements.
    pub items: ElementItems,
}

impl ElementSegment {
    /// The table that an active segment is copied to.
    pub fn target(&self) -> Option<TableIndex> {
        match self.mode {
            SegmentMode::Active { target, .. } => Some(target),
            SegmentMode::Passive | SegmentMode::Declared => None,
        }
    }
}

/// The elements of a segment.
#[derive(Clone, Debug)]
pub enum ElementItems {
    /// Non-null function references.
    Functions(Vec<FuncIndex>),
    /// Any constant expressions.
    Expressions(Vec<ConstExpr>),
}

impl ElementItems {
    /// How many elements there are.
    pub fn len(&self) -> usize {
        match self {
            ElementItems::Functions(items) => items.len(),
            ElementItems::Expressions(items) => items.len(),
        }
    }
}

/// A data segment.
#[derive(Clone, Debug)]
pub struct DataSegment<'a> {
    /// When it is used.
    pub mode: SegmentMode<MemoryIndex>,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// When a segment is used.
#[derive(Clone, Debug)]
pub enum SegmentMode<I> {
    /// By `memory.init` or `table.init`.
    Passive,
    /// Copied at instantiation.
    Active {
        /// The table or memory it is copied to.
        target: I,
        /// Where in it.
        offset: ConstExpr,
    },
    /// Only declares that its functions may be referenced.
    Declared,
}

/// A function body in the module's bytes: locals and code.
#[derive(Clone, Debug)]
pub struct Body {
    /// The bytes of the body, after its size.
    pub range: Range<usize>,
}

/// A custom section.
#[derive(Clone, Copy, Debug)]
pub struct CustomSection<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its contents.
    pub bytes: &'a [u8],
}

/// A section and its size.
#[derive(Clone, Debug)]
pub struct Section {
    /// The specification's name for it; for a custom section `custom "NAME"`.
    pub name: String,
    /// Where its contents are in the module's bytes.
    pub range: Range<usize>,
}
