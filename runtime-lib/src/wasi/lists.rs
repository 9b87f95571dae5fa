//! Lists of strings as `args_get` and `environ_get` hand them over: an array of addresses, and
//! elsewhere the strings, one after the other, each with a NUL behind it.

use super::errno::{Errno, Result};
use super::guest::Guest;

/// Calls its argument with each string of a list.
pub(super) type List = fn(&mut dyn FnMut(&[u8]) -> Result) -> Result;

/// How many strings there are, and how many bytes with their NULs.
pub(super) fn sizes(guest: Guest, list: List, count: u32, size: u32) -> Result {
    let mut strings = 0u32;
    let mut bytes = 0u32;
    list(&mut |string| {
        strings += 1;
        bytes =
            u32::try_from(string.len() + 1).ok().and_then(|length| bytes.checked_add(length)).ok_or(Errno::Overflow)?;
        Ok(())
    })?;
    guest.write(count, strings)?;
    guest.write(size, bytes)
}

/// Writes the addresses to `pointers` and the strings to `buffer`.
pub(super) fn get(guest: Guest, list: List, mut pointers: u32, mut buffer: u32) -> Result {
    list(&mut |string| {
        guest.write(pointers, buffer)?;
        guest.copy(buffer, string)?;
        // In range so far, so the memory goes on at least to where the sums point.
        let end = u64::from(buffer) + string.len() as u64;
        let end = u32::try_from(end).map_err(|_| Errno::Fault)?;
        guest.copy(end, &[0])?;
        buffer = end.wrapping_add(1);
        pointers = pointers.wrapping_add(4);
        Ok(())
    })
}
