//! What the modules of one program share, and what of a module others can reach.

use super::places::Places;
use super::type_ids::TypeIds;
use crate::module::{ExternalIndex, FuncIndex, GlobalIndex, MemoryIndex, Module, TableIndex, TagIndex};
use crate::target::Target;
use std::collections::BTreeSet;

/// The program that a module is compiled for.
#[derive(Debug)]
pub struct World {
    /// What the program runs on.
    target: Target,
    is_open: bool,
    pub(super) type_ids: TypeIds,
    /// How many modules have been planned.
    modules: usize,
    /// The address space that is left for memories (static mode).
    places: Places,
    /// The thread that modules run on; the first one when absent.
    thread: Option<u32>,
}

impl World {
    /// The module is the whole program: the compiler itself provides its imports, and nobody looks
    /// at its exports while it runs.
    pub fn closed(target: Target) -> World {
        let places = Places::of_many(target);
        World { target, is_open: false, type_ids: TypeIds::default(), modules: 0, places, thread: None }
    }

    /// The program has several modules: imports are bound when an instance is made, and exports can
    /// be imported.
    pub fn open(target: Target) -> World {
        World { is_open: true, ..World::closed(target) }
    }

    /// Whether there may be other modules.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Modules from here on run on this further thread of the program, or on the first.
    pub fn enter_thread(&mut self, thread: Option<u32>) {
        self.thread = thread;
    }

    /// The thread that modules run on; the first one when absent.
    pub(super) fn thread(&self) -> Option<u32> {
        self.thread
    }

    /// The symbol of the next module's `abi::Module` record.
    pub(super) fn name_module(&mut self) -> String {
        self.modules += 1;
        if self.is_open { format!("{MODULE_SYMBOL}_{}", self.modules - 1) } else { MODULE_SYMBOL.to_owned() }
    }

    /// Where the memories of the next module may lie.
    pub(super) fn places(&mut self, module: &Module<'_>) -> &mut Places {
        if !self.is_open {
            self.places = Places::of(self.target, module.memories.values());
        }
        &mut self.places
    }
}

/// The symbol of the `abi::Module` record of a program of one module.
const MODULE_SYMBOL: &str = "wasmc_module";

/// What of a module other instances can reach: nothing in a closed world.
#[derive(Debug, Default)]
pub(super) struct Visible {
    pub(super) functions: BTreeSet<FuncIndex>,
    pub(super) tables: BTreeSet<TableIndex>,
    pub(super) memories: BTreeSet<MemoryIndex>,
    pub(super) globals: BTreeSet<GlobalIndex>,
    pub(super) tags: BTreeSet<TagIndex>,
}

impl Visible {
    pub(super) fn of(module: &Module<'_>, world: &World) -> Visible {
        let mut visible = Visible::default();
        for export in module.exports.iter().filter(|_| world.is_open) {
            match export.index {
                ExternalIndex::Function(function) => visible.functions.insert(function),
                ExternalIndex::Table(table) => visible.tables.insert(table),
                ExternalIndex::Memory(memory) => visible.memories.insert(memory),
                ExternalIndex::Global(global) => visible.globals.insert(global),
                ExternalIndex::Tag(tag) => visible.tags.insert(tag),
            };
        }
        visible
    }
}
