//! A section under construction: bytes, and references to be filled in by the linker.

/// The sections of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub(super) enum SectionName {
    Text,
    ReadOnly,
    Image,
    Data,
}

/// A byte of a section.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Place {
    pub(super) section: SectionName,
    pub(super) offset: u64,
}

/// An address to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reference {
    /// Where in the section.
    pub(super) offset: u64,
    pub(super) target: Target,
}

/// What an address is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Place(Place),
    /// A symbol of another object or of the runtime archive.
    External(String),
}

/// The bytes of a section and the addresses in them.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) bytes: Vec<u8>,
    pub(super) references: Vec<Reference>,
}

impl Contents {
    /// Adds bytes at the next multiple of `alignment`; gives their offset.
    pub(super) fn append(&mut self, bytes: &[u8], alignment: usize) -> u64 {
        let start = self.align(alignment);
        self.bytes.extend_from_slice(bytes);
        start
    }

    /// Adds `size` zero bytes at the next multiple of `alignment`; gives their offset.
    pub(super) fn reserve(&mut self, size: usize, alignment: usize) -> u64 {
        let start = self.align(alignment);
        self.bytes.resize(start as usize + size, 0);
        start
    }

    /// Writes an 8-bit field.
    pub(super) fn put_u8(&mut self, offset: u64, value: u8) {
        self.put(offset, &[value]);
    }

    /// Writes a 32-bit field.
    pub(super) fn put_u32(&mut self, offset: u64, value: u32) {
        self.put(offset, &value.to_le_bytes());
    }

    /// Writes a 64-bit field.
    pub(super) fn put_u64(&mut self, offset: u64, value: u64) {
        self.put(offset, &value.to_le_bytes());
    }

    /// Writes a 128-bit field.
    pub(super) fn put_u128(&mut self, offset: u64, value: u128) {
        self.put(offset, &value.to_le_bytes());
    }

    /// Has the address of `target` written into a 64-bit field.
    pub(super) fn put_address(&mut self, offset: u64, target: Target) {
        self.references.push(Reference { offset, target });
    }

    /// Writes an `abi::Slice`.
    pub(super) fn put_slice(&mut self, offset: u64, start: Place, length: usize) {
        if length > 0 {
            self.put_address(offset, Target::Place(start));
            self.put_u64(offset + 8, length as u64);
        }
    }

    fn put(&mut self, offset: u64, bytes: &[u8]) {
        let start = offset as usize;
        self.bytes[start..start + bytes.len()].copy_from_slice(bytes);
    }

    fn align(&mut self, alignment: usize) -> u64 {
        let start = self.bytes.len().next_multiple_of(alignment);
        self.bytes.resize(start, 0);
        start as u64
    }
}
