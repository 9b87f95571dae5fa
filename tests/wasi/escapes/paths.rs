//! Paths that lead out by themselves or through a link, handed to every call that takes one.

use super::Attack;
use super::calls::{CREATE, DATA, DIRECTORY, EXCLUSIVE, Errno, FOLLOW, READ, Result, TRUNCATE, WRITE};
use super::outside::Host;
use super::remote::{OUTPUT, Remote};
use wasmc_runtime::abi::WasiCall;

pub const ATTACKS: &[Attack] = &[
    ("paths/every call refuses what leads out", every_call_refuses_what_leads_out),
    ("paths/nothing is told of what lies outside", nothing_is_told_of_what_lies_outside),
    (NAMES_OF_OTHER_SYSTEMS, names_of_other_systems),
    ("paths/bytes that end or break a path", bytes_that_end_or_break_a_path),
    ("paths/the longest ones", the_longest_ones),
    ("paths/the granted directory itself stays", the_granted_directory_itself_stays),
];

/// An attack with names that are nothing special but on Windows.
pub const NAMES_OF_OTHER_SYSTEMS: &str = "paths/names that other systems take for separators";

/// Something to do with a path.
pub type Operation = (&'static str, fn(&mut Remote, &str) -> Result);

/// What follows a link at the end of its path.
pub const FOLLOWING: &[Operation] = &[
    ("open to read", |guest, path| guest.open_to_read(DATA, path).map(drop)),
    ("open to write", |guest, path| guest.open(DATA, path, FOLLOW, 0, WRITE).map(drop)),
    ("open for both", |guest, path| guest.open(DATA, path, FOLLOW, 0, READ | WRITE).map(drop)),
    ("create", |guest, path| guest.open(DATA, path, FOLLOW, CREATE, READ | WRITE).map(drop)),
    ("create to read", |guest, path| guest.open(DATA, path, FOLLOW, CREATE, READ).map(drop)),
    ("truncate", |guest, path| guest.open(DATA, path, FOLLOW, TRUNCATE, WRITE).map(drop)),
    ("truncate to read", |guest, path| guest.open(DATA, path, FOLLOW, TRUNCATE, READ).map(drop)),
    ("create or truncate", |guest, path| guest.open(DATA, path, FOLLOW, CREATE | TRUNCATE, WRITE).map(drop)),
    ("open a directory", |guest, path| guest.open_directory(DATA, path).map(drop)),
    ("ask", |guest, path| guest.attributes(DATA, path, FOLLOW).map(drop)),
    ("set times", |guest, path| guest.set_times(DATA, path, FOLLOW)),
];

/// What means the name at the end of its path itself.
pub const NAMING: &[Operation] = &[
    ("open, not through a link", |guest, path| guest.open(DATA, path, 0, 0, READ).map(drop)),
    ("create, not through a link", |guest, path| guest.open(DATA, path, 0, CREATE, WRITE).map(drop)),
    ("create anew", |guest, path| guest.open(DATA, path, FOLLOW, CREATE | EXCLUSIVE, WRITE).map(drop)),
    ("open a directory, not through a link", |guest, path| guest.open(DATA, path, 0, DIRECTORY, READ).map(drop)),
    ("ask, not through a link", |guest, path| guest.attributes(DATA, path, 0).map(drop)),
    ("set times, not through a link", |guest, path| guest.set_times(DATA, path, 0)),
    ("make a directory", |guest, path| guest.make_directory(DATA, path)),
    ("remove a directory", |guest, path| guest.remove_directory(DATA, path)),
    ("remove a file", |guest, path| guest.unlink(DATA, path)),
    ("read a link", |guest, path| guest.read_link(DATA, path).map(drop)),
    ("make a symbolic link", |guest, path| guest.symlink("inside.txt", DATA, path)),
    ("link to a new name", |guest, path| guest.link((DATA, path), (DATA, "new"))),
    ("link a file there", |guest, path| guest.link((DATA, "inside.txt"), (DATA, path))),
    ("move from there", |guest, path| guest.rename((DATA, path), (DATA, "new"))),
    ("move a file there", |guest, path| guest.rename((DATA, "inside.txt"), (DATA, path))),
    ("move a directory there", |guest, path| guest.rename((DATA, "sub/deep"), (DATA, path))),
];

/// Paths whose last name already lies outside.
pub const OUTSIDE: [&str; 43] = [
    "..",
    "../",
    "../.",
    "./..",
    "../..",
    "sub/../..",
    "sub/../../",
    "sub/./../..",
    "sub//..//..",
    "sub/deep/../../..",
    "../secret.txt",
    "../new",
    "../outside/secret.txt",
    "../outside/empty",
    "../outside/empty/",
    "../data",
    "../data/inside.txt",
    "../readonly/file.txt",
    "sub/../../secret.txt",
    "sub/deep/../../../secret.txt",
    "sub/../sub/../../secret.txt",
    "../../../../../../../../../../../../../../../../../../etc/passwd",
    "/",
    "//",
    "/etc/passwd",
    "/data/inside.txt",
    "//data/inside.txt",
    "/proc/self/root/etc/passwd",
    "/dev/fd/3/../secret.txt",
    "link-outside/secret.txt",
    "link-outside/new",
    "link-outside/empty",
    "link-outside/deep/../secret.txt",
    "link-outside-slash/secret.txt",
    "link-parent/secret.txt",
    "link-parent/data/inside.txt",
    "link-root/etc/passwd",
    "link-chain/secret.txt",
    "link-through-sub/secret.txt",
    "link-through-link/secret.txt",
    "link-many/passwd",
    "link-sub/link-up-up/secret.txt",
    "sub/link-up/link-parent/secret.txt",
];

/// Links that lead outside; with a slash or a dot behind them nothing means the link itself.
pub const LINKS_OUTSIDE: [&str; 12] = [
    "link-secret",
    "link-nothing",
    "link-outside",
    "link-parent",
    "link-root",
    "link-absolute",
    "link-chain",
    "link-chain-secret",
    "link-out-and-in",
    "link-through-sub",
    "sub/link-up-up",
    "sub/deep/link-secret",
];

fn every_call_refuses_what_leads_out(host: &Host) {
    let mut guest = host.start();
    for path in OUTSIDE {
        for (name, operation) in FOLLOWING.iter().chain(NAMING) {
            assert_eq!(operation(&mut guest, path), Err(Errno::PERM), "{name}: {path}");
        }
    }
    for link in LINKS_OUTSIDE {
        for (name, operation) in FOLLOWING {
            assert_eq!(operation(&mut guest, link), Err(Errno::PERM), "{name}: {link}");
        }
        for end in ["/", "//", "/.", "/..", "/./"] {
            let path = format!("{link}{end}");
            for (name, operation) in FOLLOWING.iter().chain(NAMING) {
                // Some see that this is no directory before they see where it leads.
                assert!(operation(&mut guest, &path).is_err(), "{name}: {path}");
            }
        }
    }
}

/// Whether a file exists outside must make no difference.
fn nothing_is_told_of_what_lies_outside(host: &Host) {
    let mut guest = host.start();
    let pairs = [
        ("../secret.txt", "../nothing"),
        ("../outside/empty", "../nothing/empty"),
        ("../outside/empty/", "../nothing/"),
        ("../data/inside.txt", "../nothing/inside.txt"),
        ("link-secret/", "link-nothing/"),
        ("link-outside/secret.txt", "link-nothing/secret.txt"),
        ("/etc/passwd", "/nothing"),
    ];
    for (there, missing) in pairs {
        for (name, operation) in FOLLOWING.iter().chain(NAMING) {
            let answers = [there, missing].map(|path| operation(&mut guest, path));
            assert_eq!(answers[0], answers[1], "{name}: {there} and {missing}");
        }
    }
    for (name, operation) in FOLLOWING {
        let answers = ["link-secret", "link-nothing"].map(|path| operation(&mut guest, path));
        assert_eq!(answers[0], answers[1], "{name}: links to a file and to nothing");
    }
}

/// A backslash, a colon and the names of devices are parts of names here.
fn names_of_other_systems(host: &Host) {
    let mut guest = host.start();
    for path in
        ["..\\secret.txt", "..\\..\\secret.txt", "sub\\..\\..\\secret.txt", "C:", "\\\\host\\share", "CON", "COM¹"]
    {
        assert_eq!(guest.open_to_read(DATA, path), Err(Errno::NOENT), "{path}");
        let file = guest.open(DATA, path, FOLLOW, CREATE, WRITE).expect("a new file");
        guest.close(file).expect("it was opened");
        assert!(host.path("data").join(path).is_file(), "{path}");
    }
}

fn bytes_that_end_or_break_a_path(host: &Host) {
    let mut guest = host.start();
    for (name, operation) in FOLLOWING.iter().chain(NAMING) {
        for path in ["inside.txt\0", "\0", "inside.txt\0/../../secret.txt", "../secret.txt\0inside.txt"] {
            assert_eq!(operation(&mut guest, path), Err(Errno::INVAL), "{name}: {path:?}");
        }
        assert_eq!(operation(&mut guest, ""), Err(Errno::NOENT), "{name}: an empty path");
    }
    // What would be `../` if an overlong form of a dot or a slash counted as one.
    for path in [&b"\xc0\xae\xc0\xae/secret.txt"[..], b"..\xc0\xafsecret.txt", b"..\xe0\x80\xafsecret.txt", b"\xff"] {
        for call in [WasiCall::PathCreateDirectory, WasiCall::PathUnlinkFile, WasiCall::PathRemoveDirectory] {
            assert_eq!(guest.at(call, &[u64::from(DATA)], path, &[]).err(), Some(Errno::ILSEQ), "{path:x?}");
        }
        let (before, after) =
            ([u64::from(DATA), u64::from(FOLLOW)], [u64::from(CREATE), WRITE, WRITE, 0, u64::from(OUTPUT)]);
        assert_eq!(guest.at(WasiCall::PathOpen, &before, path, &after).err(), Some(Errno::ILSEQ), "{path:x?}");
    }
}

/// Paths and links that fill the buffers in which paths are put together.
fn the_longest_ones(host: &Host) {
    let longest = format!("{}inside.txt", "./".repeat((4095 - 10) / 2));
    let out = format!("{}../secret.txt", "./".repeat((4095 - 13) / 2));
    for (text, name) in
        [("../secret.txt", "long-out"), ("inside.txt", "long-in"), ("sub//..//..////outside", "slashes")]
    {
        host.link(&format!("{}{text}", "./".repeat(2000)), format!("data/{name}"));
    }
    let mut guest = host.start();
    assert_eq!(guest.contents(DATA, &longest), Ok(b"inside".to_vec()));
    assert_eq!(guest.open_to_read(DATA, &format!("./{longest}")), Err(Errno::NAMETOOLONG));
    assert_eq!(guest.open_to_read(DATA, &out), Err(Errno::PERM));
    assert_eq!(guest.contents(DATA, "long-in"), Ok(b"inside".to_vec()));
    assert_eq!(guest.open_to_read(DATA, "long-out"), Err(Errno::PERM));
    assert_eq!(guest.open_to_read(DATA, "slashes/secret.txt"), Err(Errno::PERM));
    // A link whose text, put before what is left of the path, has no room: an error, and not a shorter path.
    let behind = format!("link-sub/{}../inside.txt", "./".repeat(2030));
    assert_eq!(guest.contents(DATA, &behind), Ok(b"inside".to_vec()));
    let behind = format!("long-in/../{}", "./".repeat(2030));
    assert!(guest.open_to_read(DATA, &behind).is_err());
    let name = "n".repeat(255);
    assert_eq!(guest.open_to_read(DATA, &name), Err(Errno::NOENT));
    assert_eq!(guest.open_to_read(DATA, &format!("{name}n")), Err(Errno::NAMETOOLONG));
    assert_eq!(guest.open_to_read(DATA, &format!("{name}n/../../secret.txt")), Err(Errno::NAMETOOLONG));
}

/// To remove or to move the directory itself is a change of the one it is in.
fn the_granted_directory_itself_stays(host: &Host) {
    let mut guest = host.start();
    for path in [".", "./", "./.", "sub/..", "sub/../", "sub/../.", "link-sub/..", "sub/link-up/", "sub/link-up/."] {
        assert!(guest.remove_directory(DATA, path).is_err(), "remove {path}");
        assert!(guest.unlink(DATA, path).is_err(), "unlink {path}");
        assert!(guest.rename((DATA, path), (DATA, "sub/moved")).is_err(), "move {path}");
        assert!(guest.rename((DATA, "sub/deep"), (DATA, path)).is_err(), "move onto {path}");
        assert!(guest.link((DATA, path), (DATA, "new")).is_err(), "link {path}");
        assert!(guest.make_directory(DATA, path).is_err(), "make {path}");
    }
    assert_eq!(guest.contents(DATA, "sub/deep/deep.txt"), Ok(b"inside".to_vec()));
}
