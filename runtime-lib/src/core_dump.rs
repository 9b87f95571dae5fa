//! The WebAssembly core dump that `WASMC_COREDUMP=FILE` asks for (WebAssembly tool conventions, "Coredump"):
//!
//! ```text
//! core, coremodules, coreinstances    names, and what belongs to which instance
//! memory, global                      memories of the current size, globals with their current values
//! corestack                           for each frame the function and the offset in its body
//! data                                what of the memories is not zero
//! ```
//!
//! The program may be in any state, so nothing of it is relied on but its records and its pages. Numbers whose value is not
//! known in time have the longest form, so that sizes are. The file has another name until it is complete.

use crate::abi::{CoreDump, HoleKind, Instance, LEB32, LEB64, MEMORY_64, Memory, Module};
use crate::code_map::NO_OPERATOR;
use crate::frames::{self, Place, Site};
use crate::memory::current_length;
use crate::message::Message;
use crate::sys::host_file::{self, HostFile};
use crate::sys::process;
use crate::{environment, instance};
use core::ffi::{CStr, c_void};
use core::slice;

/// The `WriteCoreDump`.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_write_core_dump(dump: *const CoreDump, pc: usize, frame: usize, message: *mut c_void) {
    let Some(path) = environment::value(b"WASMC_COREDUMP").filter(|path| !path.is_empty()) else { return };
    // SAFETY: the compiler wrote the record; the caller's message is one.
    let (dump, message) = unsafe { (&*dump, &mut *message.cast::<Message>()) };
    message.text("wasm ").text("core dump: ");
    if !write_file(path, dump, Site { pc: (pc != 0).then_some(pc), frame }) {
        message.text("cannot write ");
    }
    message.foreign(path.to_bytes()).text("\n");
}

/// Makes the file at `path`; nothing is left of one that did not become complete.
fn write_file(path: &CStr, dump: &CoreDump, site: Site) -> bool {
    let mut buffer = [0; PATH];
    let Some(partial) = partial_name(path, &mut buffer) else { return false };
    let Some(file) = host_file::create(partial) else { return false };
    let mut output = Output { file, offset: 0, is_intact: true, length: 0, buffer: [0; BUFFER] };
    write(dump, site, &mut output);
    output.send();
    let is_intact = output.is_intact;
    // Closes it: not every system renames what is open.
    drop(output);
    let is_there = is_intact && host_file::rename(partial, path);
    if !is_there {
        host_file::remove(partial);
    }
    is_there
}

/// Bytes of the longest path, with its NUL.
const PATH: usize = 4096;

/// The name that a file has until it is complete, which no other process gives to one: `core.aaaakdfi.partial`. Nothing when it
/// is too long.
fn partial_name<'a>(path: &CStr, buffer: &'a mut [u8; PATH]) -> Option<&'a CStr> {
    let mut id = process::id();
    let mut letters = [b'.'; 1 + u32::BITS as usize / 4];
    for letter in &mut letters[1..] {
        *letter = b'a' + (id & 15) as u8;
        id >>= 4;
    }
    let mut places = buffer.iter_mut();
    for part in [path.to_bytes(), &letters, b".partial\0"] {
        for byte in part {
            *places.next()? = *byte;
        }
    }
    // SAFETY: there is a NUL, the only one.
    Some(unsafe { CStr::from_ptr(buffer.as_ptr().cast()) })
}

/// Bytes that gather before they are written.
const BUFFER: usize = 1024;

/// The file on its way. After an error nothing more is written.
struct Output {
    file: HostFile,
    /// Where the buffer's bytes belong.
    offset: u64,
    is_intact: bool,
    length: usize,
    buffer: [u8; BUFFER],
}

// Each has many callers, for which it would be copied.
impl Output {
    /// The offset of the next byte.
    fn position(&self) -> u64 {
        self.offset + self.length as u64
    }

