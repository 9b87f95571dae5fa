//! What only Windows has for links: reparse points of many kinds, in the stand-in of `tests/windows`.
//!
//! The stand-in follows what a program lets the system follow: a walk that opened a link as anything but the link that it is
//! would read the secret here.

use super::Attack;
use super::calls::{CREATE, DATA, DIRECTORY, EXCLUSIVE, Errno, FOLLOW, READ, TRUNCATE, WRITE};
use super::outside::{Host, SECRET};
use super::paths::{FOLLOWING, LINKS_OUTSIDE, NAMING, OUTSIDE};
use super::remote::Remote;
use std::fs;
use wasmc_tests::Point;

pub const ATTACKS: &[Attack] = &[
    ("reparse/that lead to the host's own places", that_lead_to_the_hosts_own_places),
    ("reparse/with broken records", with_broken_records),
    ("reparse/that nobody follows", that_nobody_follows),
    ("reparse/of files that are stored elsewhere", of_files_that_are_stored_elsewhere),
    ("reparse/that stay inside", that_stay_inside),
    ("reparse/are entries themselves", are_entries_themselves),
    ("reparse/are entries themselves, on older systems", are_entries_themselves_on_older_systems),
    ("reparse/that the program makes", that_the_program_makes),
    ("reparse/that the program may not make", that_the_program_may_not_make),
    ("reparse/the system is never asked to follow", the_system_is_never_asked_to_follow),
];

/// `filetype`
const REGULAR_FILE: u8 = 4;
const SYMBOLIC_LINK: u8 = 7;

/// The kernel's name for a path of the host.
fn kernel_path(host: &Host, path: &str) -> String {
    format!(r"\??\Z:{}", host.path(path).display()).replace('/', "\\")
}

fn plant(host: &Host, name: &str, point: &Point) {
    point.write(&host.path("data").join(name)).expect("a file");
}

/// Whatever is done by way of the link has one of these errors, and the link itself is seen as one.
fn refuses(guest: &mut Remote, link: &str, errors: &[Errno]) {
    let behind = ["", "/", "/.", "/secret.txt", "/new", "/../secret.txt", "/deep/secret.txt"];
    for path in behind.map(|end| format!("{link}{end}")) {
        for (name, operation) in FOLLOWING {
            let done = operation(guest, &path);
            assert!(done.is_err_and(|errno| errors.contains(&errno)), "{name}: {path}: {done:?}");
        }
        if path != link {
            for (name, operation) in NAMING {
                assert!(operation(guest, &path).is_err(), "{name}: {path}");
            }
        }
    }
    for oflags in [0, CREATE, TRUNCATE, CREATE | TRUNCATE] {
        assert_eq!(guest.open(DATA, link, 0, oflags, WRITE), Err(Errno::LOOP), "{link}");
    }
    assert_eq!(guest.open(DATA, link, FOLLOW, CREATE | EXCLUSIVE, WRITE), Err(Errno::EXIST), "{link}");
    assert_eq!(guest.attributes(DATA, link, 0).map(|found| found.filetype), Ok(SYMBOLIC_LINK), "{link}");
}

