//! The system's text, in units of 16 bits, and the program's, in bytes.
//!
//! What the system has and no character is, half of a pair, becomes U+FFFD. Text that comes back so names nothing.

/// Takes the next character off `units`.
fn next_character(units: &mut impl Iterator<Item = u16>, put_back: &mut Option<u16>) -> Option<u32> {
    const REPLACEMENT: u32 = 0xfffd;
    let first = put_back.take().or_else(|| units.next())?;
    match first {
        0xd800..0xdc00 => match units.next() {
            Some(second @ 0xdc00..0xe000) => {
                Some(0x10000 + (u32::from(first - 0xd800) << 10 | u32::from(second - 0xdc00)))
            }
            other => {
                *put_back = other;
                Some(REPLACEMENT)
            }
        },
        0xdc00..0xe000 => Some(REPLACEMENT),
        unit => Some(unit.into()),
    }
}

/// Gives `put` the bytes of UTF-8 for `units`.
pub(super) fn to_bytes(units: impl IntoIterator<Item = u16>, mut put: impl FnMut(u8)) {
    let mut units = units.into_iter();
    let mut put_back = None;
    while let Some(character) = next_character(&mut units, &mut put_back) {
        let tail = |shift: u32| (character >> shift) as u8 & 0x3f | 0x80;
        match character {
            ..0x80 => put(character as u8),
            ..0x800 => {
                put((character >> 6) as u8 | 0xc0);
                put(tail(0));
            }
            ..0x10000 => {
                put((character >> 12) as u8 | 0xe0);
                put(tail(6));
                put(tail(0));
            }
            _ => {
                put((character >> 18) as u8 | 0xf0);
                put(tail(12));
                put(tail(6));
                put(tail(0));
            }
        }
    }
}

/// Writes UTF-8 for `units` to `buffer`; gives the part that was filled, or nothing when it is too short.
pub(super) fn write_bytes(units: impl IntoIterator<Item = u16>, buffer: &mut [u8]) -> Option<&mut [u8]> {
    let mut length = 0;
    to_bytes(units, |byte| {
        if let Some(place) = buffer.get_mut(length) {
            *place = byte;
        }
        length += 1;
    });
    buffer.get_mut(..length)
}

/// The character that `bytes` begin with, and how many of them it takes. What is no UTF-8 is U+FFFD, byte by byte; nothing
/// at the end, or when a character is cut off there.
pub(super) fn first_character(bytes: &[u8]) -> Option<(u32, usize)> {
    const REPLACEMENT: (u32, usize) = (0xfffd, 1);
    let first = *bytes.first()?;
    let (length, lowest, mut character) = match first {
        ..0x80 => return Some((first.into(), 1)),
        0xc2..0xe0 => (2, 0x80, u32::from(first & 0x1f)),
        0xe0..0xf0 => (3, 0x800, u32::from(first & 0xf)),
        0xf0..0xf5 => (4, 0x10000, u32::from(first & 7)),
        _ => return Some(REPLACEMENT),
    };
    for position in 1..length {
        match bytes.get(position)? {
            byte @ 0x80..0xc0 => character = character << 6 | u32::from(byte & 0x3f),
            _ => return Some(REPLACEMENT),
        }
    }
    let is_character = (lowest..0x11_0000).contains(&character) && !(0xd800..0xe000).contains(&character);
    Some(if is_character { (character, length) } else { REPLACEMENT })
}

/// The units of a character: one, or two.
pub(super) fn units_of(character: u32) -> (u16, Option<u16>) {
    match character.checked_sub(0x10000) {
        None => (character as u16, None),
        Some(above) => (0xd800 | (above >> 10) as u16, Some(0xdc00 | above as u16 & 0x3ff)),
    }
}

/// Writes `bytes` to `units`; gives how many there are, or nothing when there are more than fit.
pub(super) fn to_units(mut bytes: &[u8], units: &mut [u16]) -> Option<usize> {
    let mut length = 0;
    while let Some((character, taken)) = first_character(bytes).or((!bytes.is_empty()).then_some((0xfffd, bytes.len())))
    {
        let (first, second) = units_of(character);
        for unit in [Some(first), second].into_iter().flatten() {
            *units.get_mut(length)? = unit;
            length += 1;
        }
        bytes = bytes.get(taken..)?;
    }
    Some(length)
}

/// The units at `start`, up to a zero.
///
/// # Safety
/// A zero ends them.
pub(super) unsafe fn units_at<'a>(start: *const u16) -> &'a [u16] {
    let mut length = 0;
    // SAFETY: the caller vouches for the zero.
    unsafe {
        while start.add(length).read() != 0 {
            length += 1;
        }
        core::slice::from_raw_parts(start, length)
    }
}
