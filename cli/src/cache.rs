//! `wasmc cache`

use crate::args::{CacheAction, CacheArgs};
use crate::failure::Failure;
use crate::output;
use crate::store::{self, Store};
use crate::units::{count, format_size};

/// Shows or clears what is kept.
pub(crate) fn cache(args: &CacheArgs) -> Result<(), Failure> {
    let root = store::location().map_err(Failure::environment)?;
    let store = Store::at(root.clone());
    match args.action {
        CacheAction::Dir => output::print(&format!("{}\n", root.display())),
        CacheAction::Info => {
            let totals = store.totals();
            let limit = store::size_limit().map_err(Failure::usage)?;
            output::print(&format!(
                "{} and the functions of {}, {} of at most {}, in {}\n",
                count(totals.programs, "program"),
                count(totals.modules, "module"),
                format_size(totals.bytes),
                format_size(limit),
                root.display()
            ))
        }
        CacheAction::Clear => {
            let totals = store.clear().map_err(|error| Failure::io("clear", &root, &error))?;
            output::print(&format!(
                "removed {} and the functions of {}, {}\n",
                count(totals.programs, "program"),
                count(totals.modules, "module"),
                format_size(totals.bytes)
            ))
        }
    }
}
