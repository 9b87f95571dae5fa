//! Vector instructions (WebAssembly core specification, section 2.4.2).

mod arithmetic;
mod dispatch;
mod lanes;
mod memory;
mod relaxed;

use super::builder::Builder;
use super::function::FunctionLowering;
use wasmparser::Operator;

/// Lowers a vector operator; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    let is_vector_operator = dispatch::dispatch(f, operator) || relaxed::dispatch(f, operator);
    f.vector_operators += usize::from(is_vector_operator);
    is_vector_operator
}