    #[inline(never)]
    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            if self.length == BUFFER {
                self.send();
            }
            if let Some(place) = self.buffer.get_mut(self.length) {
                *place = *byte;
                self.length += 1;
            }
        }
    }

    /// LEB128 of `width` bytes, for signed and unsigned numbers alike.
    #[inline(never)]
    fn number(&mut self, mut number: i64, width: usize) {
        for left in (0..width).rev() {
            let more = if left > 0 { 0x80 } else { 0 };
            self.bytes(&[number as u8 & 0x7f | more]);
            number >>= 7;
        }
    }

    #[inline(never)]
    fn send(&mut self) {
        self.is_intact =
            self.is_intact && self.file.write_at(self.buffer.get(..self.length).unwrap_or(&[]), self.offset);
        self.offset = self.position();
        self.length = 0;
    }

    /// Many bytes, from where they are.
    fn run(&mut self, bytes: &[u8]) {
        self.send();
        self.is_intact = self.is_intact && self.file.write_at(bytes, self.offset);
        self.offset += bytes.len() as u64;
    }
}

fn write(dump: &CoreDump, site: Site, out: &mut Output) {
    // A program has one instance; before it is complete, nothing traps.
    let Some(instance) = instance::all().next() else { return };
    let instance = instance.as_ptr();
    // SAFETY: the compiler wrote the records, and the offsets in them lie inside the instance.
    unsafe {
        write_head(dump, instance, out);
        write_stack(site, out);
        write_memories(&*(*instance).module, instance, out);
    }
}

unsafe fn write_head(dump: &CoreDump, instance: *mut Instance, out: &mut Output) {
    // SAFETY: the compiler wrote the records.
    let (head, holes) = unsafe { (dump.head.get(), dump.holes.get()) };
    let mut written = 0;
    for hole in holes {
        let (start, width) = (hole.position as usize, hole.width as usize);
        out.bytes(head.get(written..start).unwrap_or(&[]));
        written = start + width;
        // SAFETY: the value is there, aligned as its type is.
        unsafe {
            let place = instance.byte_add(hole.instance_offset as usize).cast::<u8>();
            let number = match HoleKind::from_number(hole.kind) {
                HoleKind::Bytes => {
                    out.bytes(slice::from_raw_parts(place, width));
                    continue;
                }
                HoleKind::I32 => place.cast::<i32>().read().into(),
                HoleKind::I64 => place.cast::<i64>().read(),
                HoleKind::Pages => {
                    let memory = &*place.cast::<Memory>();
                    (current_length(memory) >> memory.page_size_log2) as i64
                }
            };
            out.number(number, width);
        }
    }
    out.bytes(head.get(written..).unwrap_or(&[]));
}

/// The section `corestack`. There are no values of locals, so it lists none.
fn write_stack(site: Site, out: &mut Output) {
    const CUSTOM: u8 = 0;
    const NAME: &[u8] = b"\x09corestack";
    const THREAD: &[u8] = b"\x00\x04main";
    /// A zero, the instance, the function, the offset, no locals, no operands.
    const FRAME: i64 = 2 + 2 * LEB32 as i64 + 2;
    let mut count = 0;
    each_function(site, &mut |_| count += 1);
    out.bytes(&[CUSTOM]);
    out.number((NAME.len() + THREAD.len() + LEB32) as i64 + count * FRAME, LEB32);
    out.bytes(NAME);
    out.bytes(THREAD);
    out.number(count, LEB32);
    each_function(site, &mut |place| {
        // Where the operator is not known, it is the start of the function.
        let offset = place.known(false).map_or(NO_OPERATOR, |known| known.entry.wasm_offset);
        out.bytes(&[0, 0]);
        out.number(place.function_index().into(), LEB32);
        out.number(offset.into(), LEB32);
        out.bytes(&[0, 0]);
    });
}

#[inline(never)]
fn each_function(site: Site, visit: &mut dyn FnMut(Place)) {
    frames::each(site, &mut |frame| frame.place.filter(Place::is_function).into_iter().for_each(&mut *visit));
}

