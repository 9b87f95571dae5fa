//! `abi::CoreDump`: the part of a core dump that is known before the program runs, with holes for values.
//!
//! ```text
//! \0asm 1
//! custom "core"             0, the module's name
//! custom "coremodules"      1 module: 0, its name
//! custom "coreinstances"    1 instance: 0, module 0, all memories, all globals
//! memory                    their types; the minimum is a hole
//! global                    i32 i64 f32 f64 v128, immutable; the value is a hole unless it never changes
//! ```

use super::records::{Records, read_only, runtime};
use super::section::Place;
use crate::analyze::{GlobalPlan, Plan};
use crate::module::{ConstOp, GlobalIndex, MemoryType, Module, ValueType};
use std::mem::{offset_of, size_of};
use wasmc_runtime::abi::{self, CoreDump, Hole, HoleKind, LEB32, LEB64};

const CUSTOM: u8 = 0;
const MEMORY: u8 = 5;
const GLOBAL: u8 = 6;
const IMMUTABLE: u8 = 0;
const END: u8 = 0x0b;
const REF_NULL: u8 = 0xd0;
const FUNC: u8 = 0x70;
const EXTERN: u8 = 0x6f;

impl Records {
    /// The record of a program that may write core dumps.
    pub(super) fn add_core_dump(&mut self, module: &Module<'_>, plan: &Plan) -> Place {
        let Head { bytes, holes } = Head::of(module, plan);
        let head = self.append_bytes(&bytes, 1);
        let start = self.reserve_records::<Hole>(holes.len());
        for (position, hole) in holes.iter().enumerate() {
            let record = start + (position * size_of::<Hole>()) as u64;
            self.read_only.put_u32(record + offset_of!(Hole, position) as u64, hole.position);
            self.read_only.put_u32(record + offset_of!(Hole, width) as u64, hole.width);
            self.read_only.put_u32(record + offset_of!(Hole, kind) as u64, hole.kind);
            self.read_only.put_u32(record + offset_of!(Hole, instance_offset) as u64, hole.instance_offset);
        }
        let record = self.reserve_record::<CoreDump>();
        let out = &mut self.read_only;
        out.put_address(record + offset_of!(CoreDump, write) as u64, runtime(abi::WRITE_CORE_DUMP_SYMBOL));
        out.put_slice(record + offset_of!(CoreDump, head) as u64, head, bytes.len());
        out.put_slice(record + offset_of!(CoreDump, holes) as u64, read_only(start), holes.len());
        read_only(record)
    }
}

/// The file up to the stack.
struct Head {
    bytes: Vec<u8>,
    holes: Vec<Hole>,
}

impl Head {
    fn of(module: &Module<'_>, plan: &Plan) -> Head {
        let mut head = Head { bytes: b"\0asm\x01\0\0\0".to_vec(), holes: Vec::new() };
        head.section(CUSTOM, |head| {
            head.name("core");
            head.bytes.push(0);
            head.name(&module.name);
        });
        head.section(CUSTOM, |head| {
            head.name("coremodules");
            head.bytes.extend([1, 0]);
            head.name(&module.name);
        });
        head.section(CUSTOM, |head| {
            head.name("coreinstances");
            head.bytes.extend([1, 0, 0]);
            for count in [module.memories.len(), module.globals.len()] {
                head.number(count as u64);
                (0..count as u64).for_each(|index| head.number(index));
            }
        });
        if !module.memories.is_empty() {
            head.section(MEMORY, |head| {
                head.number(module.memories.len() as u64);
                for (index, ty) in &module.memories {
                    head.memory(ty, plan.layout.memories[index]);
                }
            });
        }
        if !module.globals.is_empty() {
            head.section(GLOBAL, |head| {
                head.number(module.globals.len() as u64);
                module.globals.keys().for_each(|index| head.global(module, plan, index));
            });
        }
        head
    }

    /// Adds a section; nothing in it may depend on the moment but the contents of holes.
    fn section(&mut self, id: u8, contents: impl FnOnce(&mut Head)) {
        self.bytes.push(id);
        let size = self.bytes.len();
        self.bytes.extend([0; LEB32]);
        contents(self);
        let length = self.bytes.len() - size - LEB32;
        let mut number = Vec::with_capacity(LEB32);
        put_number(length as i64, LEB32, &mut number);
        self.bytes[size..size + LEB32].copy_from_slice(&number);
    }

    fn name(&mut self, name: &str) {
        self.number(name.len() as u64);
        self.bytes.extend(name.as_bytes());
    }

    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn hole(&mut self, kind: HoleKind, width: usize, instance_offset: u32) {
        let position = self.bytes.len() as u32;
        self.holes.push(Hole { position, width: width as u32, kind: kind as u32, instance_offset });
        self.bytes.resize(self.bytes.len() + width, 0);
    }

