//! Whole-module decisions: a [`Module`] and the options in, a [`Plan`] out.

mod constant;
mod entry;
mod image;
mod imports;
mod layout;
mod memories;
mod places;
mod plan;
mod tables;
mod type_ids;
mod usage;
mod world;

pub use image::ImageExtent;
use layout::Contents;
pub use layout::InstanceLayout;
pub use plan::{
    Code, CodeIndex, DataPlan, ElementPlan, EntryPlan, GlobalPlan, ImportBinding, MemoryBase, MemoryBound, MemoryPlan,
    NullChecks, Plan, StackPlan, Symbol, TablePlan,
};
pub use world::World;

use crate::error::Error;
use crate::module::{ConstOp, ElementItems, FuncIndex, GlobalIndex, Module, SegmentMode, TableIndex};
use crate::options::{InstanceMode, Options};
use crate::target::{OperatingSystem, Target};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use places::StackPlaces;
use std::collections::BTreeSet;
use usage::{Frame, Usage};
use wasmc_runtime::abi::{CLEARANCE_BELOW, STACK_RED_ZONE};
use world::Visible;

/// Decides everything that concerns more than one function of `module`, which belongs to `world`.
///
/// # Errors
/// [`Error::Imports`] when something is imported that nothing provides, [`Error::Environment`] when
/// the options do not fit the module (no function to run, a memory that cannot be guarded).
pub fn analyze(module: &Module<'_>, world: &mut World, options: &Options) -> Result<Plan, Error> {
    let entry = if world.is_open() { None } else { entry::choose(module, options)? };
    let imports = imports::resolve(module, world, options)?;
    let visible = Visible::of(module, world);
    let usage = Usage::of(module)?;

    let globals = plan_globals(module, &visible);
    let tables = tables::plan_tables(module, &globals, &usage, &visible, options);
    let elements = tables::plan_elements(module, &globals, &tables, &usage);
    let memories::MemoryPlans { memories, data } =
        memories::plan_memories(module, world, &globals, &usage, &visible, options)?;
    let stack = plan_stack(world, options)?;

    let mut referenced = functions_with_references(module, &globals, &tables, &elements, &usage);
    referenced.extend(&visible.functions);
    referenced
        .extend(imports.iter().filter(|(_, binding)| **binding == ImportBinding::Instance).map(|(index, _)| index));
    let funcrefs: Vec<FuncIndex> = referenced.into_iter().collect();
    let mut funcref_slots = SecondaryMap::new();
    for (slot, function) in funcrefs.iter().enumerate() {
        funcref_slots[*function] = Some(slot as u32);
    }
    let contents = Contents {
        globals: &globals,
        memories: &memories,
        tables: &tables,
        elements: &elements,
        data: &data,
        funcrefs: funcrefs.len(),
    };
    let layout = InstanceLayout::new(module, &contents, &visible);

    let mut unchecked_frames = SecondaryMap::new();
    for (function, frame) in &usage.frames {
        unchecked_frames[*function] = match frame {
            Frame::SmallLeaf => true,
            // Windows has to write down on the stack itself that it has been left.
            Frame::Medium => memories::may_fault(options) && options.target.system != OperatingSystem::Windows,
        };
    }

    let type_ids = world.type_ids.intern(module);
    let mut function_type_ids = SecondaryMap::new();
    for (function, ty) in &module.functions {
        function_type_ids[function] = type_ids[*ty];
    }
    let mut plan = Plan {
        is_open: world.is_open(),
        symbol: world.name_module(),
        instances: options.instances,
        layout,
        code: PrimaryMap::new(),
        function_code: SecondaryMap::new(),
        array_trampolines: SecondaryMap::new(),
        traces_wasi: imports::traces_wasi(&imports, options),
        imports,
        type_ids,
        function_type_ids,
        wasi_memory: memories::wasi_memory(module),
        null_checks: memories::null_checks(options),
        memories,
        tables,
        globals,
        elements,
        data,
        funcrefs,
        funcref_slots,
        unchecked_frames,
        largest_page: options.target.largest_page(),
        stack,
        entry,
    };
    list_code(module, &visible, &mut plan);
    Ok(plan)
}

/// Immutable globals with a constant value are immediates; they need storage only where others can
/// see them.
fn plan_globals(module: &Module<'_>, visible: &Visible) -> PrimaryMap<GlobalIndex, GlobalPlan> {
    let mut plans: PrimaryMap<GlobalIndex, GlobalPlan> = PrimaryMap::with_capacity(module.globals.len());
    for (index, global) in &module.globals {
        let Some(expr) = &global.initial else {
            plans.push(GlobalPlan::Imported);
            continue;
        };
        // The address of a function reference is not known before the program runs.
        let needs_code = |value: &ConstOp| matches!(value, ConstOp::RefFunc(_));
        plans.push(match constant::fold(expr, &plans) {
            Some(value) if needs_code(&value) && (global.ty.mutable || visible.globals.contains(&index)) => {
                GlobalPlan::Stored { initial: None }
            }
            Some(value) if global.ty.mutable => GlobalPlan::Stored { initial: Some(value) },
            Some(value) => GlobalPlan::Constant(value),
            None => GlobalPlan::Stored { initial: None },
        });
    }
    plans
}

