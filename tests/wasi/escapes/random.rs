//! Long sequences of calls with paths that are put together at random, from names that lead everywhere.
//!
//! Two programs make the same calls, on two hosts: one with `openat2`, one without; or one on Linux, one on Windows. Each result
//! must be the same, and neither may have changed or read what lies outside.

use super::calls::{CREATE, DATA, DIRECTORY, EXCLUSIVE, Errno, FOLLOW, READ, READ_ONLY, Result, TRUNCATE, WRITE};
use super::kernel::Openat2;
use super::outside::{Host, SECRET};
use super::remote::Remote;
use libtest_mimic::Failed;
use std::io;
use wasmc_compiler::Target;
use wasmc_tests::usual_target;

/// Sequences, each on hosts of its own.
const SEQUENCES: u64 = 4;
/// Calls in a sequence.
const CALLS: usize = 3000;

/// Parts of paths. Those that lead up are there more often than not.
const NAMES: [&str; 24] = [
    "..",
    "..",
    "..",
    "..",
    ".",
    "",
    "sub",
    "sub",
    "deep",
    "inside.txt",
    "deep.txt",
    "secret.txt",
    "outside",
    "data",
    "file.txt",
    "link-sub",
    "link-inside",
    "link-outside",
    "link-parent",
    "link-through-sub",
    "link-up",
    "one",
    "two",
    "three",
];

/// The same numbers in every run (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % bound
    }

    fn path(&mut self) -> String {
        let names: Vec<&str> = (0..1 + self.below(6)).map(|_| NAMES[self.below(NAMES.len())]).collect();
        names.join("/")
    }

    /// A directory to start from: often the one that may be changed.
    fn directory(&mut self) -> u32 {
        if self.below(8) == 0 { READ_ONLY } else { DATA }
    }
}

/// What a call found, or its error.
type Found = Result<Vec<u8>>;

/// The kind of call that makes another name for a file.
const LINK: usize = 10;

/// A call with all that it takes.
#[derive(Debug)]
struct Call {
    what: usize,
    from: (u32, String),
    to: (u32, String),
    lookup: u32,
    oflags: u32,
    rights: u64,
}

impl Call {
    fn new(random: &mut Random) -> Call {
        let flags = [0, 0, CREATE, TRUNCATE, CREATE | TRUNCATE, CREATE | EXCLUSIVE, DIRECTORY];
        Call {
            what: random.below(12),
            from: (random.directory(), random.path()),
            to: (random.directory(), random.path()),
            lookup: if random.below(2) == 0 { 0 } else { FOLLOW },
            oflags: flags[random.below(flags.len())],
            rights: [READ, WRITE, READ | WRITE][random.below(3)],
        }
    }

    /// Makes the call: its error, or what it found.
    fn make(&self, guest: &mut Remote) -> Found {
        let ((from, path), (to, new)) = ((self.from.0, self.from.1.as_str()), (self.to.0, self.to.1.as_str()));
        let nothing = |()| Vec::new();
        match self.what {
            0..=3 => self.open(guest),
            4 => guest.attributes(from, path, self.lookup).map(|found| vec![found.filetype]),
            5 => guest.set_times(from, path, self.lookup).map(nothing),
            6 => guest.make_directory(from, path).map(nothing),
            7 => guest.remove_directory(from, path).map(nothing),
            8 => guest.unlink(from, path).map(nothing),
            9 => guest.rename((from, path), (to, new)).map(nothing),
            LINK => guest.link((from, path), (to, new)).map(nothing),
            _ => guest.symlink(path, to, new).map(nothing),
        }
    }

    /// Whether two results are the same. The kernel refuses to create a name with a slash behind it, in the path or in
    /// the text of a link, before it looks at the name; the walk does afterwards, and may find another error first.
    fn is_same(&self, with: &Found, without: &Found) -> bool {
        with == without || self.oflags & CREATE != 0 && *with == Err(Errno::ISDIR) && without.is_err()
    }

    fn open(&self, guest: &mut Remote) -> Found {
        let file = guest.open(self.from.0, &self.from.1, self.lookup, self.oflags, self.rights)?;
        let _ = guest.write(file, b"written");
        let contents = guest.read(file);
        guest.close(file)?;
        Ok(contents.unwrap_or_default())
    }
}

pub fn sequences_give_the_same_with_openat2_and_without() -> std::result::Result<(), Failed> {
    compare(
        || Ok([Host::new(usual_target(), Openat2::Kernel)?, Host::new(usual_target(), Openat2::Missing)?]),
        Call::is_same,
    )
}

pub fn sequences_give_the_same_on_windows(windows: Target) -> std::result::Result<(), Failed> {
    let hosts = || Ok([Host::new(Target::host(), Openat2::Missing)?, Host::new(windows, Openat2::Kernel)?]);
    // To move a file onto a directory that it is in fails for two reasons.
    compare(hosts, |_, linux, windows| {
        linux == windows || *linux == Err(Errno::NOTEMPTY) && *windows == Err(Errno::ISDIR)
    })
}

/// Makes the same calls on two hosts.
fn compare(
    hosts: impl Fn() -> io::Result<[Host; 2]>,
    is_same: impl Fn(&Call, &Found, &Found) -> bool,
) -> std::result::Result<(), Failed> {
    for seed in 1..=SEQUENCES {
        let hosts = hosts()?;
        let mut guests = hosts.each_ref().map(Host::start);
        let mut random = Random(0x5eed_0000 + seed);
        let mut succeeded = 0;
        for number in 0..CALLS {
            let call = Call::new(&mut random);
            // There, what leads to a directory has no second name.
            if call.what == LINK && hosts.iter().any(Host::is_windows) {
                continue;
            }
            let [with, without] = guests.each_mut().map(|guest| call.make(guest));
            assert!(is_same(&call, &with, &without), "sequence {seed}, call {number}: {call:?}: {with:?}, {without:?}");
            succeeded += usize::from(with.is_ok());
            assert!(
                !with.is_ok_and(|contents| contents.starts_with(SECRET)),
                "sequence {seed}, call {number}: {call:?}"
            );
        }
        for host in &hosts {
            host.check()?;
        }
        // Or the names lead nowhere any more.
        assert!(succeeded > CALLS / 50, "sequence {seed}: {succeeded} calls succeeded");
        assert_eq!(guests[0].open_to_read(DATA, "../secret.txt"), Err(Errno::PERM));
    }
    Ok(())
}
