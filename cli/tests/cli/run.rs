//! `wasmc run`: what passes through to the program and back, and the cache.

use crate::sandbox::{Sandbox, exits_with};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

/// Prints its arguments, one a line.
const ECHO: &str = include_str!("../../../examples/echo.wat");

#[test]
fn the_exit_status_is_the_programs() {
    let sandbox = Sandbox::with("app.wat", exits_with(42));
    // Compiled, then from the cache.
    for _ in 0..2 {
        let outcome = sandbox.wasmc("run app.wat");
        assert_eq!((outcome.status, outcome.stdout.as_str(), outcome.stderr.as_str()), (42, "", ""));
    }
}

#[test]
fn a_trap_is_the_programs() {
    let sandbox = Sandbox::with("app.wat", r#"(module (func (export "_start") unreachable))"#);
    let outcome = sandbox.wasmc("run app.wat");
    assert_eq!(outcome.status, 134, "{outcome}");
    assert!(outcome.stderr.contains("wasm trap: unreachable"), "{outcome}");
}

#[test]
fn what_a_trap_shows_is_for_the_environment_to_say() {
    let sandbox = Sandbox::with("app.wat", r#"(module (func (export "_start") unreachable))"#);
    let run = |name, value| sandbox.finish(sandbox.command(["run", "-g", "app.wat"]).env(name, value));
    assert_eq!(run("WASMC_BACKTRACE", "0").stderr, "wasm trap: unreachable\n");
    assert!(run("WASMC_BACKTRACE", "full").stderr.contains("!<trampoline>\n"));
    let outcome = run("WASMC_COREDUMP", "app.core");
    assert!(outcome.stderr.ends_with("\nwasm core dump: app.core\n"), "{outcome}");
    assert!(sandbox.read("app.core").starts_with(b"\0asm\x01\0\0\0"));
}

#[test]
fn what_follows_the_module_is_for_the_program() {
    let sandbox = Sandbox::with("echo.wat", ECHO);
    let echoes = |line: &str| sandbox.succeed(line).stdout.lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(echoes("run echo.wat"), ["echo.wat"]);
    assert_eq!(echoes("run ./echo.wat one --two -3 --help"), ["echo.wat", "one", "--two", "-3", "--help"]);
    assert_eq!(echoes("run echo.wat -- --dir ."), ["echo.wat", "--dir", "."]);
    assert_eq!(echoes("run echo.wat --dir . -- one -- two"), ["echo.wat", "one", "--", "two"]);
    assert_eq!(echoes("run -O0 echo.wat -O2"), ["echo.wat", "-O2"]);
}

#[test]
fn an_export_is_invoked() {
    let sandbox = Sandbox::with("add.wat", include_str!("../../../examples/add.wat"));
    assert_eq!(sandbox.succeed("run --invoke add add.wat 2 3").stdout, "5\n");
    assert_eq!(sandbox.succeed("run --invoke add add.wat -2 3").stdout, "1\n");
    assert_eq!(sandbox.succeed("run --invoke answer add.wat").stdout, "42\n");
}

#[test]
fn the_examples_do_what_they_say() {
    let sandbox = Sandbox::with("hello.wat", include_str!("../../../examples/hello.wat"));
    assert_eq!(sandbox.succeed("run hello.wat").stdout, "Hello, world!\n");
    sandbox.write("cat.wat", include_str!("../../../examples/cat.wat"));
    let input = fs::File::open(sandbox.path("cat.wat")).expect("the input");
    let outcome = sandbox.finish(sandbox.command(["run", "cat.wat"]).stdin(input));
    assert_eq!(outcome.stdout.as_bytes(), sandbox.read("cat.wat"));
}

#[test]
fn a_module_is_compiled_once() {
    let sandbox = Sandbox::with("app.wat", exits_with(1));
    sandbox.wasmc("run app.wat");
    let cached = sandbox.cached();
    assert_eq!(cached.len(), 1);

    // Another program in its place shows that nothing is compiled the second time.
    sandbox.write("two.wat", exits_with(2));
    sandbox.succeed("build two.wat");
    fs::copy(sandbox.path("two"), &cached[0]).expect("copied");
    assert_eq!(sandbox.wasmc("run app.wat").status, 2);
    assert_eq!(sandbox.wasmc("run --jobs 1 app.wat").status, 2);
    assert_eq!(sandbox.cached(), cached);

    // The same contents under the same name elsewhere are the same program.
    fs::create_dir(sandbox.path("copy")).expect("a directory");
    sandbox.write("copy/app.wat", exits_with(1));
    assert_eq!(sandbox.wasmc("run copy/app.wat").status, 2);

    for line in ["run -O0 app.wat", "run --env A app.wat", "run --stack-size 1M app.wat"] {
        assert_eq!(sandbox.wasmc(line).status, 1, "wasmc {line}");
    }
    assert_eq!(sandbox.cached().len(), 4);
}

#[test]
fn a_changed_module_is_compiled_again() {
    let sandbox = Sandbox::new();
    for status in [1, 2, 3, 1] {
        sandbox.write("app.wat", exits_with(status));
        assert_eq!(sandbox.wasmc("run app.wat").status, status as i32);
    }
    assert_eq!(sandbox.cached().len(), 3);
}

#[test]
fn a_settled_module_is_not_even_read() {
    let sandbox = Sandbox::with("app.wat", exits_with(1));
    let seen = sandbox.cache_home().join("wasmc/seen");
    sandbox.wasmc("run app.wat");
    assert!(!seen.exists(), "a file that was written a moment ago may change unnoticed");

    // Longer than the coarsest clock of a file system.
    std::thread::sleep(std::time::Duration::from_secs(4));
    sandbox.wasmc("run app.wat");
    let links: Vec<_> = fs::read_dir(&seen).expect("the links").flatten().collect();
    assert_eq!(links.len(), 1);

    // A link that leads elsewhere shows that it is followed.
    sandbox.write("two.wat", exits_with(2));
    sandbox.succeed("build two.wat");
    fs::remove_file(links[0].path()).expect("removed");
    symlink(sandbox.path("two"), links[0].path()).expect("a link");
    assert_eq!(sandbox.wasmc("run app.wat").status, 2);

    // An evicted program leaves a link behind that leads nowhere.
    fs::remove_file(sandbox.path("two")).expect("removed");
    assert_eq!(sandbox.wasmc("run app.wat").status, 1);
    assert_eq!(fs::read_link(links[0].path()).expect("a link").file_name(), sandbox.cached()[0].file_name());

    // Whoever writes to the module makes it another one.
    sandbox.write("app.wat", exits_with(3));
    assert_eq!(sandbox.wasmc("run app.wat").status, 3);
}

#[test]
fn without_a_cache_programs_run_all_the_same() {
    let sandbox = Sandbox::with("app.wat", exits_with(3));
    let outcome = sandbox.wasmc("run --no-cache app.wat");
    assert_eq!((outcome.status, outcome.stderr.as_str()), (3, ""));
    assert!(!sandbox.cache_home().exists());

    // Not even root can make a directory there.
    let unwritable =
        |arguments: &[&str]| sandbox.finish(sandbox.command(arguments).env("XDG_CACHE_HOME", "/proc/self"));
    insta::assert_snapshot!(unwritable(&["run", "app.wat"]), @"
    status 3
    --- stderr
    note: the cache is not used, so the program will be compiled again next time: `/proc/self/wasmc` cannot be made: No such file or directory
    ");
    let quiet = unwritable(&["run", "--quiet", "app.wat"]);
    assert_eq!((quiet.status, quiet.stderr.as_str()), (3, ""));
    insta::assert_snapshot!(
        sandbox.finish(sandbox.command(["run", "app.wat"]).env_remove("XDG_CACHE_HOME").env_remove("HOME")), @"
    status 3
    --- stderr
    note: the cache is not used, so the program will be compiled again next time: neither XDG_CACHE_HOME nor HOME is set to an absolute path
    "
    );
}

#[test]
fn a_cache_that_others_can_write_is_not_used() {
    let sandbox = Sandbox::with("app.wat", exits_with(3));
    let cache = sandbox.cache_home().join("wasmc");
    fs::create_dir_all(&cache).expect("a directory");
    fs::set_permissions(&cache, fs::Permissions::from_mode(0o777)).expect("permissions");
    insta::assert_snapshot!(sandbox.wasmc("run app.wat"), @"
    status 3
    --- stderr
    note: the cache is not used, so the program will be compiled again next time: `<sandbox>/cache/wasmc` can be written by other users
    ");
    assert!(sandbox.cached().is_empty());
}

#[test]
fn runs_at_the_same_time_share_a_program() {
    let sandbox = Sandbox::with("app.wat", exits_with(5));
    let mut runs: Vec<_> = (0..8).map(|_| sandbox.command(["run", "app.wat"]).spawn().expect("a process")).collect();
    for run in &mut runs {
        assert_eq!(run.wait().expect("ended").code(), Some(5));
    }
    assert_eq!(sandbox.cached().len(), 1);
}

#[test]
fn the_cache_keeps_to_its_size() {
    let sandbox = Sandbox::new();
    for status in 1..=5 {
        sandbox.write("app.wat", exits_with(status));
        let run = sandbox.finish(sandbox.command(["run", "app.wat"]).env("WASMC_CACHE_SIZE", "1"));
        assert_eq!(run.status, status as i32);
        assert_eq!(sandbox.cached().len(), 1);
    }
}

#[test]
fn the_cache_is_looked_after() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    assert_eq!(sandbox.succeed("cache dir").stdout, "<sandbox>/cache/wasmc\n");
    assert_eq!(
        sandbox.succeed("cache info").stdout,
        "0 programs and the functions of 0 modules, 0 B of at most 1.0 GiB, in <sandbox>/cache/wasmc\n"
    );
    sandbox.succeed("run app.wat");
    assert!(sandbox.succeed("cache info").stdout.starts_with("1 program and "));
    assert!(sandbox.succeed("cache clear").stdout.starts_with("removed 1 program and "));
    assert!(sandbox.cached().is_empty());
    assert_eq!(sandbox.succeed("cache clear").stdout, "removed 0 programs and the functions of 0 modules, 0 B\n");
}
