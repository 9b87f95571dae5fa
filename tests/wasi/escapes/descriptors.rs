//! Numbers of descriptors: the host's own, those that are free, and those that mean something else by now.

use super::Attack;
use super::calls::{CREATE, DATA, Errno, FOLLOW, READ, READ_ONLY, TRUNCATE, WRITE};
use super::outside::{Host, SECRET};
use super::remote::OUTPUT;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use wasmc_runtime::abi::WasiCall;

pub const ATTACKS: &[Attack] = &[
    ("descriptors/that the process inherited", that_the_process_inherited),
    ("descriptors/of streams that were closed at the start", of_streams_that_were_closed_at_the_start),
    ("descriptors/moved onto a directory", moved_onto_a_directory),
    ("descriptors/moved onto a stream", moved_onto_a_stream),
    ("descriptors/that are not open", that_are_not_open),
    ("descriptors/used again with other rights", used_again_with_other_rights),
    ("descriptors/opened to be read and cut off", opened_to_be_read_and_cut_off),
];

/// Files that whoever started the program left open have no number in it.
fn that_the_process_inherited(host: &Host) {
    let secret = File::open(host.path("secret.txt")).expect("it is there");
    let outside = File::open(host.path("outside")).expect("it is there");
    let mut command = host.command();
    // SAFETY: between `fork` and `exec` it makes system calls and nothing else.
    unsafe {
        command.pre_exec(move || {
            for _ in 0..10 {
                std::mem::forget((rustix::io::dup(&secret)?, rustix::io::dup(&outside)?));
            }
            Ok(())
        });
    }
    let mut guest = host.start_as(command);
    for fd in 5..100 {
        assert_eq!(guest.read(fd), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.open_to_read(fd, "secret.txt"), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.renumber(fd, DATA), Err(Errno::BADF), "{fd}");
    }
    // Those that are there are the granted ones.
    assert_eq!(guest.contents(DATA, "inside.txt"), Ok(b"inside".to_vec()));
    assert_eq!(guest.open_to_read(READ_ONLY, "secret.txt"), Err(Errno::NOENT));
}

/// The number of a stream is free in the process then. No file may get it, or it would receive messages.
fn of_streams_that_were_closed_at_the_start(host: &Host) {
    let mut command = host.command();
    // SAFETY: between `fork` and `exec` it makes one system call.
    unsafe {
        command.pre_exec(|| {
            rustix::io::close(2);
            Ok(())
        });
    }
    let mut guest = host.start_as(command);
    let file = guest.open(DATA, "file", FOLLOW, CREATE, READ | WRITE).expect("a new file");
    assert_eq!(file, 5);
    assert_eq!(guest.write(2, b"a message"), Err(Errno::BADF));
    guest.write(file, b"inside").expect("it may write");
    assert_eq!(fs::read(host.path("data/file")).expect("it was made"), b"inside");
}

fn moved_onto_a_directory(host: &Host) {
    let mut guest = host.start();
    // A directory that may be read only takes the place of the one that may be changed, and stays what it is.
    let other = guest.open_directory(READ_ONLY, ".").expect("a directory");
    guest.renumber(other, DATA).expect("both are open");
    assert_eq!(guest.open(DATA, "new", FOLLOW, CREATE, WRITE), Err(Errno::PERM));
    assert_eq!(guest.contents(DATA, "file.txt"), Ok(b"inside".to_vec()));
    assert_eq!(guest.open_to_read(DATA, "../secret.txt"), Err(Errno::PERM));
    assert_eq!(guest.open_to_read(other, "file.txt"), Err(Errno::BADF));
    // It was opened, not granted, so it has no name.
    assert!(guest.ask(WasiCall::FdPrestatGet, &[u64::from(DATA), u64::from(OUTPUT)], &[]).is_err());

    // The other way round: changes reach the directory that they were granted for.
    let mut guest = host.start();
    guest.renumber(DATA, READ_ONLY).expect("both are open");
    assert_eq!(guest.open_to_read(DATA, "inside.txt"), Err(Errno::BADF));
    guest.open(READ_ONLY, "new", FOLLOW, CREATE, WRITE).expect("it is `data` now");
    assert!(host.path("data/new").is_file());

    // A file is no directory by its number.
    let mut guest = host.start();
    let file = guest.open_to_read(DATA, "inside.txt").expect("it is there");
    guest.renumber(file, DATA).expect("both are open");
    assert_eq!(guest.open_to_read(DATA, "inside.txt"), Err(Errno::NOTDIR));
    assert_eq!(guest.open_to_read(DATA, "../secret.txt"), Err(Errno::NOTDIR));
    assert_eq!(guest.make_directory(DATA, "new"), Err(Errno::BADF));
}

