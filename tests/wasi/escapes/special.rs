//! Files that are more than bytes: pipes, sockets, devices, the links of `/proc` that no path describes, and the pages of
//! the process itself.

use super::Attack;
use super::calls::{CREATE, DATA, DIRECTORY, Errno, FOLLOW, READ, TRUNCATE, WRITE};
use super::outside::Host;
use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;

pub const ATTACKS: &[Attack] = &[
    ("special/pipes do not keep a program waiting", pipes_do_not_keep_a_program_waiting),
    ("special/sockets are not connected to", sockets_are_not_connected_to),
    ("special/devices do not keep a program waiting", devices_do_not_keep_a_program_waiting),
    ("special/links of proc", links_of_proc),
    ("special/links of dev", links_of_dev),
    (LOOKS_AT_PAGES, no_page_is_for_code_and_data),
];

/// An attack that looks at the pages of the process: where an emulator runs it, they are the emulator's.
pub const LOOKS_AT_PAGES: &str = "special/no page is for code and data";

/// The descriptor of a directory that is granted at start-up.
const GRANTED: u32 = 5;

fn pipes_do_not_keep_a_program_waiting(host: &Host) {
    let mode = Mode::from_raw_mode(0o666);
    for path in ["data/pipe", "moving/pipe"] {
        mknodat(CWD, host.path(path), FileType::Fifo, mode, 0).expect("a pipe");
    }
    symlink("../moving/pipe", host.path("data/link-pipe")).expect("a link");
    let mut guest = host.start();
    // Nobody writes into it, and nobody reads from it.
    assert_eq!(guest.contents(DATA, "pipe"), Ok(Vec::new()));
    assert_eq!(guest.open(DATA, "pipe", FOLLOW, 0, WRITE), Err(Errno::NXIO));
    assert_eq!(guest.open(DATA, "pipe", FOLLOW, CREATE | TRUNCATE, WRITE), Err(Errno::NXIO));
    assert_eq!(guest.open(DATA, "pipe", FOLLOW, DIRECTORY, READ), Err(Errno::NOTDIR));
    guest.attributes(DATA, "pipe", FOLLOW).expect("to look at it waits for nobody");
    guest.set_times(DATA, "pipe", FOLLOW).expect("neither does this");
    assert_eq!(guest.open_to_read(DATA, "link-pipe"), Err(Errno::PERM));
    assert_eq!(guest.open(DATA, "link-pipe", FOLLOW, 0, WRITE), Err(Errno::PERM));
    assert_eq!(guest.open_to_read(DATA, "pipe/../../secret.txt"), Err(Errno::NOTDIR));
}

fn sockets_are_not_connected_to(host: &Host) {
    let listener = UnixListener::bind(host.path("data/socket")).expect("a socket");
    listener.set_nonblocking(true).expect("it is one");
    let mut guest = host.start();
    for rights in [READ, WRITE, READ | WRITE] {
        assert_eq!(guest.open(DATA, "socket", FOLLOW, 0, rights), Err(Errno::NXIO));
    }
    assert!(listener.accept().is_err());
}

fn devices_do_not_keep_a_program_waiting(host: &Host) {
    // The terminal of the process: the one device whose opening does something to the process itself.
    let terminal = makedev(5, 0);
    let mode = Mode::from_raw_mode(0o666);
    if mknodat(CWD, host.path("data/terminal"), FileType::CharacterDevice, mode, terminal).is_err() {
        // To make devices is left to the administrator.
        return;
    }
    let mut guest = host.start();
    // There is none, or the file system has no devices; in no case does it wait.
    let _ = guest.open_to_read(DATA, "terminal");
    let _ = guest.open(DATA, "terminal", FOLLOW, CREATE | TRUNCATE, READ | WRITE);
    guest.attributes(DATA, "terminal", FOLLOW).expect("to look at it opens nothing");
}

/// `root`, `cwd`, `exe` and `fd` lead to files wherever they are, by no path that could be kept inside.
fn links_of_proc(host: &Host) {
    let mut command = host.command();
    command.env("WASMC_DIR", "/proc::/proc");
    let mut guest = host.start_as(command);
    // What is no such link can be read: the directory was granted.
    assert!(guest.contents(GRANTED, "self/status").is_ok_and(|text| text.starts_with(b"Name:")));
    let links = ["root", "cwd", "exe", "fd/0", "fd/3", "fd/4", "fd/5", "ns/mnt", "ns/user"];
    let ends = ["", "/", "/.", "/..", "/secret.txt", "/../secret.txt", "/etc/passwd", "/inside.txt"];
    for task in ["self", "thread-self", "self/task/../../self"] {
        for link in links {
            for end in ends {
                let path = format!("{task}/{link}{end}");
                for lookup in [0, FOLLOW] {
                    for (oflags, rights) in [(0, READ), (DIRECTORY, READ), (0, WRITE), (CREATE, WRITE)] {
                        let opened = guest.open(GRANTED, &path, lookup, oflags, rights);
                        assert!(opened.is_err(), "{path}, {oflags}");
                    }
                }
                assert!(guest.attributes(GRANTED, &path, FOLLOW).is_err(), "{path}");
            }
            let named = format!("{task}/{link}");
            assert!(guest.set_times(GRANTED, &named, FOLLOW).is_err(), "{named}");
            assert!(guest.link((GRANTED, &named), (DATA, "hard")).is_err(), "{named}");
            assert!(guest.rename((DATA, "inside.txt"), (GRANTED, &format!("{named}/moved"))).is_err(), "{named}");
        }
        // Where they lead is the host's to know.
        for link in ["root", "cwd", "exe", "fd/3"] {
            assert_eq!(guest.read_link(GRANTED, &format!("{task}/{link}")), Err(Errno::PERM), "{link}");
        }
    }
    // By way of a link that the program makes.
    guest.symlink("../../../../../../../../proc/self/root/etc/passwd", DATA, "proc").expect("a relative text");
    assert_eq!(guest.open_to_read(DATA, "proc"), Err(Errno::PERM));
}

/// `/dev/fd` and the standard streams lead to `/proc` by absolute texts.
fn links_of_dev(host: &Host) {
    let mut command = host.command();
    command.env("WASMC_DIR", "/dev::/dev:ro");
    let mut guest = host.start_as(command);
    for path in ["fd", "fd/0", "fd/3", "fd/3/inside.txt", "fd/../../etc/passwd", "stdin", "stdout", "stderr"] {
        if !host_has(path) {
            continue;
        }
        assert_eq!(guest.open_to_read(GRANTED, path), Err(Errno::PERM), "{path}");
        assert_eq!(guest.attributes(GRANTED, path, FOLLOW), Err(Errno::PERM), "{path}");
    }
    assert!(guest.open(GRANTED, "null", FOLLOW, 0, WRITE).is_err());
}

/// What a program writes never becomes code.
fn no_page_is_for_code_and_data(host: &Host) {
    let mut guest = host.start();
    // Now everything is where it stays.
    assert_eq!(guest.contents(DATA, "inside.txt"), Ok(b"inside".to_vec()));
    let pages = guest.pages();
    let rights: Vec<&str> = pages.lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert!(rights.iter().any(|rights| rights.contains('x')) && rights.iter().any(|rights| rights.contains('w')));
    assert!(!rights.iter().any(|rights| rights.contains('x') && rights.contains('w')), "{pages}");
}

/// Some containers have no such links.
fn host_has(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or(path);
    std::path::Path::new("/dev").join(first).is_symlink()
}