/// Junctions, and links with paths that are the kernel's own: none of them is followed or shown, also not where it leads inside.
fn that_lead_to_the_hosts_own_places(host: &Host) {
    let junctions = [
        kernel_path(host, "outside"),
        kernel_path(host, "outside/"),
        kernel_path(host, "data/sub"),
        kernel_path(host, ""),
        kernel_path(host, "nothing"),
        r"\??\Z:\".to_owned(),
        r"\??\Volume{01234567-89ab-cdef-0123-456789abcdef}\".to_owned(),
        r"\??\UNC\host\share".to_owned(),
        r"\Device\HarddiskVolume1\".to_owned(),
        r"\??\GLOBALROOT\Device\Null".to_owned(),
    ];
    for (number, target) in junctions.iter().enumerate() {
        plant(host, &format!("junction-{number}"), &Point::junction(target));
        plant(host, &format!("absolute-{number}"), &Point::absolute_link(target, true));
        plant(host, &format!("absolute-file-{number}"), &Point::absolute_link(target, false));
    }
    plant(host, "absolute-secret", &Point::absolute_link(&kernel_path(host, "secret.txt"), false));
    // The root of the drive, by a text that calls itself relative.
    let from_root = kernel_path(host, "secret.txt").trim_start_matches(r"\??\Z:").to_owned();
    plant(host, "from-root", &Point::relative_link(&from_root, false));
    plant(host, "from-root-slashes", &Point::relative_link(&from_root.replace('\\', "/"), false));
    plant(host, "share", &Point::relative_link(r"\\host\share", true));
    let mut guest = host.start();
    let numbered = ["junction", "absolute", "absolute-file"]
        .into_iter()
        .flat_map(|kind| (0..junctions.len()).map(move |number| format!("{kind}-{number}")));
    let others = ["absolute-secret", "from-root", "from-root-slashes", "share"].map(str::to_owned);
    for link in numbered.chain(others) {
        refuses(&mut guest, &link, &[Errno::PERM]);
        assert_eq!(guest.read_link(DATA, &link), Err(Errno::PERM), "{link}");
    }
    // These are relative, and made of what is no name.
    for (number, text) in
        ["C:\\x", "C:x", "Z:", "sub\\C:\\x", "NUL", "sub\\nul.txt", "inside.txt:stream", "inside.txt."]
            .into_iter()
            .enumerate()
    {
        let link = format!("no-name-{number}");
        plant(host, &link, &Point::relative_link(text, number % 2 == 0));
        refuses(&mut guest, &link, &[Errno::INVAL]);
    }
    for (number, text) in
        ["..\\secret.txt", "sub/../..\\outside", ".\\..\\outside\\", "..\\nothing", ".."].into_iter().enumerate()
    {
        for is_directory in [false, true] {
            let link = format!("up-{number}-{is_directory}");
            plant(host, &link, &Point::relative_link(text, is_directory));
            refuses(&mut guest, &link, &[Errno::PERM]);
        }
    }
}

/// Records that a file system should not have let in. None reads beyond itself, or leads anywhere.
fn with_broken_records(host: &Host) {
    const LINK: u32 = 0xa000_000c;
    let halves = |halves: [u16; 4]| halves.into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let name: Vec<u8> = "..\\secret.txt".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (length, relative) = (name.len() as u16, vec![1, 0, 0, 0]);
    let records = [
        vec![],
        vec![0; 4],
        halves([0, length, 0, length]),
        [halves([0, length + 2, 0, length]), relative.clone(), name.clone()].concat(),
        [halves([2, length, 0, length]), relative.clone(), name.clone()].concat(),
        [halves([0xfffe, 0xfffe, 0, 0]), relative.clone(), name.clone()].concat(),
        [halves([0xffff, 2, 0, 0]), relative, name].concat(),
    ];
    for (number, data) in records.iter().enumerate() {
        plant(host, &format!("broken-{number}"), &Point::tagged(LINK, data, number % 2 == 0));
    }
    let mut guest = host.start();
    for number in 0..records.len() {
        refuses(&mut guest, &format!("broken-{number}"), &[Errno::PERM]);
    }
}

