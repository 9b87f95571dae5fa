//! The decisions that hold for a whole module.

use super::image::ImageExtent;
use super::layout::InstanceLayout;
use crate::module::{
    ConstOp, DataIndex, ElementIndex, FuncIndex, GlobalIndex, MemoryIndex, Module, TableIndex, TypeIndex,
};
use crate::options::InstanceMode;
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};
use wasmc_runtime::abi::{Helper, STACK_RED_ZONE, ValueCode, WasiCall};

/// Every whole-module decision. Filled by `analyze`; `lower` and `object` read it and never decide
/// again.
#[derive(Debug)]
pub struct Plan {
    /// Whether imports are bound, and exports used, by other modules of the program.
    pub is_open: bool,
    /// The symbol of the `abi::Module` record.
    pub symbol: String,
    /// How generated code reaches the instance.
    pub instances: InstanceMode,
    /// Where everything lies in the instance.
    pub layout: InstanceLayout,
    /// Machine code to make, in the order it is laid out.
    pub code: PrimaryMap<CodeIndex, Code>,
    /// The entry point of each function: its own code, or for an import a thunk when its address is
    /// needed.
    pub function_code: SecondaryMap<FuncIndex, Option<CodeIndex>>,
    /// The code that calls each function through an array of values, where somebody does.
    pub array_trampolines: SecondaryMap<FuncIndex, Option<CodeIndex>>,
    /// What provides each imported function.
    pub imports: PrimaryMap<FuncIndex, ImportBinding>,
    /// Whether its WASI calls can be watched.
    pub traces_wasi: bool,
    /// Equal numbers, equal function types; from 1 on.
    pub type_ids: PrimaryMap<TypeIndex, u64>,
    /// The type number of each function.
    pub function_type_ids: SecondaryMap<FuncIndex, u64>,
    /// How null references are found out.
    pub null_checks: NullChecks,
    /// Linear memories.
    pub memories: PrimaryMap<MemoryIndex, MemoryPlan>,
    /// Tables.
    pub tables: PrimaryMap<TableIndex, TablePlan>,
    /// Globals.
    pub globals: PrimaryMap<GlobalIndex, GlobalPlan>,
    /// Element segments.
    pub elements: PrimaryMap<ElementIndex, ElementPlan>,
    /// Data segments.
    pub data: PrimaryMap<DataIndex, DataPlan>,
    /// Functions that have a `FuncRef` in the instance, in the order of their slots.
    pub funcrefs: Vec<FuncIndex>,
    /// The slot of each of them.
    pub funcref_slots: SecondaryMap<FuncIndex, Option<u32>>,
    /// Functions that need not compare the stack pointer with the limit.
    pub unchecked_frames: SecondaryMap<FuncIndex, bool>,
    /// Bytes in the largest page that the target may have.
    pub largest_page: u64,
    /// The wasm stack.
    pub stack: StackPlan,
    /// What an executable runs; `None` when there is nothing to run.
    pub entry: Option<EntryPlan>,
    /// The memory that WASI calls address.
    pub wasi_memory: Option<MemoryIndex>,
}

/// A piece of machine code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeIndex(u32);
entity_impl!(CodeIndex, "code");

/// What a piece of machine code is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Code {
    /// A function of the module.
    Function(FuncIndex),
    /// An imported function in the convention of internal calls.
    ImportThunk(FuncIndex),
    /// A function in the convention of `abi::ArrayTrampoline`.
    ArrayTrampoline(FuncIndex),
    /// What is left to do at instantiation: `abi::Module::instantiate`.
    Instantiate,
}

/// What generated code and data refer to by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Symbol {
    /// Machine code of this module.
    Code(CodeIndex),
    /// A helper of the runtime.
    Helper(Helper),
    /// A WASI call of the runtime.
    Wasi {
        /// Which.
        call: WasiCall,
        /// By the name `wasi_unstable`.
        unstable: bool,
    },
    /// The state of the one instance (static mode).
    Instance,
    /// The bytes of a data segment.
    DataSegment(DataIndex),
    /// The indices of an element segment.
    ElementSegment(ElementIndex),
    /// A table that never changes.
    ReadOnlyTable(TableIndex),
    /// The names of an import that nothing provides.
    ImportText(FuncIndex),
}

impl Symbol {
    /// Whether it names machine code.
    pub fn is_code(self) -> bool {
        matches!(self, Symbol::Code(_) | Symbol::Helper(_) | Symbol::Wasi { .. })
    }
}

