//! [`VectorBuilder`]: vectors in Cranelift's terms.
//!
//! Cranelift has a type for each shape, lowering has one. Between operators a vector is an `i8x16`;
//! each operator casts what it takes and gives, and looks through the cast of the operator before:
//! ```text
//! v4 = iadd v2, v3              ; i32x4.add
//! v5 = bitcast.i8x16 little v4  ; left out by the optimiser when nothing takes it
//! v6 = imul v4, v2              ; i32x4.mul
//! ```

use super::builder::{Comparison, CraneliftBuilder, comparison};
use crate::lower::{
    Access, CompareOp, Extension, Half, Lane, Shape, VectorBinaryOp, VectorBuilder, VectorConvertOp, VectorLoadOp,
    VectorShiftOp, VectorTest, VectorUnaryOp,
};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::{F32X4, F64X2, I8, I8X16, I16, I16X8, I32, I32X4, I64X2};
use cranelift_codegen::ir::{self, InstBuilder, InstructionData, MemFlagsData, Opcode, Value};

/// The type of a vector between operators.
const ANY_SHAPE: ir::Type = I8X16;

fn shape_type(shape: Shape) -> ir::Type {
    match shape {
        Shape::I8x16 => I8X16,
        Shape::I16x8 => I16X8,
        Shape::I32x4 => I32X4,
        Shape::I64x2 => I64X2,
        Shape::F32x4 => F32X4,
        Shape::F64x2 => F64X2,
    }
}

impl CraneliftBuilder<'_> {
    /// `vector` in another type. Casts and constants on the way are looked through.
    fn cast(&mut self, vector: Value, ty: ir::Type) -> Value {
        let vector = self.uncast(vector);
        let dfg = &self.inner.func.dfg;
        if dfg.value_type(vector) == ty {
            return vector;
        }
        if let Some(inst) = dfg.value_def(vector).inst()
            && let InstructionData::UnaryConst { opcode: Opcode::Vconst, constant_handle } = dfg.insts[inst]
        {
            return self.inner.ins().vconst(ty, constant_handle);
        }
        let little = MemFlagsData::new().with_endianness(ir::Endianness::Little);
        self.inner.ins().bitcast(ty, little, vector)
    }

    /// The vector that `vector` is a cast of, else itself.
    fn uncast(&self, vector: Value) -> Value {
        let dfg = &self.inner.func.dfg;
        match dfg.value_def(vector).inst().map(|inst| dfg.insts[inst]) {
            Some(InstructionData::LoadNoOffset { opcode: Opcode::Bitcast, arg, .. })
                if dfg.value_type(arg).is_vector() =>
            {
                arg
            }
            _ => vector,
        }
    }

    fn cast_both(&mut self, left: Value, right: Value, ty: ir::Type) -> (Value, Value) {
        (self.cast(left, ty), self.cast(right, ty))
    }

    /// The type in which to apply a bitwise operator: that of `vector`, when it has integer lanes.
    fn bitwise_type(&self, vector: Value) -> ir::Type {
        let ty = self.inner.func.dfg.value_type(self.uncast(vector));
        if ty.lane_type().is_int() { ty } else { ANY_SHAPE }
    }

    /// An integer as narrow as the lanes of `shape`; anything else as it is.
    fn narrow(&mut self, shape: Shape, scalar: Value) -> Value {
        match shape {
            Shape::I8x16 => self.inner.ins().ireduce(I8, scalar),
            Shape::I16x8 => self.inner.ins().ireduce(I16, scalar),
            _ => scalar,
        }
    }

    fn load_one(&mut self, shape: Shape, address: Value, offset: i32, access: Access) -> Value {
        let flags = self.flags(access, shape.lane_bytes());
        self.inner.ins().load(shape_type(shape).lane_type(), flags, address, offset)
    }

    /// Whether `left` is less, lane by lane, as a mask of floats.
    fn float_less(&mut self, left: Value, right: Value, ty: ir::Type) -> Value {
        let mask = self.inner.ins().fcmp(FloatCC::LessThan, left, right);
        self.cast(mask, ty)
    }

    fn extend(&mut self, to: Shape, half: Half, extension: Extension, operand: Value) -> Value {
        let from = match to {
            Shape::I16x8 => I8X16,
            Shape::I32x4 => I16X8,
            _ => I32X4,
        };
        let operand = self.cast(operand, from);
        let ins = self.inner.ins();
        match (half, extension) {
            (Half::Low, Extension::Signed) => ins.swiden_low(operand),
            (Half::Low, Extension::Unsigned) => ins.uwiden_low(operand),
            (Half::High, Extension::Signed) => ins.swiden_high(operand),
            (Half::High, Extension::Unsigned) => ins.uwiden_high(operand),
        }
    }

    /// Cranelift knows the two steps only together, and only for a constant zero.
    fn truncate_to_low_lanes(&mut self, extension: Extension, operand: Value) -> Value {
        let operand = self.cast(operand, F64X2);
        let zero = self.inner.func.dfg.constants.insert(vec![0; 16].into());
        let zero = self.inner.ins().vconst(I64X2, zero);
        match extension {
            Extension::Signed => {
                let wide = self.inner.ins().fcvt_to_sint_sat(I64X2, operand);
                self.inner.ins().snarrow(wide, zero)
            }
            Extension::Unsigned => {
                let wide = self.inner.ins().fcvt_to_uint_sat(I64X2, operand);
                self.inner.ins().uunarrow(wide, zero)
            }
        }
    }

    fn convert_low_lanes(&mut self, extension: Extension, operand: Value) -> Value {
        let wide = self.extend(Shape::I64x2, Half::Low, extension, operand);
        match extension {
            Extension::Signed => self.inner.ins().fcvt_from_sint(F64X2, wide),
            Extension::Unsigned => self.inner.ins().fcvt_from_uint(F64X2, wide),
        }
    }
}