/// Tags of other systems' links, and of what is only told by its name: a program of Windows may know what they mean.
fn that_nobody_follows(host: &Host) {
    // With the bit for what stands for another name: WSL's links, links for all sessions, what has been deleted from an image.
    for tag in [0xa000_001d, 0xa000_0019, 0xa000_001f, 0xa000_0022, 0xa000_abcd, 0x2000_0123] {
        for is_directory in [false, true] {
            plant(
                host,
                &format!("link-{tag:x}-{is_directory}"),
                &Point::tagged(tag, b"\x02\0\0\0../secret.txt", is_directory),
            );
        }
    }
    // Without it: links to programs of the store, NFS's links, sockets, pipes, devices, a cloud's files, and unknown ones.
    let files =
        [0x8000_001b, 0x8000_0014, 0x8000_0023, 0x8000_0024, 0x8000_0025, 0x9000_001a, 0x9000_f01a, 0x0000_0123];
    for tag in files {
        plant(host, &format!("file-{tag:x}"), &Point::tagged(tag, b"../secret.txt", false));
    }
    let mut guest = host.start();
    for tag in [0xa000_001d_u32, 0xa000_0019, 0xa000_001f, 0xa000_0022, 0xa000_abcd, 0x2000_0123] {
        for is_directory in [false, true] {
            let link = format!("link-{tag:x}-{is_directory}");
            refuses(&mut guest, &link, &[Errno::PERM]);
            assert_eq!(guest.read_link(DATA, &link), Err(Errno::PERM), "{link}");
        }
    }
    for tag in files {
        let file = format!("file-{tag:x}");
        let before = fs::read(host.path("data").join(&file)).expect("it is there");
        for lookup in [0, FOLLOW] {
            for (oflags, rights) in [(0, READ), (0, WRITE), (CREATE, WRITE), (TRUNCATE, READ | WRITE)] {
                assert_eq!(guest.open(DATA, &file, lookup, oflags, rights), Err(Errno::PERM), "{file}");
            }
            assert_eq!(guest.attributes(DATA, &file, lookup).map(|found| found.filetype), Ok(REGULAR_FILE), "{file}");
        }
        assert_eq!(guest.read_link(DATA, &file), Err(Errno::INVAL), "{file}");
        assert_eq!(guest.open_to_read(DATA, &format!("{file}/../inside.txt")), Err(Errno::NOTDIR), "{file}");
        assert_eq!(fs::read(host.path("data").join(&file)).expect("it is there"), before);
        guest.unlink(DATA, &file).expect("it is a name in the program's directory");
    }
}

/// Compressed, deduplicated, in a cloud: a file to everybody, by way of whoever stores it.
fn of_files_that_are_stored_elsewhere(host: &Host) {
    const STORED_ELSEWHERE: u32 = 0x8000_0017;
    fs::write(host.path("data/store"), "stored").expect("a file");
    let data: Vec<u8> = "store".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let point = Point::tagged(STORED_ELSEWHERE, &data, false);
    plant(host, "stored.txt", &point);
    let mut guest = host.start();
    guest.symlink("stored.txt", DATA, "link").expect("a link");
    for path in ["stored.txt", "sub/../stored.txt", "link"] {
        assert_eq!(guest.contents(DATA, path), Ok(b"stored".to_vec()), "{path}");
        assert_eq!(guest.attributes(DATA, path, FOLLOW).map(|found| found.filetype), Ok(REGULAR_FILE), "{path}");
    }
    let file = guest.open(DATA, "stored.txt", FOLLOW, TRUNCATE, WRITE).expect("it may be written");
    guest.write(file, b"new").expect("it is open for that");
    guest.close(file).expect("it was opened");
    assert_eq!(guest.contents(DATA, "stored.txt"), Ok(b"new".to_vec()));
    assert_eq!(fs::read(host.path("data/store")).expect("it is there"), b"new");
    // What is removed is the file, and not what is stored.
    guest.unlink(DATA, "stored.txt").expect("it is there");
    assert!(!host.path("data/stored.txt").exists() && host.path("data/store").exists());
}

