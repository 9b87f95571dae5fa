//! Symbols as Cranelift's external names: a namespace for the kind and an index.

use crate::analyze::{CodeIndex, Symbol};
use crate::module::{DataIndex, ElementIndex, FuncIndex, TableIndex};
use cranelift_codegen::ir::UserExternalName;
use wasmc_runtime::abi::{Helper, WasiCall};

const CODE: u32 = 0;
const HELPER: u32 = 1;
const WASI: u32 = 2;
const WASI_UNSTABLE: u32 = 3;
const INSTANCE: u32 = 4;
const DATA_SEGMENT: u32 = 5;
const ELEMENT_SEGMENT: u32 = 6;
const READ_ONLY_TABLE: u32 = 7;
const IMPORT_TEXT: u32 = 8;

pub(super) fn encode(symbol: Symbol) -> UserExternalName {
    let (namespace, index) = numbers_of_symbol(symbol);
    UserExternalName { namespace, index }
}

/// The symbol that [`encode`] made the name of.
pub(super) fn decode(name: &UserExternalName) -> Symbol {
    symbol_of_numbers(name.namespace, name.index).expect("every name is made by `encode`")
}

/// A namespace and an index for each symbol.
pub(in crate::codegen) fn numbers_of_symbol(symbol: Symbol) -> (u32, u32) {
    match symbol {
        Symbol::Code(code) => (CODE, code.as_u32()),
        Symbol::Helper(helper) => (HELPER, helper as u32),
        Symbol::Wasi { call, unstable: false } => (WASI, call as u32),
        Symbol::Wasi { call, unstable: true } => (WASI_UNSTABLE, call as u32),
        Symbol::Instance => (INSTANCE, 0),
        Symbol::DataSegment(data) => (DATA_SEGMENT, data.as_u32()),
        Symbol::ElementSegment(element) => (ELEMENT_SEGMENT, element.as_u32()),
        Symbol::ReadOnlyTable(table) => (READ_ONLY_TABLE, table.as_u32()),
        Symbol::ImportText(function) => (IMPORT_TEXT, function.as_u32()),
    }
}

/// The symbol with these numbers, if there is one.
pub(in crate::codegen) fn symbol_of_numbers(namespace: u32, index: u32) -> Option<Symbol> {
    let position = index as usize;
    Some(match namespace {
        CODE => Symbol::Code(CodeIndex::from_u32(index)),
        HELPER => Symbol::Helper(*Helper::ALL.get(position)?),
        WASI => Symbol::Wasi { call: *WasiCall::ALL.get(position)?, unstable: false },
        WASI_UNSTABLE => Symbol::Wasi { call: *WasiCall::ALL.get(position)?, unstable: true },
        INSTANCE => Symbol::Instance,
        DATA_SEGMENT => Symbol::DataSegment(DataIndex::from_u32(index)),
        ELEMENT_SEGMENT => Symbol::ElementSegment(ElementIndex::from_u32(index)),
        READ_ONLY_TABLE => Symbol::ReadOnlyTable(TableIndex::from_u32(index)),
        IMPORT_TEXT => Symbol::ImportText(FuncIndex::from_u32(index)),
        _ => return None,
    })
}
