//! The host renames what a path leads through while the program uses it.
//!
//! Each attack goes on until it has met both states of what changes often enough, so that it has met the moments
//! between them as well.

use super::Attack;
use super::calls::{CREATE, DATA, Errno, FOLLOW, READ, Result, TRUNCATE, WRITE};
use super::outside::{Host, SECRET};
use super::remote::Remote;
use rustix::fs::{CWD, RenameFlags, renameat_with};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

pub const ATTACKS: &[Attack] = &[
    ("races/a directory becomes a link and back", a_directory_becomes_a_link_and_back),
    ("races/a file becomes a link and back", a_file_becomes_a_link_and_back),
    ("races/a directory moves out while paths go up from it", a_directory_moves_out_while_paths_go_up_from_it),
    ("races/a directory far up moves out", a_directory_far_up_moves_out),
];

/// How long an attack lasts at least.
const TIME: Duration = Duration::from_millis(400);
/// How often each state has to be met.
const OFTEN: u32 = 20;

/// Exchanges two names all the time, while the program tries again and again; an attempt tells which state it met.
fn race(host: &Host, names: [&str; 2], mut attempt: impl FnMut(&mut Remote) -> bool) {
    let stop = AtomicBool::new(false);
    let [one, other] = names.map(|name| host.path(name));
    let exchange = || renameat_with(CWD, &one, CWD, &other, RenameFlags::EXCHANGE).expect("both are there");
    let mut guest = host.start();
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut swapped = false;
            while !stop.load(Ordering::Relaxed) || swapped {
                exchange();
                swapped = !swapped;
            }
        });
        let stops = Stop(&stop);
        let start = Instant::now();
        let mut met = [0, 0];
        while start.elapsed() < TIME || met.iter().any(|count| *count < OFTEN) {
            met[usize::from(attempt(&mut guest))] += 1;
            assert!(start.elapsed() < Duration::from_secs(60), "it met one state only: {met:?}");
        }
        drop(stops);
    });
}

/// Stops the thread, also when an attempt failed.
struct Stop<'a>(&'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Tells whether there was something to read, which must not be what lies outside.
fn reads(guest: &mut Remote, path: &str, expected: &[Errno]) -> bool {
    match guest.contents(DATA, path) {
        Ok(contents) => {
            assert_ne!(contents, SECRET, "{path} leads outside");
            true
        }
        Err(errno) => {
            assert!(expected.contains(&errno), "{path}: {errno:?}");
            false
        }
    }
}

fn a_directory_becomes_a_link_and_back(host: &Host) {
    fs::create_dir(host.path("data/turn")).expect("a directory");
    fs::write(host.path("data/turn/secret.txt"), "inside").expect("a file");
    host.link("../outside", "data/turn-link");
    race(host, ["data/turn", "data/turn-link"], |guest| {
        // What these do, they do inside or not at all: the host's files are compared at the end.
        let done: [Result; 9] = [
            guest.open(DATA, "turn/secret.txt", FOLLOW, CREATE | TRUNCATE, READ | WRITE).and_then(|file| {
                let written = guest.write(file, b"inside");
                guest.close(file).and(written)
            }),
            guest.open(DATA, "turn/new", 0, CREATE, WRITE).and_then(|file| guest.close(file)),
            guest.make_directory(DATA, "turn/made"),
            guest.symlink("made", DATA, "turn/link"),
            guest.set_times(DATA, "turn/secret.txt", FOLLOW),
            guest.rename((DATA, "turn/new"), (DATA, "turn/renamed")),
            guest.unlink(DATA, "turn/renamed"),
            guest.unlink(DATA, "turn/link"),
            guest.remove_directory(DATA, "turn/made"),
        ];
        // The walk may see a link that is a directory again when its text is asked for: `notdir`.
        let expected = [Errno::PERM, Errno::NOENT, Errno::EXIST, Errno::NOTDIR];
        // Wine knows open directories by their names, which mean something else all the time: any error may come of that.
        let is_expected = |errno: &Errno| host.is_windows() || expected.contains(errno);
        assert!(done.iter().all(|done| done.as_ref().err().is_none_or(is_expected)), "{done:?}");
        let expected = [&expected[..], if host.is_windows() { &[Errno::BADF] } else { &[] }].concat();
        reads(guest, "turn/secret.txt", &expected)
    });
}

