//! The state of lowering one function, and its frame: parameters, locals, the stack check.

use super::bounds::CheckedBounds;
use super::builder::{BinaryOp, Builder, CompareOp, Type};
use super::cold::Unlikely;
use super::control::Frame;
use super::null::{self, NonNull};
use super::signature::machine_type;
use super::{dispatch, instance};
use crate::analyze::Plan;
use crate::error::Error;
use crate::module::{FuncIndex, Module, ValueType};
use crate::options::InstanceMode;
use std::collections::HashMap;
use wasmc_runtime::abi::TrapCode;
use wasmparser::{BinaryReader, FunctionBody};

/// What is known while the operators of one function are lowered.
///
/// `stack` and `frames` mirror the operand and control stacks of validation (specification,
/// appendix "Validation Algorithm"); nothing is lowered while `reachable` is false.
pub(super) struct FunctionLowering<'a, B: Builder> {
    pub(super) module: &'a Module<'a>,
    pub(super) plan: &'a Plan,
    pub(super) builder: &'a mut B,
    /// Operands, as SSA values.
    pub(super) stack: Vec<B::Value>,
    /// Enclosing blocks; the function itself is the first.
    pub(super) frames: Vec<Frame<B>>,
    /// False after an unconditional transfer of control, until the end of the block it stands in.
    pub(super) reachable: bool,
    /// Blocks entered since then, which lowering skips whole.
    pub(super) skipped_blocks: u32,
    /// The local that holds the instance (dynamic mode).
    pub(super) instance: Option<super::builder::Local>,
    /// The builder's number of WebAssembly local 0.
    pub(super) first_local: u32,
    /// Which way the operator in hand is unlikely to branch.
    pub(super) unlikely: Option<Unlikely>,
    /// Whether the current block is unlikely to run.
    pub(super) is_cold: bool,
    /// How many operands the branches so far carry.
    pub(super) branch_operands: usize,
    /// How many vector operators there were so far.
    pub(super) vector_operators: usize,
    /// What is known about memory indices here.
    pub(super) checked: CheckedBounds<B::Value>,
    /// What is known about references here.
    pub(super) non_null: NonNull<B::Value>,
    /// The functions that references made here refer to.
    pub(super) functions: HashMap<B::Value, FuncIndex>,
}

/// A point in the lowering of a function; what is learnt after it can be forgotten.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    checked: usize,
    non_null: usize,
}

impl<'a, B: Builder> FunctionLowering<'a, B> {
    pub(super) fn new(module: &'a Module<'a>, plan: &'a Plan, builder: &'a mut B) -> FunctionLowering<'a, B> {
        FunctionLowering {
            module,
            plan,
            builder,
            stack: Vec::new(),
            frames: Vec::new(),
            reachable: true,
            skipped_blocks: 0,
            instance: None,
            first_local: 0,
            unlikely: None,
            is_cold: false,
            branch_operands: 0,
            vector_operators: 0,
            checked: CheckedBounds::default(),
            non_null: NonNull::default(),
            functions: HashMap::new(),
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark { checked: self.checked.mark(), non_null: self.non_null.mark() }
    }

    pub(super) fn forget_since(&mut self, mark: Mark) {
        self.checked.forget_since(mark.checked);
        self.non_null.forget_since(mark.non_null);
    }

    pub(super) fn push(&mut self, value: B::Value) {
        self.stack.push(value);
    }

    /// The top operand. Validation has seen that there is one.
    pub(super) fn pop(&mut self) -> B::Value {
        self.stack.pop().expect("validated: an operand is on the stack")
    }

    /// The top `count` operands, the deepest first.
    pub(super) fn pop_many(&mut self, count: usize) -> Vec<B::Value> {
        self.stack.split_off(self.stack.len() - count)
    }
}

/// A branch of two bytes may carry a thousand operands, each of which takes room in the IR. This many
/// take some hundred megabytes; functions that people write have a few thousand.
const MOST_BRANCH_OPERANDS: usize = 20_000_000;

/// A vector operator of two bytes may become twenty instructions. This many take a gigabyte even when they
/// are not optimised; functions that people write have some ten thousand.
const MOST_VECTOR_OPERATORS: usize = 500_000;

