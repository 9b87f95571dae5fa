//! The calls an attack makes, by what they mean: where the bytes of each lie in memory is settled here.

use super::remote::{INPUT, OUTPUT, OUTPUT_SIZE, Remote};
use std::fmt;
use wasmc_runtime::abi::WasiCall;

/// The first granted directory: `data`.
pub const DATA: u32 = 3;
/// The second one: `readonly`.
pub const READ_ONLY: u32 = 4;

/// `lookupflags`: a link at the end is followed.
pub const FOLLOW: u32 = 1;

/// `oflags`
pub const CREATE: u32 = 1;
pub const DIRECTORY: u32 = 2;
pub const EXCLUSIVE: u32 = 4;
pub const TRUNCATE: u32 = 8;

/// `rights`
pub const READ: u64 = 1 << 1;
pub const WRITE: u64 = 1 << 6;

/// Bytes of an input that hold a list of one buffer.
const LIST: u32 = 8;

/// A result other than success.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Errno(pub u32);

impl Errno {
    pub const BADF: Errno = Errno(8);
    pub const EXIST: Errno = Errno(20);
    pub const ILSEQ: Errno = Errno(25);
    pub const INVAL: Errno = Errno(28);
    pub const ISDIR: Errno = Errno(31);
    pub const LOOP: Errno = Errno(32);
    pub const NAMETOOLONG: Errno = Errno(37);
    pub const NOENT: Errno = Errno(44);
    pub const NOTDIR: Errno = Errno(54);
    pub const NOTEMPTY: Errno = Errno(55);
    pub const NXIO: Errno = Errno(60);
    pub const PERM: Errno = Errno(63);
    pub const NOTCAPABLE: Errno = Errno(76);
}

impl fmt::Debug for Errno {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "errno {}", self.0)
    }
}

pub type Result<T = ()> = std::result::Result<T, Errno>;

/// The attributes that attacks look at.
#[derive(Debug, PartialEq, Eq)]
pub struct Attributes {
    pub filetype: u8,
    pub size: u64,
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

impl Remote {
    /// Makes a call that succeeds or not.
    pub fn ask(&mut self, call: WasiCall, arguments: &[u64], input: &[u8]) -> Result<[u8; OUTPUT_SIZE]> {
        match self.call(call, arguments, input) {
            (0, output) => Ok(output),
            (errno, _) => Err(Errno(errno)),
        }
    }

    /// Makes a call with one path: `before` and `after` are the arguments around its address and length.
    pub fn at(
        &mut self,
        call: WasiCall,
        before: &[u64],
        path: impl AsRef<[u8]>,
        after: &[u64],
    ) -> Result<[u8; OUTPUT_SIZE]> {
        let path = path.as_ref();
        let place = [u64::from(INPUT), path.len() as u64];
        self.ask(call, &[before, &place, after].concat(), path)
    }

    /// Makes a call with two paths: each of `first` and `second` has the arguments before its path.
    fn between(&mut self, call: WasiCall, first: (&[u64], &str), second: (&[u64], &str)) -> Result {
        let start = u64::from(INPUT);
        let first_place = [start, first.1.len() as u64];
        let second_place = [start + first.1.len() as u64, second.1.len() as u64];
        let arguments = [first.0, &first_place, second.0, &second_place].concat();
        self.ask(call, &arguments, [first.1, second.1].concat().as_bytes()).map(drop)
    }

    pub fn open(&mut self, fd: u32, path: &str, lookup: u32, oflags: u32, rights: u64) -> Result<u32> {
        let before = [u64::from(fd), u64::from(lookup)];
        let after = [u64::from(oflags), rights, rights, 0, u64::from(OUTPUT)];
        self.at(WasiCall::PathOpen, &before, path, &after).map(|output| word(&output, 0))
    }

    /// Opens for reading, following links.
    pub fn open_to_read(&mut self, fd: u32, path: &str) -> Result<u32> {
        self.open(fd, path, FOLLOW, 0, READ)
    }

    /// Opens a directory, following links.
    pub fn open_directory(&mut self, fd: u32, path: &str) -> Result<u32> {
        self.open(fd, path, FOLLOW, DIRECTORY, READ)
    }

    pub fn close(&mut self, fd: u32) -> Result {
        self.ask(WasiCall::FdClose, &[u64::from(fd)], &[]).map(drop)
    }

    pub fn renumber(&mut self, from: u32, to: u32) -> Result {
        self.ask(WasiCall::FdRenumber, &[u64::from(from), u64::from(to)], &[]).map(drop)
    }

