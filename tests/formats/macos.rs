//! Files for macOS.

use object::macho;
use object::read::macho::{Fixup, LoadCommandData, LoadCommandVariant, MachHeader, MachOFile64, Nlist, Segment};
use object::{LittleEndian as LE, Object, ObjectSection, ObjectSymbol};
use std::collections::BTreeSet;
use wasmc_compiler::{Architecture, Emit};

use crate::{made, signature, unwind_info};

const TARGETS: [(&str, Architecture); 2] =
    [("x86_64-macos", Architecture::X86_64), ("aarch64-macos", Architecture::Aarch64)];

type File<'a> = MachOFile64<'a, LE>;

fn read(bytes: &[u8]) -> File<'_> {
    File::parse(bytes).expect("a Mach-O file")
}

fn processor(architecture: Architecture) -> macho::CpuType {
    match architecture {
        Architecture::X86_64 => macho::CPU_TYPE_X86_64,
        Architecture::Aarch64 => macho::CPU_TYPE_ARM64,
        Architecture::Riscv64 => unreachable!("no target for macOS"),
    }
}

fn commands<'a>(file: &File<'a>) -> Vec<LoadCommandData<'a, LE>> {
    file.macho_load_commands().expect("commands").map(|command| command.expect("a command")).collect()
}

/// The one that `select` takes.
fn the_command<'a, T>(file: &File<'a>, select: impl Fn(LoadCommandData<'a, LE>) -> object::Result<Option<T>>) -> T {
    let mut found: Vec<T> =
        commands(file).into_iter().filter_map(|command| select(command).expect("a command")).collect();
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// Where the program begins, before dyld chooses an address.
fn base(file: &File<'_>) -> u64 {
    let segments = commands(file).into_iter().filter_map(|command| Some(command.segment_64().expect("a command")?.0));
    let mut text = segments.filter(|segment| segment.name() == b"__TEXT");
    text.next().expect("a text").vmaddr(LE)
}

fn versions(file: &File<'_>) -> (macho::Platform, u32) {
    let found = commands(file).into_iter().find_map(|command| match command.variant() {
        Ok(LoadCommandVariant::BuildVersion(version, _)) => Some((version.platform.get(LE), version.minos.get(LE).0)),
        _ => None,
    });
    found.expect("a version")
}

/// The kinds of the references in the text and in the table of frames.
#[test]
fn objects_refer_as_their_processor_does() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Object);
        let file = read(&bytes);
        assert_eq!(file.macho_header().cputype(LE), processor(architecture), "{target}");
        assert_eq!(versions(&file), (macho::PLATFORM_MACOS, 11 << 16), "{target}");
        let kinds = |name: &str| -> BTreeSet<u8> {
            let section = file.section_by_name(name).unwrap_or_else(|| panic!("{target}: no {name}"));
            let relocations = section.macho_relocations().expect("references");
            let relocations = relocations.iter().map(|relocation| relocation.info(LE));
            // A reference to a symbol needs no address that the file itself decides on.
            relocations
                .inspect(|relocation| assert!(relocation.r_extern, "{target}: {relocation:?}"))
                .map(|info| info.r_type.0)
                .collect()
        };
        let (text, address) = match architecture {
            Architecture::X86_64 => {
                (vec![macho::X86_64_RELOC_BRANCH, macho::X86_64_RELOC_SIGNED], macho::X86_64_RELOC_UNSIGNED)
            }
            Architecture::Aarch64 => (
                vec![macho::ARM64_RELOC_BRANCH26, macho::ARM64_RELOC_PAGE21, macho::ARM64_RELOC_PAGEOFF12],
                macho::ARM64_RELOC_UNSIGNED,
            ),
            Architecture::Riscv64 => unreachable!("no target for macOS"),
        };
        assert_eq!(kinds("__text"), text.iter().map(|kind| kind.0).collect(), "{target}");
        for section in ["__compact_unwind", "__const"] {
            assert_eq!(kinds(section), BTreeSet::from([address.0]), "{target}: {section}");
        }
    }
}

#[test]
fn executables_import_libsystem_alone() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = read(&bytes);
        let header = file.macho_header();
        assert_eq!(header.cputype(LE), processor(architecture), "{target}");
        assert_eq!(header.filetype(LE), macho::MH_EXECUTE, "{target}");
        let flags = header.flags(LE);
        assert!(flags.contains(macho::MH_PIE | macho::MH_TWOLEVEL | macho::MH_NOUNDEFS), "{target}: {flags:?}");
        assert_eq!(versions(&file), (macho::PLATFORM_MACOS, 13 << 16), "{target}");

        let (library, loader) = (
            the_command(&file, |command| {
                command.dylib()?.map(|dylib| command.string(LE, dylib.dylib.name)).transpose()
            }),
            the_command(&file, |command| match command.variant()? {
                LoadCommandVariant::LoadDylinker(linker) => command.string(LE, linker.name).map(Some),
                _ => Ok(None),
            }),
        );
        assert_eq!((library, loader), (&b"/usr/lib/libSystem.B.dylib"[..], &b"/usr/lib/dyld"[..]), "{target}");
        for symbol in file.symbols().filter(ObjectSymbol::is_undefined) {
            const LIBRARY: u16 = 1;
            assert_eq!(symbol.macho_symbol().n_desc(LE).0 >> 8, LIBRARY, "{target}: {:?}", symbol.name());
        }
        let trie = the_command(&file, |command| command.dyld_exports_trie());
        assert_eq!(trie.datasize.get(LE), 0, "{target}: exports");

        let main = file.symbols().find(|symbol| symbol.name() == Ok("_main")).expect("an entry");
        let entry = the_command(&file, |command| command.entry_point()).entryoff.get(LE);
        assert_eq!(base(&file) + entry, main.address(), "{target}");
    }
}

