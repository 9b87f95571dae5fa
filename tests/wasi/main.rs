//! Does WASI keep its promises, and does nothing that a program passes break the runtime?
//!
//! Each file of `wasi/cases` is a case as in `exec`; `arguments` calls everything with extreme arguments; `escapes` tries
//! to leave the granted directories; `sockets` lets programs accept connections; `wagi` has a server start a CGI program.

mod arguments;
mod escapes;
mod names;
mod sockets;
mod wagi;

use libtest_mimic::Arguments;
use std::process::ExitCode;
use wasmc_tests::{read_cases, trials_of};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    match read_cases("wasi/cases") {
        Ok(cases) => {
            let mut trials = trials_of(cases);
            trials.extend(arguments::trials());
            trials.extend(escapes::trials());
            trials.extend(names::trials());
            trials.extend(sockets::trials());
            trials.extend(wagi::trials());
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
