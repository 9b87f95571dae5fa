//! Validated operators in, SSA out, through the [`Builder`] trait.
//!
//! The stack machine disappears here: operands become SSA values, structured control becomes
//! blocks, every check is explicit or proved away, every trap has a code and a wasm offset. One
//! file per noun of the specification; `dispatch` names the file for each operator.

mod atomic;
mod atomic_dispatch;
mod bounds;
mod builder;
mod call;
mod cold;
mod control;
mod dispatch;
mod function;
mod function_reference;
mod global;
mod instance;
mod instantiate;
mod local;
mod memory;
mod memory_bulk;
mod null;
mod numeric;
mod parametric;
mod reference;
mod signature;
mod simd;
mod table;
mod tail_call;
mod thunk;
mod trap;
mod vector;
mod wide;

pub use builder::{
    Access, AtomicOp, AtomicWidth, BinaryOp, BoundsCheck, Builder, Callee, CompareOp, Convention, ConvertOp, LoadOp,
    Local, Region, Signature, StoreOp, Type, UnaryOp, WideBinaryOp, WideMultiplyOp,
};
pub use signature::code_signature;
pub use vector::{
    Extension, Half, Lane, Shape, VectorBinaryOp, VectorBuilder, VectorConvertOp, VectorLoadOp, VectorShiftOp,
    VectorTest, VectorUnaryOp,
};

use crate::analyze::{Code, CodeIndex, Plan};
use crate::error::Error;
use crate::module::Module;
use function::FunctionLowering;

/// Emits one piece of code through `builder`, whose function has the signature that
/// [`code_signature`] gives.
///
/// # Errors
/// [`Error::Bug`] when an operator arrives that validation should have refused.
pub fn lower<B: Builder>(module: &Module<'_>, plan: &Plan, code: CodeIndex, builder: &mut B) -> Result<(), Error> {
    let mut lowering = FunctionLowering::new(module, plan, builder);
    match plan.code[code] {
        Code::Function(function) => function::lower_body(&mut lowering, function),
        Code::ImportThunk(function) => thunk::lower_import(&mut lowering, function),
        Code::ArrayTrampoline(function) => thunk::lower_array_trampoline(&mut lowering, function),
        Code::Instantiate => instantiate::lower(&mut lowering),
    }
}
