//! `wasmc build`: names, modes and places of what it writes.

use crate::sandbox::{Outcome, Sandbox, exits_with};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};

#[test]
fn the_output_is_named_after_the_input_and_lies_in_the_current_directory() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("modules")).expect("a directory");
    sandbox.write("modules/app.wat", exits_with(0));
    for emit in ["exe", "obj", "clif", "asm"] {
        sandbox.succeed(&format!("build modules/app.wat --emit {emit}"));
    }
    assert_eq!(sandbox.names(), ["app", "app.clif", "app.o", "app.s", "modules"]);
}

#[test]
fn only_executables_are_executable() {
    let sandbox = Sandbox::with("app.wat", exits_with(9));
    sandbox.succeed("build app.wat");
    sandbox.succeed("build app.wat --emit obj");
    let mode = |name| fs::metadata(sandbox.path(name)).expect("the output").permissions().mode() & 0o111;
    assert_ne!(mode("app"), 0);
    assert_eq!(mode("app.o"), 0);
    let status = Command::new(sandbox.path("app")).status().expect("the program");
    assert_eq!(status.code(), Some(9));
}

#[test]
fn an_existing_output_is_replaced_even_while_it_runs() {
    let waits = r#"(module
        (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "\10\00\00\00\01\00\00\00")
        (func (export "_start") (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))))"#;
    let sandbox = Sandbox::with("waits.wat", waits);
    sandbox.succeed("build waits.wat -o app");
    let mut running = Command::new(sandbox.path("app")).stdin(Stdio::piped()).spawn().expect("the program");
    sandbox.write("app.wat", exits_with(9));
    sandbox.succeed("build app.wat");
    let status = Command::new(sandbox.path("app")).status().expect("the new program");
    assert_eq!(status.code(), Some(9));
    drop(running.stdin.take());
    assert!(running.wait().expect("the old program").success());
}

#[test]
fn a_link_stays_a_link() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    sandbox.write("target", "old");
    std::os::unix::fs::symlink("target", sandbox.path("app")).expect("a symbolic link");
    sandbox.succeed("build app.wat");
    assert!(sandbox.path("app").is_symlink());
    assert!(sandbox.read("target").starts_with(b"\x7fELF"));
}

#[test]
fn devices_are_written_to() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    sandbox.succeed("build app.wat -o /dev/null");
    assert!(!fs::metadata("/dev/null").expect("the device").is_file());
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    let input = || fs::File::open(sandbox.path("app.wat")).expect("the module");
    let from_stdin = |line: &str| {
        let output = sandbox.command(line.split(' ')).stdin(input()).output().expect("a process");
        assert!(output.status.success(), "wasmc {line}");
        output.stdout
    };
    assert!(from_stdin("build - -o -").starts_with(b"\x7fELF"));
    assert!(!from_stdin("build - --emit asm").is_empty());
    assert_eq!(from_stdin("validate -"), b"");
    assert_eq!(sandbox.names(), ["app.wat"]);
}

#[test]
fn timings_and_the_link_command_are_printed() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    let stages = ["read", "parse", "analyze", "codegen", "object", "link", "write", "total"];

    let table = sandbox.succeed("build app.wat --print timings").stdout;
    let titles: Vec<_> = table.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(titles, stages, "{table}");

    let json = sandbox.succeed("build app.wat --print timings --json").stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let listed = json["stages"].as_array().expect("stages");
    assert_eq!(listed.len() + 1, stages.len());
    assert!(listed.iter().all(|stage| stage["seconds"].is_f64() && stage["stage"].is_string()));

    assert!(sandbox.succeed("build app.wat --print link").stdout.lines().count() >= 1);
    // Standard output carries the program here.
    let outcome = sandbox.succeed("build app.wat --print timings -o -");
    assert!(outcome.stderr.contains("total"), "{}", outcome.stderr);
}

