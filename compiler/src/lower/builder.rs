//! What lowering emits through: a trait that each back end implements once.
//!
//! It is SSA with blocks that take parameters, over the value types of the machine: references and
//! addresses are 64-bit integers. Locals are declared, read and written by number; turning them
//! into SSA values, sealing blocks and the like is the implementer's business. Nothing here names a
//! back end.

use super::vector::VectorBuilder;
use crate::analyze::Symbol;
use std::hash::Hash;
use wasmc_runtime::abi::TrapCode;

/// The type of an SSA value.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Type {
    /// 32-bit integer; also the result of every comparison, 0 or 1.
    I32,
    /// 64-bit integer, reference or address.
    I64,
    /// 32-bit float.
    F32,
    /// 64-bit float.
    F64,
    /// 128-bit vector.
    V128,
}

/// What a comparison of a 32-bit index with a memory's size is about, so that a back end may make one of several.
#[derive(Clone, Copy)]
pub struct BoundsCheck<V> {
    /// The number of the memory.
    pub memory: u32,
    /// The index.
    pub index: V,
    /// A value that the index is the sum of, modulo 2³², with `addend`.
    pub value: V,
    /// See `value`.
    pub addend: u32,
    /// From the index to the end of the access. At most 4 GiB, and [`LASTS`](wasmc_runtime::abi::LASTS) where the last index is
    /// read from the memory's record.
    pub end: u64,
    /// An index that is in bounds and as much, or less, do not add up to 2³².
    pub farthest: u32,
}

/// An operator with one operand whose result has the operand's type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// Leading zero bits.
    Clz,
    /// Trailing zero bits.
    Ctz,
    /// One bits.
    Popcnt,
    /// Sign-extends the low 8 bits.
    Extend8S,
    /// Sign-extends the low 16 bits.
    Extend16S,
    /// Sign-extends the low 32 bits (of 64).
    Extend32S,
    /// Absolute value of a float.
    FloatAbs,
    /// Negated float.
    FloatNeg,
    /// Rounds up.
    FloatCeil,
    /// Rounds down.
    FloatFloor,
    /// Rounds towards zero.
    FloatTrunc,
    /// Rounds to nearest, ties to even.
    FloatNearest,
    /// Square root.
    FloatSqrt,
}

/// An operator with two operands of one type, which is also the result's. Shift and rotation
/// amounts are taken modulo the width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// Sum.
    Add,
    /// Difference.
    Sub,
    /// Product.
    Mul,
    /// Signed quotient: traps with `IntegerDivideByZero` and `IntegerOverflow`.
    DivS,
    /// Unsigned quotient: traps with `IntegerDivideByZero`.
    DivU,
    /// Signed remainder: traps with `IntegerDivideByZero`; the minimum modulo -1 is 0.
    RemS,
    /// Unsigned remainder: traps with `IntegerDivideByZero`.
    RemU,
    /// Bitwise and.
    And,
    /// Bitwise or.
    Or,
    /// Bitwise exclusive or.
    Xor,
    /// Shift left.
    Shl,
    /// Shift right, copying the sign.
    ShrS,
    /// Shift right, filling with zeros.
    ShrU,
    /// Rotate left.
    Rotl,
    /// Rotate right.
    Rotr,
    /// Float sum.
    FloatAdd,
    /// Float difference.
    FloatSub,
    /// Float product.
    FloatMul,
    /// Float quotient.
    FloatDiv,
    /// Float minimum: NaN if either is.
    FloatMin,
    /// Float maximum: NaN if either is.
    FloatMax,
    /// The first's magnitude with the second's sign.
    FloatCopysign,
}

/// An operator on two 128-bit integers, modulo 2¹²⁸.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WideBinaryOp {
    /// Sum.
    Add,
    /// Difference.
    Sub,
}

/// The product of two 64-bit integers in full, 128 bits wide.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WideMultiplyOp {
    /// Of signed integers.
    Signed,
    /// Of unsigned integers.
    Unsigned,
}

