//! Parametric instructions (WebAssembly core specification, section 2.4.2).

use super::builder::Builder;
use super::function::FunctionLowering;

pub(super) fn drop<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    f.pop();
}

pub(super) fn select<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let condition = f.pop();
    let otherwise = f.pop();
    let then = f.pop();
    let value = f.builder.select(condition, then, otherwise);
    f.push(value);
}
