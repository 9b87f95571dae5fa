//! The runtime for macOS: rustc's object with less in it.
//!
//! Sections are kept as LLVM wrote them, but for those that only debuggers read. What it says of frames is kept as
//! `__compact_unwind` alone: for a function whose frame that cannot describe, it says where the frame pointer leads.

use object::macho::{
    self, DysymtabCommand, LC_BUILD_VERSION, LC_DYSYMTAB, LC_SEGMENT_64, LC_SYMTAB, MachHeader64, Nlist64, Relocation,
    Section64, SegmentCommand64, SymtabCommand,
};
use object::pod::{bytes_of, bytes_of_slice};
use object::read::macho::{MachHeader, Nlist, Section, Segment};
use object::{LittleEndian as LE, U32, U64};
use std::collections::BTreeSet;
use std::error::Error;

/// The functions that the runtime may call, as `libSystem` has them since macOS 11. On x86-64, some have other names since
/// their records or their promises changed.
const SYSTEM: [&str; 73] = [
    "___bzero",
    "___error",
    "__exit",
    "_accept",
    "_arc4random_buf",
    "_bind",
    "_bzero",
    "_clock_getres",
    "_clock_gettime",
    "_close",
    "_close$NOCANCEL",
    "_closedir",
    "_fcntl",
    "_fdopendir",
    "_fdopendir$INODE64",
    "_fstat",
    "_fstat$INODE64",
    "_fstatat",
    "_fstatat$INODE64",
    "_fsync",
    "_ftruncate",
    "_futimens",
    "_getpid",
    "_getrlimit",
    "_getsockname",
    "_ioctl",
    "_isatty",
    "_kill",
    "_linkat",
    "_listen",
    "_lseek",
    "_memcmp",
    "_memcpy",
    "_memmove",
    "_memset",
    "_mkdirat",
    "_mmap",
    "_mprotect",
    "_munmap",
    "_nanosleep",
    "_openat",
    "_poll",
    "_preadv",
    "_pthread_cond_broadcast",
    "_pthread_cond_timedwait_relative_np",
    "_pthread_cond_wait",
    "_pthread_create",
    "_pthread_detach",
    "_pthread_mutex_lock",
    "_pthread_mutex_unlock",
    "_pwrite",
    "_pwritev",
    "_readdir",
    "_readdir$INODE64",
    "_readlinkat",
    "_readv",
    "_recvmsg",
    "_renameat",
    "_sched_yield",
    "_sendmsg",
    "_setrlimit",
    "_setsockopt",
    "_shutdown",
    "_sigaction",
    "_sigaltstack",
    "_socket",
    "_strlen",
    "_symlinkat",
    "_sysctlbyname",
    "_unlinkat",
    "_utimensat",
    "_write",
    "_writev",
];

/// The archive `bytes` without what no linker needs. `outside` are the symbols that a program defines.
pub(crate) fn trim(bytes: &[u8], outside: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let object = Object::read(&super::own_member(bytes)?)?;
    for name in object.undefined() {
        let is_known = SYSTEM.contains(&name.as_str()) || outside.iter().any(|outside| name == format!("_{outside}"));
        if !is_known {
            return Err(format!("the runtime calls `{name}`, which nothing in an executable defines").into());
        }
    }
    Ok(write_archive(&object.defined(), &object.write()?))
}

/// A section that is kept.
struct Contents {
    header: Section64<LE>,
    bytes: Vec<u8>,
    relocations: Vec<Relocation<LE>>,
}

struct Symbol {
    name: String,
    record: Nlist64<LE>,
}

/// In their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Local,
    Defined,
    Undefined,
}

impl Symbol {
    /// A symbol without what depends on where the workspace lies.
    fn new(name: String, mut record: Nlist64<LE>) -> Symbol {
        // Labels get a name that linkers leave out.
        if name.starts_with(".L") || name.starts_with("ltmp") {
            return Symbol { name: "l".to_owned(), record };
        }
        let Some(short) = name.strip_prefix('_').and_then(super::without_hash) else { return Symbol { name, record } };
        // These names are the crate's own, so they become local: those of assembly are not, as they come.
        record.n_type = macho::SymbolFlags(record.n_type.0 & !(macho::N_EXT | macho::N_PEXT).0);
        Symbol { name: format!("_{short}"), record }
    }

