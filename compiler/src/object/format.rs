//! What differs between targets in an object file: the kind of file, the processor, and how references are numbered.

use crate::codegen::RelocationKind;
use crate::target::{Architecture, ObjectFormat, Target};
use object::elf;
use object::{BinaryFormat, RelocationEncoding, RelocationFlags, RelocationKind as Generic};

pub(super) fn binary(target: Target) -> BinaryFormat {
    match target.object_format() {
        ObjectFormat::Elf => BinaryFormat::Elf,
        ObjectFormat::Coff => BinaryFormat::Coff,
    }
}

pub(super) fn architecture(target: Target) -> object::Architecture {
    match target.architecture {
        Architecture::X86_64 => object::Architecture::X86_64,
        Architecture::Aarch64 => object::Architecture::Aarch64,
    }
}

/// The names of sections for read-only data: of records, and of initial memory.
pub(super) fn read_only_sections(target: Target) -> [&'static str; 2] {
    match target.object_format() {
        ObjectFormat::Elf => [".rodata", ".rodata.image"],
        // A linker puts what stands before the dollar sign together.
        ObjectFormat::Coff => [".rdata", ".rdata$image"],
    }
}

/// The alignment of initial memory.
pub(super) fn image_alignment(target: Target) -> u64 {
    match target.object_format() {
        ObjectFormat::Elf => target.largest_page(),
        // It is copied, and no section has the alignment that would help.
        ObjectFormat::Coff => 16,
    }
}

/// A distance from the start of the image in 32 bits, as tables of Windows hold it.
pub(super) fn image_offset() -> RelocationFlags {
    RelocationFlags::Generic { kind: Generic::ImageOffset, encoding: RelocationEncoding::Generic, size: 32 }
}

/// How a reference is written into the object; the library knows the numbers of each format.
pub(super) fn relocation(kind: RelocationKind) -> RelocationFlags {
    let (kind, encoding, size) = match kind {
        RelocationKind::Absolute64 => (Generic::Absolute, RelocationEncoding::Generic, 64),
        RelocationKind::Relative32 => (Generic::Relative, RelocationEncoding::Generic, 32),
        RelocationKind::Call32 => (Generic::Relative, RelocationEncoding::X86Branch, 32),
        RelocationKind::Call26 => (Generic::Relative, RelocationEncoding::AArch64Call, 26),
        // For these the library has only the numbers.
        RelocationKind::Page21 => return RelocationFlags::Elf { r_type: elf::R_AARCH64_ADR_PREL_PG_HI21 },
        RelocationKind::PageOffset12 => return RelocationFlags::Elf { r_type: elf::R_AARCH64_ADD_ABS_LO12_NC },
    };
    RelocationFlags::Generic { kind, encoding, size }
}
