//! Which instructions generated code may use, from `--cpu`: a baseline of the target's architecture, then features switched
//! on or off by Cranelift's names.

mod aarch64;
mod riscv64;
mod x86_64;

use crate::error::Error;
use crate::options::{Cpu, CpuBaseline};
use crate::target::{Architecture, Target};
use cranelift_codegen::isa;
use cranelift_codegen::settings::Configurable;

/// What `--cpu` can mean on one architecture.
struct Family {
    /// The names that `--cpu` takes for it, each with the settings that it switches on; the first is what `baseline` means.
    baselines: &'static [(CpuBaseline, &'static [&'static str])],
    /// Settings that people may want to know of.
    known: &'static [&'static str],
    /// What cannot be switched off: without it Cranelift would call a library.
    needed: &'static [&'static str],
    /// The settings of the machine that compiles, which is of this architecture.
    native: fn() -> Vec<&'static str>,
}

fn family(architecture: Architecture) -> &'static Family {
    match architecture {
        Architecture::X86_64 => &x86_64::FAMILY,
        Architecture::Aarch64 => &aarch64::FAMILY,
        Architecture::Riscv64 => &riscv64::FAMILY,
    }
}

/// Makes `builder` use what `cpu` asks for.
///
/// # Errors
/// [`Error::Environment`] when the target's processors have no such baseline or feature.
pub(super) fn select(builder: &mut isa::Builder, target: Target, cpu: &Cpu) -> Result<(), Error> {
    let family = family(target.architecture);
    for setting in baseline(family, target, cpu.baseline)? {
        builder.enable(setting).map_err(|error| Error::bug("code generator set-up", error))?;
    }
    for (feature, enabled) in &cpu.features {
        if !enabled && family.needed.contains(&feature.as_str()) {
            return Err(Error::environment(format!("generated code needs `{feature}`: it cannot be switched off")));
        }
        let setting = format!("has_{}", feature.replace(['.', '-'], "").to_ascii_lowercase());
        let value = if *enabled { "true" } else { "false" };
        builder.set(&setting, value).map_err(|_| unknown_feature(family, feature))?;
    }
    Ok(())
}

fn baseline(family: &Family, target: Target, baseline: CpuBaseline) -> Result<Vec<&'static str>, Error> {
    let settings = match baseline {
        CpuBaseline::Native if target.architecture == Target::host().architecture => return Ok((family.native)()),
        CpuBaseline::Portable => family.baselines.first(),
        named => family.baselines.iter().find(|(baseline, _)| *baseline == named),
    };
    settings.map(|(_, settings)| settings.to_vec()).ok_or_else(|| {
        let names: Vec<&str> = family.baselines.iter().map(|(baseline, _)| baseline.name()).collect();
        Error::environment(format!(
            "`--cpu {}` is not for {}: its names are baseline, {}",
            baseline.name(),
            target.name,
            names.join(", ")
        ))
    })
}

fn unknown_feature(family: &Family, feature: &str) -> Error {
    let known: Vec<&str> = family.known.iter().filter_map(|name| name.strip_prefix("has_")).collect();
    Error::environment(format!("unknown cpu feature `{feature}`; known ones include {}", known.join(", ")))
}