/// A comparison of two values of one type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CompareOp {
    /// Equal integers.
    Eq,
    /// Different integers.
    Ne,
    /// Less, signed.
    LtS,
    /// Less, unsigned.
    LtU,
    /// Greater, signed.
    GtS,
    /// Greater, unsigned.
    GtU,
    /// Less or equal, signed.
    LeS,
    /// Less or equal, unsigned.
    LeU,
    /// Greater or equal, signed.
    GeS,
    /// Greater or equal, unsigned.
    GeU,
    /// Equal floats.
    FloatEq,
    /// Different floats, or a NaN.
    FloatNe,
    /// Less.
    FloatLt,
    /// Greater.
    FloatGt,
    /// Less or equal.
    FloatLe,
    /// Greater or equal.
    FloatGe,
}

/// An operator whose result has another type than its operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConvertOp {
    /// The low 32 bits of an `i64`.
    Wrap,
    /// `i32` to `i64`, copying the sign.
    ExtendS,
    /// `i32` to `i64`, filling with zeros.
    ExtendU,
    /// Float to signed integer: traps with `InvalidConversionToInteger` and `IntegerOverflow`.
    TruncS,
    /// Float to unsigned integer: traps likewise.
    TruncU,
    /// Float to signed integer, saturating; NaN gives 0.
    TruncSatS,
    /// Float to unsigned integer, saturating; NaN gives 0.
    TruncSatU,
    /// Signed integer to float.
    ConvertS,
    /// Unsigned integer to float.
    ConvertU,
    /// `f64` to `f32`.
    Demote,
    /// `f32` to `f64`.
    Promote,
    /// The same bits as the other kind of type of the same width.
    Reinterpret,
}

/// What a load reads and gives. `Low8S` and its like read that many bits and extend them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoadOp {
    /// All bits of the type.
    Full(Type),
    /// 8 bits, sign-extended to the type.
    Low8S(Type),
    /// 8 bits, zero-extended to the type.
    Low8U(Type),
    /// 16 bits, sign-extended to the type.
    Low16S(Type),
    /// 16 bits, zero-extended to the type.
    Low16U(Type),
    /// 32 bits, sign-extended to `i64`.
    Low32S,
    /// 32 bits, zero-extended to `i64`.
    Low32U,
}

impl LoadOp {
    /// Bytes read.
    pub fn bytes(self) -> u32 {
        match self {
            LoadOp::Full(ty) => ty.bytes(),
            LoadOp::Low8S(_) | LoadOp::Low8U(_) => 1,
            LoadOp::Low16S(_) | LoadOp::Low16U(_) => 2,
            LoadOp::Low32S | LoadOp::Low32U => 4,
        }
    }
}

/// What a store writes: the low bits of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StoreOp {
    /// All bits of the value, which has this type.
    Full(Type),
    /// The low 8 bits.
    Low8,
    /// The low 16 bits.
    Low16,
    /// The low 32 bits of an `i64`.
    Low32,
}

impl StoreOp {
    /// Bytes written.
    pub fn bytes(self) -> u32 {
        match self {
            StoreOp::Full(ty) => ty.bytes(),
            StoreOp::Low8 => 1,
            StoreOp::Low16 => 2,
            StoreOp::Low32 => 4,
        }
    }
}

/// What an atomic update stores, made of the value it reads and its operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtomicOp {
    /// Their sum.
    Add,
    /// Their difference.
    Sub,
    /// Their bitwise and.
    And,
    /// Their bitwise or.
    Or,
    /// Their bitwise exclusive or.
    Xor,
    /// The operand.
    Exchange,
}

/// How many bits an atomic access reads or writes: the low ones of a value; a result is filled with zeros.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AtomicWidth {
    /// 8 bits.
    W8,
    /// 16 bits.
    W16,
    /// 32 bits.
    W32,
    /// 64 bits.
    W64,
}

impl AtomicWidth {
    /// Bytes read or written.
    pub fn bytes(self) -> u32 {
        match self {
            AtomicWidth::W8 => 1,
            AtomicWidth::W16 => 2,
            AtomicWidth::W32 => 4,
            AtomicWidth::W64 => 8,
        }
    }
}

impl Type {
    /// Its size in memory.
    pub fn bytes(self) -> u32 {
        match self {
            Type::I32 | Type::F32 => 4,
            Type::I64 | Type::F64 => 8,
            Type::V128 => 16,
        }
    }
}

