//! Atomic operators on one thread: a check of the alignment, a load, and a store.

use super::super::atomic::{Atomic, Kind, Update, Width};
use super::super::rewrite::Body;
use super::{Event, report};
use wasm_encoder::{BlockType, InstructionSink, MemArg, ValType};

/// Scratch locals 0 and 1 are operands.
const ADDRESS: usize = 2;
const BEFORE: usize = 3;

/// Nobody else is there to change a value, to wait, or to wake up who waits.
pub fn write(atomic: &Atomic, body: &mut Body<'_>) {
    if atomic.kind == Kind::Fence {
        return;
    }
    let memory = body.shape.memories[atomic.argument.memory_index as usize];
    let operands = body.pop(&atomic.operands());
    let address = body.scratch(if memory.memory64 { ValType::I64 } else { ValType::I32 }, ADDRESS);
    let before = body.scratch(atomic.width.value(), BEFORE);
    body.emit().local_set(address);
    check_alignment(atomic, address, memory.memory64, body);
    if atomic.kind == Kind::Wait && !memory.shared {
        report(Event::Unshared, body);
        body.emit().unreachable();
        return;
    }

    // The plain access may be aligned less than it is.
    let argument = MemArg { align: 0, ..atomic.argument };
    let width = atomic.width;
    let sink = &mut body.emit();
    match atomic.kind {
        Kind::Load => load(width, argument, sink.local_get(address)),
        Kind::Store => store(width, argument, sink.local_get(address).local_get(operands[0])),
        Kind::Update(update) => {
            load(width, argument, sink.local_get(address));
            sink.local_set(before).local_get(address);
            apply(update, width.value(), [before, operands[0]], sink);
            store(width, argument, sink);
            sink.local_get(before);
        }
        Kind::CompareExchange => {
            load(width, argument, sink.local_get(address));
            sink.local_set(before).local_get(address).local_get(operands[1]).local_get(before);
            sink.local_get(operands[0]);
            // Of what is expected, only as much as is loaded.
            cut(width, sink);
            equal(width.value(), sink.local_get(before));
            sink.select();
            store(width, argument, sink);
            sink.local_get(before);
        }
        Kind::Wait => {
            const NOT_EQUAL: i32 = 1;
            const TIMED_OUT: i32 = 2;
            load(width, argument, sink.local_get(address));
            equal(width.value(), sink.local_get(operands[0]));
            sink.if_(BlockType::Result(ValType::I32)).i32_const(TIMED_OUT).else_().i32_const(NOT_EQUAL).end();
        }
        Kind::Notify => {
            load(width, argument, sink.local_get(address));
            sink.drop().i32_const(0);
        }
        Kind::Fence => {}
    }
}

/// An address that does not fit the width traps before one that is out of bounds.
fn check_alignment(atomic: &Atomic, address: u32, is_64: bool, body: &mut Body<'_>) {
    let mask = (atomic.width.bytes() - 1) as i32;
    if mask == 0 {
        return;
    }
    let mut sink = body.emit();
    sink.local_get(address);
    if is_64 {
        sink.i32_wrap_i64();
    }
    sink.i32_const(atomic.argument.offset as i32 & mask).i32_add().i32_const(mask).i32_and();
    body.begin_if();
    report(Event::Unaligned, body);
    body.emit().end();
}

fn load(width: Width, argument: MemArg, sink: &mut InstructionSink<'_>) {
    match width {
        Width::I32 => sink.i32_load(argument),
        Width::I64 => sink.i64_load(argument),
        Width::I32As8 => sink.i32_load8_u(argument),
        Width::I32As16 => sink.i32_load16_u(argument),
        Width::I64As8 => sink.i64_load8_u(argument),
        Width::I64As16 => sink.i64_load16_u(argument),
        Width::I64As32 => sink.i64_load32_u(argument),
    };
}

fn store(width: Width, argument: MemArg, sink: &mut InstructionSink<'_>) {
    match width {
        Width::I32 => sink.i32_store(argument),
        Width::I64 => sink.i64_store(argument),
        Width::I32As8 => sink.i32_store8(argument),
        Width::I32As16 => sink.i32_store16(argument),
        Width::I64As8 => sink.i64_store8(argument),
        Width::I64As16 => sink.i64_store16(argument),
        Width::I64As32 => sink.i64_store32(argument),
    };
}

/// What is stored in place of the first operand.
fn apply(update: Update, ty: ValType, [before, operand]: [u32; 2], sink: &mut InstructionSink<'_>) {
    if update == Update::Exchange {
        sink.local_get(operand);
        return;
    }
    sink.local_get(before).local_get(operand);
    match (update, ty) {
        (Update::Add, ValType::I32) => sink.i32_add(),
        (Update::Sub, ValType::I32) => sink.i32_sub(),
        (Update::And, ValType::I32) => sink.i32_and(),
        (Update::Or, ValType::I32) => sink.i32_or(),
        (Update::Xor, ValType::I32) => sink.i32_xor(),
        (Update::Add, _) => sink.i64_add(),
        (Update::Sub, _) => sink.i64_sub(),
        (Update::And, _) => sink.i64_and(),
        (Update::Or, _) => sink.i64_or(),
        (Update::Xor | Update::Exchange, _) => sink.i64_xor(),
    };
}

fn cut(width: Width, sink: &mut InstructionSink<'_>) {
    match width {
        Width::I32 | Width::I64 => sink,
        Width::I32As8 => sink.i32_const(0xff).i32_and(),
        Width::I32As16 => sink.i32_const(0xffff).i32_and(),
        Width::I64As8 => sink.i64_const(0xff).i64_and(),
        Width::I64As16 => sink.i64_const(0xffff).i64_and(),
        Width::I64As32 => sink.i64_const(0xffff_ffff).i64_and(),
    };
}

fn equal(ty: ValType, sink: &mut InstructionSink<'_>) {
    if ty == ValType::I32 {
        sink.i32_eq()
    } else {
        sink.i64_eq()
    };
}