/// Relative ones are followed, however they are written, and whatever they were made for.
fn that_stay_inside(host: &Host) {
    let files = [
        "inside.txt",
        ".\\inside.txt",
        "sub\\deep\\deep.txt",
        "sub/deep/deep.txt",
        "sub\\..\\sub\\.\\deep\\\\deep.txt",
    ];
    let directories = ["sub", "sub\\", ".\\sub\\deep\\..", "sub\\link-up\\sub", "."];
    for is_directory in [false, true] {
        for (number, text) in files.iter().enumerate() {
            plant(host, &format!("file-{number}-{is_directory}"), &Point::relative_link(text, is_directory));
        }
        for (number, text) in directories.iter().enumerate() {
            plant(host, &format!("directory-{number}-{is_directory}"), &Point::relative_link(text, is_directory));
        }
    }
    let mut guest = host.start();
    for is_directory in [false, true] {
        for (number, text) in files.iter().enumerate() {
            let link = format!("file-{number}-{is_directory}");
            assert_eq!(guest.contents(DATA, &link), Ok(b"inside".to_vec()), "{text}");
            assert_eq!(guest.open(DATA, &link, FOLLOW, DIRECTORY, READ), Err(Errno::NOTDIR), "{text}");
            assert_eq!(guest.open_to_read(DATA, &format!("{link}/")), Err(Errno::NOTDIR), "{text}");
            assert_eq!(guest.read_link(DATA, &link), Ok(text.replace('\\', "/").into_bytes()));
        }
        for (number, text) in directories.iter().enumerate() {
            for path in ["", "/", "/."].map(|end| format!("directory-{number}-{is_directory}{end}")) {
                let directory = guest.open_directory(DATA, &path).expect(text);
                guest.close(directory).expect("it was opened");
            }
            let below = if *text == "." { "sub/deep/deep.txt" } else { "deep/deep.txt" };
            let path = format!("directory-{number}-{is_directory}/{below}");
            assert_eq!(guest.contents(DATA, &path), Ok(b"inside".to_vec()), "{text}");
        }
    }
}

/// To remove, move or look at a link changes or shows the link, and not what it leads to.
fn are_entries_themselves(host: &Host) {
    change_entries(host, host.start());
}

fn are_entries_themselves_on_older_systems(host: &Host) {
    let mut command = host.command();
    command.env("LINKS", "older");
    change_entries(host, host.start_as(command));
}

fn change_entries(host: &Host, mut guest: Remote) {
    let junction = Point::junction(&kernel_path(host, "outside"));
    let to_inside = Point::junction(&kernel_path(host, "data/sub"));
    let to_file = Point::absolute_link(&kernel_path(host, "secret.txt"), false);
    let is_there = |name: &str| host.path("data").join(name).exists();
    fs::create_dir(host.path("data/list")).expect("a directory");
    plant(host, "list/a", &junction);
    plant(host, "list/b", &to_file);
    fs::write(host.path("data/list/c"), "inside").expect("a file");
    let list = guest.open_directory(DATA, "list").expect("a directory");
    let entries = guest.entries(list).expect("it is a directory");
    for (name, filetype) in [("a", SYMBOLIC_LINK), ("b", SYMBOLIC_LINK), ("c", REGULAR_FILE)] {
        assert!(entries.contains(&(name.to_owned(), filetype)), "{entries:?}");
        assert_eq!(guest.attributes(list, name, 0).map(|found| found.filetype), Ok(filetype), "{name}");
    }
    for (number, point) in [&junction, &to_inside, &to_file].into_iter().enumerate() {
        plant(host, "point", point);
        assert_eq!(guest.remove_directory(DATA, "point"), Err(Errno::NOTDIR));
        for path in ["point/", "point/."] {
            assert!(guest.unlink(DATA, path).is_err() && guest.remove_directory(DATA, path).is_err(), "{path}");
        }
        guest.set_times(DATA, "point", 0).expect("the link is in its directory");
        guest.unlink(DATA, "point").expect("the link is in its directory");
        assert!(!is_there("point"));
        // Moved: a link stays what it is, and leads where it led.
        plant(host, "point", point);
        guest.rename((DATA, "point"), (DATA, "sub/moved")).expect("a move inside");
        refuses(&mut guest, "sub/moved", &[Errno::PERM]);
        assert_eq!(guest.rename((DATA, "sub/moved"), (DATA, "list")), Err(Errno::ISDIR));
        assert_eq!(guest.rename((DATA, "list"), (DATA, "sub/moved")), Err(Errno::NOTDIR));
        fs::write(host.path("data/file"), "replaced").expect("a file");
        guest.rename((DATA, "sub/moved"), (DATA, "file")).expect("a link takes a file's place");
        assert!(host.is_link("data/file") && !is_there("sub/moved"));
        // What takes a link's place is where the link was.
        fs::write(host.path("data/new"), "inside").expect("a file");
        guest.rename((DATA, "new"), (DATA, "file")).expect("a file takes a link's place");
        assert_eq!(guest.contents(DATA, "file"), Ok(b"inside".to_vec()), "{number}");
        plant(host, "one", point);
        plant(host, "other", point);
        guest.rename((DATA, "one"), (DATA, "other")).expect("a link takes a link's place");
        assert!(!is_there("one") && host.is_link("data/other"));
        // Another name of the link: the system has none for what counts as a directory.
        match guest.link((DATA, "other"), (DATA, "second")) {
            Ok(()) => refuses(&mut guest, "second", &[Errno::PERM]),
            Err(errno) => assert!(errno == Errno::PERM && point.is_directory()),
        }
        assert_eq!(guest.symlink("inside.txt", DATA, "other"), Err(Errno::EXIST));
        assert_eq!(guest.make_directory(DATA, "other"), Err(Errno::EXIST));
        guest.unlink(DATA, "other").expect("it is there");
        let _ = fs::remove_file(host.path("data/second"));
    }
    assert!(is_there("sub/deep/deep.txt"), "a link was removed with what it leads to");
}

