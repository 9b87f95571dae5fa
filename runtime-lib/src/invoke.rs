//! `--invoke`: runs an export with arguments from the command line and prints its results, one a
//! line, as the specification's reference interpreter and other engines write numbers; vectors in
//! hexadecimal.
//!
//! ```text
//! $ ./app 20 22
//! 42
//! ```
//!
//! Only programs built with `--invoke` link this file. There are two ways in, because the code that
//! reads and writes floating-point numbers is larger than all the rest.

use crate::abi::{Instance, Invocation, Program, USAGE_EXIT_STATUS, ValueCode};
use crate::message::Message;
use crate::start;
use crate::sys::output::Stream;
use crate::sys::process;
use core::cell::UnsafeCell;
use core::ffi::{CStr, c_char};
use core::fmt::{self, Write as _};

/// Most parameters, and most results, that a function can have (the JavaScript API's limit, which
/// validation keeps).
const MOST_VALUES: usize = 1000;

/// Words of the widest value.
const WORDS_PER_VALUE: usize = 2;

/// Arguments and results: too large for a stack that WebAssembly frames need.
#[repr(align(16))]
struct Values(UnsafeCell<[u64; MOST_VALUES * WORDS_PER_VALUE]>);

// SAFETY: there is one thread.
unsafe impl Sync for Values {}

static VALUES: Values = Values(UnsafeCell::new([0; MOST_VALUES * WORDS_PER_VALUE]));

/// The `RunFunction` of an export that the command line calls.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_run_invocation(program: *const Program, instance: *mut Instance) -> i32 {
    // SAFETY: the caller's own promise.
    unsafe { run::<true>(program, instance) }
}

/// The same for an export whose type holds no floating-point numbers.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_run_integer_invocation(program: *const Program, instance: *mut Instance) -> i32 {
    // SAFETY: the caller's own promise.
    unsafe { run::<false>(program, instance) }
}

unsafe fn run<const FLOATS: bool>(program: *const Program, instance: *mut Instance) -> i32 {
    // SAFETY: the record is the compiler's; nobody else has a reference to the values.
    let (entry, values) = unsafe { (&(*program).entry, &mut *VALUES.0.get()) };
    read_arguments(entry, values, parse::<FLOATS>);
    if let Some(call) = entry.call {
        // SAFETY: there is room for every argument and result.
        unsafe { call(instance, values.as_mut_ptr()) };
    }
    print_results(entry, values, write_float::<FLOATS>);
    0
}

/// Puts the arguments of the command line into `values`, or ends the program with a message.
fn read_arguments(entry: &Invocation, values: &mut [u64], parse: fn(&str, u8) -> Option<u64>) {
    // SAFETY: the compiler wrote the list.
    let parameters = unsafe { entry.parameters.get() };
    let arguments = process::arguments().get(1..).unwrap_or(&[]);
    if arguments.len() != parameters.len() {
        refuse(entry, &|message| {
            message.decimal(arguments.len() as u64).text(if arguments.len() == 1 {
                " was given"
            } else {
                " were given"
            });
        });
    }
    let mut words = values.iter_mut();
    for (argument, parameter) in arguments.iter().zip(parameters) {
        let text = bytes_of(*argument);
        match (core::str::from_utf8(text).ok().and_then(|text| parse(text, *parameter)), words.next()) {
            (Some(value), Some(word)) => *word = value,
            _ => refuse(entry, &|message| {
                message.text("`").foreign(text).text("` is not an ").text(type_name(*parameter));
            }),
        }
    }
}

fn bytes_of(argument: *const c_char) -> &'static [u8] {
    // SAFETY: the kernel ends each argument with a NUL.
    unsafe { CStr::from_ptr(argument) }.to_bytes()
}

/// The bits of a value of type `code`.
fn parse<const FLOATS: bool>(text: &str, code: u8) -> Option<u64> {
    if code == ValueCode::I32 as u8 {
        let number = parse_integer(text)?;
        return (i32::MIN.into()..=u32::MAX.into()).contains(&number).then_some(u64::from(number as u32));
    }
    if code == ValueCode::I64 as u8 {
        let number = parse_integer(text)?;
        return (i64::MIN.into()..=u64::MAX.into()).contains(&number).then_some(number as u64);
    }
    if FLOATS && code == ValueCode::F32 as u8 {
        return Some(text.parse::<f32>().ok()?.to_bits().into());
    }
    if FLOATS && code == ValueCode::F64 as u8 {
        return Some(text.parse::<f64>().ok()?.to_bits());
    }
    None
}