    fn group(&self) -> Group {
        match self.record.n_type {
            flags if !flags.contains(macho::N_EXT) => Group::Local,
            _ if self.record.is_undefined() => Group::Undefined,
            _ => Group::Defined,
        }
    }
}

/// What is kept of an object.
struct Object {
    header: MachHeader64<LE>,
    segment: SegmentCommand64<LE>,
    sections: Vec<Contents>,
    version: Vec<u8>,
    groups: DysymtabCommand<LE>,
    symbols: Vec<Symbol>,
}

impl Object {
    fn read(bytes: &[u8]) -> Result<Object, Box<dyn Error>> {
        let header = MachHeader64::<LE>::parse(bytes, 0)?;
        let (mut segment, mut version, mut groups, mut symbols) = (None, Vec::new(), None, Vec::new());
        let (mut sections, mut numbers) = (Vec::new(), vec![0u8]);
        let mut commands = header.load_commands(LE, bytes, 0)?;
        while let Some(command) = commands.next()? {
            match command.cmd() {
                LC_SEGMENT_64 => {
                    let (found, data) = command.segment_64()?.ok_or("no segment")?;
                    for section in found.sections(LE, data)? {
                        numbers.push(0);
                        if is_needed(section) {
                            sections.push(contents(section, bytes, header.cputype(LE))?);
                            *numbers.last_mut().ok_or("no section")? = u8::try_from(sections.len())?;
                        }
                    }
                    segment = Some(*found);
                }
                LC_BUILD_VERSION => version = command.raw_data().to_vec(),
                LC_DYSYMTAB => groups = command.dysymtab()?.copied(),
                LC_SYMTAB => {
                    let table = command.symtab()?.ok_or("no symbols")?.symbols::<MachHeader64<LE>, _>(LE, bytes)?;
                    for record in table.iter() {
                        let name = String::from_utf8_lossy(record.name(LE, table.strings())?).into_owned();
                        symbols.push(Symbol::new(name, *record));
                    }
                }
                _ => {}
            }
        }
        // Numbers of sections are in symbols and in references.
        for symbol in &mut symbols {
            let number = &mut symbol.record.n_sect;
            if *number != 0 {
                *number = *numbers.get(usize::from(*number)).ok_or("a symbol of no section")?;
                if *number == 0 {
                    symbol.record.n_type = macho::N_ABS.into();
                }
            }
        }
        for relocation in sections.iter().flat_map(|section| &section.relocations) {
            let relocation = relocation.info(LE);
            // That of an addend is no number of a section.
            let is_addend =
                header.cputype(LE) == macho::CPU_TYPE_ARM64 && relocation.r_type == macho::ARM64_RELOC_ADDEND;
            let number = relocation.r_symbolnum;
            let stays = numbers.get(number as usize).is_some_and(|new| u32::from(*new) == number);
            if !relocation.r_extern && !is_addend && !stays {
                return Err("a reference to a section that moves".into());
            }
        }
        let (segment, groups) = (segment.ok_or("no segment")?, groups.ok_or("no groups of symbols")?);
        let mut object = Object { header: *header, segment, sections, version, groups, symbols };
        object.sort_symbols();
        Ok(object)
    }

