//! Builds the runtime archive that the compiler carries and links into every executable.
//!
//! What goes in is the crate `runtime-lib`, what comes out is one file a target in `OUT_DIR`:
//!
//! ```text
//! libwasmc_runtime-x86_64-linux.a
//! ```
//!
//! and their list, `archives.rs`. The archive of a target whose core library is not to be had is empty.
//!
//! A cargo of its own compiles the crate, with flags that suit an executable without a libc; of the
//! archive that rustc makes, only the member with our code is kept, without debug information: link
//! time optimisation has put everything it needs into it.

use object::build::elf::{Builder, Relocation, Section, SectionData, SectionId};
use object::elf;
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// An archive to build.
struct Archive {
    /// The target as `wasmc` names it.
    name: &'static str,
    /// The target as rustc names it.
    triple: &'static str,
    /// What its machine code may use and must keep to.
    flags: &'static [&'static str],
}

impl Archive {
    fn is_for_windows(&self) -> bool {
        self.triple.contains("-windows-")
    }

    fn is_for_macos(&self) -> bool {
        self.triple.contains("-apple-")
    }
}

const ARCHIVES: &[Archive] = &[
    Archive {
        name: "x86_64-linux",
        triple: "x86_64-unknown-linux-gnu",
        // The baseline of generated code.
        flags: &["-Ctarget-cpu=x86-64-v2"],
    },
    Archive {
        name: "aarch64-linux",
        triple: "aarch64-unknown-linux-gnu",
        // Atomic operations in place: the functions that choose between two kinds are a library's.
        flags: &["-Ctarget-feature=-outline-atomics"],
    },
    Archive {
        name: "riscv64-linux",
        triple: "riscv64gc-unknown-linux-gnu",
        // Linkers that shorten code may address data by a register that nobody has set.
        flags: &["-Ctarget-feature=-relax"],
    },
    Archive { name: "x86_64-windows", triple: "x86_64-pc-windows-msvc", flags: &["-Ctarget-cpu=x86-64-v2"] },
    Archive { name: "aarch64-windows", triple: "aarch64-pc-windows-msvc", flags: &[] },
    Archive { name: "x86_64-macos", triple: "x86_64-apple-darwin", flags: &["-Ctarget-cpu=x86-64-v2"] },
    Archive { name: "aarch64-macos", triple: "aarch64-apple-darwin", flags: &[] },
];

/// The first version of macOS that the library is for, as its linkers ask for one: the first one for both processors.
const MACOS_VERSION: &str = "11.0";

/// When this is set, as in continuous integration, no archive may be missing.
const REQUIRE_ALL: &str = "WASMC_REQUIRE_ALL";

/// The flags of every target.
const FLAGS: &[&str] = &[
    // Backtraces walk them.
    "-Cforce-frame-pointers=yes",
];

/// Those of targets whose executables have a fixed address, and that do without tables for unwinding.
const FIXED_FLAGS: &[&str] = &["-Crelocation-model=static", "-Cforce-unwind-tables=no"];

/// The only symbols that the archive takes from outside: `abi::PROGRAM_SYMBOL` and, where a test script runs,
/// `abi::script::SCRIPT_SYMBOL`.
const OUTSIDE: [&str; 2] = ["wasmc_program", "wasmc_script"];

#[path = "build/coff.rs"]
mod coff;
#[path = "build/macho.rs"]
mod macho;
#[path = "build/toolchain.rs"]
mod toolchain;

use toolchain::Toolchain;

