//! What the command line asks for.

use std::path::PathBuf;

use clap::Parser;

use crate::sections::Section;
use crate::sections::speed::Engine;

/// Measures what wasmc promises and prints it
#[derive(Debug, Default, Parser)]
pub(crate) struct Options {
    /// What to measure; everything when left out
    pub(crate) sections: Vec<Section>,

    /// Write the figures to FILE as well
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,

    /// Of the programs of `speed`, run these only
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) programs: Vec<String>,

    /// Of the engines of `speed`, compare native code with these only
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) engines: Vec<Engine>,

    /// How often each program of `speed` runs under each engine
    #[arg(long, value_name = "N")]
    pub(crate) rounds: Option<usize>,

    /// For `speed`, compare processor time: on a machine that has other things to do it says more
    #[arg(long)]
    pub(crate) processor_time: bool,

    /// Write a chart of the run times to FILE
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,

    /// Measure this `wasmc` instead of building one
    #[arg(long, value_name = "PATH")]
    pub(crate) wasmc: Option<PathBuf>,
}
