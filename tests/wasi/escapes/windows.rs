//! What only Windows takes for a way: drives, devices, streams, and other spellings of a name. Wine runs the programs.
//!
//! Wine itself follows the symbolic links of the host that it runs on, wherever they lead, and makes none; attacks that have to
//! do with links run with a library that does better.

use super::calls::{CREATE, DATA, EXCLUSIVE, Errno, FOLLOW, WRITE};
use super::outside::Host;
use super::{Attack, descriptors, links, paths, races, read_only, reparse};
use std::collections::BTreeSet;
use std::fs;

/// Attacks that make sense there, all of which have to do with links or meet some on their way.
pub fn with_links() -> impl Iterator<Item = &'static Attack> {
    let others = [paths::ATTACKS, links::ATTACKS, races::ATTACKS, read_only::ATTACKS].into_iter().flatten();
    others.filter(|(name, _)| *name != paths::NAMES_OF_OTHER_SYSTEMS).chain(reparse::ATTACKS).chain(ATTACKS)
}

/// Attacks that do without links, and ours.
pub fn without_links() -> impl Iterator<Item = &'static Attack> {
    const WITHOUT_LINKS: [&str; 5] = [
        "paths/bytes that end or break a path",
        "read only/by paths",
        "read only/by paths below a subdirectory",
        "read only/by an open file",
        "read only/by a name where one may write",
    ];
    let others = [paths::ATTACKS, read_only::ATTACKS].into_iter().flatten();
    let others = others.filter(|(name, _)| WITHOUT_LINKS.contains(name)).chain(descriptors::ATTACKS);
    others.chain(ATTACKS)
}

const ATTACKS: &[Attack] = &[
    ("windows/names that lead elsewhere", names_that_lead_elsewhere),
    ("windows/paths that lead up", paths_that_lead_up),
    ("windows/other spellings", other_spellings),
    ("windows/the granted directory itself stays", the_granted_directory_itself_stays),
    ("windows/a directory that was moved away", a_directory_that_was_moved_away),
];

/// Drives, shares, devices, streams, patterns, and names that mean another one to other programs.
const ELSEWHERE: [&str; 66] = [
    "C:",
    "C:/",
    "C:\\",
    "c:inside.txt",
    "Z:/etc/passwd",
    "Z:\\etc\\passwd",
    "sub/C:/inside.txt",
    "sub/Z:",
    "\\",
    "\\etc\\passwd",
    "\\\\host\\share",
    "\\\\host\\share\\file",
    "\\\\?\\Z:\\etc\\passwd",
    "\\\\.\\Z:\\etc",
    "\\\\.\\pipe\\name",
    "\\\\?\\UNC\\host\\share",
    "\\??\\Z:\\etc\\passwd",
    "\\Device\\Null",
    "\\\\.\\NUL",
    "\\\\?\\GLOBALROOT\\Device",
    "..\\secret.txt",
    "..\\..\\secret.txt",
    "sub\\..\\..\\secret.txt",
    "sub\\deep",
    ".\\inside.txt",
    "..\\",
    "sub/..\\..\\..",
    "sub/deep\\..\\..\\..\\secret.txt",
    "inside.txt:stream",
    "inside.txt::$DATA",
    "inside.txt:stream:$DATA",
    ":stream",
    "sub:stream",
    "sub::$INDEX_ALLOCATION",
    "sub:$I30:$INDEX_ALLOCATION",
    "sub:$I30:$INDEX_ALLOCATION/deep",
    ".::$DATA",
    "CON",
    "con",
    "Con.txt",
    "PRN",
    "AUX",
    "aux.c",
    "NUL",
    "nul",
    "nul.tar.gz",
    "NUL .txt",
    "COM1",
    "com9.log",
    "COM0",
    "LPT1",
    "lpt3.txt",
    "COM\u{b9}",
    "LPT\u{b2}.txt",
    "CONIN$",
    "CONOUT$",
    "sub/NUL",
    "NUL/inside.txt",
    "inside.txt.",
    "inside.txt ",
    "sub./deep",
    "sub /deep/deep.txt",
    "...",
    ".. ",
    ".. /secret.txt",
    "inside*",
];

/// More of them, with characters that are a pattern, or no part of a name.
const FORBIDDEN: [char; 7] = ['*', '?', '<', '>', '"', '|', '\t'];

