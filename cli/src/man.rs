//! `wasmc man`

use crate::args::{Cli, ManArgs};
use crate::failure::Failure;
use crate::output;
use clap::CommandFactory;
use clap_mangen::Man;
use std::fs;
use std::path::Path;

/// Prints the page of wasmc itself, or writes the pages of all commands into a directory.
pub(crate) fn man(args: &ManArgs) -> Result<(), Failure> {
    match &args.out {
        Some(directory) => write_pages(directory),
        None => print_page(),
    }
}

/// Writes `wasmc.1`, `wasmc-build.1` and so on.
fn write_pages(directory: &Path) -> Result<(), Failure> {
    fs::create_dir_all(directory)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), directory))
        .map_err(|error| Failure::io("write manual pages to", directory, &error))
}

fn print_page() -> Result<(), Failure> {
    let mut page = Vec::new();
    Man::new(Cli::command().disable_help_subcommand(true))
        .render(&mut page)
        .map_err(|error| Failure::stdout(&error))?;
    output::print(&String::from_utf8_lossy(&page))
}