    fn memory(&mut self, ty: &MemoryType, instance_offset: u32) {
        const USUAL_PAGE: u32 = 16;
        let has_page_size = ty.page_size_log2 != USUAL_PAGE;
        let flags = [ty.maximum.is_some(), ty.shared, ty.memory64, has_page_size];
        self.bytes.push((0..).zip(flags).map(|(bit, is_set)| u8::from(is_set) << bit).sum());
        self.hole(HoleKind::Pages, if ty.memory64 { LEB64 } else { LEB32 }, instance_offset);
        if let Some(maximum) = ty.maximum {
            self.number(maximum);
        }
        if has_page_size {
            self.number(ty.page_size_log2.into());
        }
    }

    fn global(&mut self, module: &Module<'_>, plan: &Plan, index: GlobalIndex) {
        let (ty, operator, kind, width): (u8, &[u8], _, _) = match module.globals[index].ty.value {
            ValueType::I32 => (0x7f, &[0x41], HoleKind::I32, LEB32),
            ValueType::I64 => (0x7e, &[0x42], HoleKind::I64, LEB64),
            ValueType::F32 => (0x7d, &[0x43], HoleKind::Bytes, 4),
            ValueType::F64 => (0x7c, &[0x44], HoleKind::Bytes, 8),
            ValueType::V128 => (0x7b, &[0xfd, 0x0c], HoleKind::Bytes, 16),
            // What it refers to is not in the file.
            ValueType::Ref(ty) => {
                let ty = if ty.heap.is_function() { FUNC } else { EXTERN };
                self.bytes.extend([ty, IMMUTABLE, REF_NULL, ty, END]);
                return;
            }
        };
        self.bytes.extend([ty, IMMUTABLE]);
        self.bytes.extend(operator);
        match (plan.globals[index], plan.layout.globals[index]) {
            (GlobalPlan::Constant(ConstOp::I32(value)), _) => put_number(value.into(), width, &mut self.bytes),
            (GlobalPlan::Constant(ConstOp::I64(value)), _) => put_number(value, width, &mut self.bytes),
            (GlobalPlan::Constant(ConstOp::F32(bits)), _) => self.bytes.extend(bits.to_le_bytes()),
            (GlobalPlan::Constant(ConstOp::F64(bits)), _) => self.bytes.extend(bits.to_le_bytes()),
            (GlobalPlan::Constant(ConstOp::V128(bits)), _) => self.bytes.extend(bits.to_le_bytes()),
            (_, Some(offset)) => self.hole(kind, width, offset),
            // Planned otherwise: every other global has a place.
            (_, None) => self.bytes.resize(self.bytes.len() + width, 0),
        }
        self.bytes.push(END);
    }
}

/// LEB128 of `width` bytes, for signed and unsigned numbers alike.
fn put_number(number: i64, width: usize, out: &mut Vec<u8>) {
    for position in 1..=width {
        let more = if position < width { 0x80 } else { 0 };
        out.push((number >> (7 * (position - 1)).min(63)) as u8 & 0x7f | more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{World, analyze};
    use crate::options::Options;
    use crate::parse::{parse, to_binary};
    use wasmparser::{Validator, WasmFeatures};

    #[test]
    fn the_head_is_a_module() {
        let text = r#"(module $"a name"
            (memory 1) (memory 2 3) (memory i64 4) (memory i64 5 6 shared) (memory 7 (pagesize 1))
            (global i32 (i32.const -1)) (global (mut i64) (i64.const -2)) (global f32 (f32.const nan))
            (global (mut f64) (f64.const 4)) (global v128 (v128.const i64x2 5 6)) (global (mut v128) (v128.const i64x2 7 8))
            (global funcref (ref.null func)) (global (mut externref) (ref.null extern)) (global (ref func) (ref.func 0))
            (func (export "_start")))"#;
        let options = Options { features: crate::module::Features::supported(), ..Options::default() };
        let binary = to_binary(text.as_bytes()).expect("a module");
        let module = parse(&binary, "test", options.features).expect("a valid module");
        let plan = analyze(&module, &mut World::closed(options.target), &options).expect("a plan");
        let head = Head::of(&module, &plan);
        assert_eq!(head.holes.len(), 5 + 3);
        let mut filled = head.bytes.clone();
        for hole in head.holes.iter().filter(|hole| hole.kind != HoleKind::Bytes as u32) {
            let start = hole.position as usize;
            let mut number = Vec::new();
            put_number(3, hole.width as usize, &mut number);
            filled[start..start + number.len()].copy_from_slice(&number);
        }
        Validator::new_with_features(WasmFeatures::all()).validate_all(&filled).expect("a valid module");
    }

    #[test]
    fn numbers_are_as_long_as_asked_for() {
        let number = |number, width| {
            let mut bytes = Vec::new();
            put_number(number, width, &mut bytes);
            bytes
        };
        assert_eq!(number(0, 5), [0x80, 0x80, 0x80, 0x80, 0]);
        assert_eq!(number(i64::from(u32::MAX), 5), [0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert_eq!(number(-1, 5), [0xff, 0xff, 0xff, 0xff, 0x7f]);
        assert_eq!(number(i64::MIN, 10), [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f]);
        assert_eq!(number(-2, 10), [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);
    }
}
