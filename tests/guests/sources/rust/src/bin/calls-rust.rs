//! Makes every call of WASI preview 1, through the standard library wherever that makes it:
//!
//!     calls <status> [argument]...
//!
//! Expects the directories `/data`, granted for changes, and `/readonly`, granted for reading, with what
//! `programs/calls.rs` puts there. Prints what each call gave, without times, device and inode numbers: these differ
//! from run to run. Ends with the status it is told to.
#![feature(wasi_ext)]

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs::{self, File, FileTimes, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, IsTerminal, Read, Seek, SeekFrom, Write};
use std::mem::ManuallyDrop;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::fd::{AsRawFd, FromRawFd};
use std::os::wasi::fs::{self as wasi, FileExt, MetadataExt};
use std::os::wasi::net::TcpListenerExt;
use std::time::{Duration, Instant, SystemTime};
use std::{env, process, thread};

// What the standard library has no use for.
#[link(wasm_import_module = "wasi_snapshot_preview1")]
unsafe extern "C" {
    fn clock_res_get(clock: u32, resolution: *mut u64) -> u32;
    fn fd_datasync(fd: u32) -> u32;
    fn fd_renumber(from: u32, to: u32) -> u32;
    fn fd_tell(fd: u32, position: *mut u64) -> u32;
    fn path_filestat_set_times(
        fd: u32,
        lookup: u32,
        path: *const u8,
        length: usize,
        accessed: u64,
        modified: u64,
        flags: u32,
    ) -> u32;
    fn proc_raise(signal: u32) -> u32;
    fn sock_recv(
        fd: u32,
        buffers: *mut Buffer,
        count: usize,
        flags: u32,
        length: *mut usize,
        result_flags: *mut u16,
    ) -> u32;
    fn sock_send(fd: u32, buffers: *const Buffer, count: usize, flags: u32, length: *mut usize) -> u32;
}

#[repr(C)]
struct Buffer {
    start: *mut u8,
    length: usize,
}

const DATA: i32 = 3;
const READ_ONLY: i32 = 4;

const APPEND: u16 = 1;
const FOLLOW: u32 = 1;
const SEQUENTIAL: u8 = 1;
const READ: u64 = 1 << 1;
/// Of `path_filestat_set_times`: both times are given.
const ACCESSED_AND_MODIFIED: u32 = 1 | 4;

/// Prints what a call gave: its result, or the number of the error.
fn say<T: Debug>(what: &str, result: io::Result<T>) {
    match result {
        Ok(value) => println!("{what}: {value:?}"),
        Err(error) => match error.raw_os_error() {
            Some(number) => println!("{what}: error {number}"),
            None => println!("{what}: {error}"),
        },
    }
}

/// The same for a call that was made past the standard library.
fn direct(what: &str, error: u32) {
    say(what, if error == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(error as i32)) });
}

/// A descriptor that is there from the start, and stays.
fn granted(number: i32) -> ManuallyDrop<File> {
    // SAFETY: nobody closes it.
    ManuallyDrop::new(unsafe { File::from_raw_fd(number) })
}