    /// Puts the symbols into their groups; each reference has the number of its symbol.
    fn sort_symbols(&mut self) {
        let mut order: Vec<usize> = (0..self.symbols.len()).collect();
        order.sort_by_key(|number| self.symbols[*number].group());
        let mut numbers = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, old)| numbers[*old] = new as u32);
        self.symbols.sort_by_key(Symbol::group);
        for relocation in self.sections.iter_mut().flat_map(|section| &mut section.relocations) {
            let mut fields = relocation.info(LE);
            if fields.r_extern {
                fields.r_symbolnum = numbers[fields.r_symbolnum as usize];
                *relocation = fields.relocation(LE);
            }
        }
        let count = |group| self.symbols.iter().filter(|symbol| symbol.group() == group).count() as u32;
        let (locals, defined) = (count(Group::Local), count(Group::Defined));
        self.groups.nlocalsym = U32::new(LE, locals);
        self.groups.iextdefsym = U32::new(LE, locals);
        self.groups.nextdefsym = U32::new(LE, defined);
        self.groups.iundefsym = U32::new(LE, locals + defined);
        self.groups.nundefsym = U32::new(LE, count(Group::Undefined));
    }

    fn undefined(&self) -> BTreeSet<String> {
        self.symbols
            .iter()
            .filter(|symbol| symbol.group() == Group::Undefined)
            .map(|symbol| symbol.name.clone())
            .collect()
    }

    /// What it defines for others.
    fn defined(&self) -> Vec<String> {
        self.symbols
            .iter()
            .filter(|symbol| symbol.group() == Group::Defined)
            .map(|symbol| symbol.name.clone())
            .collect()
    }

    /// The object as a file: commands, sections, references, symbols, their names.
    fn write(&self) -> Result<Vec<u8>, Box<dyn Error>> {
        let count = self.sections.len();
        let segment_size = size_of::<SegmentCommand64<LE>>() + count * size_of::<Section64<LE>>();
        let commands_size =
            segment_size + self.version.len() + size_of::<SymtabCommand<LE>>() + size_of::<DysymtabCommand<LE>>();
        let mut data = vec![0; size_of::<MachHeader64<LE>>() + commands_size];
        let start = data.len();

        let mut headers: Vec<Section64<LE>> = self.sections.iter().map(|section| section.header).collect();
        for (header, section) in headers.iter_mut().zip(&self.sections) {
            header.offset = U32::new(LE, 0);
            if !section.bytes.is_empty() {
                data.resize(data.len().next_multiple_of(1 << header.align.get(LE)), 0);
                header.offset = U32::new(LE, u32::try_from(data.len())?);
                data.extend(&section.bytes);
            }
        }
        let mut segment = self.segment;
        let end = |header: &Section64<LE>| header.addr.get(LE) + header.size.get(LE);
        segment.cmdsize = U32::new(LE, u32::try_from(segment_size)?);
        segment.vmsize = U64::new(LE, headers.iter().map(end).max().unwrap_or(0));
        segment.fileoff = U64::new(LE, start as u64);
        segment.filesize = U64::new(LE, (data.len() - start) as u64);
        segment.nsects = U32::new(LE, u32::try_from(count)?);

        data.resize(data.len().next_multiple_of(8), 0);
        for (header, section) in headers.iter_mut().zip(&self.sections) {
            let place = if section.relocations.is_empty() { 0 } else { u32::try_from(data.len())? };
            header.reloff = U32::new(LE, place);
            data.extend(bytes_of_slice(&section.relocations));
        }
        let symbols_place = data.len();
        let mut names = vec![0];
        for symbol in &self.symbols {
            let mut record = symbol.record;
            record.n_strx = U32::new(LE, u32::try_from(names.len())?);
            data.extend(bytes_of(&record));
            names.extend(symbol.name.bytes().chain([0]));
        }
        names.resize(names.len().next_multiple_of(8), 0);
        let table = SymtabCommand {
            cmd: U32::new(LE, LC_SYMTAB),
            cmdsize: U32::new(LE, size_of::<SymtabCommand<LE>>() as u32),
            symoff: U32::new(LE, u32::try_from(symbols_place)?),
            nsyms: U32::new(LE, u32::try_from(self.symbols.len())?),
            stroff: U32::new(LE, u32::try_from(data.len())?),
            strsize: U32::new(LE, u32::try_from(names.len())?),
        };
        data.extend(names);

        let mut header = self.header;
        header.ncmds = U32::new(LE, 4);
        header.sizeofcmds = U32::new(LE, u32::try_from(commands_size)?);
        let mut front = bytes_of(&header).to_vec();
        front.extend(bytes_of(&segment));
        front.extend(bytes_of_slice(&headers));
        front.extend(&self.version);
        front.extend(bytes_of(&table));
        front.extend(bytes_of(&self.groups));
        data[..start].copy_from_slice(&front);
        Ok(data)
    }
}

