//! How values travel between functions.

use super::builder::ir_type;
use crate::lower::{Convention, Signature, Type};
use crate::target::Architecture;
use cranelift_codegen::ir::{self, AbiParam, ArgumentExtension, types};
use cranelift_codegen::isa::{CallConv, TargetIsa};

/// The platform's convention for C.
#[derive(Clone, Copy)]
pub(super) struct CConvention {
    name: CallConv,
    /// What the caller puts into the upper half of the register of an `i32`.
    upper_half: ArgumentExtension,
}

impl CConvention {
    /// That of the target.
    pub(super) fn of(isa: &dyn TargetIsa, architecture: Architecture) -> CConvention {
        let upper_half = match architecture {
            Architecture::X86_64 | Architecture::Aarch64 => ArgumentExtension::None,
            Architecture::Riscv64 => ArgumentExtension::Sext,
        };
        CConvention { name: isa.default_call_conv(), upper_half }
    }
}

/// A signature in Cranelift's terms.
pub(super) fn convert_signature(signature: &Signature, c_convention: CConvention) -> ir::Signature {
    let mut converted = ir::Signature::new(match signature.convention {
        Convention::Internal => CallConv::Tail,
        Convention::C => c_convention.name,
    });
    let passed = |ty: &Type| match (signature.convention, ir_type(*ty)) {
        (Convention::C, types::I32) => AbiParam { extension: c_convention.upper_half, ..AbiParam::new(types::I32) },
        (_, ty) => AbiParam::new(ty),
    };
    converted.params.extend(signature.parameters.iter().map(passed));
    converted.returns.extend(signature.results.iter().map(passed));
    converted
}
