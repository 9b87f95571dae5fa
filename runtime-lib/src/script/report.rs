//! The line that says what came of a command.

use super::pattern::{self, Bits};
use super::performer::Failure;
use super::values::Values;
use crate::abi::ValueCode;
use crate::abi::script::{Command, Outcome};
use crate::message::Message;
use crate::sys::output::Stream;

/// Writes the line of `command`. On success, its results are in `values`.
///
/// # Safety
/// The compiler wrote the command.
pub(super) unsafe fn write(command: &Command, outcome: &Result<(), Failure>, values: &Values) {
    let mut message = Message::to(Stream::Output);
    message.decimal(command.number.into()).text(" ");
    // SAFETY: the caller vouches for the command.
    unsafe {
        if is_expected(command, outcome, values) {
            message.text("ok");
        } else {
            write_outcome(&mut message, command.results.get(), outcome, values);
        }
    }
    message.text("\n").send();
}

unsafe fn is_expected(command: &Command, outcome: &Result<(), Failure>, values: &Values) -> bool {
    match outcome {
        Ok(()) if command.outcome == Outcome::Values as u32 => {
            // SAFETY: the caller vouches for the command.
            let (codes, patterns) = unsafe { (command.results.get(), command.expected.get()) };
            // A script that calls a function for its effects has no patterns, whatever the results.
            values.of_types(codes).zip(patterns).all(|((code, bits), pattern)| {
                // SAFETY: the compiler wrote the pattern.
                unsafe { pattern::fits(pattern, code, bits) }
            })
        }
        Err(Failure::Trap(code)) => command.outcome == Outcome::Trap as u32 && command.traps >> *code as u8 & 1 == 1,
        Err(Failure::Unlinkable(_)) => command.outcome == Outcome::Unlinkable as u32,
        _ => false,
    }
}

fn write_outcome(message: &mut Message, codes: &[u8], outcome: &Result<(), Failure>, values: &Values) {
    match outcome {
        Ok(()) => {
            message.text("values");
            for (code, bits) in values.of_types(codes) {
                message.text(" ").decimal(code.into()).text(":0x");
                write_bits(message, code, bits);
            }
        }
        Err(Failure::Trap(code)) => {
            message.text("trap ").text(code.message());
        }
        Err(Failure::Unlinkable(mismatch)) => {
            message.text("unlinkable ").text(mismatch.message());
        }
        Err(Failure::Refused(refusal)) => {
            message.text("refused ");
            refusal.explain(message);
        }
        Err(Failure::NoThread) => {
            message.text("refused cannot start a thread");
        }
        Err(Failure::Missing) => {
            message.text("missing");
        }
    }
}

/// All digits of a word, or of both words of a `v128`.
fn write_bits(message: &mut Message, code: u8, [low, high]: Bits) {
    let words = if code == ValueCode::V128 as u8 { &[high, low][..] } else { &[low] };
    for word in words {
        for shift in (0..u64::BITS).step_by(4).rev() {
            let digit = b"0123456789abcdef"[(word >> shift & 0xf) as usize];
            message.bytes(&[digit]);
        }
    }
}
