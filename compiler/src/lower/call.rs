//! Calls (WebAssembly core specification, section 2.4.8), direct, indirect and into the runtime.

use super::builder::{Access, BinaryOp, Builder, Callee, CompareOp, LoadOp, Region, Signature, Type};
use super::function::{FunctionLowering, widen_index};
use super::{control, instance, null, numeric, reference, signature, table};
use crate::analyze::{ImportBinding, Symbol, TablePlan};
use crate::module::{FuncIndex, HeapType, TableIndex, TypeIndex};
use crate::options::InstanceMode;
use wasmc_runtime::abi::{Helper, NO_TYPE, TrapCode, offsets};

/// What a call reaches.
pub(super) enum Target<V> {
    /// A function of the module, defined or imported.
    Function(FuncIndex),
    /// Machine code for a function of this type, and in dynamic mode the instance it belongs to.
    Code { address: V, instance: Option<V>, ty: TypeIndex },
}

/// A call whose operands are popped and whose checks are made.
pub(super) struct CheckedCall<V> {
    pub(super) target: Target<V>,
    pub(super) arguments: Vec<V>,
}

/// The same in the convention of internal calls.
pub(super) struct InternalCall<V> {
    pub(super) callee: Callee<V>,
    pub(super) signature: Signature,
    pub(super) arguments: Vec<V>,
}

pub(super) fn call<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) {
    let arguments = f.pop_many(f.module.function_type(function).parameters.len());
    let results = call_function(f, function, arguments);
    f.stack.extend(results);
}

/// Calls a function of the module, defined or imported.
pub(super) fn call_function<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    function: FuncIndex,
    arguments: Vec<B::Value>,
) -> Vec<B::Value> {
    call_checked(f, CheckedCall { target: Target::Function(function), arguments })
}

pub(super) fn call_checked<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    mut call: CheckedCall<B::Value>,
) -> Vec<B::Value> {
    call.target = bind(f, call.target);
    if let Target::Function(function) = call.target
        && let Some(binding) = f.plan.imports.get(function)
    {
        return call_import(f, function, binding, call.arguments);
    }
    let call = internal_call(f, call);
    f.builder.call(call.callee, &call.signature, &call.arguments)
}

/// A function of another instance is reached through its reference, which is bound before any code
/// runs and never changed.
pub(super) fn bind<B: Builder>(f: &mut FunctionLowering<'_, B>, target: Target<B::Value>) -> Target<B::Value> {
    match target {
        Target::Function(function) if f.plan.imports.get(function) == Some(&ImportBinding::Instance) => {
            let reference = reference::function_address(f, function);
            load_target(f, reference, f.module.functions[function], Access::trusted(Region::InstanceConstant))
        }
        target => target,
    }
}

/// Puts what every internal call passes before the function's own arguments. An imported function
/// is reached through its thunk, which it must have.
pub(super) fn internal_call<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    call: CheckedCall<B::Value>,
) -> InternalCall<B::Value> {
    let (callee, ty, mut arguments) = match call.target {
        Target::Function(function) => {
            let code = f.plan.function_code[function].expect("planned: a function has code or a thunk");
            (Callee::Symbol(Symbol::Code(code)), f.module.functions[function], instance::leading_arguments(f))
        }
        Target::Code { address, instance, ty } => (Callee::Address(address), ty, instance.into_iter().collect()),
    };
    arguments.extend(call.arguments);
    InternalCall { callee, signature: signature::internal(&f.module.types[ty], f.plan.instances), arguments }
}

/// Calls what provides an import.
fn call_import<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    function: FuncIndex,
    binding: &ImportBinding,
    arguments: Vec<B::Value>,
) -> Vec<B::Value> {
    match binding {
        ImportBinding::Wasi { call, unstable } => {
            let symbol = Symbol::Wasi { call: *call, unstable: *unstable };
            let mut all = vec![instance::address(f)];
            all.extend(arguments);
            f.builder.call(Callee::Symbol(symbol), &signature::wasi(*call), &all)
        }
        ImportBinding::Instance => unreachable!("bound: it is reached through its reference"),
        ImportBinding::Stub { text } => {
            let address = f.builder.symbol_address(Symbol::ImportText(function));
            let length = f.builder.const_i64(text.len() as i64);
            call_helper(f, Helper::MissingImport, &[address, length]);
            // The helper does not return; these values only keep the types right.
            let results = signature::machine_types(&f.module.function_type(function).results);
            results.into_iter().map(|ty| numeric::zero(f.builder, ty)).collect()
        }
    }
}

/// Calls a helper of the runtime; gives its result, if it has one.
pub(super) fn call_helper<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    helper: Helper,
    arguments: &[B::Value],
) -> Vec<B::Value> {
    f.builder.call(Callee::Symbol(Symbol::Helper(helper)), &signature::helper(helper), arguments)
}

pub(super) fn call_indirect<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex, table: TableIndex) {
    if let Some(call) = pop_indirect(f, ty, table) {
        let results = call_checked(f, call);
        f.stack.extend(results);
    }
}

