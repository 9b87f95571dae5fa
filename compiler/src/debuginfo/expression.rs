//! Where a variable is: from DWARF's operations on locals and linear memory to those on registers and addresses.
//!
//! While an expression is evaluated, numbers are what they are in the module: addresses count from the start of linear
//! memory. Where memory is read, and at the end, its base is added. A frame's base is an address of the machine already, so
//! that the most frequent expression of all, a distance from it, stays what it is.

use super::dwarf::Slice;
use crate::codegen::ValuePlace;
use gimli::constants as dw;
use gimli::read::{Operation, UnitRef};
use gimli::write::{Address, Expression, UnitEntryId};
use gimli::{DwOp, Register, UnitOffset};

/// A value that the program keeps for the module, and whether it has 64 bits.
#[derive(Clone, Copy)]
pub(super) struct Kept<P> {
    pub(super) place: P,
    pub(super) is_wide: bool,
}

/// What an expression is translated for.
pub(super) struct Surroundings<'a, 'd> {
    /// The unit that it stands in.
    pub(super) unit: UnitRef<'a, Slice<'d>>,
    /// The address of memory 0's first byte, where it is known.
    pub(super) memory: Option<u64>,
    /// Where a local is.
    pub(super) local: &'a dyn Fn(u32) -> Option<Kept<ValuePlace>>,
    /// Where a global is.
    pub(super) global: &'a dyn Fn(u32) -> Option<Kept<Address>>,
    /// The entry of a type.
    pub(super) entry: &'a dyn Fn(UnitOffset) -> Option<UnitEntryId>,
}

/// The locals whose values `expression` needs, each once.
pub(super) fn locals_of(expression: gimli::Expression<Slice<'_>>, unit: UnitRef<'_, Slice<'_>>) -> Vec<u32> {
    let mut locals = Vec::new();
    let mut operations = expression.operations(unit.encoding());
    while let Ok(Some(operation)) = operations.next() {
        if let Operation::WasmLocal { index } = operation
            && !locals.contains(&index)
        {
            locals.push(index);
        }
    }
    locals
}

