//! Instructions that only trap.

use super::builder::Builder;
use super::control;
use super::function::FunctionLowering;
use wasmc_runtime::abi::TrapCode;

pub(super) fn unreachable<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    f.builder.trap(TrapCode::Unreachable);
    control::end_of_path(f);
}
