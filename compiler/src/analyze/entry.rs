//! What an executable runs.

use super::plan::EntryPlan;
use crate::error::Error;
use crate::module::{ExternalIndex, FuncIndex, Module, ValueType, value_code};
use crate::options::{Emit, Options};

/// The export a command starts at.
const START: &str = "_start";
/// The export that a reactor's host calls first.
const INITIALIZE: &str = "_initialize";

/// Chooses the function to run: the one `--invoke` names, else `_start`. Only an executable must
/// have one.
pub(super) fn choose(module: &Module<'_>, options: &Options) -> Result<Option<EntryPlan>, Error> {
    let (name, invoked) = match &options.invoke {
        Some(name) => (name.as_str(), true),
        None => (START, false),
    };
    let function = match module.export(name) {
        Some(ExternalIndex::Function(function)) => function,
        _ if options.emit != Emit::Executable && !invoked => return Ok(None),
        _ => return Err(nothing_to_run(module, name, invoked)),
    };
    let ty = module.function_type(function);
    let takes_and_gives_nothing = ty.parameters.is_empty() && ty.results.is_empty();
    if !invoked && !takes_and_gives_nothing {
        return Err(Error::environment(format!("`_start` has type {ty}; a command's start takes and gives nothing")));
    }
    if let Some(ty) = ty.parameters.iter().find(|ty| !is_writable(**ty)) {
        return Err(Error::environment(format!("`{name}` takes {ty}, which has no form on a command line")));
    }
    let initialize = match module.export(INITIALIZE) {
        Some(ExternalIndex::Function(initialize)) if invoked && initialize != function => {
            takes_nothing(module, initialize)?;
            Some(initialize)
        }
        _ => None,
    };
    Ok(Some(EntryPlan {
        initialize,
        function,
        name: name.to_owned(),
        invoked,
        parameters: ty.parameters.iter().copied().map(value_code).collect(),
        results: ty.results.iter().copied().map(value_code).collect(),
    }))
}

fn takes_nothing(module: &Module<'_>, function: FuncIndex) -> Result<(), Error> {
    let ty = module.function_type(function);
    if ty.parameters.is_empty() && ty.results.is_empty() {
        return Ok(());
    }
    Err(Error::environment(format!("`_initialize` has type {ty}; a reactor's takes and gives nothing")))
}

/// Whether a person can write such a value as an argument.
fn is_writable(ty: ValueType) -> bool {
    matches!(ty, ValueType::I32 | ValueType::I64 | ValueType::F32 | ValueType::F64)
}

fn nothing_to_run(module: &Module<'_>, name: &str, invoked: bool) -> Error {
    let functions: Vec<&str> = module
        .exports
        .iter()
        .filter(|export| matches!(export.index, ExternalIndex::Function(_)))
        .map(|export| export.name)
        .collect();
    let exports = match functions.len() {
        0 => "it exports no functions".to_owned(),
        1..=20 => format!("it exports {}", functions.join(", ")),
        count => format!("it exports {} and {} more", functions[..20].join(", "), count - 20),
    };
    let hint = if invoked || functions.is_empty() { "" } else { "; `--invoke NAME` runs one of them" };
    Error::environment(format!("the module has no function `{name}` to run: {exports}{hint}"))
}
