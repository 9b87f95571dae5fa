//! `wasmc build`

use crate::args::BuildArgs;
use crate::failure::Failure;
use crate::incremental;
use crate::input;
use crate::observer::{Reports, Watch};
use crate::output::Destination;
use crate::sources;

/// Compiles the input and writes the result.
pub(crate) fn build(args: &BuildArgs) -> Result<(), Failure> {
    let mut options = args.compile.options(args.emit);
    let destination = Destination::choose(&args.input, args.output.as_deref(), args.emit, options.target)?;
    let reports = if destination == Destination::Stdout { Reports::Stderr } else { Reports::Stdout };

    let watch = Watch::new(&args.compile);
    let bytes = watch.stage("read", || input::read(&args.input))?;
    options.sources = sources::of(&args.input, &bytes);
    options.sources.text_path = options.debug.then(|| sources::text_path(&args.input, &bytes, &destination)).flatten();
    let artifact = incremental::compile(&watch, &args.compile, &args.input, &bytes, &options)?;
    watch.stage("write", || {
        if let (Some(text), Some(path)) = (&artifact.text, &options.sources.text_path) {
            sources::write_text(path, text)?;
        }
        destination.write(&artifact)
    })?;
    watch.report(&args.compile, reports)
}