#[test]
fn a_killed_build_leaves_nothing() {
    // Large enough to be killed in the middle of something.
    let body = "(drop (i32.mul (i32.const 3) (i32.load (i32.const 8))))".repeat(200);
    let functions: String = (0..500).map(|_| format!("(func {body})")).collect();
    let sandbox = Sandbox::with("app.wat", format!("(module (memory 1) {functions} (func (export \"_start\")))"));
    for milliseconds in [10, 50, 100, 200] {
        let mut build = sandbox.command(["build", "app.wat"]).spawn().expect("a process");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        build.kill().expect("killed");
        build.wait().expect("ended");
        let names = sandbox.names();
        assert!(names == ["app.wat"] || names == ["app", "app.wat"], "{names:?}");
    }
}

/// What every program carries is in it: start, one guarded memory, traps with as much of a backtrace as the environment asks
/// for, tables for debuggers; and `fd_write`.
#[test]
fn a_small_program_makes_a_small_executable() {
    let sandbox = Sandbox::with("hello.wat", include_str!("../../../examples/hello.wat"));
    sandbox.succeed("build hello.wat");
    let size = fs::metadata(sandbox.path("hello")).expect("the output").len();
    assert!(size <= 14_900, "{size} bytes: see in `nm --size-sort` what is there and need not be");
}

/// Runs `wasmc` where it finds rustc, and with it a linker, as rustup has it.
fn with_linker(sandbox: &Sandbox, line: &str) -> Outcome {
    let mut command = sandbox.command(line.split_whitespace());
    let home = std::env::home_dir().unwrap_or_default();
    command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    let rustup = std::env::var_os("RUSTUP_HOME").unwrap_or_else(|| home.join(".rustup").into());
    let outcome = sandbox.finish(command.env("RUSTUP_HOME", rustup));
    assert_eq!(outcome.status, 0, "{outcome}");
    outcome
}

#[test]
fn programs_for_windows() {
    let sandbox = Sandbox::with("app.wat", exits_with(7));
    let built = with_linker(&sandbox, "build app.wat --target x86_64-windows --print link");
    assert!(built.stdout.contains("/entry:wasmc_start") && built.stdout.contains("module0.obj"), "{built}");
    with_linker(&sandbox, "build app.wat --target x86_64-pc-windows-msvc -o by-triple");
    let [first, second] = ["app.exe", "by-triple"].map(|name| sandbox.read(name));
    assert!(first == second && first.starts_with(b"MZ"));
    sandbox.succeed("build app.wat --target x86_64-windows --emit obj --linker nowhere");
    // `IMAGE_FILE_MACHINE_AMD64`
    assert_eq!(sandbox.read("app.obj")[..2], [0x64, 0x86]);
    let refused = sandbox.fail("build app.wat --target x86_64-windows --linker nowhere", 5);
    assert!(refused.stderr.contains("cannot run the linker nowhere"), "{refused}");
    let refused = sandbox.fail("run --target x86_64-windows app.wat", 5);
    assert!(refused.stderr.contains("or here with `wine`"), "{refused}");
}

#[test]
fn programs_for_macos() {
    let sandbox = Sandbox::with("app.wat", exits_with(7));
    let built = with_linker(&sandbox, "build app.wat --target aarch64-macos --print link");
    assert!(built.stdout.contains("-arch arm64") && built.stdout.contains("module0.o"), "{built}");
    with_linker(&sandbox, "build app.wat --target aarch64-apple-darwin -o by-triple");
    let [first, second] = ["app", "by-triple"].map(|name| sandbox.read(name));
    assert!(first == second && first.starts_with(b"\xcf\xfa\xed\xfe"));
    sandbox.succeed("build app.wat --target x86_64-macos --emit obj --linker nowhere");
    assert!(sandbox.read("app.o").starts_with(b"\xcf\xfa\xed\xfe"));
    let refused = sandbox.fail("run --target x86_64-macos app.wat", 5);
    assert!(refused.stderr.contains("start it there\n"), "{refused}");

    sandbox.succeed("runtime --target aarch64-macos --stub");
    let stub = String::from_utf8(sandbox.read("libSystem.tbd")).expect("text");
    assert!(stub.contains("arm64-macos") && stub.contains("'__exit'"), "{stub}");
    let refused = sandbox.fail("runtime --target x86_64-linux --stub", 2);
    assert!(refused.stderr.contains("is linked without a stub"), "{refused}");
}

