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
    let (namespace, index) = match symbol {
        Symbol::Code(code) => (CODE, code.as_u32()),
        Symbol::Helper(helper) => (HELPER, helper as u32),
        Symbol::Wasi { call, unstable: false } => (WASI, call as u32),
        Symbol::Wasi { call, unstable: true } => (WASI_UNSTABLE, call as u32),
        Symbol::Instance => (INSTANCE, 0),
        Symbol::DataSegment(data) => (DATA_SEGMENT, data.as_u32()),
        Symbol::ElementSegment(element) => (ELEMENT_SEGMENT, element.as_u32()),
        Symbol::ReadOnlyTable(table) => (READ_ONLY_TABLE, table.as_u32()),
        Symbol::ImportText(function) => (IMPORT_TEXT, function.as_u32()),
    };
    UserExternalName { namespace, index }
}

/// The symbol that [`encode`] made the name of.
pub(super) fn decode(name: &UserExternalName) -> Symbol {
    let index = name.index;
    match name.namespace {
        CODE => Symbol::Code(CodeIndex::from_u32(index)),
        HELPER => Symbol::Helper(Helper::ALL[index as usize]),
        WASI => Symbol::Wasi { call: WasiCall::ALL[index as usize], unstable: false },
        WASI_UNSTABLE => Symbol::Wasi { call: WasiCall::ALL[index as usize], unstable: true },
        INSTANCE => Symbol::Instance,
        DATA_SEGMENT => Symbol::DataSegment(DataIndex::from_u32(index)),
        ELEMENT_SEGMENT => Symbol::ElementSegment(ElementIndex::from_u32(index)),
        READ_ONLY_TABLE => Symbol::ReadOnlyTable(TableIndex::from_u32(index)),
        IMPORT_TEXT => Symbol::ImportText(FuncIndex::from_u32(index)),
        other => unreachable!("no symbol is encoded in namespace {other}"),
    }
}
