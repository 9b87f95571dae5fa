//! Links in a stand-in for Windows.
//!
//! Wine makes no reparse points, and follows the links of the system that it runs on itself. `tests/windows` is a library that
//! has them: a program for Windows calls it instead of `ntdll` when its imports name it. On this side, such a link is a file
//! that tells what it is.

use crate::target::{Runner, made};
use std::fs;
use std::io::{self, ErrorKind};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use wasmc_compiler::{OperatingSystem, Target};

/// The library; its name is as long as that of `ntdll.dll`.
const LIBRARY: &str = "links.dll";

/// The library, made when it is first needed.
///
/// # Errors
/// Names what is not installed.
fn links_library() -> Result<PathBuf, String> {
    static MADE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let arguments = ["-shared", "-s", "links.c", "points.c", "links.def", "-lntdll"];
    let make = || made("windows", "wasmc-links.dll", "x86_64-w64-mingw32-gcc", &arguments);
    let advise = |error: String| format!("{error}: apt-get install gcc-mingw-w64-x86-64-win32");
    MADE.get_or_init(|| make().map_err(advise)).clone()
}

/// What runs programs for `target`, which may make symbolic links.
///
/// # Errors
/// Names what is not installed.
pub fn runner(target: Target, makes_links: bool) -> Result<Runner, String> {
    let runner = Runner::of(target)?;
    if makes_links && target.system == OperatingSystem::Windows {
        links_library()?;
    }
    Ok(runner)
}

/// Puts the library beside a program for Windows, and gives the program with its name in the place of `ntdll`'s.
pub(crate) fn with_links(executable: &[u8], folder: &Path) -> io::Result<Vec<u8>> {
    let library = links_library().map_err(|missing| io::Error::new(ErrorKind::NotFound, missing))?;
    fs::copy(library, folder.join(LIBRARY))?;
    let name = b"ntdll.dll\0";
    let places: Vec<usize> =
        executable.windows(name.len()).enumerate().filter(|(_, bytes)| bytes == name).map(|(at, _)| at).collect();
    let [place] = places[..] else {
        return Err(io::Error::other(format!("{} times the name of ntdll in the program", places.len())));
    };
    let mut changed = executable.to_vec();
    changed[place..][..LIBRARY.len()].copy_from_slice(LIBRARY.as_bytes());
    Ok(changed)
}

/// A reparse point.
#[derive(Clone, Debug)]
pub struct Point {
    is_directory: bool,
    /// Tag, length and data, as the system has them.
    record: Vec<u8>,
}

/// What the contents of its file begin with.
const MARK: &[u8] = b"wasmc reparse point ";

/// The tag of symbolic links.
const SYMBOLIC_LINK: u32 = 0xa000_000c;
/// The tag of junctions, and of volumes that are mounted on a directory.
const MOUNT_POINT: u32 = 0xa000_0003;
/// The flag of symbolic links that are relative.
const RELATIVE: u32 = 1;
/// Bytes before the names of a symbolic link.
const NAMES: usize = 20;

fn units(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

impl Point {
    /// One with any tag and data.
    pub fn tagged(tag: u32, data: &[u8], is_directory: bool) -> Point {
        let length = u16::try_from(data.len()).expect("a record has up to 16 KiB");
        let record = [&tag.to_le_bytes()[..], &length.to_le_bytes(), &[0, 0], data].concat();
        Point { is_directory, record }
    }

    /// A name that stands for another one, which people see as `print`.
    fn naming(tag: u32, flags: &[u8], substitute: &str, print: &str, is_directory: bool) -> Point {
        let (substitute, print) = (units(substitute), units(print));
        // As the system writes them, each has a zero behind it.
        let starts = [0, substitute.len(), substitute.len() + 2, print.len()].map(|number| number as u16);
        let places: Vec<u8> = starts.into_iter().flat_map(u16::to_le_bytes).collect();
        let data = [places, flags.to_vec(), substitute, vec![0, 0], print, vec![0, 0]].concat();
        Point::tagged(tag, &data, is_directory)
    }

    /// A symbolic link whose text the system takes as relative to its directory.
    pub fn relative_link(text: &str, is_directory: bool) -> Point {
        Point::naming(SYMBOLIC_LINK, &RELATIVE.to_le_bytes(), text, text, is_directory)
    }

    /// A symbolic link to a path of the kernel's, as `\??\Z:\etc`.
    pub fn absolute_link(target: &str, is_directory: bool) -> Point {
        let print = target.strip_prefix(r"\??\").unwrap_or(target);
        Point::naming(SYMBOLIC_LINK, &0_u32.to_le_bytes(), target, print, is_directory)
    }

    /// A junction to a path of the kernel's.
    pub fn junction(target: &str) -> Point {
        Point::naming(MOUNT_POINT, &[], target, target.strip_prefix(r"\??\").unwrap_or(target), true)
    }

    /// The point that a file of the host is.
    pub fn read(path: &Path) -> Option<Point> {
        Point::of_contents(&fs::read(path).ok()?)
    }

    fn of_contents(contents: &[u8]) -> Option<Point> {
        let (kind, record) = contents.strip_prefix(MARK)?.split_first_chunk::<4>()?;
        Some(Point { is_directory: u32::from_le_bytes(*kind) != 0, record: record.to_vec() })
    }

    /// Makes a file of it.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let kind = u32::from(self.is_directory);
        fs::write(path, [MARK, &kind.to_le_bytes(), &self.record].concat())
    }

    /// Whether it counts as a directory.
    pub fn is_directory(&self) -> bool {
        self.is_directory
    }

    /// The text of a symbolic link, with slashes.
    pub fn text(&self) -> Option<String> {
        let half = |at: usize| Some(usize::from(u16::from_le_bytes(*self.record.get(at..)?.first_chunk()?)));
        let tag = u32::from_le_bytes(*self.record.first_chunk()?);
        let name = self.record.get(NAMES + half(8)?..)?.get(..half(10)?).filter(|_| tag == SYMBOLIC_LINK)?;
        let units: Vec<u16> = name.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        let text = String::from_utf16(&units).ok()?.replace('\\', "/");
        Some(text.strip_prefix("/??/Z:").map(str::to_owned).unwrap_or(text))
    }
}

/// Makes a link as somebody on Windows would: to a directory, if that is what the text leads to.
///
/// # Errors
/// Those of the file system.
pub fn link(text: &str, path: &Path) -> io::Result<()> {
    let target = path.parent().unwrap_or(path).join(text);
    let is_directory = target.is_dir() || Point::read(&target).is_some_and(|point| point.is_directory);
    let names = text.replace('/', "\\");
    match text.starts_with('/') {
        true => Point::absolute_link(&format!(r"\??\Z:{names}"), is_directory).write(path),
        false => Point::relative_link(&names, is_directory).write(path),
    }
}

/// Makes all symbolic links below a directory files of the stand-in, or the other way round.
///
/// # Errors
/// Those of the file system.
pub fn exchange_links(folder: &Path, for_windows: bool) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let kind = path.symlink_metadata()?.file_type();
        if kind.is_dir() {
            exchange_links(&path, for_windows)?;
        } else if for_windows && kind.is_symlink() {
            let text = fs::read_link(&path)?;
            fs::remove_file(&path)?;
            link(&text.to_string_lossy(), &path)?;
        } else if let Some(text) = Point::read(&path).filter(|_| !for_windows).and_then(|point| point.text()) {
            fs::remove_file(&path)?;
            symlink(text, &path)?;
        }
    }
    Ok(())
}