/// Memory that accesses to other regions never touch.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Region {
    /// The bytes of a linear memory, by index.
    Memory(u32),
    /// The elements of a table, by index.
    TableElements(u32),
    /// The length and address of memories and tables.
    Descriptors,
    /// A global, by index.
    Global(u32),
    /// The rest of the instance, and what the runtime shares with generated code.
    Instance,
    /// What never changes, read where a check has seen that it is there.
    Constant,
    /// What never changes in the instance: it is always there, so a read may move anywhere.
    InstanceConstant,
}

/// How a load or store behaves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Access {
    /// What it may alias.
    pub region: Region,
    /// The trap that a fault of the hardware stands for; `None` when there is none.
    pub may_fault: Option<TrapCode>,
}

impl Access {
    /// An access to an address known to be good.
    pub const fn trusted(region: Region) -> Access {
        Access { region, may_fault: None }
    }
}

/// Which registers and stack slots arguments travel in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Convention {
    /// Between functions of the module.
    Internal,
    /// The platform's C convention: the runtime and whoever calls exports.
    C,
}

/// How to call something.
#[derive(Clone, PartialEq, Eq, Debug, Hash)]
pub struct Signature {
    /// The convention.
    pub convention: Convention,
    /// Types of the arguments.
    pub parameters: Vec<Type>,
    /// Types of the results.
    pub results: Vec<Type>,
}

/// What a call jumps to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Callee<V> {
    /// A symbol.
    Symbol(Symbol),
    /// An address.
    Address(V),
}

/// The number of a local: parameters first, in the order of declaration.
pub type Local = u32;

/// Emits one function, operator by operator, into the current block.
pub trait Builder: VectorBuilder<<Self as Builder>::Value> {
    /// An SSA value. Equal handles are equal values.
    type Value: Copy + Eq + Hash;
    /// A basic block.
    type Block: Copy + Eq;

    /// The operators that follow come from this byte offset of the module.
    fn set_offset(&mut self, offset: u32);

    /// The values of the parameters, in the entry block.
    fn parameters(&self) -> Vec<Self::Value>;
    /// Declares the next local.
    fn declare_local(&mut self, ty: Type) -> Local;
    /// The value of a local here.
    fn local_get(&mut self, local: Local) -> Self::Value;
    /// Gives a local a new value.
    fn local_set(&mut self, local: Local, value: Self::Value);

    /// A new block with parameters of these types, without predecessors yet.
    fn create_block(&mut self, parameters: &[Type]) -> Self::Block;
    /// Continues in `block`; the current block must have ended.
    fn switch_to(&mut self, block: Self::Block);
    /// All predecessors of `block` are known.
    fn seal(&mut self, block: Self::Block);
    /// The values of a block's parameters.
    fn block_parameters(&self, block: Self::Block) -> Vec<Self::Value>;
    /// `block` is unlikely to run.
    fn set_cold(&mut self, block: Self::Block);

    /// Ends the block with a jump.
    fn jump(&mut self, block: Self::Block, arguments: &[Self::Value]);
    /// Ends the block: to `then` when `condition` (an integer) is not 0, else to `otherwise`.
    fn branch(
        &mut self,
        condition: Self::Value,
        then: (Self::Block, &[Self::Value]),
        otherwise: (Self::Block, &[Self::Value]),
    );
    /// Ends the block: to the target at `index`, or to `default` past the end. No target takes parameters.
    fn switch(&mut self, index: Self::Value, targets: &[Self::Block], default: Self::Block);
    /// Ends the block, leaving the function.
    fn ret(&mut self, values: &[Self::Value]);
    /// Ends the block with a call that takes the place of this function's frame. Caller and callee have the
    /// internal convention and give the same results.
    fn return_call(&mut self, callee: Callee<Self::Value>, signature: &Signature, arguments: &[Self::Value]);
    /// Ends the block with a trap.
    fn trap(&mut self, code: TrapCode);
    /// Traps when `condition` (an integer) is not 0.
    fn trap_if(&mut self, condition: Self::Value, code: TrapCode);
    /// Traps when `wide_index`, an index in 64 bits, is larger than `last`. Neither is negative where the check passes.
    fn check_bounds(&mut self, wide_index: Self::Value, last: Self::Value, about: BoundsCheck<Self::Value>);
    /// Traps when `condition` (an integer) is 0.
    fn trap_unless(&mut self, condition: Self::Value, code: TrapCode);