/// What provides an imported function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ImportBinding {
    /// A WASI call.
    Wasi {
        /// Which.
        call: WasiCall,
        /// By the name `wasi_unstable`.
        unstable: bool,
    },
    /// Another instance, bound when this one is made: through the function's `FuncRef`.
    Instance,
    /// Nothing: calling it traps and names it.
    Stub {
        /// Both names, as the trap shows them.
        text: String,
    },
}

/// A linear memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemoryPlan {
    /// How generated code gets the address of byte 0.
    pub base: MemoryBase,
    /// How accesses are bounded.
    pub bound: MemoryBound,
    /// The size in bytes that it can never exceed: by its type, because the address space ends, or because the last
    /// page that an index reaches is kept back.
    pub maximum: u64,
    /// Whether `abi::LastIndices` lie behind its record.
    pub keeps_last_indices: bool,
    /// How many bytes below byte 0 are sure to fault.
    pub nothing_below: u64,
    /// Initial contents.
    pub image: Vec<ImageExtent>,
}

/// How generated code gets the address of a memory's byte 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemoryBase {
    /// It is this address, in every run.
    Fixed(u64),
    /// From the instance; `constant` when it never moves.
    Loaded {
        /// Whether the address stays the same while the instance lives.
        constant: bool,
    },
}

/// How accesses to a memory are bounded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemoryBound {
    /// Every 33-bit address and the widest access beyond it is reserved: the hardware faults.
    Guarded,
    /// Compare with this size in bytes, which never changes.
    Constant(u64),
    /// Compare with the size in the instance, which is never below `minimum` bytes.
    Loaded {
        /// Initial size in bytes.
        minimum: u64,
    },
}

/// How code that reads through a reference finds out that it is null.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NullChecks {
    /// The hardware faults: nothing is mapped at the addresses near 0.
    Guarded,
    /// A comparison before the access.
    Explicit,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TablePlan {
    /// References in storage that an `abi::Table` describes: the instance's own, or for an imported
    /// table the one it has the address of.
    Mutable,
    /// Never changes: entries in read-only data, one per element; `None` is null.
    ReadOnly(Vec<Option<FuncIndex>>),
}

/// A global.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum GlobalPlan {
    /// Never changes: an immediate.
    Constant(ConstOp),
    /// In another instance; this one has its address.
    Imported,
    /// In the instance. `initial` is in the template; without one, instantiation evaluates it.
    Stored {
        /// The value a fresh instance has.
        initial: Option<ConstOp>,
    },
}

/// An element segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ElementPlan {
    /// Nothing refers to its elements when the program runs.
    Unused,
    /// Slots of function references in read-only data; `None` is null.
    Functions(Vec<Option<FuncIndex>>),
    /// References in the instance that instantiation evaluates.
    References,
}

/// A data segment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DataPlan {
    /// Part of a memory's image, or never used.
    Unused,
    /// Read-only data.
    Stored,
}

/// The wasm stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StackPlan {
    /// One past its highest address; 0 lets the kernel choose.
    pub top: u64,
    /// Bytes.
    pub size: u64,
}

impl StackPlan {
    /// The lowest stack pointer that a frame may reach.
    pub fn limit(self) -> u64 {
        self.top - self.size + STACK_RED_ZONE as u64
    }
}

/// What an executable runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryPlan {
    /// `_initialize`, run first.
    pub initialize: Option<FuncIndex>,
    /// The function to run.
    pub function: FuncIndex,
    /// Its export name.
    pub name: String,
    /// Its arguments come from the command line and its results are printed.
    pub invoked: bool,
    /// Types of its parameters.
    pub parameters: Vec<ValueCode>,
    /// Types of its results.
    pub results: Vec<ValueCode>,
}

impl Plan {
    /// The index of a piece of code.
    pub fn code_of(&self, code: Code) -> Option<CodeIndex> {
        self.code.iter().find(|(_, candidate)| **candidate == code).map(|(index, _)| index)
    }

    /// The name of a piece of code in the symbol table: the module's own for its functions.
    pub fn code_name(&self, module: &Module<'_>, code: CodeIndex) -> String {
        match self.code[code] {
            Code::Function(function) => match module.names.functions.get(&function) {
                Some(name) => (*name).to_owned(),
                None => format!("wasm[{}]", function.as_u32()),
            },
            Code::ImportThunk(function) => format!("import[{}]", function.as_u32()),
            Code::ArrayTrampoline(function) => format!("trampoline[{}]", function.as_u32()),
            Code::Instantiate => "instantiate".to_owned(),
        }
    }
}
