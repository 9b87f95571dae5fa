//! Links that the host or the program makes before, while and after a path is used.

use super::Attack;
use super::calls::{CREATE, DATA, Errno, FOLLOW, READ, TRUNCATE, WRITE};
use super::outside::Host;
use std::fs;

pub const ATTACKS: &[Attack] = &[
    ("links/that the program makes", that_the_program_makes),
    ("links/that are moved up", that_are_moved_up),
    ("links/that get a second name further up", that_get_a_second_name_further_up),
    ("links/that the host makes meanwhile", that_the_host_makes_meanwhile),
    ("links/in place of a directory that is open", in_place_of_a_directory_that_is_open),
    ("links/out of a directory that was moved away", out_of_a_directory_that_was_moved_away),
    ("links/with absolute texts", with_absolute_texts),
    ("links/too many of them", too_many_of_them),
    ("links/hard ones to what a link leads to", hard_ones_to_what_a_link_leads_to),
];

/// A text may lead anywhere; the path through it may not.
fn that_the_program_makes(host: &Host) {
    let mut guest = host.start();
    for (text, name) in [("../secret.txt", "out"), ("sub/../../secret.txt", "around"), ("../new", "dangling")] {
        guest.symlink(text, DATA, name).expect("a relative text");
        assert_eq!(guest.open_to_read(DATA, name), Err(Errno::PERM));
        for oflags in [0, CREATE, TRUNCATE, CREATE | TRUNCATE] {
            assert_eq!(guest.open(DATA, name, FOLLOW, oflags, WRITE), Err(Errno::PERM), "{name}");
            assert_eq!(guest.open(DATA, name, 0, oflags, WRITE), Err(Errno::LOOP), "{name}");
        }
    }
    guest.symlink("../outside", DATA, "sub/out").expect("it stays inside");
    assert_eq!(guest.open_to_read(DATA, "sub/out/secret.txt"), Err(Errno::NOENT));
    guest.symlink("..", DATA, "up").expect("a relative text");
    assert_eq!(guest.contents(DATA, "sub/../up/secret.txt"), Err(Errno::PERM));
    // What replaces a link must be made inside, not where the link led.
    guest.rename((DATA, "inside.txt"), (DATA, "dangling")).expect("a link is a name");
    assert_eq!(guest.contents(DATA, "dangling"), Ok(b"inside".to_vec()));
}

/// A link that stays inside where it is made leads out from further up.
fn that_are_moved_up(host: &Host) {
    let mut guest = host.start();
    guest.symlink("../../secret.txt", DATA, "sub/deep/up").expect("a relative text");
    assert_eq!(guest.open_to_read(DATA, "sub/deep/up"), Err(Errno::NOENT));
    guest.rename((DATA, "sub/deep/up"), (DATA, "sub/up")).expect("a move inside");
    assert_eq!(guest.open_to_read(DATA, "sub/up"), Err(Errno::PERM));
    // With the directory it is in.
    guest.symlink("../../secret.txt", DATA, "sub/deep/up").expect("a relative text");
    guest.rename((DATA, "sub/deep"), (DATA, "deep")).expect("a move inside");
    assert_eq!(guest.open_to_read(DATA, "deep/up"), Err(Errno::PERM));
    // Through a directory that was opened before it moved.
    let directory = guest.open_directory(DATA, "deep").expect("a directory");
    assert_eq!(guest.open_to_read(directory, "up"), Err(Errno::PERM));
    assert_eq!(guest.contents(directory, "deep.txt"), Ok(b"inside".to_vec()));
}

fn that_get_a_second_name_further_up(host: &Host) {
    let mut guest = host.start();
    guest.symlink("../../inside.txt", DATA, "sub/deep/up").expect("a relative text");
    assert_eq!(guest.contents(DATA, "sub/deep/up"), Ok(b"inside".to_vec()));
    guest.link((DATA, "sub/deep/up"), (DATA, "up")).expect("a link to the link itself");
    assert_eq!(guest.open_to_read(DATA, "up"), Err(Errno::PERM));
}

fn that_the_host_makes_meanwhile(host: &Host) {
    let mut guest = host.start();
    assert_eq!(guest.contents(DATA, "inside.txt"), Ok(b"inside".to_vec()));
    fs::remove_file(host.path("data/inside.txt")).expect("it is there");
    host.link("../secret.txt", "data/inside.txt");
    for oflags in [0, CREATE, TRUNCATE] {
        assert_eq!(guest.open(DATA, "inside.txt", FOLLOW, oflags, READ | WRITE), Err(Errno::PERM));
    }
    assert_eq!(guest.set_times(DATA, "inside.txt", FOLLOW), Err(Errno::PERM));
    // The link itself is the program's.
    guest.unlink(DATA, "inside.txt").expect("a name in its directory");
    assert!(!host.is_link("data/inside.txt"));
}

