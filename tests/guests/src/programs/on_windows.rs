//! What programs see of Windows: times there are multiples of 100 nanoseconds, and a directory has one name.

use crate::{Difference, Guest};

/// The lines in which a program's output is another one on Windows; `reference` is what it prints elsewhere.
pub(crate) fn differences(guest: Guest) -> &'static [Difference] {
    match guest {
        Guest::Calls => CALLS,
        Guest::CallsGo => CALLS_GO,
        Guest::CallsRust => CALLS_RUST,
        Guest::FileIo => FILE_IO,
        Guest::Go => GO,
        Guest::Rust => RUST,
        _ => &[],
    }
}

const fn of_times(reference: &'static str, ours: &'static str) -> Difference {
    Difference { reference, ours, reason: "times are multiples of 100 nanoseconds" }
}

const fn of_names(reference: &'static str, ours: &'static str) -> Difference {
    Difference { reference, ours, reason: "a directory has no names by its own entries" }
}

const CALLS: &[Difference] = &[
    of_names(
        "fd_filestat_get of a directory: success, type 3, links 3",
        "fd_filestat_get of a directory: success, type 3, links 1",
    ),
    of_names(
        "path_filestat_get of a directory: success, type 3, links 4",
        "path_filestat_get of a directory: success, type 3, links 1",
    ),
    of_times("fd_filestat_set_times: 1000000001 2000000002", "fd_filestat_set_times: 1000000000 2000000000"),
    of_times("fd_filestat_set_times now: 1000000001 1", "fd_filestat_set_times now: 1000000000 1"),
    of_times("path_filestat_set_times: 1000000003 2000000004", "path_filestat_set_times: 1000000000 2000000000"),
    of_times("path_filestat_set_times of a link: 6", "path_filestat_set_times of a link: 0"),
];

const CALLS_GO: &[Difference] = &[
    of_times(
        "metadata of an open file file.txt ---------- 10 1234567890123456789",
        "metadata of an open file file.txt ---------- 10 1234567890123456700",
    ),
    of_times(
        "metadata /data/file.txt file.txt ---------- 10 1000000002",
        "metadata /data/file.txt file.txt ---------- 10 1000000000",
    ),
    of_times(
        "itself /data/file.txt file.txt ---------- 10 1000000002",
        "itself /data/file.txt file.txt ---------- 10 1000000000",
    ),
    of_times("metadata /data/link link ---------- 10 1000000002", "metadata /data/link link ---------- 10 1000000000"),
];

const CALLS_RUST: &[Difference] = &[
    of_times(
        "metadata of an open file: (false, true, false, 10, 1, true)",
        "metadata of an open file: (false, true, false, 10, 1, false)",
    ),
    of_times("metadata: (false, true, false, 10, 1, true)", "metadata: (false, true, false, 10, 1, false)"),
    of_times(
        "metadata through a link: (false, true, false, 10, 1, true)",
        "metadata through a link: (false, true, false, 10, 1, false)",
    ),
    of_times("modified: 2ns", "modified: 0ns"),
    of_names(
        "metadata of a directory: (true, false, false, 0, 3, false)",
        "metadata of a directory: (true, false, false, 0, 1, false)",
    ),
];

const FILE_IO: &[Difference] = &[of_times(
    "  modified 1234567890.123456789, accessed 1000000000",
    "  modified 1234567890.123456700, accessed 1000000000",
)];

const GO: &[Difference] = &[of_times("times true 5", "times false 5")];

const RUST: &[Difference] = &[of_times("times true true", "times false false")];
