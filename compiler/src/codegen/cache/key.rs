//! Everything that the machine code of a function depends on, as one hash.
//!
//! It is taken before lowering, which would take longer than all else that is left to do. So it covers what lowering can see:
//! the function's own body and hints, and what the module and the plan say that is not the body of a function or the contents
//! of memory. A field that is added to `Module` or `Plan` has to be listed here; that lowering does not read what is left out
//! is a rule of `tests/house`.
//!
//! Functions go by their index: when one is added, all are compiled.

use super::FunctionKey;
use crate::analyze::{GlobalPlan, MemoryPlan, Plan};
use crate::codegen::cranelift::Isas;
use crate::module::{Body, FuncIndex, Module};
use crate::options::{Options, Sources};
use blake3::Hasher;
use std::fmt::{self, Debug, Write};

/// What all functions of a module depend on.
pub(super) struct Environment {
    hash: [u8; 32],
}

impl Environment {
    pub(super) fn new(
        module: &Module<'_>,
        plan: &Plan,
        maps_accesses: bool,
        isas: &Isas,
        options: &Options,
    ) -> Environment {
        let mut hasher = Hasher::new();
        add(&mut hasher, &env!("CARGO_PKG_VERSION"));
        add(&mut hasher, &isas.description());
        // The debugging form has every field. One that names a file would not be enough, if its contents mattered here.
        add(&mut hasher, &Options { jobs: None, sources: Sources::default(), ..options.clone() });
        add(&mut hasher, &maps_accesses);
        add_module(&mut hasher, module);
        add_plan(&mut hasher, plan);
        Environment { hash: hasher.finalize().into() }
    }

    /// The key of one function.
    pub(super) fn key(&self, module: &Module<'_>, plan: &Plan, function: FuncIndex, body: &Body) -> FunctionKey {
        let mut hasher = Hasher::new();
        hasher.update(&self.hash);
        hasher.update(&function.as_u32().to_le_bytes());
        hasher.update(&[u8::from(plan.unchecked_frames[function])]);
        let hints = module.branch_hints.functions.get(&function);
        let mut hints: Vec<(u32, bool)> =
            hints.into_iter().flatten().map(|(offset, likely)| (*offset, *likely)).collect();
        hints.sort_unstable();
        add(&mut hasher, &hints);
        // Last, so that it needs no length.
        hasher.update(&module.bytes[body.range.clone()]);
        hasher.finalize().into()
    }
}

/// What lowering sees of a module, besides the function in hand.
fn add_module(hasher: &mut Hasher, module: &Module<'_>) {
    let Module {
        name,
        types,
        recursion_groups,
        imports,
        functions,
        imported_functions,
        tables,
        imported_tables,
        memories,
        imported_memories,
        globals,
        imported_globals,
        tags,
        imported_tags,
        exports,
        start,
        elements,
        // Code and its place, and what is there for people or for instantiation.
        bytes: _,
        bodies: _,
        data: _,
        names: _,
        branch_hints: _,
        custom_sections: _,
        sections: _,
    } = module;
    add(hasher, &(name, types, recursion_groups, imports, functions, imported_functions));
    add(hasher, &(tables, imported_tables, memories, imported_memories));
    // What a global starts as moves with the data: one is the top of the shadow stack.
    add(hasher, &globals.values().map(|global| global.ty).collect::<Vec<_>>());
    add(hasher, &(imported_globals, tags, imported_tags, exports, start, elements));
}

/// What lowering sees of a plan, besides the function in hand.
fn add_plan(hasher: &mut Hasher, plan: &Plan) {
    let Plan {
        is_open,
        symbol,
        instances,
        layout,
        code,
        function_code,
        array_trampolines,
        imports,
        traces_wasi,
        type_ids,
        function_type_ids,
        null_checks,
        memories,
        tables,
        globals,
        elements,
        data,
        funcrefs,
        funcref_slots,
        largest_page,
        stack,
        entry,
        wasi_memory,
        // Of one function each.
        unchecked_frames: _,
    } = plan;
    add(hasher, &(is_open, symbol, instances, layout, code, function_code, array_trampolines));
    add(hasher, &(imports, traces_wasi, type_ids, function_type_ids, null_checks));
    for memory in memories.values() {
        let MemoryPlan { base, bound, maximum, keeps_last_indices, nothing_below, image: _ } = memory;
        add(hasher, &(base, bound, maximum, keeps_last_indices, nothing_below));
    }
    for global in globals.values() {
        match global {
            GlobalPlan::Constant(_) | GlobalPlan::Imported => add(hasher, global),
            GlobalPlan::Stored { initial: _ } => add(hasher, &GlobalPlan::Stored { initial: None }),
        }
    }
    add(hasher, &(tables, elements, data, funcrefs, funcref_slots));
    add(hasher, &(largest_page, stack, entry, wasi_memory));
}

/// Adds the debugging form of `value`, which shows all of it, and ends it with what no such form has.
fn add(hasher: &mut Hasher, value: &dyn Debug) {
    struct Sink<'a>(&'a mut Hasher);

    impl Write for Sink<'_> {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.update(text.as_bytes());
            Ok(())
        }
    }

    // Nothing that is hashed fails.
    let _ = write!(Sink(hasher), "{value:?}\0");
}
