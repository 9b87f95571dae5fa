//! Vectors of 128 bits, as lowering emits them: shapes, operators and the part of [`Builder`] that
//! takes them.
//!
//! Lowering knows one type, [`Type::V128`]; each operator names the [`Shape`] in which it reads and
//! writes lanes. Lane 0 is the lowest in memory.
//!
//! [`Builder`]: super::builder::Builder
//! [`Type::V128`]: super::builder::Type::V128

use super::builder::{Access, CompareOp};

/// How a vector is divided into lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// 16 integers of 8 bits.
    I8x16,
    /// 8 integers of 16 bits.
    I16x8,
    /// 4 integers of 32 bits.
    I32x4,
    /// 2 integers of 64 bits.
    I64x2,
    /// 4 floats of 32 bits.
    F32x4,
    /// 2 floats of 64 bits.
    F64x2,
}

impl Shape {
    /// Bytes of one lane.
    pub fn lane_bytes(self) -> u32 {
        match self {
            Shape::I8x16 => 1,
            Shape::I16x8 => 2,
            Shape::I32x4 | Shape::F32x4 => 4,
            Shape::I64x2 | Shape::F64x2 => 8,
        }
    }
}

/// One lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lane {
    /// How the vector is divided.
    pub shape: Shape,
    /// Which lane, less than their number.
    pub index: u8,
}

/// What the bits are that make an integer wider.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extension {
    /// Copies of the sign.
    Signed,
    /// Zeros.
    Unsigned,
}

/// Half of the lanes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// Those from lane 0 on.
    Low,
    /// The others.
    High,
}

/// An operator on each lane of one vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorUnaryOp {
    /// Each bit inverted, whatever the shape.
    Not,
    /// Absolute value of an integer; the minimum stays as it is.
    Abs,
    /// Negated integer.
    Neg,
    /// One bits of each byte.
    Popcnt,
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

/// An operator on the lanes of two vectors. The shape is the result's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorBinaryOp {
    /// Bitwise and, whatever the shape.
    And,
    /// The first and the second inverted, bitwise, whatever the shape.
    AndNot,
    /// Bitwise or, whatever the shape.
    Or,
    /// Bitwise exclusive or, whatever the shape.
    Xor,
    /// Sum, modulo the lane's range.
    Add,
    /// Signed sum, saturating (8 and 16 bits).
    AddSatS,
    /// Unsigned sum, saturating (8 and 16 bits).
    AddSatU,
    /// Difference, modulo the lane's range.
    Sub,
    /// Signed difference, saturating (8 and 16 bits).
    SubSatS,
    /// Unsigned difference, saturating (8 and 16 bits).
    SubSatU,
    /// Product, modulo the lane's range (16 bits and more).
    Mul,
    /// Signed minimum (32 bits and less).
    MinS,
    /// Unsigned minimum (32 bits and less).
    MinU,
    /// Signed maximum (32 bits and less).
    MaxS,
    /// Unsigned maximum (32 bits and less).
    MaxU,
    /// Unsigned average, rounded up (8 and 16 bits).
    AvgrU,
    /// Rounded product of fractions of 15 bits, saturating (16 bits).
    Q15MulrSatS,
    /// Sums of neighbours: those of the first vector, then those of the second (16 and 32 bits).
    AddPairwise,
    /// The lanes of the first vector, then those of the second, which are signed integers of twice the
    /// width, saturated to signed ones.
    NarrowS,
    /// The same, saturated to unsigned ones.
    NarrowU,
    /// The bytes of the first vector at the places that the second one's bytes name; 0 past the end.
    Swizzle,
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
    /// The second where it is less than the first, else the first.
    FloatPMin,
    /// The second where the first is less than it, else the first.
    FloatPMax,
}

/// A shift of each lane, by an amount modulo the lane's width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorShiftOp {
    /// To the left.
    Shl,
    /// To the right, copying the sign.
    ShrS,
    /// To the right, filling with zeros.
    ShrU,
}