    /// The first bytes of a file from its position on.
    pub fn read(&mut self, fd: u32) -> Result<Vec<u8>> {
        // The number of bytes comes first, the bytes behind it.
        let list = [(OUTPUT + 4).to_le_bytes(), (OUTPUT_SIZE as u32 - 4).to_le_bytes()].concat();
        let arguments = [u64::from(fd), u64::from(INPUT), 1, u64::from(OUTPUT)];
        let output = self.ask(WasiCall::FdRead, &arguments, &list)?;
        Ok(output[4..][..word(&output, 0) as usize].to_vec())
    }

    pub fn write(&mut self, fd: u32, bytes: &[u8]) -> Result {
        let list = [(INPUT + LIST).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        let arguments = [u64::from(fd), u64::from(INPUT), 1, u64::from(OUTPUT)];
        self.ask(WasiCall::FdWrite, &arguments, &[list.as_slice(), bytes].concat()).map(drop)
    }

    pub fn pwrite(&mut self, fd: u32, bytes: &[u8]) -> Result {
        let list = [(INPUT + LIST).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        let arguments = [u64::from(fd), u64::from(INPUT), 1, 0, u64::from(OUTPUT)];
        self.ask(WasiCall::FdPwrite, &arguments, &[list.as_slice(), bytes].concat()).map(drop)
    }

    /// What an opened path has to be read.
    pub fn contents(&mut self, fd: u32, path: &str) -> Result<Vec<u8>> {
        let file = self.open_to_read(fd, path)?;
        let contents = self.read(file);
        self.close(file)?;
        contents
    }

    /// The first entries of a directory: names, and what they are.
    pub fn entries(&mut self, fd: u32) -> Result<Vec<(String, u8)>> {
        const HEAD: usize = 24;
        let arguments = [u64::from(fd), u64::from(OUTPUT + 4), OUTPUT_SIZE as u64 - 4, 0, u64::from(OUTPUT)];
        let output = self.ask(WasiCall::FdReaddir, &arguments, &[])?;
        let mut left = &output[4..][..word(&output, 0) as usize];
        let mut entries = Vec::new();
        while let Some((head, rest)) = left.split_at_checked(HEAD) {
            let Some((name, rest)) = rest.split_at_checked(word(head, 16) as usize) else { break };
            entries.push((String::from_utf8_lossy(name).into_owned(), head[20]));
            left = rest;
        }
        Ok(entries)
    }

    pub fn attributes(&mut self, fd: u32, path: &str, lookup: u32) -> Result<Attributes> {
        let before = [u64::from(fd), u64::from(lookup)];
        let output = self.at(WasiCall::PathFilestatGet, &before, path, &[u64::from(OUTPUT)])?;
        Ok(Attributes { filetype: output[16], size: u64::from(word(&output, 32)) })
    }

    /// Sets the time of the last modification to the beginning of 1970.
    pub fn set_times(&mut self, fd: u32, path: &str, lookup: u32) -> Result {
        const MODIFIED: u64 = 4;
        let before = [u64::from(fd), u64::from(lookup)];
        self.at(WasiCall::PathFilestatSetTimes, &before, path, &[0, 0, MODIFIED]).map(drop)
    }

    pub fn make_directory(&mut self, fd: u32, path: &str) -> Result {
        self.at(WasiCall::PathCreateDirectory, &[u64::from(fd)], path, &[]).map(drop)
    }

    pub fn remove_directory(&mut self, fd: u32, path: &str) -> Result {
        self.at(WasiCall::PathRemoveDirectory, &[u64::from(fd)], path, &[]).map(drop)
    }

    pub fn unlink(&mut self, fd: u32, path: &str) -> Result {
        self.at(WasiCall::PathUnlinkFile, &[u64::from(fd)], path, &[]).map(drop)
    }

    pub fn read_link(&mut self, fd: u32, path: &str) -> Result<Vec<u8>> {
        let after = [u64::from(OUTPUT + 4), OUTPUT_SIZE as u64 - 4, u64::from(OUTPUT)];
        let output = self.at(WasiCall::PathReadlink, &[u64::from(fd)], path, &after)?;
        Ok(output[4..][..word(&output, 0) as usize].to_vec())
    }

    pub fn rename(&mut self, (from, old): (u32, &str), (to, new): (u32, &str)) -> Result {
        self.between(WasiCall::PathRename, (&[u64::from(from)], old), (&[u64::from(to)], new))
    }

    pub fn link(&mut self, (from, old): (u32, &str), (to, new): (u32, &str)) -> Result {
        self.link_with((from, 0, old), (to, new))
    }

    pub fn link_with(&mut self, (from, lookup, old): (u32, u32, &str), (to, new): (u32, &str)) -> Result {
        let before = [u64::from(from), u64::from(lookup)];
        self.between(WasiCall::PathLink, (&before, old), (&[u64::from(to)], new))
    }

    pub fn symlink(&mut self, text: &str, fd: u32, path: &str) -> Result {
        self.between(WasiCall::PathSymlink, (&[], text), (&[u64::from(fd)], path))
    }
}