impl VectorBuilder<Value> for CraneliftBuilder<'_> {
    fn vector_splat(&mut self, shape: Shape, scalar: Value) -> Value {
        let scalar = self.narrow(shape, scalar);
        let vector = self.inner.ins().splat(shape_type(shape), scalar);
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_extract(&mut self, lane: Lane, extension: Extension, vector: Value) -> Value {
        let vector = self.cast(vector, shape_type(lane.shape));
        let scalar = self.inner.ins().extractlane(vector, lane.index);
        match (lane.shape, extension) {
            (Shape::I8x16 | Shape::I16x8, Extension::Signed) => self.inner.ins().sextend(I32, scalar),
            (Shape::I8x16 | Shape::I16x8, Extension::Unsigned) => self.inner.ins().uextend(I32, scalar),
            _ => scalar,
        }
    }

    fn vector_replace(&mut self, lane: Lane, vector: Value, scalar: Value) -> Value {
        let vector = self.cast(vector, shape_type(lane.shape));
        let scalar = self.narrow(lane.shape, scalar);
        let vector = self.inner.ins().insertlane(vector, scalar, lane.index);
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_shuffle(&mut self, bytes: [u8; 16], left: Value, right: Value) -> Value {
        let (left, right) = self.cast_both(left, right, I8X16);
        let mask = self.inner.func.dfg.immediates.push(bytes.to_vec().into());
        self.inner.ins().shuffle(left, right, mask)
    }

    fn vector_bitselect(&mut self, mask: Value, then: Value, otherwise: Value) -> Value {
        // In the type of the mask: Cranelift sees whether it is a comparison's.
        let ty = self.bitwise_type(mask);
        let mask = self.cast(mask, ty);
        let (then, otherwise) = self.cast_both(then, otherwise, ty);
        let vector = self.inner.ins().bitselect(mask, then, otherwise);
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_unary(&mut self, op: VectorUnaryOp, shape: Shape, operand: Value) -> Value {
        let ty = if op == VectorUnaryOp::Not { self.bitwise_type(operand) } else { shape_type(shape) };
        let operand = self.cast(operand, ty);
        let ins = self.inner.ins();
        let vector = match op {
            VectorUnaryOp::Not => ins.bnot(operand),
            VectorUnaryOp::Abs => ins.iabs(operand),
            VectorUnaryOp::Neg => ins.ineg(operand),
            VectorUnaryOp::Popcnt => ins.popcnt(operand),
            VectorUnaryOp::FloatAbs => ins.fabs(operand),
            VectorUnaryOp::FloatNeg => ins.fneg(operand),
            VectorUnaryOp::FloatCeil => ins.ceil(operand),
            VectorUnaryOp::FloatFloor => ins.floor(operand),
            VectorUnaryOp::FloatTrunc => ins.trunc(operand),
            VectorUnaryOp::FloatNearest => ins.nearest(operand),
            VectorUnaryOp::FloatSqrt => ins.sqrt(operand),
        };
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_binary(&mut self, op: VectorBinaryOp, shape: Shape, left: Value, right: Value) -> Value {
        use VectorBinaryOp as Op;
        let ty = match (op, shape) {
            (Op::And | Op::AndNot | Op::Or | Op::Xor, _) => self.bitwise_type(left),
            (Op::NarrowS | Op::NarrowU, Shape::I8x16) => I16X8,
            (Op::NarrowS | Op::NarrowU, _) => I32X4,
            _ => shape_type(shape),
        };
        let (left, right) = self.cast_both(left, right, ty);
        let vector = match op {
            Op::And => self.inner.ins().band(left, right),
            Op::AndNot => self.inner.ins().band_not(left, right),
            Op::Or => self.inner.ins().bor(left, right),
            Op::Xor => self.inner.ins().bxor(left, right),
            Op::Add => self.inner.ins().iadd(left, right),
            Op::AddSatS => self.inner.ins().sadd_sat(left, right),
            Op::AddSatU => self.inner.ins().uadd_sat(left, right),
            Op::Sub => self.inner.ins().isub(left, right),
            Op::SubSatS => self.inner.ins().ssub_sat(left, right),
            Op::SubSatU => self.inner.ins().usub_sat(left, right),
            Op::Mul => self.inner.ins().imul(left, right),
            Op::MinS => self.inner.ins().smin(left, right),
            Op::MinU => self.inner.ins().umin(left, right),
            Op::MaxS => self.inner.ins().smax(left, right),
            Op::MaxU => self.inner.ins().umax(left, right),
            Op::AvgrU => self.inner.ins().avg_round(left, right),
            Op::Q15MulrSatS => self.inner.ins().sqmul_round_sat(left, right),
            Op::AddPairwise => self.inner.ins().iadd_pairwise(left, right),
            Op::NarrowS => self.inner.ins().snarrow(left, right),
            Op::NarrowU => self.inner.ins().unarrow(left, right),
            Op::Swizzle => self.inner.ins().swizzle(left, right),
            Op::FloatAdd => self.inner.ins().fadd(left, right),
            Op::FloatSub => self.inner.ins().fsub(left, right),
            Op::FloatMul => self.inner.ins().fmul(left, right),
            Op::FloatDiv => self.inner.ins().fdiv(left, right),
            Op::FloatMin => self.inner.ins().fmin(left, right),
            Op::FloatMax => self.inner.ins().fmax(left, right),
            // In these forms Cranelift finds the one instruction that does it.
            Op::FloatPMin => {
                let mask = self.float_less(right, left, ty);
                self.inner.ins().bitselect(mask, right, left)
            }
            Op::FloatPMax => {
                let mask = self.float_less(left, right, ty);
                self.inner.ins().bitselect(mask, right, left)
            }
        };
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_compare(&mut self, op: CompareOp, shape: Shape, left: Value, right: Value) -> Value {
        let (left, right) = self.cast_both(left, right, shape_type(shape));
        let mask = match comparison(op) {
            Comparison::Int(condition) => self.inner.ins().icmp(condition, left, right),
            Comparison::Float(condition) => self.inner.ins().fcmp(condition, left, right),
        };
        self.cast(mask, ANY_SHAPE)
    }

    fn vector_shift(&mut self, op: VectorShiftOp, shape: Shape, operand: Value, amount: Value) -> Value {
        let operand = self.cast(operand, shape_type(shape));
        let ins = self.inner.ins();
        let vector = match op {
            VectorShiftOp::Shl => ins.ishl(operand, amount),
            VectorShiftOp::ShrS => ins.sshr(operand, amount),
            VectorShiftOp::ShrU => ins.ushr(operand, amount),
        };
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_test(&mut self, op: VectorTest, shape: Shape, operand: Value) -> Value {
        let ty = if op == VectorTest::AnyTrue { self.bitwise_type(operand) } else { shape_type(shape) };
        let operand = self.cast(operand, ty);
        let ins = self.inner.ins();
        let bit = match op {
            VectorTest::AnyTrue => ins.vany_true(operand),
            VectorTest::AllTrue => ins.vall_true(operand),
            VectorTest::Bitmask => return ins.vhigh_bits(I32, operand),
        };
        self.inner.ins().uextend(I32, bit)
    }

    fn vector_convert(&mut self, op: VectorConvertOp, operand: Value) -> Value {
        let vector = match op {
            VectorConvertOp::Extend(to, half, extension) => self.extend(to, half, extension, operand),
            VectorConvertOp::TruncSat(extension) => {
                let operand = self.cast(operand, F32X4);
                match extension {
                    Extension::Signed => self.inner.ins().fcvt_to_sint_sat(I32X4, operand),
                    Extension::Unsigned => self.inner.ins().fcvt_to_uint_sat(I32X4, operand),
                }
            }
            VectorConvertOp::TruncSatZero(extension) => self.truncate_to_low_lanes(extension, operand),
            VectorConvertOp::Convert(extension) => {
                let operand = self.cast(operand, I32X4);
                match extension {
                    Extension::Signed => self.inner.ins().fcvt_from_sint(F32X4, operand),
                    Extension::Unsigned => self.inner.ins().fcvt_from_uint(F32X4, operand),
                }
            }
            VectorConvertOp::ConvertLow(extension) => self.convert_low_lanes(extension, operand),
            VectorConvertOp::DemoteZero => {
                let operand = self.cast(operand, F64X2);
                self.inner.ins().fvdemote(operand)
            }
            VectorConvertOp::PromoteLow => {
                let operand = self.cast(operand, F32X4);
                self.inner.ins().fvpromote_low(operand)
            }
        };
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_load(&mut self, op: VectorLoadOp, address: Value, offset: i32, access: Access) -> Value {
        let vector = match op {
            VectorLoadOp::Extend(shape, extension) => {
                let flags = self.flags(access, op.bytes());
                let ins = self.inner.ins();
                match (shape, extension) {
                    (Shape::I16x8, Extension::Signed) => ins.sload8x8(flags, address, offset),
                    (Shape::I16x8, Extension::Unsigned) => ins.uload8x8(flags, address, offset),
                    (Shape::I32x4, Extension::Signed) => ins.sload16x4(flags, address, offset),
                    (Shape::I32x4, Extension::Unsigned) => ins.uload16x4(flags, address, offset),
                    (_, Extension::Signed) => ins.sload32x2(flags, address, offset),
                    (_, Extension::Unsigned) => ins.uload32x2(flags, address, offset),
                }
            }
            VectorLoadOp::Splat(shape) => {
                let scalar = self.load_one(shape, address, offset, access);
                self.inner.ins().splat(shape_type(shape), scalar)
            }
            VectorLoadOp::Zero(shape) => {
                let scalar = self.load_one(shape, address, offset, access);
                self.inner.ins().scalar_to_vector(shape_type(shape), scalar)
            }
        };
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_load_lane(&mut self, lane: Lane, vector: Value, address: Value, offset: i32, access: Access) -> Value {
        let scalar = self.load_one(lane.shape, address, offset, access);
        let vector = self.cast(vector, shape_type(lane.shape));
        let vector = self.inner.ins().insertlane(vector, scalar, lane.index);
        self.cast(vector, ANY_SHAPE)
    }

    fn vector_store_lane(&mut self, lane: Lane, vector: Value, address: Value, offset: i32, access: Access) {
        let vector = self.cast(vector, shape_type(lane.shape));
        let scalar = self.inner.ins().extractlane(vector, lane.index);
        let flags = self.flags(access, lane.shape.lane_bytes());
        self.inner.ins().store(flags, scalar, address, offset);
    }
}
