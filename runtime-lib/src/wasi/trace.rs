//! What `WASMC_TRACE=wasi` shows: a line on standard error for each call, with its arguments and its outcome, and, where a
//! grant would have helped, which one.
//!
//! ```text
//! wasi: path_open(fd=3, lookup=symlink_follow, path="a.txt", oflags=creat, rights=0x42, inheriting=0x0, fdflags=0) = perm
//! wasi: the directory was granted with :ro; without it, --dir and WASMC_DIR let it be changed
//! ```
//!
//! The compiler decides which programs can do that. How an argument is shown depends on what `abi::wasi_calls!` calls it.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use super::descriptor;
use super::errno::{self, Errno};
use super::guest::Guest;
use crate::abi::{AbiType, Instance};
use crate::environment;
use crate::message::Message;
use crate::sys::output::Stream;
use crate::sys::trace::Registers;

/// A call that can be shown.
#[repr(C)]
pub(crate) struct Traced {
    /// What does it. First, where `sys::trace` finds it.
    call: *const (),
    /// Its name and those of its parameters, with a space behind each.
    words: &'static str,
    /// A set of its parameters: those with 64 bits.
    wide: u32,
}

// SAFETY: a function, and constants.
unsafe impl Sync for Traced {}

impl Traced {
    pub(crate) const fn new(call: *const (), words: &'static str, parameters: &[AbiType]) -> Traced {
        let mut wide = 0;
        let mut index = 0;
        while index < parameters.len() {
            if matches!(parameters[index], AbiType::I64) {
                wide |= 1 << index;
            }
            index += 1;
        }
        Traced { call, words, wide }
    }
}

/// A line on its way.
struct Line(UnsafeCell<MaybeUninit<Message>>);

// SAFETY: one thread makes WASI calls, one after the other.
unsafe impl Sync for Line {}

static LINE: Line = Line(UnsafeCell::new(MaybeUninit::uninit()));

/// Whether the person who started the program asked for it.
#[cold]
pub(crate) extern "C" fn is_wanted() -> bool {
    environment::lookup(b"WASMC_TRACE").is_some_and(|variable| variable.ends_with(b"=wasi"))
}

/// Before a call.
///
/// # Safety
/// The registers are those of a call of `traced`, which generated code has made.
#[cold]
pub(crate) unsafe extern "C" fn begin(traced: &Traced, registers: &Registers) {
    // SAFETY: the line is nobody else's; the caller vouches for the rest.
    unsafe {
        let message = (*LINE.0.get()).write(Message::to(Stream::Error));
        Call { traced, registers, guest: Guest::of(registers.get(0) as *const Instance) }.begin(message);
    }
}

/// After it.
///
/// # Safety
/// As for [`begin`], which was called before.
#[cold]
pub(crate) unsafe extern "C" fn end(traced: &Traced, registers: &Registers, errno: u32) {
    // SAFETY: as above, and the line was begun.
    unsafe {
        let message = (*LINE.0.get()).assume_init_mut();
        Call { traced, registers, guest: Guest::of(registers.get(0) as *const Instance) }.end(message, errno);
    }
}

/// A call, as the program makes it.
struct Call<'a> {
    traced: &'a Traced,
    registers: &'a Registers,
    guest: Guest,
}

