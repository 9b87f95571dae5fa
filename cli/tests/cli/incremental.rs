//! `wasmc build` of a module that has been built before, with the functions that have not changed.

use crate::sandbox::Sandbox;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

/// How many functions the module has, all of them exported.
const FUNCTIONS: usize = 500;

/// A module that is large enough to be kept; the function `changed` gives a number of its own.
fn module(changed: usize) -> String {
    let mut text = String::from("(module (memory 1)\n");
    for function in 0..FUNCTIONS {
        let number = if function == changed { 1_000_000 } else { function };
        let _ = writeln!(
            text,
            r#"(func $f{function} (export "f{function}") (param i32) (result i32)
                 (i32.store (local.get 0) (i32.const {number}))
                 (i32.add (i32.load offset={number} (local.get 0)) (call $f{} (i32.const {number}))))"#,
            (function + 1) % FUNCTIONS
        );
    }
    text + r#"(func (export "_start")))"#
}

/// Builds `app.wat` to `output` and tells how many functions came from the cache.
fn build(sandbox: &Sandbox, output: &str, flags: &str) -> Option<u64> {
    let outcome = sandbox.succeed(&format!("build app.wat -o {output} --print timings --json {flags}"));
    let report: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    report["functions"]["from_cache"].as_u64()
}

fn packs(sandbox: &Sandbox) -> Vec<PathBuf> {
    let entries = fs::read_dir(sandbox.cache_home().join("wasmc/functions")).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

#[test]
fn only_what_has_changed_is_compiled() {
    let sandbox = Sandbox::with("app.wat", module(0));
    assert_eq!(build(&sandbox, "first", ""), Some(0));
    assert_eq!(build(&sandbox, "again", "-j1"), Some(FUNCTIONS as u64 + 1));
    assert_eq!(sandbox.read("first"), sandbox.read("again"));

    sandbox.write("app.wat", module(300));
    // Function 0 is as long as the others again.
    assert_eq!(build(&sandbox, "changed", ""), Some(FUNCTIONS as u64 - 1));
    assert_eq!(build(&sandbox, "cold", "--no-cache"), None);
    assert_eq!(sandbox.read("changed"), sandbox.read("cold"));
    assert_ne!(sandbox.read("changed"), sandbox.read("first"));
}

#[test]
fn other_options_are_other_functions() {
    let sandbox = Sandbox::with("app.wat", module(0));
    for flags in ["", "-O0", "--memory-checks explicit", "--cpu x86-64-v3", "--target x86_64-linux -g"] {
        assert_eq!(build(&sandbox, "app", flags), Some(0), "{flags}");
    }
    assert_eq!(packs(&sandbox).len(), 5);
    assert_eq!(build(&sandbox, "app", "-O0"), Some(FUNCTIONS as u64 + 1));
}

#[test]
fn programs_that_are_run_share_them() {
    let sandbox = Sandbox::with("app.wat", module(0));
    sandbox.succeed("run app.wat");
    assert_eq!(build(&sandbox, "app", ""), Some(FUNCTIONS as u64 + 1));
}

#[test]
fn small_modules_are_not_kept() {
    let sandbox = Sandbox::with("app.wat", r#"(module (func (export "_start")))"#);
    assert_eq!(build(&sandbox, "app", ""), None);
    assert_eq!(packs(&sandbox), Vec::<PathBuf>::new());
}

#[test]
fn a_damaged_file_is_as_good_as_none() {
    let sandbox = Sandbox::with("app.wat", module(0));
    build(&sandbox, "cold", "");
    let [pack] = &packs(&sandbox)[..] else { panic!("not one file") };
    let whole = fs::read(pack).expect("the file");
    let mut damaged = whole.clone();
    damaged.iter_mut().step_by(4096).for_each(|byte| *byte ^= 1);
    for contents in [&whole[..whole.len() / 2], &damaged, b"", b"\x7fELF"] {
        fs::write(pack, contents).expect("written");
        build(&sandbox, "app", "");
        assert_eq!(sandbox.read("app"), sandbox.read("cold"));
    }
    assert_eq!(build(&sandbox, "app", ""), Some(FUNCTIONS as u64 + 1), "it is whole again");
}

#[test]
fn builds_at_the_same_time_do_not_disturb_each_other() {
    let sandbox = Sandbox::with("app.wat", module(0));
    build(&sandbox, "cold", "--no-cache");
    let start = |number| {
        let output = format!("app{number}");
        sandbox.command(["build", "-q", "app.wat", "-o", &output]).spawn().expect("a process")
    };
    let running: Vec<_> = (0..6).map(start).collect();
    for (number, mut process) in running.into_iter().enumerate() {
        assert!(process.wait().expect("an end").success());
        assert_eq!(sandbox.read(&format!("app{number}")), sandbox.read("cold"));
    }
    assert_eq!(packs(&sandbox).len(), 1, "nothing else is left");
}

#[test]
fn a_cache_that_cannot_be_used_prevents_nothing() {
    let sandbox = Sandbox::with("app.wat", module(0));
    let outcome = sandbox.finish(sandbox.command(["build", "app.wat"]).env("XDG_CACHE_HOME", "/proc/self"));
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome}");
}

#[test]
fn the_cache_says_what_it_holds() {
    let sandbox = Sandbox::with("app.wat", module(0));
    sandbox.succeed("build app.wat");
    let info = sandbox.succeed("cache info").stdout;
    assert!(info.starts_with("0 programs and the functions of 1 module, "), "{info}");
    sandbox.succeed("cache clear");
    assert_eq!(packs(&sandbox), Vec::<PathBuf>::new());
}
