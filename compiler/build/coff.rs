//! The runtime for Windows: rustc's archive with less in it.
//!
//! Beside our own code, rustc's archive has a short record for every function of the system that the bindings name, with the
//! library it is in; those that our code uses are kept. They are all a linker needs to know of the system.

use object::pe;
use object::read::archive::ArchiveFile;
use object::read::coff::CoffFile;
use object::{Object, ObjectSymbol, ObjectSymbolTable};
use std::collections::BTreeSet;
use std::error::Error;

/// A member of an archive, and the symbols it defines.
struct Member {
    name: String,
    bytes: Vec<u8>,
    symbols: Vec<String>,
}

/// The archive `bytes` without what nothing in the runtime refers to. `outside` are the symbols that a program defines.
pub(crate) fn trim(bytes: &[u8], outside: &[&str]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut own = super::own_member(bytes)?;
    separate_functions(&mut own)?;
    let (defined, needed) = symbols(&own)?;
    let mut members = vec![Member { name: "wasmc_runtime.obj".to_owned(), bytes: own, symbols: defined }];
    let mut provided = BTreeSet::new();
    let mut libraries = BTreeSet::new();
    for member in ArchiveFile::parse(bytes)?.members() {
        let member = member?;
        let data = member.data(bytes)?;
        let Some((symbol, library)) = import(data) else { continue };
        let symbols = vec![symbol.clone(), format!("__imp_{symbol}")];
        if symbols.iter().any(|symbol| needed.contains(symbol)) && provided.insert(symbol) {
            provided.extend(symbols.iter().cloned());
            libraries.insert(library.clone());
            members.push(Member { name: library, bytes: data.to_vec(), symbols });
        }
    }
    // Some linkers want a table for each library, whose parts are objects.
    for member in ArchiveFile::parse(bytes)?.members() {
        let member = member?;
        let data = member.data(bytes)?;
        let name = String::from_utf8_lossy(member.name()).into_owned();
        if libraries.contains(&name) && import(data).is_none() {
            let (defined, _) = symbols(data)?;
            members.push(Member { name, bytes: data.to_vec(), symbols: defined });
        }
    }
    if let Some(missing) = needed.iter().find(|name| !provided.contains(*name) && !outside.contains(&name.as_str())) {
        return Err(format!("the runtime calls `{missing}`, which nothing in an executable defines").into());
    }
    // Members come in the order of the names, whatever order rustc had them in.
    members[1..].sort_by(|left, right| (&left.name, &left.symbols).cmp(&(&right.name, &right.symbols)));
    write_archive(&members)
}

/// The function and the library of a short import record.
fn import(bytes: &[u8]) -> Option<(String, String)> {
    const MARK: [u8; 4] = [0, 0, 0xff, 0xff];
    const HEADER: usize = 20;
    let texts = bytes.strip_prefix(&MARK)?.get(HEADER - MARK.len()..)?;
    let mut texts = texts.split(|byte| *byte == 0).map(|text| String::from_utf8_lossy(text).into_owned());
    Some((texts.next()?, texts.next()?))
}

/// What an object defines for others, and what it needs of others.
fn symbols(bytes: &[u8]) -> Result<(Vec<String>, BTreeSet<String>), Box<dyn Error>> {
    let file = CoffFile::<&[u8]>::parse(bytes)?;
    let (mut defined, mut needed) = (Vec::new(), BTreeSet::new());
    for symbol in file.symbol_table().into_iter().flat_map(|table| table.symbols()) {
        let name = symbol.name()?.to_owned();
        if symbol.is_undefined() {
            needed.insert(name);
        } else if symbol.is_global() {
            defined.push(name);
        }
    }
    Ok((defined, needed))
}