fn main() -> ExitCode {
    match build_all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn build_all() -> Result<(), Box<dyn Error>> {
    let workspace = path_variable("CARGO_MANIFEST_DIR")?.join("..").canonicalize()?;
    for input in
        ["runtime-lib/src", "runtime-lib/Cargo.toml", "Cargo.toml", "Cargo.lock", "compiler/build.rs", "compiler/build"]
    {
        println!("cargo::rerun-if-changed={}", workspace.join(input).display());
    }
    println!("cargo::rerun-if-env-changed={REQUIRE_ALL}");
    let out = path_variable("OUT_DIR")?;
    let mut list = String::from("&[");
    for archive in ARCHIVES {
        let bytes = match toolchain::find(archive.triple)? {
            Some(toolchain) => build(archive, &toolchain, &workspace, &out.join("runtime"))?,
            None if env::var_os(REQUIRE_ALL).is_some_and(|value| !value.is_empty()) => {
                return Err(format!("no core library for {}, and {REQUIRE_ALL} is set", archive.name).into());
            }
            None => {
                println!(
                    "cargo::warning=the runtime for {} is left out: no core library for it (try `rustup target add {}`, or \
                     tests/guests/install.sh)",
                    archive.name, archive.triple
                );
                Vec::new()
            }
        };
        let file = format!("libwasmc_runtime-{}.a", archive.name);
        fs::write(out.join(&file), bytes)?;
        list.push_str(&format!("({:?}, embed!({file:?})),", archive.name));
    }
    list.push(']');
    fs::write(out.join("archives.rs"), list)?;
    Ok(())
}

/// The archive, as the linker gets it.
fn build(
    archive: &Archive,
    toolchain: &Toolchain,
    workspace: &Path,
    target_directory: &Path,
) -> Result<Vec<u8>, Box<dyn Error>> {
    let built = compile(archive, toolchain, workspace, &target_directory.join(toolchain.name))?;
    if archive.is_for_windows() {
        return coff::trim(&fs::read(built)?, &OUTSIDE);
    }
    if archive.is_for_macos() {
        return macho::trim(&fs::read(built)?, &OUTSIDE);
    }
    write_archive(&strip(&own_member(&fs::read(built)?)?)?)
}

fn path_variable(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    Ok(env::var_os(name).ok_or_else(|| format!("cargo did not set {name}"))?.into())
}

/// Compiles the crate; gives the archive that rustc made.
fn compile(
    archive: &Archive,
    toolchain: &Toolchain,
    workspace: &Path,
    target_directory: &Path,
) -> Result<PathBuf, Box<dyn Error>> {
    let mut command = Command::new(&toolchain.cargo);
    command
        .args(["rustc", "--locked", "--package", "wasmc-runtime", "--lib", "--crate-type", "staticlib"])
        .args(["--features", "archive", "--profile", "runtime", "--target", archive.triple])
        .arg("--manifest-path")
        .arg(workspace.join("runtime-lib/Cargo.toml"))
        .arg("--target-dir")
        .arg(target_directory)
        .env("CARGO_ENCODED_RUSTFLAGS", encoded_flags(archive, workspace))
        .env("MACOSX_DEPLOYMENT_TARGET", MACOS_VERSION);
    // What the outer cargo was asked for (lints, a wrapper, coverage, other flags) is not for this
    // one.
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_for_outer_cargo) {
            command.env_remove(name);
        }
    }
    toolchain.apply(&mut command);
    let output = command.output().map_err(|error| format!("cannot start cargo: {error}"))?;
    if !output.status.success() {
        let messages = String::from_utf8_lossy(&output.stderr);
        return Err(format!("the runtime for {} does not build:\n{messages}", archive.name).into());
    }
    let file = if archive.is_for_windows() { "wasmc_runtime.lib" } else { "libwasmc_runtime.a" };
    Ok(target_directory.join(archive.triple).join("runtime").join(file))
}

fn is_for_outer_cargo(name: &str) -> bool {
    let names = [
        "CLIPPY_ARGS",
        "CLIPPY_TERMINAL_WIDTH",
        "RUSTC_WORKSPACE_WRAPPER",
        "CARGO_BUILD_RUSTC_WORKSPACE_WRAPPER",
        "RUSTFLAGS",
        "CARGO_BUILD_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "CARGO_BUILD_TARGET_DIR",
        "CARGO_TARGET_DIR",
        "LLVM_PROFILE_FILE",
    ];
    let is_target_flags = name.starts_with("CARGO_TARGET_") && name.ends_with("_RUSTFLAGS");
    names.contains(&name) || is_target_flags || name.starts_with("CARGO_PROFILE_")
}