/// The functions that can become a `funcref` value while the program runs.
fn functions_with_references(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    tables: &PrimaryMap<TableIndex, TablePlan>,
    elements: &PrimaryMap<crate::module::ElementIndex, ElementPlan>,
    usage: &Usage,
) -> BTreeSet<FuncIndex> {
    let mut functions: BTreeSet<FuncIndex> = usage.referenced_functions.iter().copied().collect();
    for (index, plan) in elements {
        match plan {
            ElementPlan::Unused => {}
            ElementPlan::Functions(items) => functions.extend(items.iter().flatten()),
            ElementPlan::References => {
                if let ElementItems::Expressions(items) = &module.elements[index].items {
                    functions.extend(items.iter().flat_map(constant::functions));
                }
            }
        }
    }
    for (index, global) in &module.globals {
        match globals[index] {
            GlobalPlan::Constant(ConstOp::RefFunc(function)) => {
                functions.insert(function);
            }
            _ => functions.extend(global.initial.iter().flat_map(constant::functions)),
        }
    }
    for (index, table) in &module.tables {
        if tables[index] == TablePlan::Mutable {
            functions.extend(table.initial.iter().flat_map(constant::functions));
        }
    }
    functions
}

/// Lists the machine code to make: the module's functions in order, then what the compiler adds.
fn list_code(module: &Module<'_>, visible: &Visible, plan: &mut Plan) {
    for function in module.defined_functions() {
        let code = plan.code.push(Code::Function(function));
        plan.function_code[function] = Some(code);
    }
    // The reference of a function of another instance is a copy of that instance's.
    let is_foreign = |function: &FuncIndex| plan.imports.get(*function) == Some(&ImportBinding::Instance);
    let mut addressed: BTreeSet<FuncIndex> =
        plan.funcrefs.iter().copied().filter(|function| !is_foreign(function)).collect();
    for table in plan.tables.values() {
        if let TablePlan::ReadOnly(entries) = table {
            addressed.extend(entries.iter().flatten());
        }
    }
    for function in addressed {
        if module.body(function).is_none() {
            let code = plan.code.push(Code::ImportThunk(function));
            plan.function_code[function] = Some(code);
        }
    }
    let mut called = visible.functions.clone();
    if let Some(entry) = &plan.entry {
        called.extend(entry.initialize.into_iter().chain([entry.function]));
    }
    for function in called {
        let code = plan.code.push(Code::ArrayTrampoline(function));
        plan.array_trampolines[function] = Some(code);
    }
    if needs_instantiation(module, plan) {
        plan.code.push(Code::Instantiate);
    }
}

/// Whether anything is left to do when the program starts that data alone cannot do.
fn needs_instantiation(module: &Module<'_>, plan: &Plan) -> bool {
    let has_active_elements = module.elements.iter().any(|(index, segment)| {
        matches!(segment.mode, SegmentMode::Active { .. }) && plan.elements[index] != ElementPlan::Unused
    });
    let has_active_data = module.data.iter().any(|(index, segment)| {
        matches!(segment.mode, SegmentMode::Active { .. }) && plan.data[index] == DataPlan::Stored
    });
    module.start.is_some()
        || has_active_elements
        || has_active_data
        || plan.elements.values().any(|element| *element == ElementPlan::References)
        || plan.globals.values().any(|global| matches!(global, GlobalPlan::Stored { initial: None }))
        || module
            .tables
            .iter()
            .any(|(index, table)| table.initial.is_some() && plan.tables[index] == TablePlan::Mutable)
}

/// A stack of up to this size ends shortly below memory 0: there, the limit is as cheap an immediate as the base. Larger
/// ones, with the space below them that stays empty, would meet the executable itself.
const LARGEST_LOW_STACK: u64 = 256 << 20;
/// Room for the red zone and a few frames.
const SMALLEST_STACK: u64 = 2 * STACK_RED_ZONE as u64;

/// The address one past the highest byte of the stack of a thread after the first.
pub fn thread_stack_top(target: Target, thread: u32) -> u64 {
    StackPlaces::of(target).top_of_thread(thread)
}

/// The stack of the first thread of a script.
///
/// # Errors
/// [`Error::Environment`] when the size is out of range.
pub fn script_stack(options: &Options) -> Result<StackPlan, Error> {
    plan_stack(&World::open(options.target), options)
}

fn plan_stack(world: &World, options: &Options) -> Result<StackPlan, Error> {
    let target = options.target;
    let (page, places) = (target.largest_page(), StackPlaces::of(target));
    let size = options.stack_size.div_ceil(page).saturating_mul(page);
    if !(SMALLEST_STACK..=places.largest).contains(&size) {
        return Err(Error::environment(format!(
            "a stack of {} bytes is out of range: for {}, --stack-size takes 128K to {}G",
            options.stack_size,
            options.target.name,
            places.largest >> 30
        )));
    }
    let top = match options.instances {
        _ if let Some(thread) = world.thread() => places.top_of_thread(thread),
        InstanceMode::Dynamic => 0,
        InstanceMode::Static if size <= LARGEST_LOW_STACK => places::first_base(target) - CLEARANCE_BELOW,
        InstanceMode::Static => places.top,
    };
    Ok(StackPlan { top, size })
}
