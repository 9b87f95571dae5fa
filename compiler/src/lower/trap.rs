//! Instructions that only trap, and those that turn out to.

use super::builder::Builder;
use super::control;
use super::function::FunctionLowering;
use wasmc_runtime::abi::TrapCode;

pub(super) fn unreachable<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    f.builder.trap(TrapCode::Unreachable);
    control::end_of_path(f);
}

/// Traps in the middle of an instruction; what is lowered next goes into a block that nothing reaches.
pub(super) fn always<B: Builder>(f: &mut FunctionLowering<'_, B>, code: TrapCode) {
    f.builder.trap(code);
    let unreached = f.builder.create_block(&[]);
    f.builder.seal(unreached);
    f.builder.switch_to(unreached);
}
