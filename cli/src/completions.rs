//! `wasmc completions`

use crate::args::{Cli, CompletionsArgs};
use crate::failure::Failure;
use crate::output;
use clap::CommandFactory;

/// Prints the script that teaches a shell to complete wasmc's commands and options.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "wasmc", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
