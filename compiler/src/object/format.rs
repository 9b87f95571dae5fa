//! What differs between targets in an object file: the kind of file, the processor, and how references are numbered.

use crate::codegen::RelocationKind;
use crate::target::{Architecture, ObjectFormat, Target};
use object::elf;
use object::{BinaryFormat, FileFlags, RelocationEncoding, RelocationFlags, RelocationKind as Generic};

pub(super) fn binary(target: Target) -> BinaryFormat {
    match target.object_format() {
        ObjectFormat::Elf => BinaryFormat::Elf,
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
        RelocationKind::CallPair => return RelocationFlags::Elf { r_type: elf::R_RISCV_CALL_PLT },
        RelocationKind::High20 => return RelocationFlags::Elf { r_type: elf::R_RISCV_HI20 },
        RelocationKind::Low12 => return RelocationFlags::Elf { r_type: elf::R_RISCV_LO12_I },
    };
    RelocationFlags::Generic { kind, encoding, size }
}
