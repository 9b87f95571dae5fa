//! Calls (WebAssembly core specification, section 2.4.8), direct, indirect and into the runtime.

use super::builder::{Access, BinaryOp, Builder, Callee, CompareOp, LoadOp, Region, Signature, Type};
use super::function::{FunctionLowering, widen_index};
use super::{control, instance, numeric, reference, signature, table};
use crate::analyze::{ImportBinding, Symbol, TablePlan};
use crate::module::{FuncIndex, TableIndex, TypeIndex};
use crate::options::InstanceMode;
use wasmc_runtime::abi::{Helper, NO_TYPE, TrapCode, offsets};

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
    if let Some(binding) = f.plan.imports.get(function) {
        return call_import(f, function, binding, arguments);
    }
    let code = f.plan.function_code[function].expect("planned: a defined function has code");
    let signature = signature::internal(f.module.function_type(function), f.plan.instances);
    let mut all = instance::leading_arguments(f);
    all.extend(arguments);
    f.builder.call(Callee::Symbol(Symbol::Code(code)), &signature, &all)
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
        ImportBinding::Instance => {
            let reference = reference::function_address(f, function);
            let signature = signature::internal(f.module.function_type(function), f.plan.instances);
            // Bound before any code runs, and never changed.
            call_bound(f, reference, Region::InstanceConstant, &signature, arguments)
        }
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

/// `call_indirect`: bounds, null and type are checked, in this order.
pub(super) fn call_indirect<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex, table: TableIndex) {
    let index = f.pop();
    let arguments = f.pop_many(f.module.types[ty].parameters.len());
    if let (TablePlan::ReadOnly(entries), Some(constant)) = (&f.plan.tables[table], f.builder.as_const(index)) {
        let entry = usize::try_from(constant).ok().and_then(|position| entries.get(position)).copied();
        return call_known_entry(f, entry, f.plan.type_ids[ty], arguments);
    }
    let index = widen_index(f.builder, index);
    let signature = signature::internal(&f.module.types[ty], f.plan.instances);
    let type_id = f.plan.type_ids[ty];
    let results = match &f.plan.tables[table] {
        TablePlan::ReadOnly(entries) => {
            let entry = read_only_entry(f, table, entries.len() as u64, index);
            call_entry(f, entry, type_id, &signature, arguments)
        }
        TablePlan::Mutable => {
            let reference = table::checked_load(f, table, index, TrapCode::UndefinedElement);
            call_reference(f, reference, type_id, &signature, arguments)
        }
    };
    f.stack.extend(results);
}

/// Calls what a constant index of a table that never changes names; `None` is past the end.
fn call_known_entry<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    entry: Option<Option<FuncIndex>>,
    type_id: u64,
    arguments: Vec<B::Value>,
) {
    let code = match entry {
        Some(Some(function)) if f.plan.function_type_ids[function] == type_id => {
            let results = call_function(f, function, arguments);
            f.stack.extend(results);
            return;
        }
        Some(Some(_)) => TrapCode::IndirectCallTypeMismatch,
        Some(None) => TrapCode::UninitializedElement,
        None => TrapCode::UndefinedElement,
    };
    f.builder.trap(code);
    control::end_of_path(f);
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

/// Calls an entry of a table that never changes. One comparison serves both checks: null has a
/// type that no function has; which trap it is is found out when it fails.
fn call_entry<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    entry: B::Value,
    type_id: u64,
    signature: &Signature,
    arguments: Vec<B::Value>,
) -> Vec<B::Value> {
    let access = Access::trusted(Region::Constant);
    let found = f.builder.load(LoadOp::Full(Type::I64), entry, offsets::TABLE_ENTRY_TYPE_ID as i32, access);
    let expected = f.builder.const_i64(type_id as i64);
    let matches = f.builder.compare(CompareOp::Eq, found, expected);
    let good = f.builder.create_block(&[]);
    let bad = f.builder.create_block(&[]);
    f.builder.set_cold(bad);
    f.builder.branch(matches, (good, &[]), (bad, &[]));
    f.builder.seal(good);
    f.builder.seal(bad);

    f.builder.switch_to(bad);
    let no_type = f.builder.const_i64(NO_TYPE as i64);
    let is_null = f.builder.compare(CompareOp::Eq, found, no_type);
    f.builder.trap_if(is_null, TrapCode::UninitializedElement);
    f.builder.trap(TrapCode::IndirectCallTypeMismatch);

    f.builder.switch_to(good);
    let code = f.builder.load(LoadOp::Full(Type::I64), entry, offsets::TABLE_ENTRY_CODE as i32, access);
    f.builder.call(Callee::Address(code), signature, &arguments)
}

/// Calls a `funcref`.
fn call_reference<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    reference: B::Value,
    type_id: u64,
    signature: &Signature,
    arguments: Vec<B::Value>,
) -> Vec<B::Value> {
    f.builder.trap_unless(reference, TrapCode::UninitializedElement);
    let access = Access::trusted(Region::Constant);
    let found = f.builder.load(LoadOp::Full(Type::I64), reference, offsets::FUNCREF_TYPE_ID as i32, access);
    let expected = f.builder.const_i64(type_id as i64);
    let differs = f.builder.compare(CompareOp::Ne, found, expected);
    f.builder.trap_if(differs, TrapCode::IndirectCallTypeMismatch);
    call_bound(f, reference, Region::Constant, signature, arguments)
}

/// Calls what the `abi::FuncRef` at `reference` names, which has this signature.
fn call_bound<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    reference: B::Value,
    region: Region,
    signature: &Signature,
    arguments: Vec<B::Value>,
) -> Vec<B::Value> {
    let access = Access::trusted(region);
    let code = f.builder.load(LoadOp::Full(Type::I64), reference, offsets::FUNCREF_CODE as i32, access);
    let mut all = Vec::with_capacity(arguments.len() + 1);
    if f.plan.instances == InstanceMode::Dynamic {
        let offset = offsets::FUNCREF_INSTANCE as i32;
        all.push(f.builder.load(LoadOp::Full(Type::I64), reference, offset, access));
    }
    all.extend(arguments);
    f.builder.call(Callee::Address(code), signature, &all)
}