/// What is at addresses below 4 GiB, and what is code and data at once: nothing.
#[test]
fn segments_keep_code_and_data_apart() {
    for (target, _) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = read(&bytes);
        let mut names = Vec::new();
        for command in commands(&file) {
            let Some((segment, _)) = command.segment_64().expect("a command") else { continue };
            let name = String::from_utf8_lossy(segment.name()).into_owned();
            let (most, first) = (segment.maxprot.get(LE), segment.initprot.get(LE));
            for protection in [most, first] {
                let both = macho::VM_PROT_WRITE | macho::VM_PROT_EXECUTE;
                assert!(!protection.contains(both), "{target}: {name}");
            }
            match name.as_str() {
                "__PAGEZERO" => {
                    assert_eq!((segment.vmaddr(LE), segment.vmsize(LE), most.0), (0, 1 << 32, 0), "{target}")
                }
                "__DATA_CONST" => assert!(segment.flags.get(LE).contains(macho::SG_READ_ONLY), "{target}"),
                _ => {}
            }
            names.push(name);
        }
        assert_eq!(names, ["__PAGEZERO", "__TEXT", "__DATA_CONST", "__DATA", "__LINKEDIT"], "{target}");
    }
}

/// What dyld is to write when it has chosen an address: addresses of the program's own, and of functions of the library.
#[test]
fn chained_fixups_lead_into_the_program_or_to_imports() {
    for (target, _) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = read(&bytes);
        let base = base(&file);
        let segments: Vec<_> = commands(&file)
            .into_iter()
            .filter_map(|command| Some(command.segment_64().expect("a command")?.0))
            .collect();
        let end = segments.iter().map(|segment| segment.vmaddr(LE) + segment.vmsize(LE)).max().expect("segments");

        let fixups = the_command(&file, |command| command.dyld_chained_fixups());
        let fixups = fixups.chained_fixups(LE, &*bytes).expect("fixups");
        let mut imports = BTreeSet::new();
        for import in fixups.imports(LE).expect("imports") {
            let import = import.expect("an import");
            assert!(import.addend == 0 && !import.weak_import, "{target}: {import:?}");
            imports.insert(String::from_utf8_lossy(import.name).into_owned());
        }
        let undefined = file.symbols().filter(ObjectSymbol::is_undefined);
        let undefined: BTreeSet<String> = undefined.map(|symbol| symbol.name().expect("a name").to_owned()).collect();
        assert!(imports.is_subset(&undefined) && imports.contains("__exit"), "{target}: {imports:?}");

        let (mut rebased, mut bound) = (0, BTreeSet::new());
        for segment in fixups.segments(LE).expect("segments") {
            let segment = segment.expect("a segment");
            let data = segments[segment.index() as usize].data(LE, &*bytes).expect("its bytes");
            assert_eq!(segment.header().pointer_format.get(LE), macho::DYLD_CHAINED_PTR_64, "{target}");
            for fixup in segment.fixups(LE, base, data) {
                match fixup.expect("a fixup") {
                    (_, Fixup::Rebase(rebase)) => {
                        assert!(base + rebase.target_offset < end, "{target}: {rebase:?}");
                        rebased += 1;
                    }
                    (_, Fixup::Bind(bind)) => {
                        assert!((bind.ordinal as usize) < imports.len(), "{target}: {bind:?}");
                        bound.insert(bind.ordinal);
                    }
                    other => panic!("{target}: {other:?}"),
                }
            }
        }
        assert!(rebased > 20, "{target}: {rebased}");
        assert_eq!(bound.len(), imports.len(), "{target}");
    }
}

/// Programs for AArch64 do not run without a signature; the linker makes one, which names nobody.
#[test]
fn signatures_are_right_on_aarch64() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = read(&bytes);
        let signature = commands(&file).into_iter().find_map(|command| match command.variant() {
            Ok(LoadCommandVariant::LinkeditData(data)) if command.cmd() == macho::LC_CODE_SIGNATURE => {
                Some((data.dataoff.get(LE) as usize, data.datasize.get(LE) as usize))
            }
            _ => None,
        });
        match (architecture, signature) {
            (Architecture::Aarch64, Some((place, size))) => signature::check(&bytes, place, size),
            (_, found) => assert_eq!((architecture, found), (Architecture::X86_64, None), "{target}"),
        }
    }
}

/// Debuggers and profilers find the caller of each function of the module, by its frame pointer.
#[test]
fn callers_are_found() {
    for (target, architecture) in TARGETS {
        let bytes = made(target, Emit::Executable);
        let file = read(&bytes);
        let base = base(&file);
        let section = file.section_by_name("__unwind_info").expect("a table");
        let entries = unwind_info::entries(section.data().expect("its bytes"));
        assert!(entries.is_sorted() && entries.len() > 20, "{target}: {entries:x?}");
        let frame = if architecture == Architecture::X86_64 { 1 } else { 4 };
        for name in ["_say", "_wasm[3]"] {
            let function =
                file.symbols().find(|symbol| symbol.name() == Ok(name)).unwrap_or_else(|| panic!("no {name}"));
            let offset = u32::try_from(function.address() - base).expect("an offset");
            let entry = entries.iter().rfind(|(start, _)| *start <= offset).expect("an entry");
            assert_eq!(entry.1 >> 24, frame, "{target}: {name}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_file() {
    for (target, _) in TARGETS {
        assert!(made(target, Emit::Executable) == made(target, Emit::Executable), "{target}");
    }
}
