//! What differs between targets in an object file: the kind of file, the processor, and how references are numbered.

use super::section::SectionName;
use crate::codegen::RelocationKind;
use crate::target::{Architecture, ObjectFormat, Target};
use object::{BinaryFormat, FileFlags, RelocationEncoding, RelocationFlags, RelocationKind as Generic, SectionKind};
use object::{elf, macho, pe};

pub(super) fn binary(target: Target) -> BinaryFormat {
    match target.object_format() {
        ObjectFormat::Elf => BinaryFormat::Elf,
        ObjectFormat::Coff => BinaryFormat::Coff,
        ObjectFormat::MachO => BinaryFormat::MachO,
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

/// The first system that a Mach-O file is for: the first one for both processors.
pub(super) fn build_version() -> object::write::MachOBuildVersion {
    const VERSION: macho::Version = macho::Version(11 << 16);
    let mut version = object::write::MachOBuildVersion::default();
    (version.platform, version.minos, version.sdk) = (macho::PLATFORM_MACOS, VERSION, VERSION);
    version
}

/// Where the linker is to put a section of ours: segment, which most formats do not have, name and kind.
pub(super) fn section(target: Target, name: SectionName) -> (&'static str, &'static str, SectionKind) {
    use SectionKind::{Data, ReadOnlyData, ReadOnlyDataWithRel, Text};
    match (target.object_format(), name) {
        (ObjectFormat::MachO, SectionName::Text) => ("__TEXT", "__text", Text),
        // It holds addresses, which the system writes there when it has chosen them.
        (ObjectFormat::MachO, SectionName::ReadOnly) => ("__DATA", "__const", ReadOnlyDataWithRel),
        (ObjectFormat::MachO, SectionName::Image) => ("__TEXT", "__const", ReadOnlyData),
        (ObjectFormat::MachO, SectionName::Data) => ("__DATA", "__data", Data),
        (_, SectionName::Text) => ("", ".text", Text),
        (ObjectFormat::Elf, SectionName::ReadOnly) => ("", ".rodata", ReadOnlyData),
        (ObjectFormat::Elf, SectionName::Image) => ("", ".rodata.image", ReadOnlyData),
        // A linker puts what stands before the dollar sign together.
        (ObjectFormat::Coff, SectionName::ReadOnly) => ("", ".rdata", ReadOnlyData),
        (ObjectFormat::Coff, SectionName::Image) => ("", ".rdata$image", ReadOnlyData),
        (_, SectionName::Data) => ("", ".data", Data),
    }
}

/// The alignment of initial memory.
pub(super) fn image_alignment(target: Target) -> u64 {
    match target.object_format() {
        ObjectFormat::Elf => target.largest_page(),
        // It is copied.
        ObjectFormat::Coff | ObjectFormat::MachO => 16,
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
    target.object_format() != ObjectFormat::Elf && is_in_instruction
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
                ObjectFormat::MachO => mach_o(macho::ARM64_RELOC_PAGE21, true),
            };
        }
        RelocationKind::PageOffset12 => {
            return match format {
                ObjectFormat::Elf => RelocationFlags::Elf { r_type: elf::R_AARCH64_ADD_ABS_LO12_NC },
                ObjectFormat::Coff => RelocationFlags::Coff { typ: pe::IMAGE_REL_ARM64_PAGEOFFSET_12A },
                ObjectFormat::MachO => mach_o(macho::ARM64_RELOC_PAGEOFF12, false),
            };
        }
        RelocationKind::CallPair => return RelocationFlags::Elf { r_type: elf::R_RISCV_CALL_PLT },
        RelocationKind::High20 => return RelocationFlags::Elf { r_type: elf::R_RISCV_HI20 },
        RelocationKind::Low12 => return RelocationFlags::Elf { r_type: elf::R_RISCV_LO12_I },
    };
    RelocationFlags::Generic { kind, encoding, size }
}

/// A reference of Mach-O in an instruction of AArch64.
fn mach_o(r_type: macho::RelocationType, r_pcrel: bool) -> RelocationFlags {
    const FOUR_BYTES: u8 = 2;
    RelocationFlags::MachO { r_type, r_pcrel, r_length: FOUR_BYTES }
}
