//! Makes of a generated module one that does the same each time, and something worth comparing.
//!
//! * A NaN that a relaxed operator makes, or a conversion between kinds of floats, becomes the canonical one; the generator
//!   sees to this for the others.
//! * Some vector operators become relaxed ones (`relax`).
//! * `memory.atomic.wait` waits for a microsecond at most, since there is nobody to end it.
//! * Some updates of memory become comparisons and exchanges, and some loads from shared memories wait first.
//! * Addresses of atomic accesses are mostly aligned and in bounds, or few would get past the first.

use super::atomic::{Atomic, Kind, Width};
use super::relax::{Lanes, canonicalize, relax};
use super::rewrite::{Additions, Body, Result, Rules, rewrite};
use super::values::Random;
use wasm_encoder::ValType;
use wasmparser::Operator;

/// Nanoseconds, and all bits below them.
const LONGEST_WAIT: i64 = (1 << 10) - 1;
/// Of so many atomic accesses, one keeps the address it has.
const WILD: u64 = 16;
/// Of so many fences, which need no operands and so come all the time, one stays.
const FENCES: u64 = 8;
/// Most that an access adds to a tame address, with its own width.
const MARGIN: u64 = 64;
/// Vector operators are encoded with this.
const VECTOR_PREFIX: u8 = 0xfd;

/// # Errors
/// When `binary` is no module.
pub fn tame(binary: &[u8]) -> Result<Vec<u8>> {
    rewrite(binary, &Additions::default(), &mut Tame { random: Random::new(binary.len() as u64) })
}

struct Tame {
    random: Random,
}

impl Rules for Tame {
    fn operator(&mut self, operator: &Operator<'_>, encoded: &[u8], body: &mut Body<'_>) {
        if let Some(atomic) = Atomic::decode(encoded) {
            return self.atomic(atomic, body);
        }
        let is_vector = encoded.first() == Some(&VECTOR_PREFIX);
        if !(is_vector && self.random.number().is_multiple_of(2) && relax(operator, self.random.number(), body)) {
            body.copy(encoded);
        }
        match operator {
            Operator::F32x4RelaxedMadd
            | Operator::F32x4RelaxedNmadd
            | Operator::F32x4RelaxedMin
            | Operator::F32x4RelaxedMax
            | Operator::F32x4DemoteF64x2Zero => canonicalize(Lanes::F32, body),
            Operator::F64x2RelaxedMadd
            | Operator::F64x2RelaxedNmadd
            | Operator::F64x2RelaxedMin
            | Operator::F64x2RelaxedMax
            | Operator::F64x2PromoteLowF32x4 => canonicalize(Lanes::F64, body),
            Operator::F32DemoteF64 => canonicalize_scalar(ValType::F32, body),
            Operator::F64PromoteF32 => canonicalize_scalar(ValType::F64, body),
            _ => {}
        }
    }
}

impl Tame {
    fn atomic(&mut self, mut atomic: Atomic, body: &mut Body<'_>) {
        if atomic.kind == Kind::Fence {
            if self.random.number().is_multiple_of(FENCES) {
                body.copy(&atomic.encode());
            }
            return;
        }
        let is_i64_load = (atomic.kind, atomic.width) == (Kind::Load, Width::I64);
        if atomic.kind == Kind::Wait {
            body.emit().i64_const(LONGEST_WAIT).i64_and();
        }
        if !self.random.number().is_multiple_of(WILD) {
            let operands = body.pop(&atomic.operands());
            tame_address(atomic.argument.memory_index, body);
            for operand in operands {
                body.emit().local_get(operand);
            }
            let bytes = atomic.width.bytes();
            atomic.argument.offset %= MARGIN / 2;
            atomic.argument.offset &= !(bytes - 1);
            self.vary(&mut atomic, body);
        }
        body.copy(&atomic.encode());
        if atomic.kind == Kind::Wait && is_i64_load {
            body.emit().i64_extend_i32_u();
        }
    }

    /// Makes operators of some others that need more operands, and are rare for it. The operands are on the stack.
    fn vary(&mut self, atomic: &mut Atomic, body: &mut Body<'_>) {
        let is_shared = body.shape.memories[atomic.argument.memory_index as usize].shared;
        let choice = self.random.number();
        match (atomic.kind, atomic.width) {
            (Kind::Update(_), width) if choice.is_multiple_of(4) => {
                // What is expected is the same value, or zero, which memories have most of.
                let replacement = body.pop(&[width.value()])[0];
                if choice.is_multiple_of(8) {
                    constant(width, 0, body);
                } else {
                    body.emit().local_get(replacement);
                }
                body.emit().local_get(replacement);
                atomic.kind = Kind::CompareExchange;
            }
            (Kind::Load, Width::I32 | Width::I64) if is_shared && choice.is_multiple_of(4) => {
                constant(atomic.width, (choice / 4 % 2) as i32, body);
                body.emit().i64_const(1);
                atomic.kind = Kind::Wait;
            }
            _ => {}
        }
    }
}

/// Makes the canonical NaN of one on the stack.
fn canonicalize_scalar(ty: ValType, body: &mut Body<'_>) {
    let value = body.scratch(ty, 0);
    let sink = &mut body.emit();
    sink.local_tee(value);
    if ty == ValType::F32 {
        sink.f32_const(f32::NAN.into()).local_get(value).local_get(value).f32_eq();
    } else {
        sink.f64_const(f64::NAN.into()).local_get(value).local_get(value).f64_eq();
    }
    sink.select();
}

/// A multiple of eight, and at most what the memory has without the margin, if it has that much.
fn tame_address(memory: u32, body: &mut Body<'_>) {
    const ALIGNED: i64 = -8;
    let ty = body.shape.memories[memory as usize];
    let page = 1i64 << ty.page_size_log2.unwrap_or(16);
    let mut sink = body.emit();
    sink.memory_size(memory);
    if ty.memory64 {
        sink.i64_const(page).i64_mul().i64_const(MARGIN as i64).i64_sub().i64_const(ALIGNED).i64_and().i64_and();
    } else {
        sink.i32_const(page as i32).i32_mul().i32_const(MARGIN as i32).i32_sub();
        sink.i32_const(ALIGNED as i32).i32_and().i32_and();
    }
}

fn constant(width: Width, value: i32, body: &mut Body<'_>) {
    if width.value() == ValType::I32 {
        body.emit().i32_const(value);
    } else {
        body.emit().i64_const(value.into());
    }
}