impl Call<'_> {
    /// The arguments, each with the name of its parameter.
    fn arguments(&self) -> impl Iterator<Item = (&'static [u8], u64)> {
        let mut words = self.traced.words.as_bytes();
        next_word(&mut words);
        let mut index = 0;
        core::iter::from_fn(move || {
            let word = next_word(&mut words);
            if word.is_empty() {
                return None;
            }
            let wide = self.traced.wide >> index & 1 != 0;
            index += 1;
            // SAFETY: there are as many arguments as names, behind the instance.
            let value = unsafe { self.registers.get(index) };
            Some((word, if wide { value } else { u64::from(value as u32) }))
        })
    }

    /// The line, up to the outcome: what the arguments point to may be something else afterwards. A call that does not
    /// return has its line at once.
    fn begin(&self, message: &mut Message) {
        let name = next_word(&mut self.traced.words.as_bytes());
        message.text("wasi: ").bytes(name).text("(");
        let mut arguments = self.arguments();
        let mut separator = "";
        while let Some((word, argument)) = arguments.next() {
            if word.starts_with(b"result") {
                continue;
            }
            message.text(separator).bytes(word).text("=");
            separator = ", ";
            if word.ends_with(b"path") {
                let length = arguments.next().map_or(0, |(_, length)| length);
                self.show_path(message, argument as u32, length as u32);
            } else {
                show(message, word, argument);
            }
        }
        message.text(")");
        if name == b"proc_exit" {
            message.text("\n").send();
        }
    }

    fn show_path(&self, message: &mut Message, address: u32, length: u32) {
        let Ok(path) = self.guest.range(address, u64::from(length)) else {
            message.hexadecimal(u64::from(address));
            return;
        };
        // SAFETY: the range is inside the program's memory, which does not change meanwhile.
        let path = unsafe { core::slice::from_raw_parts(path, length as usize) };
        message.text("\"").foreign(path).text("\"");
    }

    /// The rest of the line.
    fn end(&self, message: &mut Message, errno: u32) {
        message.text(" = ");
        match errno {
            0 => {
                message.text("ok");
                if let Some(number) = self.result() {
                    message.text(", ").decimal(number);
                }
            }
            1 => {
                message.text("2big");
            }
            _ => word_at(errno as usize - 1, errno::NAMES, message),
        }
        message.text("\n");
        if let Some(hint) = self.hint(errno) {
            message.text("wasi: ").text(hint).text("\n");
        }
        message.send();
    }

    /// The number that the call has put into the memory, at the address that is called a result.
    fn result(&self) -> Option<u64> {
        let (word, address) = self.arguments().find(|(word, _)| word.starts_with(b"result"))?;
        let size = if word == b"result64" { 8 } else { 4 };
        let place = self.guest.range(address as u32, size).ok()?;
        let mut number = [0; 8];
        // SAFETY: inside the memory, so many bytes, of which there are no more than in a number.
        unsafe { number.as_mut_ptr().copy_from_nonoverlapping(place, size as usize) };
        Some(u64::from_le_bytes(number))
    }

    /// What a person can do about it.
    fn hint(&self, errno: u32) -> Option<&'static str> {
        let is_about = |what: &str| self.traced.words.as_bytes().starts_with(what.as_bytes());
        let denied = errno == Errno::Perm as u32;
        let no_descriptor = errno == Errno::Badf as u32;
        // The first that could be a directory: programs look for more until there are none.
        let first = self.arguments().next().is_some_and(|(_, descriptor)| descriptor == 3);
        if is_about("path_") && denied {
            Some(if self.read_only() {
                "the directory was granted with :ro; without it, --dir and WASMC_DIR let it be changed"
            } else {
                "nothing outside of a granted directory can be reached; --dir and WASMC_DIR grant others"
            })
        } else if (is_about("path_") || is_about("fd_prestat_get")) && no_descriptor && first {
            Some("no directory was granted; --dir HOST[::GUEST] and WASMC_DIR grant one")
        } else if is_about("sock_") && (no_descriptor || errno == Errno::Notsock as u32) {
            Some("no such socket was granted; --tcp-listen ADDR:PORT and WASMC_TCP_LISTEN grant one")
        } else if is_about("environ_s") && errno == 0 && self.result() == Some(0) {
            Some("no variable was granted; --env NAME[=VALUE] and WASMC_ENV grant one")
        } else {
            None
        }
    }

    /// Whether a directory of the call was granted to be read only.
    fn read_only(&self) -> bool {
        let mut directories = self.arguments().filter(|(word, _)| word.ends_with(b"fd"));
        directories.any(|(_, number)| descriptor::get(number as u32).is_ok_and(|descriptor| descriptor.read_only))
    }
}

/// Shows an argument that is no path.
fn show(message: &mut Message, word: &[u8], value: u64) {
    match word {
        b"oflags" => set("creat directory excl trunc ", value, message),
        b"fdflags" => set("append dsync nonblock rsync sync ", value, message),
        b"lookup" => set("symlink_follow ", value, message),
        b"riflags" => set("peek waitall ", value, message),
        b"sdflags" => set("rd wr ", value, message),
        b"fstflags" => set("atim atim_now mtim mtim_now ", value, message),
        b"whence" if value < 3 => word_at(value as usize, "set cur end ", message),
        b"clock" if value < 4 => {
            word_at(value as usize, "realtime monotonic process_cputime_id thread_cputime_id ", message);
        }
        b"offset" if (value as i64) < 0 => {
            message.text("-").decimal((value as i64).unsigned_abs());
        }
        // Addresses, and sets with many elements.
        b"rights" | b"base" | b"inheriting" | b"buffer" | b"iovs" | b"argv" | b"environ" | b"subscriptions"
        | b"events" | b"fdstat" | b"filestat" | b"prestat" | b"bytes" | b"roflags" => {
            message.hexadecimal(value);
        }
        _ => {
            message.decimal(value);
        }
    }
}

/// Shows the elements of a set of bits by their names; as a number if it has any without one.
fn set(names: &'static str, value: u64, message: &mut Message) {
    let known = names.bytes().filter(|byte| *byte == b' ').count();
    if value == 0 || value >> known != 0 {
        message.decimal(value);
        return;
    }
    let mut separator = "";
    for bit in (0..known).filter(|bit| value >> bit & 1 != 0) {
        message.text(separator);
        word_at(bit, names, message);
        separator = "|";
    }
}

/// Shows a word of a list, in small letters.
fn word_at(position: usize, words: &'static str, message: &mut Message) {
    let mut words = words.as_bytes();
    for _ in 0..position {
        next_word(&mut words);
    }
    for byte in next_word(&mut words) {
        message.bytes(&[byte.to_ascii_lowercase()]);
    }
}

/// Takes a word from a list in which each has a space behind it.
fn next_word<'a>(words: &mut &'a [u8]) -> &'a [u8] {
    let length = words.iter().position(|byte| *byte == b' ').unwrap_or(words.len());
    let word = words.get(..length).unwrap_or(&[]);
    *words = words.get(length + 1..).unwrap_or(&[]);
    word
}
