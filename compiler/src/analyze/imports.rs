//! What provides each import.

use super::plan::ImportBinding;
use super::world::World;
use crate::error::{Error, ImportError, MissingImport};
use crate::module::{FuncIndex, FuncType, Import, ImportType, Module, ValueType};
use crate::options::Options;
use cranelift_entity::PrimaryMap;
use wasmc_runtime::abi::{AbiType, WasiCall};

/// The module name of WASI preview 1.
const WASI: &str = "wasi_snapshot_preview1";
/// The name under which it was first published.
const WASI_UNSTABLE: &str = "wasi_unstable";

/// Binds every imported function, or lists all imports that nothing provides. In an open world they
/// are bound when an instance is made.
pub(super) fn resolve(
    module: &Module<'_>,
    world: &World,
    options: &Options,
) -> Result<PrimaryMap<FuncIndex, ImportBinding>, Error> {
    let mut bindings = PrimaryMap::new();
    if world.is_open() {
        bindings.extend(module.function_imports().map(|_| ImportBinding::Instance));
        return Ok(bindings);
    }
    let mut missing = Vec::new();
    for import in &module.imports {
        match import.ty {
            ImportType::Function(ty) => match bind(import, &module.types[ty]) {
                Ok(binding) => {
                    bindings.push(binding);
                }
                Err(_) if options.stub_imports => {
                    bindings.push(ImportBinding::Stub { text: format!("{:?} {:?}", import.module, import.name) });
                }
                Err(note) => missing.push(describe(module, import, note)),
            },
            _ => missing.push(describe(module, import, None)),
        }
    }
    if missing.is_empty() {
        return Ok(bindings);
    }
    let has_functions = module.imports.iter().any(|import| matches!(import.ty, ImportType::Function(_)));
    Err(Error::Imports(ImportError { missing, can_be_stubbed: has_functions && !options.stub_imports }))
}

/// The WASI call an import names, or what is wrong with it.
fn bind(import: &Import<'_>, ty: &FuncType) -> Result<ImportBinding, Option<String>> {
    let unstable = match import.module {
        WASI => false,
        WASI_UNSTABLE => true,
        _ => return Err(None),
    };
    let call = WasiCall::from_import_name(import.name)
        .ok_or_else(|| Some(format!("{} has no such function", import.module)))?;
    let expected = FuncType {
        parameters: call.parameters().iter().copied().map(value_type).collect(),
        results: call.result().map(value_type).into_iter().collect(),
    };
    if *ty != expected {
        return Err(Some(format!("WASI has it as {expected}")));
    }
    Ok(ImportBinding::Wasi { call, unstable })
}

/// Whether a person may watch the WASI calls of a program: to debug it, or to find out what it has to be granted. One that
/// asks for nothing which could be granted does not carry what that takes, and one whose grants are final says nothing.
pub(super) fn traces_wasi(imports: &PrimaryMap<FuncIndex, ImportBinding>, options: &Options) -> bool {
    let can_be_granted = |binding: &ImportBinding| match binding {
        ImportBinding::Wasi { call, .. } => {
            let name = call.import_name();
            ["path_", "environ_", "fd_prestat_", "sock_"].iter().any(|prefix| name.starts_with(prefix))
        }
        ImportBinding::Instance | ImportBinding::Stub { .. } => false,
    };
    !options.grants.sealed && (options.debug || imports.values().any(can_be_granted))
}

fn value_type(ty: AbiType) -> ValueType {
    match ty {
        AbiType::I32 => ValueType::I32,
        AbiType::I64 => ValueType::I64,
    }
}

fn describe(module: &Module<'_>, import: &Import<'_>, note: Option<String>) -> MissingImport {
    let ty = match &import.ty {
        ImportType::Function(ty) => module.types[*ty].to_string(),
        ImportType::Table(ty) => ty.to_string(),
        ImportType::Memory(ty) => ty.to_string(),
        ImportType::Global(ty) => ty.to_string(),
        ImportType::Tag(ty) => module.types[*ty].to_tag_string(),
    };
    MissingImport { module: import.module.to_owned(), name: import.name.to_owned(), ty, note }
}