/// What segments begin and end at: smaller runs of zeros are written.
const BLOCK: u64 = 4096;

/// As many segments as validators take. The last one holds all the rest.
const MOST_SEGMENTS: i64 = 100_000;

/// Bytes that a section may have, and a segment with it.
const MOST_BYTES: u64 = u32::MAX as u64 - BLOCK;

/// The data section: what is not zero of each memory, as much as fits.
unsafe fn write_memories(module: &Module, instance: *mut Instance, out: &mut Output) {
    const DATA: u8 = 11;
    // SAFETY: the compiler wrote the records.
    let memories = unsafe { module.memories.get() };
    if memories.is_empty() {
        return;
    }
    out.bytes(&[DATA]);
    out.send();
    let size_position = out.offset;
    out.number(0, 2 * LEB32);
    let mut data = Data { start: size_position + LEB32 as u64, count: 0, out };
    for (index, plan) in (0..).zip(memories) {
        // SAFETY: the memory is there, and its pages can be read.
        unsafe { data.memory(index, &*instance.byte_add(plan.instance_offset as usize).cast::<Memory>()) };
    }
    let Data { start, count, out } = data;
    let size = out.position() - start;
    out.send();
    out.offset = size_position;
    out.number(size as i64, LEB32);
    out.number(count, LEB32);
}

/// The data section in the making.
struct Data<'a> {
    /// Where its contents begin.
    start: u64,
    /// Segments in it.
    count: i64,
    out: &'a mut Output,
}

impl Data<'_> {
    /// Adds what is not zero of a memory.
    ///
    /// # Safety
    /// Its pages can be read.
    unsafe fn memory(&mut self, index: i64, memory: &Memory) {
        let length = current_length(memory);
        // SAFETY: a block below the length; pages are mapped as a whole.
        let is_zero = |block: u64| unsafe { is_zero(memory.base.add(block as usize), BLOCK.min(length - block)) };
        let mut next = 0;
        while next < length {
            let start = next;
            let is_last = self.count == MOST_SEGMENTS - 1;
            while next < length && (is_last && next > start || !is_zero(next)) {
                next += BLOCK;
            }
            if next == start {
                next += BLOCK;
                continue;
            }
            let left = MOST_BYTES.saturating_sub(self.out.position() - self.start);
            let bytes = (next.min(length) - start).min(left);
            if bytes == 0 || self.count == MOST_SEGMENTS {
                return;
            }
            // SAFETY: as above.
            let bytes = unsafe { slice::from_raw_parts(memory.base.add(start as usize), bytes as usize) };
            self.segment(index, memory, start, bytes);
        }
    }

    fn segment(&mut self, index: i64, memory: &Memory, start: u64, bytes: &[u8]) {
        const WITH_INDEX: u8 = 2;
        const END: u8 = 0x0b;
        self.count += 1;
        let out = &mut *self.out;
        out.bytes(&[WITH_INDEX]);
        out.number(index, LEB32);
        let (operator, offset, width) = match memory.flags & MEMORY_64 {
            0 => (I32_CONST, (start as i32).into(), LEB32),
            _ => (I64_CONST, start as i64, LEB64),
        };
        out.bytes(&[operator]);
        out.number(offset, width);
        out.bytes(&[END]);
        out.number(bytes.len() as i64, LEB32);
        out.run(bytes);
    }
}

const I32_CONST: u8 = 0x41;
const I64_CONST: u8 = 0x42;

/// Whether there is nothing but zeros; where the length is no multiple of 8, up to the next one.
///
/// # Safety
/// The bytes can be read, and begin at a multiple of 8.
unsafe fn is_zero(start: *const u8, length: u64) -> bool {
    let words = start.cast::<u64>();
    // Other threads may write to a shared memory.
    // SAFETY: as the caller says.
    (0..length.div_ceil(8) as usize).all(|word| unsafe { words.add(word).read_volatile() } == 0)
}
