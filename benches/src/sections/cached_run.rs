//! What `wasmc run` adds to a program that it has compiled before: finding it in the cache.

use std::process::Command;

use wasmc_guests::Error;

use crate::command::measure as run;
use crate::figure::{Figure, Part, Quantity};
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{build, wasmc, workspace};

const ROUNDS: usize = 200;

/// The limit: 2 ms.
const LIMIT: f64 = 2e-3;

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let module = workspace().join("examples/hello.wat");
    let executable = build(&module, &[], "hello")?;
    let mut alone = Command::new(executable);
    let mut through_wasmc = wasmc();
    through_wasmc.arg("run").arg(module);
    let [alone, through_wasmc] = interleave(
        ROUNDS,
        [&mut || Ok(run(&mut alone)?.time.as_secs_f64()), &mut || Ok(run(&mut through_wasmc)?.time.as_secs_f64())],
    )?
    .map(Samples::from_iter);
    Ok(vec![Ok(Figure::new("second run of hello.wat", Quantity::Seconds(through_wasmc.median() - alone.median()))
        .at_most(LIMIT)
        .part(Part::time("wasmc run", &through_wasmc))
        .part(Part::time("the executable", &alone)))])
}