impl<'d> Surroundings<'_, 'd> {
    /// The location that `expression` gives; `None` where it asks for something that is not there.
    pub(super) fn location(&self, expression: gimli::Expression<Slice<'_>>) -> Option<Expression> {
        let mut operations = expression.operations(self.unit.encoding());
        let mut out = Expression::new();
        let mut piece = Vec::new();
        let mut knows_any = false;
        while let Some(operation) = operations.next().ok()? {
            let Operation::Piece { size_in_bits, bit_offset } = operation else {
                piece.push(operation);
                continue;
            };
            // Debuggers say of a piece alone that it is not known.
            knows_any |= self.try_piece(&mut out, &piece);
            piece.clear();
            match (size_in_bits % 8, bit_offset) {
                (0, None) => out.op_piece(size_in_bits / 8),
                (_, offset) => out.op_bit_piece(size_in_bits, offset.unwrap_or(0)),
            }
        }
        if !piece.is_empty() {
            knows_any |= self.try_piece(&mut out, &piece);
        }
        knows_any.then_some(out)
    }

    /// The address of the machine that a variable is, whose location in the module `expression` gives: a pointer into linear
    /// memory, of 32 bits or, in a memory of 64 bits, as many.
    pub(super) fn pointer(&self, expression: gimli::Expression<Slice<'_>>) -> Option<Expression> {
        let mut operations = expression.operations(self.unit.encoding());
        let mut steps = Vec::new();
        while let Some(operation) = operations.next().ok()? {
            steps.push(operation);
        }
        let memory = self.memory?;
        let size = self.unit.encoding().address_size;
        let mut out = Expression::new();
        match steps.as_slice() {
            [Operation::FrameOffset { offset }] => {
                out.op_fbreg(*offset);
                out.op_deref_size(size);
            }
            [local @ (Operation::WasmLocal { .. } | Operation::WasmGlobal { .. })] => self.step(&mut out, local)?,
            [steps @ .., Operation::StackValue] => {
                for operation in steps {
                    self.step(&mut out, operation)?;
                }
            }
            steps => {
                for operation in steps {
                    self.step(&mut out, operation)?;
                }
                out.op_plus_uconst(memory);
                out.op_deref_size(size);
            }
        }
        // Null stays null.
        out.op(dw::DW_OP_dup);
        out.op_constu(0);
        out.op(dw::DW_OP_ne);
        push_base(&mut out, memory);
        out.op(dw::DW_OP_mul);
        out.op(dw::DW_OP_plus);
        out.op(dw::DW_OP_stack_value);
        Some(out)
    }

    /// The address that a function's frame counts from.
    pub(super) fn frame_base(&self, expression: gimli::Expression<Slice<'_>>) -> Option<Expression> {
        let mut operations = expression.operations(self.unit.encoding());
        let mut out = Expression::new();
        let base = operations.next().ok()??;
        match base {
            Operation::WasmLocal { .. } | Operation::WasmGlobal { .. } => self.step(&mut out, &base)?,
            _ => return None,
        }
        push_base(&mut out, self.memory?);
        out.op(dw::DW_OP_plus);
        Some(out)
    }

    /// Adds what `operations` mean; adds nothing, and says so, where they mean nothing here.
    fn try_piece(&self, out: &mut Expression, operations: &[Operation<Slice<'_>>]) -> bool {
        let before = out.clone();
        let is_known = !operations.is_empty() && self.piece(out, operations).is_some();
        if !is_known {
            *out = before;
        }
        is_known
    }

    fn piece(&self, out: &mut Expression, operations: &[Operation<Slice<'_>>]) -> Option<()> {
        match operations {
            [Operation::FrameOffset { offset }] => out.op_fbreg(*offset),
            [Operation::WasmLocal { index }] | [Operation::WasmLocal { index }, Operation::StackValue] => {
                match (self.local)(*index)?.place {
                    ValuePlace::Register(register) => out.op_reg(Register(register)),
                    ValuePlace::Frame(offset) => frame_address(out, offset),
                    ValuePlace::Constant(value) => {
                        out.op_consts(value);
                        out.op(dw::DW_OP_stack_value);
                    }
                }
            }
            [Operation::WasmGlobal { index }] | [Operation::WasmGlobal { index }, Operation::StackValue] => {
                out.op_addr((self.global)(*index)?.place);
            }
            _ => {
                for operation in operations {
                    self.step(out, operation)?;
                }
                let is_value =
                    matches!(operations.last(), Some(Operation::StackValue | Operation::ImplicitValue { .. }));
                if !is_value {
                    out.op_plus_uconst(self.memory?);
                }
            }
        }
        Some(())
    }

    /// One operation on numbers of the module.
    fn step(&self, out: &mut Expression, operation: &Operation<Slice<'_>>) -> Option<()> {
        match *operation {
            Operation::WasmLocal { index } => {
                let local = (self.local)(index)?;
                match local.place {
                    ValuePlace::Register(register) => {
                        out.op_breg(Register(register), 0);
                        if !local.is_wide {
                            // The upper half may be anything.
                            out.op_constu(u32::MAX.into());
                            out.op(dw::DW_OP_and);
                        }
                    }
                    ValuePlace::Frame(offset) => {
                        frame_address(out, offset);
                        out.op_deref_size(bytes(local.is_wide));
                    }
                    ValuePlace::Constant(value) => out.op_consts(value),
                }
            }
            Operation::WasmGlobal { index } => {
                let global = (self.global)(index)?;
                out.op_addr(global.place);
                out.op_deref_size(bytes(global.is_wide));
            }
            Operation::FrameOffset { offset } => {
                out.op_fbreg(offset);
                out.op_constu(self.memory?);
                out.op(dw::DW_OP_minus);
            }
            Operation::Address { address } => out.op_constu(address),
            Operation::AddressIndex { index } | Operation::ConstantIndex { index } => {
                out.op_constu(self.unit.address(index).ok()?);
            }
            Operation::Deref { size, space: false, base_type: UnitOffset(0) } => {
                out.op_plus_uconst(self.memory?);
                out.op_deref_size(size);
            }
            Operation::UnsignedConstant { value } => out.op_constu(value),
            Operation::SignedConstant { value } => out.op_consts(value),
            Operation::PlusConstant { value } => out.op_plus_uconst(value),
            Operation::Pick { index } => out.op_pick(index),
            Operation::Convert { base_type: UnitOffset(0) } => out.op_convert(None),
            Operation::Convert { base_type } => out.op_convert(Some((self.entry)(base_type)?)),
            Operation::Reinterpret { base_type: UnitOffset(0) } => out.op_reinterpret(None),
            Operation::Reinterpret { base_type } => out.op_reinterpret(Some((self.entry)(base_type)?)),
            Operation::ImplicitValue { data } => out.op_implicit_value(data.slice().into()),
            ref other => out.op(simple(other)?),
        }
        Some(())
    }
}

/// Where memory begins; in few bytes, since pointers and frames say so many times.
fn push_base(out: &mut Expression, memory: u64) {
    if memory.is_power_of_two() {
        out.op_constu(1);
        out.op_constu(memory.trailing_zeros().into());
        out.op(dw::DW_OP_shl);
    } else {
        out.op_constu(memory);
    }
}

fn bytes(is_wide: bool) -> u8 {
    if is_wide { 8 } else { 4 }
}

/// The address so many bytes from where the caller's frame ends.
fn frame_address(out: &mut Expression, offset: i32) {
    out.op(dw::DW_OP_call_frame_cfa);
    out.op_consts(offset.into());
    out.op(dw::DW_OP_plus);
}

/// An operation without operands.
fn simple(operation: &Operation<Slice<'_>>) -> Option<DwOp> {
    Some(match operation {
        Operation::Drop => dw::DW_OP_drop,
        Operation::Swap => dw::DW_OP_swap,
        Operation::Rot => dw::DW_OP_rot,
        Operation::Abs => dw::DW_OP_abs,
        Operation::And => dw::DW_OP_and,
        Operation::Div => dw::DW_OP_div,
        Operation::Minus => dw::DW_OP_minus,
        Operation::Mod => dw::DW_OP_mod,
        Operation::Mul => dw::DW_OP_mul,
        Operation::Neg => dw::DW_OP_neg,
        Operation::Not => dw::DW_OP_not,
        Operation::Or => dw::DW_OP_or,
        Operation::Plus => dw::DW_OP_plus,
        Operation::Shl => dw::DW_OP_shl,
        Operation::Shr => dw::DW_OP_shr,
        Operation::Shra => dw::DW_OP_shra,
        Operation::Xor => dw::DW_OP_xor,
        Operation::Eq => dw::DW_OP_eq,
        Operation::Ge => dw::DW_OP_ge,
        Operation::Gt => dw::DW_OP_gt,
        Operation::Le => dw::DW_OP_le,
        Operation::Lt => dw::DW_OP_lt,
        Operation::Ne => dw::DW_OP_ne,
        Operation::Nop => dw::DW_OP_nop,
        Operation::StackValue => dw::DW_OP_stack_value,
        _ => return None,
    })
}
