//! Signatures: which machine types a function takes and gives, and in which convention.

use super::builder::{Convention, Signature, Type};
use crate::analyze::{Code, CodeIndex, Plan};
use crate::module::{FuncType, Module, ValueType};
use crate::options::InstanceMode;
use wasmc_runtime::abi::{AbiType, Helper, WasiCall};

/// The machine type that holds a value.
pub(super) fn machine_type(ty: ValueType) -> Type {
    match ty {
        ValueType::I32 => Type::I32,
        ValueType::I64 | ValueType::Ref(_) => Type::I64,
        ValueType::F32 => Type::F32,
        ValueType::F64 => Type::F64,
        ValueType::V128 => Type::V128,
    }
}

pub(super) fn machine_types(types: &[ValueType]) -> Vec<Type> {
    types.iter().copied().map(machine_type).collect()
}

/// The signature of a function of the module: in dynamic mode the instance comes first.
pub(super) fn internal(ty: &FuncType, mode: InstanceMode) -> Signature {
    let mut parameters = match mode {
        InstanceMode::Static => Vec::new(),
        InstanceMode::Dynamic => vec![Type::I64],
    };
    parameters.extend(machine_types(&ty.parameters));
    Signature { convention: Convention::Internal, parameters, results: machine_types(&ty.results) }
}

/// The signature of a runtime helper.
pub(super) fn helper(helper: Helper) -> Signature {
    Signature {
        convention: Convention::C,
        parameters: helper.parameters().iter().copied().map(abi_type).collect(),
        results: helper.result().map(abi_type).into_iter().collect(),
    }
}

/// The signature of a WASI call: the instance, then the import's parameters.
pub(super) fn wasi(call: WasiCall) -> Signature {
    let mut parameters = vec![Type::I64];
    parameters.extend(call.parameters().iter().copied().map(abi_type));
    Signature { convention: Convention::C, parameters, results: call.result().map(abi_type).into_iter().collect() }
}

/// The signature of a piece of code.
pub fn code_signature(module: &Module<'_>, plan: &Plan, code: CodeIndex) -> Signature {
    match plan.code[code] {
        Code::Function(function) | Code::ImportThunk(function) => {
            internal(module.function_type(function), plan.instances)
        }
        // `abi::ArrayTrampoline`: instance and values.
        Code::ArrayTrampoline(_) => {
            Signature { convention: Convention::C, parameters: vec![Type::I64, Type::I64], results: Vec::new() }
        }
        // `abi::Module::instantiate`: instance.
        Code::Instantiate => Signature { convention: Convention::C, parameters: vec![Type::I64], results: Vec::new() },
    }
}

fn abi_type(ty: AbiType) -> Type {
    match ty {
        AbiType::I32 => Type::I32,
        AbiType::I64 => Type::I64,
    }
}
