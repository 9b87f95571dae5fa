//! Arguments and results, one per 8 bytes, or 16 for `v128`, as an
//! [`ArrayTrampoline`](crate::abi::ArrayTrampoline) takes them.

use super::pattern::{Bits, width};
use crate::abi::ValueCode;
use crate::abi::script::Value;
use core::ptr::NonNull;

/// Most parameters, and most results, that a function can have (the JavaScript API's limit, which
/// validation keeps).
const MOST_VALUES: usize = 1000;

/// Words of the widest value.
const WORDS_PER_VALUE: usize = 2;

/// Room for the arguments and then the results of any function.
#[repr(align(16))]
pub(super) struct Values([u64; MOST_VALUES * WORDS_PER_VALUE]);

impl Values {
    pub(super) fn new() -> Values {
        Values([0; MOST_VALUES * WORDS_PER_VALUE])
    }

    /// Where a trampoline finds them.
    pub(super) fn as_mut_ptr(&mut self) -> *mut u64 {
        self.0.as_mut_ptr()
    }

    /// Replaces all by `arguments`.
    pub(super) fn put(&mut self, arguments: &[Value]) {
        let mut words = self.0.iter_mut();
        for argument in arguments {
            let used = words_of(argument.code as u8);
            argument.bits.iter().zip(words.by_ref().take(used)).for_each(|(bits, word)| *word = *bits);
        }
    }

    /// Replaces all by the value at `source`, of type `code`.
    ///
    /// # Safety
    /// A value of that type is there.
    pub(super) unsafe fn load(&mut self, source: NonNull<u8>, code: u8) {
        let target: *mut u8 = self.0.as_mut_ptr().cast();
        // SAFETY: the caller vouches for the source, and the target has room for the widest value.
        unsafe { target.copy_from_nonoverlapping(source.as_ptr(), width(code) as usize) };
    }

    /// The values as ones of these types, each with its type.
    pub(super) fn of_types(&self, codes: &[u8]) -> impl Iterator<Item = (u8, Bits)> {
        let mut words = self.0.iter().copied();
        codes.iter().map(move |code| {
            let mut bits = [0; WORDS_PER_VALUE];
            bits.iter_mut().zip(words.by_ref().take(words_of(*code))).for_each(|(bits, word)| *bits = word);
            if width(*code) == 4 {
                bits[0] &= u64::from(u32::MAX);
            }
            (*code, bits)
        })
    }
}

/// Words of a value of type `code`.
fn words_of(code: u8) -> usize {
    if code == ValueCode::V128 as u8 { 2 } else { 1 }
}