/// The flags as cargo wants them: separated by a character that no path contains.
fn encoded_flags(archive: &Archive, workspace: &Path) -> OsString {
    let fixed = if archive.is_for_windows() || archive.is_for_macos() { &[] } else { FIXED_FLAGS };
    let mut flags: Vec<OsString> = FLAGS.iter().chain(fixed).chain(archive.flags).map(OsString::from).collect();
    // The places of this machine have no business in an executable.
    let registry = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    for (prefix, name) in [(registry, "cargo"), (Some(workspace.to_owned()), "wasmc")] {
        if let Some(prefix) = prefix {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(prefix);
            flag.push("=");
            flag.push(name);
            flags.push(flag);
        }
    }
    flags.join("\u{1f}".as_ref())
}

/// The member of the archive `bytes` that holds the runtime. The others hold functions that 128-bit
/// and floating-point arithmetic would call; [`strip`] checks that ours does not.
fn own_member(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let archive = object::read::archive::ArchiveFile::parse(bytes)?;
    let mut own = Vec::new();
    for member in archive.members() {
        let member = member?;
        if member.name().starts_with(b"wasmc_runtime-") {
            own.push(member.data(bytes)?.to_vec());
        }
    }
    match <[Vec<u8>; 1]>::try_from(own) {
        Ok([member]) => Ok(member),
        Err(members) => Err(format!("{} members instead of one hold the runtime", members.len()).into()),
    }
}

/// What sections begin with that hold one function or one piece of data each. The rest of their names
/// repeats a symbol's.
const KINDS: &[&str] = &[".text", ".rodata", ".data.rel.ro", ".data", ".bss"];

/// The object `bytes` without what the linker does not need, and with names that are the same in
/// every build.
fn strip(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut builder = Builder::read(bytes)?;
    for section in &mut builder.sections {
        section.delete = !is_needed(section);
        if let Some(name) = KINDS.iter().find(|kind| section.name.to_string().starts_with(**kind)) {
            section.name = name.as_bytes().into();
        }
    }
    builder.delete_orphans();
    builder.delete_orphan_symbols();
    for symbol in &mut builder.symbols {
        let name = String::from_utf8_lossy(symbol.name.as_slice()).into_owned();
        if symbol.section.is_none() && symbol.st_bind() != elf::STB_LOCAL && !OUTSIDE.contains(&name.as_str()) {
            return Err(format!("the runtime calls `{name}`, which nothing in an executable defines").into());
        }
        if let Some(name) = without_hash(&name) {
            symbol.name = name.into_bytes().into();
            symbol.set_st_info(elf::STB_LOCAL, symbol.st_type());
        }
    }
    let codes: Vec<(SectionId, Vec<u8>)> = builder.sections.iter().filter_map(code).collect();
    for section in &mut builder.sections {
        let Some((_, code)) = codes.iter().find(|(id, _)| section.sh_info_section == Some(*id)) else { continue };
        if let SectionData::Relocation(relocations) = &mut section.data {
            relocations.iter_mut().for_each(|relocation| call_directly(relocation, code));
        }
    }
    // LLVM keeps the names of sections with those of symbols; the builder keeps them apart.
    let names = builder.sections.add();
    names.name = b".shstrtab"[..].into();
    names.sh_type = elf::SHT_STRTAB;
    names.data = SectionData::SectionString;
    builder.set_section_sizes();
    let mut stripped = Vec::new();
    builder.write(&mut stripped)?;
    Ok(stripped)
}

/// The machine code that a section holds.
fn code(section: &Section<'_>) -> Option<(SectionId, Vec<u8>)> {
    match &section.data {
        SectionData::Data(bytes) if section.sh_flags.contains(elf::SHF_EXECINSTR) => {
            Some((section.id(), bytes.to_vec()))
        }
        _ => None,
    }
}