fn surroundings() -> io::Result<()> {
    println!("arguments {:?}", env::args().skip(1).collect::<Vec<_>>());
    println!("environment {:?}", env::vars().collect::<BTreeSet<_>>());
    println!("terminals {} {}", io::stdin().is_terminal(), io::stdout().is_terminal());
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    println!("input {input:?}");
    eprintln!("to standard error");

    for (name, number) in [("realtime", 0), ("monotonic", 1), ("process", 2), ("thread", 3)] {
        let mut resolution = 0;
        // SAFETY: there is room for the result.
        let error = unsafe { clock_res_get(number, &raw mut resolution) };
        println!("resolution of {name}: error {error}, positive {}", resolution > 0);
    }
    let start = Instant::now();
    thread::yield_now();
    thread::sleep(Duration::from_millis(5));
    println!("slept {}", start.elapsed() >= Duration::from_millis(5));
    println!("after 2023 {}", SystemTime::now() > SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    println!("random {}", RandomState::new().hash_one(1) != RandomState::new().hash_one(2));
    Ok(())
}

fn transfers() -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).create_new(true).open("/data/rust.txt")?;
    let again = OpenOptions::new().write(true).create_new(true).open("/data/rust.txt");
    say("create_new again", again.map(drop));
    say("write", file.write(b"0123456789"));
    say("position", file.stream_position());
    say("seek from the start", file.seek(SeekFrom::Start(3)));
    say("seek from here", file.seek(SeekFrom::Current(2)));
    say("seek from the end", file.seek(SeekFrom::End(-4)));
    say("seek before the start", file.seek(SeekFrom::Current(-40)));
    say("write_at", file.write_at(b"AB", 4));
    let mut bytes = [0; 5];
    say("read_at", file.read_at(&mut bytes, 2));
    println!("read_at {:?}", str::from_utf8(&bytes));
    say("read_at the end", file.read_at(&mut bytes, 10));
    let mut rest = String::new();
    say("read to the end", file.read_to_string(&mut rest));
    println!("rest {rest:?}");
    say("sync_all", file.sync_all());
    say("sync_data", file.sync_data());
    // With the C library of Debian 12 the standard library makes other calls for these two.
    // SAFETY: it refers to nothing.
    direct("datasync", unsafe { fd_datasync(file.as_raw_fd() as u32) });
    let mut position = 0;
    // SAFETY: there is room for the result.
    direct("tell", unsafe { fd_tell(file.as_raw_fd() as u32, &raw mut position) });
    println!("told {position}");
    say("advise", file.advise(0, 10, SEQUENTIAL));
    say("allocate", file.allocate(0, 64));
    say("set_len", file.set_len(8));
    say("append", file.fdstat_set_flags(APPEND));
    say("write at the end", file.write(b"cd"));
    say("contents", fs::read_to_string("/data/rust.txt"));

    let mut reading = File::open("/data/rust.txt")?;
    say("write to a file that is read", reading.write(b"x"));
    say("write_at to a file that is read", reading.write_at(b"x", 0));
    say("give rights up", reading.fdstat_set_rights(READ, READ));
    say("read a directory", granted(DATA).read(&mut bytes));
    say("seek in standard input", granted(0).stream_position());
    let other = File::open("/data/other.txt")?;
    // SAFETY: `other` is another descriptor from here on, and is not used or closed by its old number.
    direct("renumber", unsafe { fd_renumber(ManuallyDrop::new(other).as_raw_fd() as u32, reading.as_raw_fd() as u32) });
    rest.clear();
    say("read what was moved", reading.read_to_string(&mut rest));
    println!("moved {rest:?}");
    Ok(())
}

fn attributes() -> io::Result<()> {
    let (accessed, modified) = (Duration::new(1_000_000_001, 5), Duration::new(2_000_000_002, 6));
    let file = OpenOptions::new().write(true).open("/data/file.txt")?;
    let times = FileTimes::new()
        .set_accessed(SystemTime::UNIX_EPOCH + accessed)
        .set_modified(SystemTime::UNIX_EPOCH + modified);
    say("set_times", file.set_times(times));
    let show = |what: &str, metadata: io::Result<fs::Metadata>| {
        let shown = metadata.map(|metadata| {
            let since = |time: io::Result<SystemTime>| time.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok();
            let times = (since(metadata.accessed()), since(metadata.modified()));
            let size = if metadata.is_dir() { 0 } else { metadata.len() };
            let is_known = times == (Some(accessed), Some(modified));
            (metadata.is_dir(), metadata.is_file(), metadata.is_symlink(), size, metadata.nlink(), is_known)
        });
        say(what, shown);
    };
    show("metadata of an open file", file.metadata());
    show("metadata", fs::metadata("/data/file.txt"));
    show("metadata of a directory", fs::metadata("/data/sub"));
    show("metadata through a link", fs::metadata("/data/link"));
    show("metadata of a link", fs::symlink_metadata("/data/link"));
    show("metadata through a loop", fs::metadata("/data/loop"));
    show("metadata outside", fs::metadata("/data/link-outside"));
    show("metadata below a file", fs::metadata("/data/file.txt/below"));
    show("metadata of what is not granted", fs::metadata("/etc/passwd"));
    let set = |fd: i32, path: &str| {
        let (length, path) = (path.len(), path.as_ptr());
        // SAFETY: the path is as long as that.
        unsafe { path_filestat_set_times(fd as u32, FOLLOW, path, length, 1, 2, ACCESSED_AND_MODIFIED) }
    };
    direct("set times of a path", set(DATA, "other.txt"));
    direct("set times of nothing", set(DATA, "nothing"));
    direct("set times where it may not", set(READ_ONLY, "file.txt"));
    say(
        "modified",
        fs::metadata("/data/other.txt")?.modified()?.duration_since(SystemTime::UNIX_EPOCH).map_err(io::Error::other),
    );
    Ok(())
}

