//! Files for Windows.

use object::pe;
use object::read::coff::{CoffFile, CoffHeader};
use object::read::pe::{ImageNtHeaders, ImageOptionalHeader, PeFile64};
use object::{LittleEndian as LE, Object};
use std::collections::BTreeSet;
use wasmc_compiler::{Architecture, Emit};

use crate::made;

const TARGETS: [(&str, Architecture); 2] =
    [("x86_64-windows", Architecture::X86_64), ("aarch64-windows", Architecture::Aarch64)];

fn machine(architecture: Architecture) -> pe::Machine {
    match architecture {
        Architecture::X86_64 => pe::IMAGE_FILE_MACHINE_AMD64,
        Architecture::Aarch64 => pe::IMAGE_FILE_MACHINE_ARM64,
        Architecture::Riscv64 => unreachable!("no target for Windows"),
    }
}

/// The kinds of the references in the text, and in the table of functions.
#[test]
fn objects_refer_as_their_processor_does() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Object);
        let file = CoffFile::<&[u8]>::parse(&*bytes).expect("an object");
        assert_eq!(file.coff_header().machine(), machine(architecture), "{target}");
        let kinds = |name: &str| -> BTreeSet<u16> {
            let section = file.section_by_name(name).unwrap_or_else(|| panic!("{target}: no {name}"));
            let relocations = section.coff_section().coff_relocations(&*bytes).expect("references");
            relocations.iter().map(|relocation| relocation.typ.get(LE).0).collect()
        };
        let (text, tables) = match architecture {
            Architecture::X86_64 => (vec![pe::IMAGE_REL_AMD64_REL32], pe::IMAGE_REL_AMD64_ADDR32NB),
            Architecture::Aarch64 => (
                vec![
                    pe::IMAGE_REL_ARM64_BRANCH26,
                    pe::IMAGE_REL_ARM64_PAGEBASE_REL21,
                    pe::IMAGE_REL_ARM64_PAGEOFFSET_12A,
                ],
                pe::IMAGE_REL_ARM64_ADDR32NB,
            ),
            Architecture::Riscv64 => unreachable!("no target for Windows"),
        };
        let found = kinds(".text");
        for kind in text {
            assert!(found.contains(&kind.0), "{target}: {kind:?} is not among {found:?}");
        }
        assert_eq!(kinds(".pdata"), BTreeSet::from([tables.0]), "{target}");
    }
}

#[test]
fn executables_import_the_systems_own_libraries_alone() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = PeFile64::<&[u8]>::parse(&*bytes).expect("an executable");
        let headers = file.nt_headers();
        assert_eq!(headers.file_header().machine.get(LE), machine(architecture), "{target}");
        let optional = headers.optional_header();
        assert_eq!(optional.subsystem(), pe::IMAGE_SUBSYSTEM_WINDOWS_CUI, "{target}");
        let flags = optional.dll_characteristics();
        for flag in [
            pe::IMAGE_DLLCHARACTERISTICS_DYNAMIC_BASE,
            pe::IMAGE_DLLCHARACTERISTICS_HIGH_ENTROPY_VA,
            pe::IMAGE_DLLCHARACTERISTICS_NX_COMPAT,
        ] {
            assert!(flags.contains(flag), "{target}: {flag:?}");
        }
        let imports = file.imports().expect("imports");
        let library = |import: object::Result<_>| {
            let import: object::Import<'_> = import.expect("an import");
            String::from_utf8_lossy(import.library()).into_owned()
        };
        let libraries: BTreeSet<String> = imports.map(library).collect();
        let expected = ["kernel32.dll", "ntdll.dll"].map(str::to_owned);
        assert_eq!(libraries, BTreeSet::from(expected), "{target}");
        assert_eq!(file.exports().expect("exports").count(), 0, "{target}");
    }
}

/// What lies at an address of its own wherever the system puts the executable, and what is no code and data at once.
#[test]
fn executables_can_be_moved_and_keep_code_and_data_apart() {
    for (target, _) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = PeFile64::<&[u8]>::parse(&*bytes).expect("an executable");
        let sections = file.section_table();
        let blocks = file.data_directories().relocation_blocks(&*bytes, &sections).expect("a table").expect("a table");
        let mut count = 0;
        let mut blocks = blocks;
        while let Some(block) = blocks.next().expect("a block") {
            for relocation in block {
                assert_eq!(relocation.typ, pe::IMAGE_REL_BASED_DIR64, "{target}");
                count += 1;
            }
        }
        assert!(count > 20, "{target}: {count}");
        for section in sections.iter() {
            let flags = section.characteristics.get(LE);
            let both = pe::IMAGE_SCN_MEM_EXECUTE | pe::IMAGE_SCN_MEM_WRITE;
            assert!(!flags.contains(both), "{target}: {:?}", section.raw_name());
        }
    }
}

/// The functions of the module are among those whose callers the system can find.
#[test]
fn the_table_of_functions_is_sorted() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = PeFile64::<&[u8]>::parse(&*bytes).expect("an executable");
        let directory = file.data_directory(pe::IMAGE_DIRECTORY_ENTRY_EXCEPTION).expect("a table");
        let data = directory.data(&*bytes, &file.section_table()).expect("its bytes");
        let size = if architecture == Architecture::X86_64 { 12 } else { 8 };
        let starts: Vec<u32> =
            data.chunks_exact(size).map(|entry| u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]])).collect();
        assert!(starts.len() > 20 && starts.is_sorted(), "{target}: {starts:x?}");
    }
}

#[test]
fn the_same_input_gives_the_same_file() {
    for (target, _) in TARGETS {
        assert!(made(target, Emit::Executable) == made(target, Emit::Executable), "{target}");
    }
}