/// Calls of `memcpy` and its like read the function's address from a table, as shared libraries need it. Marked this way,
/// the linker makes a direct call of them, and no table.
fn call_directly(relocation: &mut Relocation, code: &[u8]) {
    const CALL: [u8; 2] = [0xff, 0x15];
    const JUMP: [u8; 2] = [0xff, 0x25];
    let at = relocation.r_offset as usize;
    let instruction = at.checked_sub(CALL.len()).and_then(|start| code.get(start..at));
    if relocation.r_type == elf::R_X86_64_GOTPCREL && instruction.is_some_and(|bytes| bytes == CALL || bytes == JUMP) {
        relocation.r_type = elf::R_X86_64_GOTPCRELX;
    }
}

fn is_needed(section: &Section<'_>) -> bool {
    let name = section.name.to_string();
    let name = name.strip_prefix(".rela").unwrap_or(&name);
    !name.starts_with(".debug_") && !matches!(name, ".eh_frame" | ".comment" | ".llvm_addrsig")
}

/// A mangled name without the hash, which depends on where the workspace lies. These names are the
/// crate's own, so they become local: those of assembly are not, as they come.
fn without_hash(name: &str) -> Option<String> {
    name.strip_prefix("_R").map(|path| format!("_R{}", without_crate_hashes(path))).or_else(|| without_last_hash(name))
}

/// A name of the mangling of Rust 1.96 and later, with zeros for the hash of each crate: `Cs1a2B_13wasmc_runtime`. Other
/// parts of it count bytes, so their number stays.
fn without_crate_hashes(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some(position) = rest.find("Cs") {
        let (before, crate_name) = rest.split_at(position + "Cs".len());
        out.push_str(before);
        let hash: usize = crate_name.chars().take_while(char::is_ascii_alphanumeric).count();
        let (hash, behind) = crate_name.split_at(hash);
        let is_hash = behind.strip_prefix('_').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()));
        out.push_str(&if is_hash { "0".repeat(hash.len()) } else { hash.to_owned() });
        rest = behind;
    }
    out + rest
}

/// A name of the mangling before that, `_ZN…17h0123456789abcdefE`, without its end.
fn without_last_hash(name: &str) -> Option<String> {
    const HASH: usize = "17h0123456789abcdef".len();
    let (path, tail) = name.strip_prefix("_ZN")?.rsplit_once('E')?;
    let (path, hash) = path.split_at_checked(path.len().checked_sub(HASH)?)?;
    hash.starts_with("17h").then(|| format!("_ZN{path}E{tail}"))
}

/// An archive in the System V format: an index of the symbols, which some linkers ask for, and
/// `member`.
fn write_archive(member: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    const MAGIC: &[u8] = b"!<arch>\n";
    const HEADER_SIZE: usize = 60;
    let builder = Builder::read(member)?;
    let names: Vec<&[u8]> = builder
        .symbols
        .iter()
        .filter(|symbol| symbol.section.is_some() && symbol.st_bind() != elf::STB_LOCAL)
        .map(|symbol| symbol.name.as_slice())
        .collect();
    let mut text: Vec<u8> = names.join(&0);
    text.push(0);
    let index_size = (size_of::<u32>() * (1 + names.len()) + text.len()).next_multiple_of(2);
    let member_offset = u32::try_from(MAGIC.len() + HEADER_SIZE + index_size)?;

    let mut index = u32::try_from(names.len())?.to_be_bytes().to_vec();
    names.iter().for_each(|_| index.extend(member_offset.to_be_bytes()));
    index.extend(text);
    index.resize(index_size, 0);

    let mut archive = MAGIC.to_vec();
    for (name, contents) in [("/", &index[..]), ("wasmc_runtime.o/", member)] {
        let header = format!("{name:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", 0, 0, 0, 100_644, contents.len());
        archive.extend(header.as_bytes());
        archive.extend(contents);
        archive.resize(archive.len().next_multiple_of(2), b'\n');
    }
    Ok(archive)
}
