//! The signature of a program for macOS, as its kernel checks it: a digest of each page.

use sha2::{Digest, Sha256};

/// A field of 32 bits; here they are in the network's order.
fn word(bytes: &[u8], place: usize) -> u32 {
    u32::from_be_bytes(bytes[place..][..4].try_into().expect("four bytes"))
}

/// Checks the `size` bytes at `place` of the file.
///
/// # Panics
/// When the kernel would not run it.
pub(crate) fn check(file: &[u8], place: usize, size: usize) {
    const SUPER_BLOB: u32 = 0xfade_0cc0;
    const CODE_DIRECTORY: u32 = 0xfade_0c02;
    const ADHOC: u32 = 2;
    const SHA_256: u8 = 2;
    assert_eq!(place + size, file.len(), "it is the last thing in the file");
    assert_eq!(place % 16, 0);
    let blob = &file[place..];
    assert_eq!((word(blob, 0), word(blob, 8), word(blob, 12)), (SUPER_BLOB, 1, 0), "one part, the directory");
    let directory = &blob[word(blob, 16) as usize..];
    assert_eq!(word(directory, 0), CODE_DIRECTORY);
    assert_ne!(word(directory, 12) & ADHOC, 0, "it names nobody");
    let (hashes, identifier) = (word(directory, 16) as usize, word(directory, 20) as usize);
    let (count, limit) = (word(directory, 28) as usize, word(directory, 32) as usize);
    assert_eq!(limit, place, "all of the file before it is signed");
    assert!(directory[identifier..].starts_with(b"program\0"));
    let (hash_size, hash_kind, page_size) = (usize::from(directory[36]), directory[37], 1usize << directory[39]);
    assert_eq!((hash_size, hash_kind), (32, SHA_256));
    let pages: Vec<&[u8]> = file[..limit].chunks(page_size).collect();
    assert_eq!(pages.len(), count);
    for (number, page) in pages.into_iter().enumerate() {
        let expected = &directory[hashes + number * hash_size..][..hash_size];
        assert_eq!(Sha256::digest(page).as_slice(), expected, "page {number}");
    }
}