fn entries(host: &Host, path: &str) -> BTreeSet<String> {
    let names = fs::read_dir(host.path(path)).expect("a directory");
    names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

fn names_that_lead_elsewhere(host: &Host) {
    let mut guest = host.start();
    let before = [entries(host, "data"), entries(host, "data/sub")];
    let forbidden = FORBIDDEN.map(|character| format!("a{character}b"));
    for path in ELSEWHERE.into_iter().chain(forbidden.iter().map(String::as_str)) {
        for (name, operation) in paths::FOLLOWING.iter().chain(paths::NAMING) {
            assert_eq!(operation(&mut guest, path), Err(Errno::INVAL), "{name}: {path}");
        }
    }
    for drive in 'A'..='Z' {
        for path in [format!("{drive}:"), format!("{drive}:/"), format!("{drive}:\\"), format!("{drive}:.")] {
            assert_eq!(guest.open_directory(DATA, &path), Err(Errno::INVAL), "{path}");
        }
    }
    assert_eq!(before, [entries(host, "data"), entries(host, "data/sub")]);
    assert_eq!(guest.contents(DATA, "inside.txt"), Ok(b"inside".to_vec()));
}

fn paths_that_lead_up(host: &Host) {
    let mut guest = host.start();
    for path in paths::OUTSIDE.into_iter().filter(|path| !path.contains("link")) {
        for (name, operation) in paths::FOLLOWING.iter().chain(paths::NAMING) {
            assert_eq!(operation(&mut guest, path), Err(Errno::PERM), "{name}: {path}");
        }
    }
    assert_eq!(guest.contents(DATA, "sub/../sub/deep/../deep/deep.txt"), Ok(b"inside".to_vec()));
}

/// Letters of another case mean the same file, in the same directory.
fn other_spellings(host: &Host) {
    let mut guest = host.start();
    assert_eq!(guest.contents(DATA, "INSIDE.TXT"), Ok(b"inside".to_vec()));
    assert_eq!(guest.contents(DATA, "Sub/DEEP/deep.Txt"), Ok(b"inside".to_vec()));
    assert_eq!(guest.open(DATA, "INSIDE.txt", FOLLOW, CREATE | EXCLUSIVE, WRITE), Err(Errno::EXIST));
    assert_eq!(guest.open_to_read(DATA, "SUB/../../SECRET.TXT"), Err(Errno::PERM));
    // Names that only begin like a device's, or have a dot or a space elsewhere.
    for name in
        ["CONS", "NULL.txt", "COM10", "COM", "LPTX", ".hidden", "a.b.c", "a b", " a", "..a", "na\u{ef}ve", "\u{1f4a9}"]
    {
        let file = guest.open(DATA, name, FOLLOW, CREATE | EXCLUSIVE, WRITE).expect(name);
        guest.close(file).expect("it was opened");
        assert!(host.path("data").join(name).is_file(), "{name}");
        guest.unlink(DATA, name).expect(name);
    }
}

/// To remove or to move the directory itself is a change of the one it is in.
fn the_granted_directory_itself_stays(host: &Host) {
    let mut guest = host.start();
    for path in [".", "./", "./.", "sub/..", "sub/../", "sub/../."] {
        assert!(guest.remove_directory(DATA, path).is_err(), "remove {path}");
        assert!(guest.unlink(DATA, path).is_err(), "unlink {path}");
        assert!(guest.rename((DATA, path), (DATA, "sub/moved")).is_err(), "move {path}");
        assert!(guest.rename((DATA, "sub/deep"), (DATA, path)).is_err(), "move onto {path}");
        assert!(guest.link((DATA, path), (DATA, "new")).is_err(), "link {path}");
        assert!(guest.make_directory(DATA, path).is_err(), "make {path}");
    }
    assert_eq!(guest.contents(DATA, "sub/deep/deep.txt"), Ok(b"inside".to_vec()));
}

/// A descriptor goes with its directory, and to nothing above it.
fn a_directory_that_was_moved_away(host: &Host) {
    let mut guest = host.start();
    let directory = guest.open_directory(DATA, "sub").expect("a directory");
    fs::rename(host.path("data/sub"), host.path("moving/sub")).expect("a move");
    for path in ["..", "../", "deep/../..", "../../secret.txt", "deep/../../../secret.txt"] {
        assert_eq!(guest.open_to_read(directory, path), Err(Errno::PERM), "{path}");
        assert_eq!(guest.unlink(directory, path), Err(Errno::PERM), "{path}");
    }
    host.check_moved(guest.contents(directory, "deep/deep.txt"));
}