#[test]
fn a_linker_that_is_missing() {
    let sandbox = Sandbox::with("app.wat", exits_with(7));
    let mut command = sandbox.command("build app.wat --target x86_64-windows".split(' '));
    let refused = sandbox.finish(command.env("PATH", ""));
    assert!(refused.stderr.contains("install Rust (rust-lld comes with it) or LLVM's lld"), "{refused}");
}

#[test]
fn programs_for_another_processor() {
    let sandbox = Sandbox::with("app.wat", exits_with(7));
    sandbox.succeed("build app.wat --target aarch64-linux -o by-name");
    sandbox.succeed("build app.wat --target aarch64-unknown-linux-musl -o by-triple");
    let [first, second] = ["by-name", "by-triple"].map(|name| sandbox.read(name));
    // `e_machine` of an AArch64 file.
    assert!(first == second && first[18..20] == [183, 0]);
    let refused = sandbox.fail("build app.wat --target aarch64-linux --cpu x86-64-v3", 5);
    assert!(refused.stderr.contains("`--cpu x86-64-v3` is not for aarch64-linux"), "{refused}");
    let refused = sandbox.fail("build app.wat --target aarch64-linux --cpu native", 5);
    assert!(refused.stderr.contains("`--cpu native` is not for aarch64-linux"), "{refused}");
    let refused = sandbox.fail("build app.wat --target riscv64-linux --cpu rv64gcv,+warp", 5);
    assert!(refused.stderr.contains("unknown cpu feature `warp`; known ones include v, zba"), "{refused}");
    let refused = sandbox.fail("run --target aarch64-linux app.wat", 5);
    assert!(refused.stderr.contains("a program for aarch64-linux does not run on x86_64-linux"), "{refused}");
}

#[test]
fn simd_on_risc_v_needs_a_processor_with_vectors() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "simd.wat",
        b"(module (memory 1) (func (export \"_start\") (v128.store (i32.const 0) (v128.load (i32.const 16)))))",
    );
    let refused = sandbox.fail("build simd.wat --target riscv64-linux", 3);
    assert!(refused.stderr.contains("the module uses fixed-width SIMD"), "{refused}");
    assert!(refused.stderr.contains("`--cpu rv64gcv`"), "{refused}");
    sandbox.succeed("build simd.wat --target riscv64-linux --cpu rv64gcv -o simd");
}

/// What is written does not tell where, by which spelling of a path, and by how many workers it was made.
#[test]
fn outputs_do_not_tell_where_they_were_made() {
    let module = include_str!("../../../examples/cat.wat");
    let here = Sandbox::with("cat.wat", module);
    let there = Sandbox::new();
    fs::create_dir_all(there.path("a/folder/further/down")).expect("directories");
    there.write("a/folder/cat.wat", module);
    for (target, runtime) in [
        ("x86_64-linux", "libwasmc_runtime.a"),
        ("aarch64-linux", "libwasmc_runtime.a"),
        ("riscv64-linux", "libwasmc_runtime.a"),
        ("x86_64-windows", "wasmc_runtime.lib"),
        ("aarch64-windows", "wasmc_runtime.lib"),
        ("x86_64-macos", "libwasmc_runtime.a"),
        ("aarch64-macos", "libwasmc_runtime.a"),
    ] {
        for emit in ["exe", "obj"] {
            for flags in ["", "-g", "--memory-checks explicit --instances dynamic"] {
                let options = format!("--target {target} --emit {emit} {flags}");
                with_linker(&here, &format!("build cat.wat -o out -j1 {options}"));
                let absolute = there.path("a/folder/cat.wat");
                with_linker(&there, &format!("build {} -o first -j3 {options}", absolute.display()));
                with_linker(&there, &format!("build a/folder/further/../../folder/cat.wat -o a/second {options}"));
                let expected = here.read("out");
                assert!(there.read("first") == expected, "by its absolute path: {options}");
                assert!(there.read("a/second") == expected, "by a relative path: {options}");
            }
        }
        here.succeed(&format!("runtime --target {target} -o runtime.a"));
        there.succeed(&format!("runtime --target {target}"));
        assert!(here.read("runtime.a") == there.read(runtime), "{target}");
    }
}
