//! `__unwind_info`: how callers are found on macOS, function by function.
//!
//! ```text
//! header     version, place and number of common encodings, of personalities, of index entries
//! index      for each page: the first function, the place of the page; the last entry ends the code
//! pages      functions with encodings, or with numbers of encodings
//! ```

/// A field of 32 bits.
fn word(section: &[u8], place: usize) -> u32 {
    u32::from_le_bytes(section[place..][..4].try_into().expect("four bytes"))
}

/// A field of 16 bits.
fn half(section: &[u8], place: usize) -> usize {
    u16::from_le_bytes(section[place..][..2].try_into().expect("two bytes")).into()
}

/// Where functions begin, relative to the image, and their encodings.
///
/// # Panics
/// When the section is not as the format says.
pub(crate) fn entries(section: &[u8]) -> Vec<(u32, u32)> {
    const VERSION: u32 = 1;
    const INDEX_ENTRY: usize = 12;
    assert_eq!(word(section, 0), VERSION);
    let common = (word(section, 4) as usize, word(section, 8) as usize);
    let (index, count) = (word(section, 20) as usize, word(section, 24) as usize);
    let mut entries = Vec::new();
    for number in 0..count {
        let entry = index + number * INDEX_ENTRY;
        let (start, page) = (word(section, entry), word(section, entry + 4) as usize);
        if page == 0 {
            assert_eq!(number, count - 1, "only the end has no page");
            break;
        }
        entries.extend(page_entries(section, page, start, common));
    }
    entries
}

fn page_entries(section: &[u8], page: usize, start: u32, (common, common_count): (usize, usize)) -> Vec<(u32, u32)> {
    const REGULAR: u32 = 2;
    const COMPRESSED: u32 = 3;
    let (first, count) = (page + half(section, page + 4), half(section, page + 6));
    match word(section, page) {
        REGULAR => (0..count)
            .map(|number| (word(section, first + number * 8), word(section, first + number * 8 + 4)))
            .collect(),
        COMPRESSED => {
            let own = page + half(section, page + 8);
            let entry = |number: usize| {
                let entry = word(section, first + number * 4);
                let encoding = (entry >> 24) as usize;
                let place = match encoding.checked_sub(common_count) {
                    None => common + encoding * 4,
                    Some(encoding) => own + encoding * 4,
                };
                (start + (entry & 0xff_ffff), word(section, place))
            };
            (0..count).map(entry).collect()
        }
        kind => panic!("a page of kind {kind}"),
    }
}