/// A decimal or `0x` hexadecimal number, with an optional sign.
fn parse_integer(text: &str) -> Option<i128> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (base, digits) = match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => (16, digits),
        None => (10, text),
    };
    if digits.is_empty() {
        return None;
    }
    let magnitude = digits
        .chars()
        .try_fold(0_u64, |number, digit| number.checked_mul(base.into())?.checked_add(digit.to_digit(base)?.into()))?;
    Some(if is_negative { -i128::from(magnitude) } else { magnitude.into() })
}

/// Writes each result on a line.
fn print_results(entry: &Invocation, values: &[u64], write_float: fn(&mut Message, u8, u64)) {
    let mut message = Message::to(Stream::Output);
    let mut words = values.iter().copied();
    // SAFETY: the compiler wrote the list.
    for code in unsafe { entry.results.get() } {
        let word = words.next().unwrap_or(0);
        if *code == ValueCode::I32 as u8 {
            write_signed(&mut message, i64::from(word as i32));
        } else if *code == ValueCode::I64 as u8 {
            write_signed(&mut message, word as i64);
        } else if *code == ValueCode::V128 as u8 {
            write_vector(&mut message, word, words.next().unwrap_or(0));
        } else if *code == ValueCode::Reference as u8 {
            message.text(if word == 0 { "<null reference>" } else { "<reference>" });
        } else {
            write_float(&mut message, *code, word);
        }
        message.text("\n");
    }
    message.send();
}

fn write_signed(message: &mut Message, number: i64) {
    if number < 0 {
        message.text("-");
    }
    message.decimal(number.unsigned_abs());
}

/// All 128 bits in hexadecimal: whatever the shape, lane 0 is on the right.
fn write_vector(message: &mut Message, low: u64, high: u64) {
    message.text("0x");
    for word in [high, low] {
        for digit in (0..64).step_by(4).rev().map(|shift| (word >> shift) as u8 & 0xf) {
            message.bytes(&[if digit < 10 { b'0' + digit } else { b'a' + digit - 10 }]);
        }
    }
}

/// The shortest decimal that reads back as the same number; `NaN` and `inf` without their bits.
fn write_float<const FLOATS: bool>(message: &mut Message, code: u8, word: u64) {
    if FLOATS {
        // A message takes all there is.
        let _ = match code == ValueCode::F32 as u8 {
            true => message.write_fmt(format_args!("{}", f32::from_bits(word as u32))),
            false => message.write_fmt(format_args!("{}", f64::from_bits(word))),
        };
    }
}

impl fmt::Write for Message {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}

/// Ends the program: its arguments are not those of the function.
fn refuse(entry: &Invocation, explain: &dyn Fn(&mut Message)) -> ! {
    start::end_with_message(USAGE_EXIT_STATUS, &|message| {
        // SAFETY: the compiler wrote the name and the list.
        let (name, parameters) = unsafe { (entry.name.get(), entry.parameters.get()) };
        message.text("`").foreign(name).text("` takes ").decimal(parameters.len() as u64);
        message.text(if parameters.len() == 1 { " argument" } else { " arguments" });
        for (number, parameter) in parameters.iter().enumerate() {
            message.text(if number == 0 { " (" } else { " " }).text(type_name(*parameter));
        }
        message.text(if parameters.is_empty() { ", but " } else { "), but " });
        explain(message);
    })
}

fn type_name(code: u8) -> &'static str {
    const NAMES: [(ValueCode, &str); 5] = [
        (ValueCode::I32, "i32"),
        (ValueCode::I64, "i64"),
        (ValueCode::F32, "f32"),
        (ValueCode::F64, "f64"),
        (ValueCode::V128, "v128"),
    ];
    NAMES.iter().find(|(candidate, _)| *candidate as u8 == code).map_or("reference", |(_, name)| name)
}