/// What an `i32` says about a vector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorTest {
    /// 1 when any bit is set, whatever the shape.
    AnyTrue,
    /// 1 when no lane is zero.
    AllTrue,
    /// The sign of each lane; that of lane 0 is the lowest bit.
    Bitmask,
}

/// An operator whose result has another shape than its operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorConvertOp {
    /// Integers of half the width, from half of the lanes, extended to this shape.
    Extend(Shape, Half, Extension),
    /// `f32x4` to `i32x4`, saturating; NaN gives 0.
    TruncSat(Extension),
    /// `f64x2` to the low lanes of an `i32x4`, likewise; the high ones are 0.
    TruncSatZero(Extension),
    /// `i32x4` to `f32x4`.
    Convert(Extension),
    /// The low lanes of an `i32x4` to `f64x2`.
    ConvertLow(Extension),
    /// `f64x2` to the low lanes of an `f32x4`; the high ones are 0.
    DemoteZero,
    /// The low lanes of an `f32x4` to `f64x2`.
    PromoteLow,
}

/// A load that makes a vector of fewer bytes than it has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VectorLoadOp {
    /// 8 bytes: integers of half the width, extended to this shape.
    Extend(Shape, Extension),
    /// One lane, repeated.
    Splat(Shape),
    /// Lane 0; the others are 0.
    Zero(Shape),
}

impl VectorLoadOp {
    /// Bytes read.
    pub fn bytes(self) -> u32 {
        match self {
            VectorLoadOp::Extend(..) => 8,
            VectorLoadOp::Splat(shape) | VectorLoadOp::Zero(shape) => shape.lane_bytes(),
        }
    }
}

/// Emits operators on vectors; `V` is the builder's SSA value.
pub trait VectorBuilder<V> {
    /// A vector whose lanes are all `scalar` (its low bits, where lanes are narrower).
    fn vector_splat(&mut self, shape: Shape, scalar: V) -> V;
    /// A lane, extended where it is narrower than its type.
    fn vector_extract(&mut self, lane: Lane, extension: Extension, vector: V) -> V;
    /// `vector` with another value in one lane.
    fn vector_replace(&mut self, lane: Lane, vector: V, scalar: V) -> V;
    /// The bytes at these places of both vectors, `left` from 0 on and `right` from 16 on.
    fn vector_shuffle(&mut self, bytes: [u8; 16], left: V, right: V) -> V;
    /// The bits of `then` where `mask` has ones, else those of `otherwise`.
    fn vector_bitselect(&mut self, mask: V, then: V, otherwise: V) -> V;

    /// Applies `op`.
    fn vector_unary(&mut self, op: VectorUnaryOp, shape: Shape, operand: V) -> V;
    /// Applies `op`.
    fn vector_binary(&mut self, op: VectorBinaryOp, shape: Shape, left: V, right: V) -> V;
    /// Applies `op`; lanes where it holds are all ones, the others 0.
    fn vector_compare(&mut self, op: CompareOp, shape: Shape, left: V, right: V) -> V;
    /// Shifts each lane by `amount`, an `i32`.
    fn vector_shift(&mut self, op: VectorShiftOp, shape: Shape, operand: V, amount: V) -> V;
    /// Applies `op`; the result is an `i32`.
    fn vector_test(&mut self, op: VectorTest, shape: Shape, operand: V) -> V;
    /// Applies `op`.
    fn vector_convert(&mut self, op: VectorConvertOp, operand: V) -> V;

    /// Reads at `address + offset`.
    fn vector_load(&mut self, op: VectorLoadOp, address: V, offset: i32, access: Access) -> V;
    /// Reads one lane at `address + offset` into `vector`.
    fn vector_load_lane(&mut self, lane: Lane, vector: V, address: V, offset: i32, access: Access) -> V;
    /// Writes one lane at `address + offset`.
    fn vector_store_lane(&mut self, lane: Lane, vector: V, address: V, offset: i32, access: Access);
}