/// Marks the sections of functions in assembly as ones that may be left out, as rustc does with those of all others.
fn separate_functions(bytes: &mut [u8]) -> Result<(), Box<dyn Error>> {
    const HEADER: usize = size_of::<pe::ImageFileHeader>();
    const SECTION: usize = size_of::<pe::ImageSectionHeader>();
    const CHARACTERISTICS: usize = 36;
    const SYMBOL: usize = 18;
    const SECTION_NUMBER: usize = 12;
    const AUXILIARY_COUNT: usize = 17;
    const SELECTION: usize = SYMBOL + 14;
    let file = CoffFile::<&[u8]>::parse(&*bytes)?;
    let header = file.coff_header();
    let symbols_start = header.pointer_to_symbol_table.get(object::LittleEndian) as usize;
    let symbols_count = header.number_of_symbols.get(object::LittleEndian) as usize;
    let strings = file.coff_symbol_table().strings();
    let mut separated = BTreeSet::new();
    for (position, section) in file.coff_section_table().iter().enumerate() {
        let flags = section.characteristics.get(object::LittleEndian);
        if section.name(strings)?.starts_with(b".text.") && flags.0 & pe::IMAGE_SCN_LNK_COMDAT.0 == 0 {
            separated.insert(position);
        }
    }
    for &position in &separated {
        let start = HEADER + position * SECTION;
        let section = bytes.get_mut(start..start + SECTION).ok_or("a section without a header")?;
        section[..8].copy_from_slice(b".text\0\0\0");
        section[CHARACTERISTICS + 1] |= (pe::IMAGE_SCN_LNK_COMDAT.0 >> 8) as u8;
    }
    let mut index = 0;
    while index < symbols_count {
        let start = symbols_start + index * SYMBOL;
        let symbol = bytes.get_mut(start..).ok_or("a symbol behind the end")?;
        let number = usize::from(u16::from_le_bytes([symbol[SECTION_NUMBER], symbol[SECTION_NUMBER + 1]]));
        let auxiliary = usize::from(symbol[AUXILIARY_COUNT]);
        // The section's own symbol is the first one with its number.
        if auxiliary > 0 && separated.remove(&number.wrapping_sub(1)) {
            symbol[SELECTION] = pe::IMAGE_COMDAT_SELECT_NODUPLICATES.0;
        }
        index += 1 + auxiliary;
    }
    if separated.is_empty() { Ok(()) } else { Err("sections without symbols of their own".into()) }
}

/// An archive with an index of the symbols, as GNU's tools and LLVM's write it.
fn write_archive(members: &[Member]) -> Result<Vec<u8>, Box<dyn Error>> {
    const MAGIC: &[u8] = b"!<arch>\n";
    const HEADER_SIZE: usize = 60;
    const LONGEST_NAME: usize = 15;
    let padded = |length: usize| length.next_multiple_of(2);
    let symbols: Vec<(usize, &String)> = members
        .iter()
        .enumerate()
        .flat_map(|(position, member)| member.symbols.iter().map(move |symbol| (position, symbol)))
        .collect();
    let mut long_names = String::new();
    let names: Vec<String> = members
        .iter()
        .map(|member| match member.name.len() {
            ..=LONGEST_NAME => format!("{}/", member.name),
            _ => {
                let at = long_names.len();
                long_names.push_str(&member.name);
                long_names.push_str("/\n");
                format!("/{at}")
            }
        })
        .collect();
    let index_size = 4 + 4 * symbols.len() + symbols.iter().map(|(_, symbol)| symbol.len() + 1).sum::<usize>();
    let mut offset = MAGIC.len() + HEADER_SIZE + padded(index_size);
    if !long_names.is_empty() {
        offset += HEADER_SIZE + padded(long_names.len());
    }
    let mut offsets = Vec::new();
    for member in members {
        offsets.push(u32::try_from(offset)?);
        offset += HEADER_SIZE + padded(member.bytes.len());
    }
    let mut index = u32::try_from(symbols.len())?.to_be_bytes().to_vec();
    symbols.iter().for_each(|(position, _)| index.extend(offsets[*position].to_be_bytes()));
    symbols.iter().for_each(|(_, symbol)| index.extend(symbol.bytes().chain([0])));

    let mut archive = MAGIC.to_vec();
    let mut add = |name: &str, contents: &[u8]| {
        archive.extend(format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, contents.len()).bytes());
        archive.extend(contents);
        archive.resize(padded(archive.len()), b'\n');
    };
    add("/", &index);
    if !long_names.is_empty() {
        add("//", long_names.as_bytes());
    }
    members.iter().zip(&names).for_each(|(member, name)| add(name, &member.bytes));
    Ok(archive)
}
