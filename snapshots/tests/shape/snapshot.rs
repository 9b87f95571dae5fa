//! Holds a text against the file in `expected/`.
//!
//! `insta` compares, shows the difference and obeys `INSTA_UPDATE`: `always` accepts, `no` only
//! reports, and the default leaves a `.snap.new` beside the file for `cargo insta review`.

use crate::case::{Case, files_of, folder};
use crate::mode::Mode;
use libtest_mimic::Failed;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// `insta` prints a difference line by line: one case at a time may.
static PRINTING: Mutex<()> = Mutex::new(());

/// Fails when `text` is not what the snapshot says.
pub fn check(case: &Case, mode: Option<Mode>, text: &str) -> Result<(), Failed> {
    let name = case.snapshot_name(mode);
    let name = name.rsplit('/').next().unwrap_or_default();
    let mut settings = insta::Settings::new();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path(folder("expected").join(&case.noun));
    settings.set_input_file(&case.path);
    settings.set_omit_expression(true);
    let _guard = PRINTING.lock().unwrap_or_else(PoisonError::into_inner);
    settings.bind(|| insta::assert_snapshot!(name, text));
    Ok(())
}

/// Fails when `expected/` holds a snapshot that no case makes; accepting removes it.
pub fn check_none_is_stale(made: &[String]) -> Result<(), Failed> {
    let root = folder("expected");
    let made: BTreeSet<_> = made.iter().map(|name| root.join(format!("{name}.snap"))).collect();
    let accepts = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let mut stale = Vec::new();
    for path in files_of(&root)? {
        if is_pending(&path) || made.contains(&path) {
            continue;
        }
        if accepts {
            std::fs::remove_file(&path)?;
            println!("removed {}", path.display());
        } else {
            stale.push(path.display().to_string());
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("no case makes these; remove them, or run with INSTA_UPDATE=always:\n{}", stale.join("\n")).into())
}

/// Left by a run that nobody has reviewed yet.
fn is_pending(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "new")
}