    /// An `i32`.
    fn const_i32(&mut self, value: i32) -> Self::Value;
    /// An `i64`.
    fn const_i64(&mut self, value: i64) -> Self::Value;
    /// An `f32`, by its bits.
    fn const_f32(&mut self, bits: u32) -> Self::Value;
    /// An `f64`, by its bits.
    fn const_f64(&mut self, bits: u64) -> Self::Value;
    /// A `v128`, by its bits.
    fn const_v128(&mut self, bits: u128) -> Self::Value;
    /// Whether a constant address had better be the displacement of an access than a value of its own: where nobody
    /// simplifies what is emitted, and any displacement of 31 bits is part of the instruction.
    fn prefers_displacements(&self) -> bool;
    /// What one access moves at most.
    fn widest_type(&self) -> Type;
    /// The integer that `value` is when it is a constant.
    fn as_const(&self, value: Self::Value) -> Option<i64>;
    /// What an integer, read as unsigned, is never above, as far as few steps to where it is defined tell.
    fn upper_bound(&self, value: Self::Value) -> u64;
    /// The value and the constant, not 0, whose sum `value` is by its definition, modulo the size of its type.
    fn as_sum(&self, value: Self::Value) -> Option<(Self::Value, i64)>;
    /// The type of a value.
    fn type_of(&self, value: Self::Value) -> Type;

    /// Applies `op`.
    fn unary(&mut self, op: UnaryOp, operand: Self::Value) -> Self::Value;
    /// Applies `op`.
    fn binary(&mut self, op: BinaryOp, left: Self::Value, right: Self::Value) -> Self::Value;
    /// Applies `op` to 128-bit integers; each is a pair of `i64` halves, the low one first.
    fn wide_binary(&mut self, op: WideBinaryOp, left: [Self::Value; 2], right: [Self::Value; 2]) -> [Self::Value; 2];
    /// Applies `op` to two `i64`; gives the halves of the product, the low one first.
    fn wide_multiply(&mut self, op: WideMultiplyOp, left: Self::Value, right: Self::Value) -> [Self::Value; 2];
    /// Applies `op`; the result is an `i32`.
    fn compare(&mut self, op: CompareOp, left: Self::Value, right: Self::Value) -> Self::Value;
    /// Applies `op`; the result has type `to`.
    fn convert(&mut self, op: ConvertOp, operand: Self::Value, to: Type) -> Self::Value;
    /// `then` when `condition` (an integer) is not 0, else `otherwise`.
    fn select(&mut self, condition: Self::Value, then: Self::Value, otherwise: Self::Value) -> Self::Value;

    /// Reads at `address + offset`.
    fn load(&mut self, op: LoadOp, address: Self::Value, offset: i32, access: Access) -> Self::Value;
    /// Writes at `address + offset`.
    fn store(&mut self, op: StoreOp, value: Self::Value, address: Self::Value, offset: i32, access: Access);

    /// Reads a value of type `to` at `address`, which is aligned. Atomic accesses are sequentially consistent.
    fn atomic_load(&mut self, width: AtomicWidth, to: Type, address: Self::Value, access: Access) -> Self::Value;
    /// Writes at `address`, which is aligned.
    fn atomic_store(&mut self, width: AtomicWidth, value: Self::Value, address: Self::Value, access: Access);
    /// Replaces what is at `address`, which is aligned, by the result of `op`; gives what was there.
    fn atomic_update(
        &mut self,
        op: AtomicOp,
        width: AtomicWidth,
        operand: Self::Value,
        address: Self::Value,
        access: Access,
    ) -> Self::Value;
    /// Replaces what is at `address`, which is aligned, if it is equal to `expected`; gives what was there.
    fn atomic_compare_exchange(
        &mut self,
        width: AtomicWidth,
        expected: Self::Value,
        replacement: Self::Value,
        address: Self::Value,
        access: Access,
    ) -> Self::Value;
    /// Orders every access before it before every access after it.
    fn fence(&mut self);

    /// The address of a symbol.
    fn symbol_address(&mut self, symbol: Symbol) -> Self::Value;
    /// The stack pointer, the function's frame included.
    fn stack_pointer(&mut self) -> Self::Value;

    /// Calls; gives the results.
    fn call(
        &mut self,
        callee: Callee<Self::Value>,
        signature: &Signature,
        arguments: &[Self::Value],
    ) -> Vec<Self::Value>;
}