/// Lowers the body of a defined function.
pub(super) fn lower_body<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) -> Result<(), Error> {
    let body = f.module.body(function).ok_or_else(|| bug(function, "it has no body"))?;
    let reader = BinaryReader::new(&f.module.bytes[body.range.clone()], body.range.start);
    let body = FunctionBody::new(reader);
    let ty = f.module.function_type(function);

    f.builder.set_offset(body.range().start as u32);
    declare_parameters(f, &ty.parameters);
    for group in body.get_locals_reader().map_err(|error| bug(function, error))? {
        let (count, ty) = group.map_err(|error| bug(function, error))?;
        declare_locals(f, count, ty);
    }
    if !f.plan.unchecked_frames[function] {
        check_stack(f);
    }
    super::control::enter_function(f, ty);

    let hints = f.module.branch_hints.functions.get(&function);
    let start = body.range().start;
    let mut operators = body.get_operators_reader().map_err(|error| bug(function, error))?;
    while !operators.eof() {
        let (operator, offset) = operators.read_with_offset().map_err(|error| bug(function, error))?;
        f.builder.set_offset(offset as u32);
        let hint = hints.and_then(|hints| hints.get(&((offset - start) as u32)));
        f.unlikely = hint.copied().map(Unlikely::from_hint);
        dispatch::lower(f, &operator).map_err(|error| bug(function, error))?;
        check_size(f, function)?;
    }
    Ok(())
}

/// A limit of this implementation (WebAssembly core specification, appendix A.2).
fn check_size<B: Builder>(f: &FunctionLowering<'_, B>, function: FuncIndex) -> Result<(), Error> {
    let excess = if f.branch_operands > MOST_BRANCH_OPERANDS {
        format!("its branches carry more than {MOST_BRANCH_OPERANDS} operands")
    } else if f.vector_operators > MOST_VECTOR_OPERATORS {
        format!("it has more than {MOST_VECTOR_OPERATORS} vector operators")
    } else {
        return Ok(());
    };
    Err(Error::environment(format!("function {} is too large for the code generator: {excess}", function.as_u32())))
}

fn declare_parameters<B: Builder>(f: &mut FunctionLowering<'_, B>, parameters: &[ValueType]) {
    let mut values = f.builder.parameters().into_iter();
    if f.plan.instances == InstanceMode::Dynamic {
        instance::declare(f, values.next());
        f.first_local = 1;
    }
    for (ty, value) in parameters.iter().zip(values) {
        let local = f.builder.declare_local(machine_type(*ty));
        f.builder.local_set(local, value);
        null::learn_type(f, value, *ty);
    }
}

/// Declared locals start as zero or null.
fn declare_locals<B: Builder>(f: &mut FunctionLowering<'_, B>, count: u32, ty: wasmparser::ValType) {
    let ty = match ty {
        wasmparser::ValType::I32 => Type::I32,
        wasmparser::ValType::I64 | wasmparser::ValType::Ref(_) => Type::I64,
        wasmparser::ValType::F32 => Type::F32,
        wasmparser::ValType::F64 => Type::F64,
        wasmparser::ValType::V128 => Type::V128,
    };
    let zero = super::numeric::zero(f.builder, ty);
    for _ in 0..count {
        let local = f.builder.declare_local(ty);
        f.builder.local_set(local, zero);
    }
}

/// Traps when the frame reaches below the stack's limit. The comparison is made after the frame is
/// laid out; the address space below the stack is empty for more than the largest frame.
pub(super) fn check_stack<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let stack_pointer = f.builder.stack_pointer();
    let limit = instance::stack_limit(f);
    let exhausted = f.builder.compare(CompareOp::LtU, stack_pointer, limit);
    f.builder.trap_if(exhausted, TrapCode::CallStackExhausted);
}

fn bug(function: FuncIndex, message: impl std::fmt::Display) -> Error {
    Error::bug(format!("lowering of function {}", function.as_u32()), message)
}

/// Zero-extends an index to an address; 64-bit ones stay as they are.
pub(super) fn widen_index<B: Builder>(builder: &mut B, index: B::Value) -> B::Value {
    match builder.type_of(index) {
        Type::I32 => builder.convert(super::builder::ConvertOp::ExtendU, index, Type::I64),
        _ => index,
    }
}

/// `base + addend`, leaving out an addition of nothing.
pub(super) fn add_const<B: Builder>(builder: &mut B, base: B::Value, addend: i64) -> B::Value {
    if addend == 0 {
        return base;
    }
    let addend = builder.const_i64(addend);
    builder.binary(BinaryOp::Add, base, addend)
}
