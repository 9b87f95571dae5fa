//! `wasmc build`

use crate::args::BuildArgs;
use crate::failure::Failure;
use crate::incremental;
use crate::input;
use crate::observer::{Reports, Watch};
use crate::output::Destination;
use crate::sources;
use std::path::{Path, PathBuf};

/// Compiles the input and writes the result.
pub(crate) fn build(args: &BuildArgs) -> Result<(), Failure> {
    let mut options = args.compile.options(args.emit);
    let destination = Destination::choose(&args.input, args.output.as_deref(), args.emit, options.target)?;
    let reports = if destination == Destination::Stdout { Reports::Stderr } else { Reports::Stdout };

    let watch = Watch::new(&args.compile);
    let bytes = watch.stage("read", || input::read(&args.input))?;
    options.sources = sources::of(&args.input, &bytes);
    let text_path = if options.debug { sources::text_path(&args.input, &bytes, &destination) } else { None };
    // Debuggers look for it where they are: the output is the same wherever it was made.
    options.sources.text_path = text_path.as_deref().and_then(Path::file_name).map(PathBuf::from);
    let artifact = incremental::compile(&watch, &args.compile, &args.input, &bytes, &options)?;
    watch.stage("write", || {
        if let (Some(text), Some(path)) = (&artifact.text, &text_path) {
            sources::write_text(path, text)?;
        }
        destination.write(&artifact)
    })?;
    watch.report(&args.compile, reports)
}