/// The names and kinds in a directory, in order.
fn list(directory: &str) -> io::Result<Vec<(String, bool, bool)>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(directory)? {
        let (entry, kind) = entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?)))?;
        entries.push((entry.to_string_lossy().into_owned(), kind.is_dir(), kind.is_symlink()));
    }
    entries.sort();
    Ok(entries)
}

fn names() -> io::Result<()> {
    let (data, read_only) = (granted(DATA), granted(READ_ONLY));
    say("create_dir", fs::create_dir("/data/made"));
    say("create_dir again", fs::create_dir("/data/made"));
    say("create_dir without parent", fs::create_dir("/data/none/made"));
    say("create_dir where it may not", fs::create_dir("/readonly/made"));
    say("create_directory", data.create_directory("made/inner"));
    say("create_directory outside", data.create_directory("../made"));
    say("list", list("/data"));
    say("list where it may", list("/readonly"));
    say("list a file", list("/data/file.txt"));
    say("remove_dir not empty", fs::remove_dir("/data/made"));
    say("remove_directory", data.remove_directory("made/inner"));
    say("remove_dir of a file", fs::remove_dir("/data/file.txt"));
    say("remove_dir where it may not", fs::remove_dir("/readonly/empty"));
    say("rename", fs::rename("/data/made", "/data/sub/renamed"));
    say("rename of nothing", fs::rename("/data/made", "/data/again"));
    say("rename where it may not", wasi::rename(&read_only, "file.txt", &data, "stolen"));
    say("rename outside", wasi::rename(&data, "file.txt", &data, "../file.txt"));

    say("link", wasi::link(&data, 0, "file.txt", &data, "hard"));
    say("links", fs::metadata("/data/hard").map(|metadata| metadata.nlink()));
    say("link where it may not", wasi::link(&read_only, 0, "file.txt", &data, "harder"));
    say("symlink", wasi::symlink("file.txt", &data, "soft"));
    say("symlink_path", wasi::symlink_path("nothing", "/data/sub/dangling"));
    say("symlink with an absolute text", wasi::symlink("/etc/passwd", &data, "absolute"));
    say("symlink where it may not", wasi::symlink("file.txt", &read_only, "soft"));
    say("read_link", fs::read_link("/data/soft"));
    say("read_link of a file", fs::read_link("/data/file.txt"));
    say("through a link", fs::read_to_string("/data/soft"));
    say("through a link to nothing", fs::read_to_string("/data/sub/dangling"));

    say("remove_file", fs::remove_file("/data/hard"));
    say("remove_file again", data.remove_file("hard"));
    say("remove_file of a directory", fs::remove_file("/data/sub"));
    say("remove_file where it may not", fs::remove_file("/readonly/file.txt"));
    say("write where it may not", fs::write("/readonly/file.txt", "changed"));
    say("write outside", fs::write("/data/link-outside", "changed"));
    say("remove_dir_all", fs::remove_dir_all("/data/sub/renamed"));
    Ok(())
}

/// No socket was granted, so all that can be seen is that nothing else is taken for one.
fn sockets() -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).open("/data/file.txt")?;
    for (what, number) in [("a file", file.as_raw_fd()), ("standard output", 1), ("a directory", DATA)] {
        // SAFETY: neither is dropped, so nothing is closed.
        let (listener, stream) = unsafe { (TcpListener::from_raw_fd(number), TcpStream::from_raw_fd(number)) };
        let (listener, stream) = (ManuallyDrop::new(listener), ManuallyDrop::new(stream));
        say(&format!("accept of {what}"), listener.accept().map(drop));
        say(&format!("sock_accept of {what}"), listener.sock_accept(0));
        say(&format!("shutdown of {what}"), stream.shutdown(Shutdown::Write));
        let (mut bytes, mut length, mut flags) = ([0; 4], 0, 0);
        let mut buffer = Buffer { start: bytes.as_mut_ptr(), length: bytes.len() };
        // SAFETY: there is room for what is received, and for the results.
        let error = unsafe { sock_recv(number as u32, &raw mut buffer, 1, 0, &raw mut length, &raw mut flags) };
        direct(&format!("sock_recv of {what}"), error);
        // SAFETY: as above.
        direct(&format!("sock_send of {what}"), unsafe {
            sock_send(number as u32, &raw const buffer, 1, 0, &raw mut length)
        });
    }
    Ok(())
}

fn main() -> io::Result<()> {
    surroundings()?;
    transfers()?;
    attributes()?;
    names()?;
    sockets()?;
    // SAFETY: it refers to nothing.
    direct("raise", unsafe { proc_raise(9) });
    let status = env::args().nth(1).and_then(|status| status.parse().ok());
    process::exit(status.unwrap_or(0))
}