fn in_place_of_a_directory_that_is_open(host: &Host) {
    let mut guest = host.start();
    let directory = guest.open_directory(DATA, "sub").expect("a directory");
    fs::rename(host.path("data/sub"), host.path("data/old")).expect("a move");
    host.link("../outside", "data/sub");
    assert_eq!(guest.open_to_read(DATA, "sub/secret.txt"), Err(Errno::PERM));
    assert_eq!(guest.open(DATA, "sub/new", FOLLOW, CREATE, WRITE), Err(Errno::PERM));
    assert_eq!(guest.unlink(DATA, "sub/secret.txt"), Err(Errno::PERM));
    // What is open stays what it was.
    host.check_moved(guest.contents(directory, "deep/deep.txt"));
    assert_eq!(guest.open_to_read(directory, "../inside.txt"), Err(Errno::PERM));
}

/// A descriptor goes with its directory. The host moved it, and so granted what is in it, but nothing above.
fn out_of_a_directory_that_was_moved_away(host: &Host) {
    let mut guest = host.start();
    let directory = guest.open_directory(DATA, "sub").expect("a directory");
    fs::rename(host.path("data/sub"), host.path("moving/sub")).expect("a move");
    for path in ["..", "../", "deep/../..", "../../secret.txt", "deep/../../../secret.txt", "link-up/../secret.txt"] {
        assert_eq!(guest.open_to_read(directory, path), Err(Errno::PERM), "{path}");
        assert_eq!(guest.attributes(directory, path, FOLLOW), Err(Errno::PERM), "{path}");
        assert_eq!(guest.unlink(directory, path), Err(Errno::PERM), "{path}");
    }
    host.check_moved(guest.contents(directory, "deep/../deep/deep.txt"));
}

/// They mean the host's root: the program neither makes them nor sees them.
fn with_absolute_texts(host: &Host) {
    let mut guest = host.start();
    for text in ["/", "/etc/passwd", "//etc/passwd", "/data/inside.txt"] {
        assert_eq!(guest.symlink(text, DATA, "absolute"), Err(Errno::PERM), "{text}");
    }
    assert!(!host.is_link("data/absolute"));
    for link in ["link-root", "link-absolute"] {
        assert_eq!(guest.read_link(DATA, link), Err(Errno::PERM), "{link}");
    }
    assert_eq!(guest.read_link(DATA, "link-secret"), Ok(b"../secret.txt".to_vec()));
}

/// Forty are followed. Those after the last one are not looked at, wherever they lead.
fn too_many_of_them(host: &Host) {
    let mut guest = host.start();
    guest.symlink("inside.txt", DATA, "in-0").expect("a link");
    guest.symlink("../secret.txt", DATA, "out-0").expect("a link");
    for number in 0..45 {
        for chain in ["in", "out"] {
            let (old, new) = (format!("{chain}-{number}"), format!("{chain}-{}", number + 1));
            guest.symlink(&old, DATA, &new).expect("a link");
        }
    }
    assert_eq!(guest.contents(DATA, "in-39"), Ok(b"inside".to_vec()));
    assert_eq!(guest.open_to_read(DATA, "in-40"), Err(Errno::LOOP));
    assert_eq!(guest.open_to_read(DATA, "out-39"), Err(Errno::PERM));
    assert_eq!(guest.open_to_read(DATA, "out-40"), Err(Errno::LOOP));
    assert_eq!(guest.attributes(DATA, "out-39", FOLLOW), Err(Errno::PERM));
    guest.symlink("self", DATA, "self").expect("a link");
    assert_eq!(guest.open_to_read(DATA, "self"), Err(Errno::LOOP));
    assert_eq!(guest.open_to_read(DATA, "self/../../secret.txt"), Err(Errno::LOOP));
    guest.symlink("self-path/..", DATA, "self-path").expect("a link");
    assert_eq!(guest.open_to_read(DATA, "self-path/../secret.txt"), Err(Errno::LOOP));
}

/// A second name inside would be a file of the host's with the program's rights.
fn hard_ones_to_what_a_link_leads_to(host: &Host) {
    let mut guest = host.start();
    for old in ["link-secret", "link-chain-secret", "link-absolute"] {
        assert_eq!(guest.link_with((DATA, FOLLOW, old), (DATA, "hard")), Err(Errno::INVAL), "{old}");
        guest.link((DATA, old), (DATA, "hard")).expect("a link to the link itself");
        assert!(host.is_link("data/hard"), "{old}");
        assert_eq!(guest.open_to_read(DATA, "hard"), Err(Errno::PERM), "{old}");
        guest.unlink(DATA, "hard").expect("it is there");
    }
    assert_eq!(guest.link((DATA, "link-outside/secret.txt"), (DATA, "hard")), Err(Errno::PERM));
    assert_eq!(guest.link((DATA, "inside.txt"), (DATA, "link-outside/hard")), Err(Errno::PERM));
    assert_eq!(guest.link((DATA, "inside.txt"), (DATA, "link-nothing")), Err(Errno::EXIST));
}