fn moved_onto_a_stream(host: &Host) {
    let mut guest = host.start();
    let file = guest.open(DATA, "file", FOLLOW, CREATE, READ | WRITE).expect("a new file");
    guest.renumber(file, 2).expect("both are open");
    guest.write(2, b"inside").expect("it is the file now");
    assert_eq!(fs::read(host.path("data/file")).expect("it was made"), b"inside");
    // A directory there is one, and takes no bytes.
    guest.renumber(DATA, 2).expect("both are open");
    assert_eq!(guest.write(2, b"bytes"), Err(Errno::BADF));
    assert_eq!(guest.open_to_read(2, "../secret.txt"), Err(Errno::PERM));
    assert_eq!(guest.contents(2, "inside.txt"), Ok(b"inside".to_vec()));
    // A stream in the place of a directory is no directory.
    guest.renumber(2, READ_ONLY).expect("both are open");
    guest.close(READ_ONLY).expect("it is open");
    for fd in [2, DATA, READ_ONLY] {
        assert_eq!(guest.open_to_read(fd, "inside.txt"), Err(Errno::BADF), "{fd}");
    }
}

/// Out of range or free: an error, whatever is asked for, and never a number of the host's.
fn that_are_not_open(host: &Host) {
    let mut guest = host.start();
    for fd in [5, 6, 100, 0x7fff_ffff, 0x8000_0000, u32::MAX - 1, u32::MAX] {
        for (from, to) in [(fd, DATA), (DATA, fd), (fd, fd)] {
            assert_eq!(guest.renumber(from, to), Err(Errno::BADF), "{from} to {to}");
        }
        assert_eq!(guest.close(fd), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.read(fd), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.open_to_read(fd, "inside.txt"), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.rename((fd, "inside.txt"), (DATA, "new")), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.rename((DATA, "inside.txt"), (fd, "new")), Err(Errno::BADF), "{fd}");
        assert_eq!(guest.link((DATA, "inside.txt"), (fd, "new")), Err(Errno::BADF), "{fd}");
    }
    let file = guest.open_to_read(DATA, "inside.txt").expect("it is there");
    guest.close(file).expect("it is open");
    assert_eq!(guest.close(file), Err(Errno::BADF));
    assert_eq!(guest.read(file), Err(Errno::BADF));
    // The working directory is the number -100 of the host.
    assert_ne!(guest.contents(-100_i32 as u32, "secret.txt"), Ok(SECRET.to_vec()));
}

/// What the last descriptor with a number gave up or was granted says nothing about the next one.
fn used_again_with_other_rights(host: &Host) {
    let mut guest = host.start();
    let writable = guest.open(DATA, "inside.txt", FOLLOW, 0, READ | WRITE).expect("it is there");
    guest.close(writable).expect("it is open");
    let readable = guest.open(READ_ONLY, "file.txt", FOLLOW, 0, READ).expect("it is there");
    assert_eq!(readable, writable);
    assert!(guest.write(readable, b"changed").is_err());
    guest.close(readable).expect("it is open");

    // A directory that gave up everything opens nothing, and what was opened through it before keeps what it had.
    let directory = guest.open_directory(DATA, "sub").expect("a directory");
    let below = guest.open_directory(directory, "deep").expect("a directory");
    guest.ask(WasiCall::FdFdstatSetRights, &[u64::from(directory), 0, 0], &[]).expect("rights may be given up");
    assert_eq!(guest.open_to_read(directory, "deep/deep.txt"), Err(Errno::NOTCAPABLE));
    assert_eq!(guest.unlink(directory, "deep/deep.txt"), Err(Errno::NOTCAPABLE));
    assert_eq!(guest.contents(below, "deep.txt"), Ok(b"inside".to_vec()));
    // To move it does not bring them back.
    guest.renumber(directory, DATA).expect("both are open");
    assert_eq!(guest.open_to_read(DATA, "deep/deep.txt"), Err(Errno::NOTCAPABLE));
    let again = guest.ask(WasiCall::FdFdstatSetRights, &[u64::from(DATA), u64::MAX, u64::MAX], &[]);
    assert_eq!(again.err(), Some(Errno::NOTCAPABLE));
}

/// Who may cut a file off need not be let write it.
fn opened_to_be_read_and_cut_off(host: &Host) {
    let mut guest = host.start();
    for oflags in [TRUNCATE, CREATE | TRUNCATE] {
        fs::write(host.path("data/inside.txt"), "inside").expect("a file");
        let file = guest.open(DATA, "inside.txt", FOLLOW, oflags, READ).expect("it may be read");
        assert_eq!(guest.write(file, b"changed"), Err(Errno::BADF));
        assert_eq!(guest.pwrite(file, b"changed"), Err(Errno::BADF));
        assert_eq!(guest.read(file), Ok(Vec::new()));
        guest.close(file).expect("it was opened");
        assert_eq!(fs::read(host.path("data/inside.txt")).expect("it is there"), b"");
    }
}