/// Others see the texts that the program gave, as a link to what the text leads to. None is the name of a drive or a share.
fn that_the_program_makes(host: &Host) {
    let mut guest = host.start();
    let texts =
        [("inside.txt", false), ("sub", true), ("sub/deep", true), ("nothing", false), ("../secret.txt", false)];
    let texts = texts.into_iter().chain([("link-sub", true), ("./sub//deep/..", true), ("link-outside", false)]);
    for (number, (text, is_directory)) in texts.enumerate() {
        let link = format!("made-{number}");
        guest.symlink(text, DATA, &link).expect("a relative text");
        let point = Point::read(&host.path("data").join(&link)).expect("a link");
        assert_eq!((point.text().as_deref(), point.is_directory()), (Some(text), is_directory), "{text}");
        assert_eq!(guest.read_link(DATA, &link), Ok(text.as_bytes().to_vec()));
        guest.unlink(DATA, &link).expect("it was made");
    }
    for text in [
        "C:\\x",
        "C:",
        "C:/x",
        "\\",
        "\\\\host\\share",
        "\\??\\Z:\\etc",
        "..\\secret.txt",
        "a\\b",
        "NUL",
        "sub/con",
        "x:y",
        "a.",
    ] {
        assert_eq!(guest.symlink(text, DATA, "made"), Err(Errno::INVAL), "{text}");
    }
    assert!(!host.path("data/made").exists());
    let longest = format!("{}inside.txt", "./".repeat(2000));
    guest.symlink(&longest, DATA, "made").expect("it fits into a record");
    assert_eq!(guest.contents(DATA, "made"), Ok(b"inside".to_vec()));
}

fn that_the_program_may_not_make(host: &Host) {
    let mut command = host.command();
    command.env("LINKS", "unprivileged");
    let mut guest = host.start_as(command);
    for text in ["inside.txt", "sub", "nothing"] {
        assert_eq!(guest.symlink(text, DATA, "made"), Err(Errno::PERM), "{text}");
        assert!(!host.path("data/made").exists(), "{text}");
    }
    assert_eq!(guest.contents(DATA, "link-inside"), Ok(b"inside".to_vec()));
}

/// No name is opened in a way in which the system would follow a link, if there were one.
fn the_system_is_never_asked_to_follow(host: &Host) {
    let mut command = host.command();
    command.env("LINKS", "strict");
    let mut guest = host.start_as(command);
    let inside =
        ["inside.txt", "sub/deep/deep.txt", "sub/../sub/./deep/", "link-inside", "link-sub/deep/deep.txt", "new"];
    for path in OUTSIDE.into_iter().chain(LINKS_OUTSIDE).chain(inside) {
        for (_, operation) in FOLLOWING.iter().chain(NAMING) {
            let _ = operation(&mut guest, path);
        }
    }
    // Nothing that was asked ended the program.
    assert_ne!(guest.contents(DATA, "inside.txt"), Ok(SECRET.to_vec()));
    assert_eq!(guest.open_to_read(DATA, "../secret.txt"), Err(Errno::PERM));
}
