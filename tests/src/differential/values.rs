//! Values of the interpreter as text, and values to begin with.

use super::transcript::Ran;
use wasmi::{ExternRef, Ref, Store, Val, ValType};

/// A source of numbers that is the same everywhere (SplitMix64).
pub struct Random(u64);

impl Random {
    /// The source for this seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        while bytes.len() < count {
            bytes.extend(self.number().to_le_bytes());
        }
        bytes.truncate(count);
        bytes
    }

    fn choose(&mut self, choices: &[u64]) -> u64 {
        choices[self.number() as usize % choices.len()]
    }

    /// Bits of an integer or float: mostly small or at an edge.
    fn bits(&mut self) -> u64 {
        const EDGES: [u64; 16] = [
            0,
            1,
            u64::MAX,
            0x7f,
            0x8000,
            0xffff,
            0x10000,
            i32::MAX as u64,
            1 << 31,
            u32::MAX as u64,
            1 << 32,
            i64::MAX as u64,
            1 << 63,
            0x3ff0_0000_3f80_0000,
            0x7ff0_0000_7f80_0000,
            0xfff8_0000_ffc0_0000,
        ];
        match self.number() % 4 {
            0 => self.number(),
            1 => self.choose(&EDGES),
            2 => self.number() % 64,
            _ => self.number() % 70_000,
        }
    }

    /// A value of this type.
    pub fn value(&mut self, ty: ValType, store: &mut Store<Ran>) -> Val {
        match ty {
            ValType::I32 => Val::I32(self.bits() as i32),
            ValType::I64 => Val::I64(self.bits() as i64),
            ValType::F32 => Val::F32(wasmi::F32::from_bits(self.bits() as u32)),
            ValType::F64 => Val::F64(wasmi::F64::from_bits(self.bits())),
            ValType::V128 => Val::V128(wasmi::V128::from(u128::from(self.bits()) << 64 | u128::from(self.bits()))),
            ValType::FuncRef => Val::FuncRef(Ref::Null),
            ValType::ExternRef if self.number().is_multiple_of(3) => Val::ExternRef(Ref::Null),
            ValType::ExternRef => {
                let number = (self.number() % 100) as u32;
                Val::ExternRef(Ref::Val(ExternRef::new(store, number)))
            }
        }
    }
}

/// A value as an argument, or as a result that has to come.
pub fn text(value: &Val, store: &Store<Ran>) -> String {
    match value {
        Val::I32(value) => format!("(i32.const {value})"),
        Val::I64(value) => format!("(i64.const {value})"),
        Val::F32(value) => format!("(f32.const {})", float32(value.to_bits())),
        Val::F64(value) => format!("(f64.const {})", float64(value.to_bits())),
        Val::V128(value) => {
            let bits = value.as_u128();
            let lanes: Vec<String> = (0..4).map(|lane| format!("{:#x}", (bits >> (32 * lane)) as u32)).collect();
            format!("(v128.const i32x4 {})", lanes.join(" "))
        }
        Val::FuncRef(Ref::Null) => "(ref.null func)".to_owned(),
        Val::FuncRef(_) => "(ref.func)".to_owned(),
        Val::ExternRef(Ref::Null) => "(ref.null extern)".to_owned(),
        Val::ExternRef(Ref::Val(reference)) => {
            let number = reference.data(store).downcast_ref::<u32>().copied().unwrap_or_default();
            format!("(ref.extern {number})")
        }
    }
}

/// Whether a value is a null reference.
pub fn is_null(value: &Val) -> bool {
    matches!(value, Val::FuncRef(Ref::Null) | Val::ExternRef(Ref::Null))
}

fn float32(bits: u32) -> String {
    let value = f32::from_bits(bits);
    if !value.is_nan() {
        return format!("{value:?}");
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}nan:{:#x}", bits & 0x007f_ffff)
}

fn float64(bits: u64) -> String {
    let value = f64::from_bits(bits);
    if !value.is_nan() {
        return format!("{value:?}");
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    format!("{sign}nan:{:#x}", bits & 0x000f_ffff_ffff_ffff)
}
