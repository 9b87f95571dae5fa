//! `wasmc build`

use crate::args::BuildArgs;
use crate::failure::Failure;
use crate::incremental;
use crate::input;
use crate::observer::{Reports, Watch};
use crate::output::Destination;

/// Compiles the input and writes the result.
pub(crate) fn build(args: &BuildArgs) -> Result<(), Failure> {
    let options = args.compile.options(args.emit);
    let destination = Destination::choose(&args.input, args.output.as_deref(), args.emit, options.target)?;
    let reports = if destination == Destination::Stdout { Reports::Stderr } else { Reports::Stdout };

    let watch = Watch::new(&args.compile);
    let bytes = watch.stage("read", || input::read(&args.input))?;
    let artifact = incremental::compile(&watch, &args.compile, &args.input, &bytes, &options)?;
    watch.stage("write", || destination.write(&artifact))?;
    watch.report(&args.compile, reports)
}
