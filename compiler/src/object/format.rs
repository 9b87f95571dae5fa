//! What differs between targets in an object file: the kind of file, the processor, and how references are numbered.

use crate::codegen::RelocationKind;
use crate::target::{Architecture, ObjectFormat, Target};
use object::{BinaryFormat, FileFlags, RelocationEncoding, RelocationFlags, RelocationKind as Generic};
use object::{elf, pe};

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
        Architecture::Riscv64 => object::Architecture::Riscv64,
    }
}

/// What the file's header says of its code; nothing for most.
pub(super) fn flags(target: Target) -> FileFlags {
    match target.architecture {
        Architecture::X86_64 | Architecture::Aarch64 => FileFlags::None,
        // Instructions of two bytes, and floats passed in registers of 64 bits.
        Architecture::Riscv64 => FileFlags::Elf {
            os_abi: elf::ELFOSABI_NONE,
            abi_version: 0,
            e_flags: elf::EF_RISCV_RVC | elf::EF_RISCV_FLOAT_ABI_DOUBLE,
        },
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

/// Whether a reference has no room for a distance from its symbol, and needs a symbol right where it leads.
pub(super) fn needs_own_symbol(target: Target, kind: RelocationKind) -> bool {
    let is_in_instruction =
        matches!(kind, RelocationKind::Page21 | RelocationKind::PageOffset12 | RelocationKind::Call26);
    target.object_format() == ObjectFormat::Coff && is_in_instruction
}

/// How a reference is written into the object; the library knows the numbers of each format.
pub(super) fn relocation(target: Target, kind: RelocationKind) -> RelocationFlags {
    let format = target.object_format();
    let (kind, encoding, size) = match kind {
        RelocationKind::Absolute64 => (Generic::Absolute, RelocationEncoding::Generic, 64),
        RelocationKind::Relative32 => (Generic::Relative, RelocationEncoding::Generic, 32),
        RelocationKind::Call32 => (Generic::Relative, RelocationEncoding::X86Branch, 32),
        RelocationKind::Call26 => (Generic::Relative, RelocationEncoding::AArch64Call, 26),
        // For these the library has only the numbers.
        RelocationKind::Page21 => {
            return match format {
                ObjectFormat::Elf => RelocationFlags::Elf { r_type: elf::R_AARCH64_ADR_PREL_PG_HI21 },
                ObjectFormat::Coff => RelocationFlags::Coff { typ: pe::IMAGE_REL_ARM64_PAGEBASE_REL21 },
            };
        }
        RelocationKind::PageOffset12 => {
            return match format {
                ObjectFormat::Elf => RelocationFlags::Elf { r_type: elf::R_AARCH64_ADD_ABS_LO12_NC },
                ObjectFormat::Coff => RelocationFlags::Coff { typ: pe::IMAGE_REL_ARM64_PAGEOFFSET_12A },
            };
        }
        RelocationKind::CallPair => return RelocationFlags::Elf { r_type: elf::R_RISCV_CALL_PLT },
        RelocationKind::High20 => return RelocationFlags::Elf { r_type: elf::R_RISCV_HI20 },
        RelocationKind::Low12 => return RelocationFlags::Elf { r_type: elf::R_RISCV_LO12_I },
    };
    RelocationFlags::Generic { kind, encoding, size }
}