fn a_file_becomes_a_link_and_back(host: &Host) {
    fs::write(host.path("data/name"), "inside").expect("a file");
    host.link("../secret.txt", "data/name-link");
    race(host, ["data/name", "data/name-link"], |guest| {
        let opened: [Result<u32>; 4] = [
            guest.open(DATA, "name", FOLLOW, TRUNCATE, WRITE),
            guest.open(DATA, "name", FOLLOW, CREATE, READ | WRITE),
            guest.open(DATA, "name", 0, TRUNCATE, WRITE),
            guest.open(DATA, "name", 0, CREATE, WRITE),
        ];
        for file in opened {
            match file {
                Ok(file) => {
                    guest.write(file, b"inside").expect("it may write inside");
                    guest.close(file).expect("it was opened");
                }
                // The walk may find neither a file nor a link, when one takes the other's place in between.
                Err(errno) => assert!([Errno::PERM, Errno::LOOP].contains(&errno), "{errno:?}"),
            }
        }
        let _: [Result; 2] = [guest.set_times(DATA, "name", FOLLOW), guest.set_times(DATA, "name", 0)];
        // A hard link to either is one to a name inside.
        if guest.link((DATA, "name"), (DATA, "hard")).is_ok() {
            assert_ne!(guest.contents(DATA, "hard"), Ok(SECRET.to_vec()));
            guest.unlink(DATA, "hard").expect("it was made");
        }
        reads(guest, "name", &[Errno::PERM, Errno::LOOP])
    });
}

/// From where the directory is moved to, `..` leads to the host's own files.
fn a_directory_moves_out_while_paths_go_up_from_it(host: &Host) {
    fs::create_dir_all(host.path("data/way/deep/down")).expect("a directory");
    fs::write(host.path("data/way/deep/here"), "inside").expect("a file");
    fs::write(host.path("data/secret.txt"), "inside").expect("a file");
    fs::write(host.path("moving/placeholder"), "a file where the directory was").expect("a file");
    let expected = [Errno::PERM, Errno::NOENT, Errno::NOTDIR];
    // A long way down there leaves time to be moved.
    let long = format!("way/deep/{}../../secret.txt", "down/../".repeat(20));
    race(host, ["data/way/deep", "moving/placeholder"], |guest| {
        for path in [&long, "way/deep/../deep/../../secret.txt", "way/deep/./.././../secret.txt"] {
            reads(guest, path, &expected);
        }
        let _: Result = guest.set_times(DATA, "way/deep/../../secret.txt", FOLLOW);
        let _: Result = guest.unlink(DATA, "way/deep/../../new");
        let _: Result<u32> = guest.open(DATA, "way/deep/../../../new", FOLLOW, CREATE, WRITE);
        reads(guest, "way/deep/../../secret.txt", &expected)
    });
}

/// The same with more names between the directory that moves and the one that `..` starts from.
fn a_directory_far_up_moves_out(host: &Host) {
    fs::create_dir_all(host.path("data/way/a/b/c/d")).expect("a directory");
    fs::write(host.path("data/secret.txt"), "inside").expect("a file");
    host.link("../../../../../secret.txt", "data/way/a/b/c/d/up");
    fs::write(host.path("moving/placeholder"), "a file where the directory was").expect("a file");
    let expected = [Errno::PERM, Errno::NOENT, Errno::NOTDIR];
    let long = format!("way/a/b/c/{}../../../../secret.txt", "d/../".repeat(20));
    race(host, ["data/way/a", "moving/placeholder"], |guest| {
        reads(guest, &long, &expected);
        reads(guest, "way/a/b/c/d/up", &expected);
        reads(guest, "way/a/b/c/d/../../../../../secret.txt", &expected)
    });
}