/// The operands of `call_indirect` and its like. Bounds, null and type are checked, in this order;
/// `None` when one of the checks always fails, which ends the path.
pub(super) fn pop_indirect<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    ty: TypeIndex,
    table: TableIndex,
) -> Option<CheckedCall<B::Value>> {
    let index = f.pop();
    let arguments = f.pop_many(f.module.types[ty].parameters.len());
    let type_id = f.plan.type_ids[ty];
    if let (TablePlan::ReadOnly(entries), Some(constant)) = (&f.plan.tables[table], f.builder.as_const(index)) {
        let entry = usize::try_from(constant).ok().and_then(|position| entries.get(position)).copied();
        return known_entry(f, entry, type_id).map(|target| CheckedCall { target, arguments });
    }
    let index = widen_index(f.builder, index);
    let target = match &f.plan.tables[table] {
        TablePlan::ReadOnly(entries) => {
            let entry = read_only_entry(f, table, entries.len() as u64, index);
            if f.module.tables[table].ty.element.nullable || needs_type_check(f, table, type_id) {
                check_entry(f, entry, type_id);
            }
            let access = Access::trusted(Region::Constant);
            let address = f.builder.load(LoadOp::Full(Type::I64), entry, offsets::TABLE_ENTRY_CODE as i32, access);
            Target::Code { address, instance: None, ty }
        }
        TablePlan::Mutable => {
            let reference = table::checked_load(f, table, index, TrapCode::UndefinedElement);
            if needs_type_check(f, table, type_id) {
                check_type(f, reference, type_id);
            }
            dereference(f, reference, ty, TrapCode::UninitializedElement)
        }
    };
    Some(CheckedCall { target, arguments })
}

/// What a constant index of a table that never changes names; `None` in it is past the end.
fn known_entry<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    entry: Option<Option<FuncIndex>>,
    type_id: u64,
) -> Option<Target<B::Value>> {
    let code = match entry {
        Some(Some(function)) if f.plan.function_type_ids[function] == type_id => {
            return Some(Target::Function(function));
        }
        Some(Some(_)) => TrapCode::IndirectCallTypeMismatch,
        Some(None) => TrapCode::UninitializedElement,
        None => TrapCode::UndefinedElement,
    };
    f.builder.trap(code);
    control::end_of_path(f);
    None
}

/// The address of an `abi::TableEntry`.
fn read_only_entry<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    table: TableIndex,
    length: u64,
    index: B::Value,
) -> B::Value {
    let length = f.builder.const_i64(length as i64);
    let past_end = f.builder.compare(CompareOp::GeU, index, length);
    f.builder.trap_if(past_end, TrapCode::UndefinedElement);
    let base = f.builder.symbol_address(Symbol::ReadOnlyTable(table));
    let shift = f.builder.const_i64(i64::from(offsets::TABLE_ENTRY_SIZE.trailing_zeros()));
    let offset = f.builder.binary(BinaryOp::Shl, index, shift);
    f.builder.binary(BinaryOp::Add, base, offset)
}

/// Checks an entry of a table that never changes. One comparison serves both checks: null has a
/// type that no function has; which trap it is is found out when it fails.
fn check_entry<B: Builder>(f: &mut FunctionLowering<'_, B>, entry: B::Value, type_id: u64) {
    let access = Access::trusted(Region::Constant);
    let found = f.builder.load(LoadOp::Full(Type::I64), entry, offsets::TABLE_ENTRY_TYPE_ID as i32, access);
    let expected = f.builder.const_i64(type_id as i64);
    let matches = f.builder.compare(CompareOp::Eq, found, expected);
    let good = f.create_successor(&[], false);
    let bad = f.create_successor(&[], true);
    f.builder.branch(matches, (good, &[]), (bad, &[]));
    f.builder.seal(good);
    f.builder.seal(bad);

    f.builder.switch_to(bad);
    let no_type = f.builder.const_i64(NO_TYPE as i64);
    let is_null = f.builder.compare(CompareOp::Eq, found, no_type);
    f.builder.trap_if(is_null, TrapCode::UninitializedElement);
    f.builder.trap(TrapCode::IndirectCallTypeMismatch);

    f.builder.switch_to(good);
}

/// Whether a table can hold functions of another type than the one expected: not if its elements are declared to
/// have that type.
fn needs_type_check<B: Builder>(f: &FunctionLowering<'_, B>, table: TableIndex, type_id: u64) -> bool {
    match f.module.tables[table].ty.element.heap {
        HeapType::Concrete(element) => f.plan.type_ids[element] != type_id,
        _ => true,
    }
}

/// Checks an element of a table that changes.
fn check_type<B: Builder>(f: &mut FunctionLowering<'_, B>, reference: B::Value, type_id: u64) {
    let access = null::access(f, reference, TrapCode::UninitializedElement);
    let found = f.builder.load(LoadOp::Full(Type::I64), reference, offsets::FUNCREF_TYPE_ID as i32, access);
    f.non_null.learn(reference);
    let expected = f.builder.const_i64(type_id as i64);
    let differs = f.builder.compare(CompareOp::Ne, found, expected);
    f.builder.trap_if(differs, TrapCode::IndirectCallTypeMismatch);
}

/// What a function reference refers to; null is the trap `code`.
pub(super) fn dereference<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    reference: B::Value,
    ty: TypeIndex,
    code: TrapCode,
) -> Target<B::Value> {
    // Loads that may fault are made in no particular order: each of them finds out.
    let access = null::access(f, reference, code);
    load_target(f, reference, ty, access)
}

/// Reads the `abi::FuncRef` at `reference`.
fn load_target<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    reference: B::Value,
    ty: TypeIndex,
    access: Access,
) -> Target<B::Value> {
    let mut load = |offset: u32| f.builder.load(LoadOp::Full(Type::I64), reference, offset as i32, access);
    let address = load(offsets::FUNCREF_CODE);
    let instance = match f.plan.instances {
        InstanceMode::Static => None,
        InstanceMode::Dynamic => Some(load(offsets::FUNCREF_INSTANCE)),
    };
    f.non_null.learn(reference);
    Target::Code { address, instance, ty }
}