fn is_needed(section: &Section64<LE>) -> bool {
    let name = section.name();
    name == b"__compact_unwind" || name != b"__eh_frame" && !section.flags(LE).contains(macho::S_ATTR_DEBUG)
}

fn contents(header: &Section64<LE>, file: &[u8], processor: macho::CpuType) -> Result<Contents, Box<dyn Error>> {
    let bytes = header.data(LE, file, header.offset(LE).into())?.to_vec();
    let relocations = header.relocations(LE, file)?.to_vec();
    let mut contents = Contents { header: *header, bytes, relocations };
    if header.name() == b"__compact_unwind" {
        refer_to_no_other_table(&mut contents.bytes, processor);
    }
    Ok(contents)
}

/// Where `__compact_unwind` refers to `__eh_frame`, has it say that the frame pointer leads on.
fn refer_to_no_other_table(entries: &mut [u8], processor: macho::CpuType) {
    const ENTRY: usize = 32;
    const ENCODING: usize = 12;
    const MODE: u32 = 0x0f00_0000;
    let (refers, frame): (u32, u32) = match processor {
        macho::CPU_TYPE_X86_64 => (0x0400_0000, 0x0100_0000),
        _ => (0x0300_0000, 0x0400_0000),
    };
    for entry in entries.chunks_exact_mut(ENTRY) {
        if let Some(field) = entry.get_mut(ENCODING..).and_then(|rest| rest.first_chunk_mut::<4>())
            && u32::from_le_bytes(*field) & MODE == refers
        {
            *field = frame.to_le_bytes();
        }
    }
}

/// An archive as Apple's tools write it: an index of the symbols, and one member, each at a multiple of 8.
fn write_archive(symbols: &[String], object: &[u8]) -> Vec<u8> {
    const MAGIC: &[u8] = b"!<arch>\n";
    const HEADER_SIZE: usize = 60;
    const NAMES: [&str; 2] = ["__.SYMDEF", "wasmc_runtime.o"];
    /// A name stands before the contents, with zeros behind it.
    const NAME_SIZE: usize = 20;
    let names: Vec<u8> = symbols.iter().flat_map(|symbol| symbol.bytes().chain([0])).collect();
    let names_size = names.len().next_multiple_of(8);
    let index_size = 4 + symbols.len() * 8 + 4 + names_size;
    let index_end = (MAGIC.len() + HEADER_SIZE + NAME_SIZE + index_size).next_multiple_of(8);

    let mut index = ((symbols.len() * 8) as u32).to_le_bytes().to_vec();
    let mut name_place = 0u32;
    for symbol in symbols {
        index.extend(name_place.to_le_bytes());
        index.extend((index_end as u32).to_le_bytes());
        name_place += symbol.len() as u32 + 1;
    }
    index.extend((names_size as u32).to_le_bytes());
    index.extend(names);

    let mut archive = MAGIC.to_vec();
    for (name, contents) in NAMES.into_iter().zip([&index[..], object]) {
        let end = (archive.len() + HEADER_SIZE + NAME_SIZE + contents.len()).next_multiple_of(8);
        let size = end - archive.len() - HEADER_SIZE;
        let header = format!("{:<16}{:<12}{:<6}{:<6}{:<8}{size:<10}`\n", format!("#1/{NAME_SIZE}"), 0, 0, 0, 100_644);
        archive.extend(header.bytes());
        archive.extend(name.bytes().chain([0; NAME_SIZE]).take(NAME_SIZE));
        archive.extend(contents);
        archive.resize(end, 0);
    }
    archive
}
