//! A whole process, from start to exit, against static C programs that do the same.
//!
//! The C program is built twice: `bare` makes the two system calls and has nothing else, `libc` has the start-up code of
//! the C library, as static C programs do.

use std::process::Command;

use wasmc_guests::Error;

use crate::command::measure as run;
use crate::figure::Figure;
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{build, gcc, workspace};

const ROUNDS: usize = 300;

/// The limit for both ratios.
const LIMIT: f64 = 1.5;

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let ours = build(&workspace().join("examples/hello.wat"), &[], "hello")?;
    let libc = gcc("hello.c", &["-static"], "hello-libc")?;
    let bare = gcc("hello.c", &["-static", "-nostdlib", "-DBARE"], "hello-bare")?;
    let time = |program| {
        let mut command = Command::new(program);
        command.env_clear();
        move || Ok(run(&mut command)?.time.as_secs_f64())
    };
    let measured = interleave(ROUNDS, [&mut time(ours), &mut time(libc), &mut time(bare)])?;
    let [ours, libc, bare] = measured.map(Samples::from_iter);
    let figure =
        |name, other_name, other| Ok(Figure::time_ratio(name, ("wasmc", &ours), (other_name, other)).at_most(LIMIT));
    Ok(vec![
        figure("hello.wat ÷ static C with libc", "C", &libc),
        figure("hello.wat ÷ static C without libc", "C", &bare),
    ])
}
