//! Ways to change what was granted for reading.

use super::Attack;
use super::calls::{CREATE, DATA, EXCLUSIVE, Errno, FOLLOW, READ, READ_ONLY, TRUNCATE, WRITE};
use super::outside::Host;
use super::remote::Remote;
use wasmc_runtime::abi::WasiCall;

pub const ATTACKS: &[Attack] = &[
    ("read only/by paths", by_paths),
    ("read only/by paths below a subdirectory", by_paths_below_a_subdirectory),
    ("read only/by an open file", by_an_open_file),
    ("read only/by a name where one may write", by_a_name_where_one_may_write),
    ("read only/by a link from where one may write", by_a_link_from_where_one_may_write),
];

/// `rights`, all of them.
const ALL: u64 = u64::MAX;

fn refuses_changes(guest: &mut Remote, fd: u32) {
    let denied = Err(Errno::PERM);
    for lookup in [0, FOLLOW] {
        for oflags in [0, CREATE, TRUNCATE, CREATE | TRUNCATE, CREATE | EXCLUSIVE] {
            for path in ["file.txt", "new.txt", "./file.txt"] {
                assert_eq!(guest.open(fd, path, lookup, oflags, WRITE), Err(Errno::PERM), "{path}");
                assert_eq!(guest.open(fd, path, lookup, oflags, ALL), Err(Errno::PERM), "{path}");
            }
            if oflags != 0 {
                // Neither needs the right to write.
                assert_eq!(guest.open(fd, "file.txt", lookup, oflags, READ), Err(Errno::PERM));
                assert_eq!(guest.open(fd, "file.txt", lookup, oflags, 0), Err(Errno::PERM));
            }
        }
        assert_eq!(guest.set_times(fd, "file.txt", lookup), denied);
    }
    assert_eq!(guest.make_directory(fd, "new"), denied);
    assert_eq!(guest.remove_directory(fd, "sub"), denied);
    assert_eq!(guest.unlink(fd, "file.txt"), denied);
    assert_eq!(guest.symlink("file.txt", fd, "new"), denied);
    assert_eq!(guest.rename((fd, "file.txt"), (fd, "new")), denied);
    assert_eq!(guest.link((fd, "file.txt"), (fd, "new")), denied);
    assert_eq!(guest.contents(fd, "file.txt"), Ok(b"inside".to_vec()));
}

fn by_paths(host: &Host) {
    refuses_changes(&mut host.start(), READ_ONLY);
}

/// What was granted goes with the descriptor, and with those that are opened through it.
fn by_paths_below_a_subdirectory(host: &Host) {
    let mut guest = host.start();
    let directory = guest.open_directory(READ_ONLY, "sub").expect("a directory");
    refuses_changes(&mut guest, directory);
    let same = guest.open_directory(directory, ".").expect("a directory");
    refuses_changes(&mut guest, same);
    guest.renumber(same, DATA).expect("both are open");
    refuses_changes(&mut guest, DATA);
}

fn by_an_open_file(host: &Host) {
    let mut guest = host.start();
    let file = guest.open(READ_ONLY, "file.txt", FOLLOW, 0, ALL & !WRITE).expect("it may be read");
    let directory = guest.open_directory(READ_ONLY, "sub").expect("a directory");
    // Rights are given up, never gained.
    let _ = guest.ask(WasiCall::FdFdstatSetRights, &[u64::from(file), ALL, ALL], &[]);
    assert!(guest.write(file, b"changed").is_err());
    assert!(guest.pwrite(file, b"changed").is_err());
    for (call, arguments) in [
        (WasiCall::FdFilestatSetSize, [0, 0, 0]),
        (WasiCall::FdFilestatSetSize, [100, 0, 0]),
        (WasiCall::FdAllocate, [0, 4096, 0]),
        (WasiCall::FdFilestatSetTimes, [0, 0, 4]),
        (WasiCall::FdFilestatSetTimes, [0, 0, 8]),
    ] {
        for fd in [file, directory, READ_ONLY] {
            let arguments = [&[u64::from(fd)], arguments.as_slice()].concat();
            assert!(guest.ask(call, &arguments, &[]).is_err(), "{call:?} of {fd}");
        }
    }
    // Append is a way to write.
    const APPEND: u64 = 1;
    let _ = guest.ask(WasiCall::FdFdstatSetFlags, &[u64::from(file), APPEND], &[]);
    assert!(guest.write(file, b"changed").is_err());
    assert_eq!(guest.read(file), Ok(b"inside".to_vec()));
}

/// With a second name there, or a new one, its contents could be changed: what Wasmtime allowed until 2026.
fn by_a_name_where_one_may_write(host: &Host) {
    let mut guest = host.start();
    assert_eq!(guest.link((READ_ONLY, "file.txt"), (DATA, "hard")), Err(Errno::PERM));
    assert_eq!(guest.link((READ_ONLY, "link-file"), (DATA, "hard")), Err(Errno::PERM));
    assert_eq!(guest.rename((READ_ONLY, "file.txt"), (DATA, "moved")), Err(Errno::PERM));
    assert_eq!(guest.rename((READ_ONLY, "sub"), (DATA, "moved")), Err(Errno::PERM));
    // Nor may what is there be replaced.
    assert_eq!(guest.rename((DATA, "inside.txt"), (READ_ONLY, "file.txt")), Err(Errno::PERM));
    assert_eq!(guest.link((DATA, "inside.txt"), (READ_ONLY, "new")), Err(Errno::PERM));
    let directory = guest.open_directory(READ_ONLY, "sub").expect("a directory");
    assert_eq!(guest.link((directory, "file.txt"), (DATA, "hard")), Err(Errno::PERM));
    assert_eq!(guest.rename((directory, "file.txt"), (DATA, "moved")), Err(Errno::PERM));
}

/// One grant is outside of the other.
fn by_a_link_from_where_one_may_write(host: &Host) {
    let mut guest = host.start();
    guest.symlink("../readonly/file.txt", DATA, "file").expect("a relative text");
    guest.symlink("../readonly", DATA, "directory").expect("a relative text");
    for path in ["file", "directory/file.txt", "../readonly/file.txt"] {
        for oflags in [0, CREATE, TRUNCATE] {
            assert_eq!(guest.open(DATA, path, FOLLOW, oflags, WRITE), Err(Errno::PERM), "{path}");
        }
        assert_eq!(guest.open_to_read(DATA, path), Err(Errno::PERM), "{path}");
        assert_eq!(guest.set_times(DATA, path, FOLLOW), Err(Errno::PERM), "{path}");
    }
    assert_eq!(guest.unlink(DATA, "directory/file.txt"), Err(Errno::PERM));
}
