//! `wasmc test`.

use crate::sandbox::Sandbox;
use insta::assert_snapshot;

const GOOD: &str = r#"
(module $add
  (global (export "calls") (mut i32) (i32.const 0))
  (func (export "add") (param i32 i32) (result i32)
    (global.set 0 (i32.add (global.get 0) (i32.const 1)))
    (i32.add (local.get 0) (local.get 1)))
  (func (export "divide") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func $endless (export "endless") (call $endless)))
(assert_return (invoke "add" (i32.const 1) (i32.const 2)) (i32.const 3))
(assert_return (invoke "divide" (f64.const 0) (f64.const 0)) (f64.const nan:canonical))
(assert_exhaustion (invoke "endless") "call stack exhausted")
(assert_return (get "calls") (i32.const 1))
(register "add" $add)
(module (import "add" "add" (func $add (param i32 i32) (result i32)))
  (func (export "three") (result i32) (call $add (i32.const 1) (i32.const 2))))
(assert_return (invoke "three") (i32.const 3))
(assert_return (get $add "calls") (i32.const 2))
(assert_trap (module (func $start unreachable) (start $start)) "unreachable")
(assert_unlinkable (module (import "add" "subtract" (func))) "unknown import")
(assert_malformed (module quote "(func") "unexpected token")
(assert_invalid (module (func (result i32))) "type mismatch")
"#;

const BAD: &str = r#"
(module
  (func (export "one") (result i32) (i32.const 1))
  (func (export "pair") (result f32 i64) (f32.const -0.5) (i64.const -1))
  (func (export "trap") (unreachable)))
(assert_return (invoke "one") (i32.const 2))
(assert_return (invoke "one"))
(assert_return (invoke "one") (f32.const 1))
(assert_return (invoke "pair") (f32.const nan:arithmetic) (i64.const -1))
(assert_trap (invoke "one") "integer overflow")
(assert_trap (invoke "trap") "integer overflow")
(assert_return (invoke "two") (i32.const 2))
(assert_return (invoke $nobody "two") (i32.const 2))
(assert_invalid (module (func)) "type mismatch")
(assert_unlinkable (module) "unknown import")
(module (import "nobody" "f" (func)))
(invoke "trap")
"#;

#[test]
fn a_script_that_holds_is_reported_in_one_line() {
    let outcome = Sandbox::with("good.wast", GOOD).succeed("test good.wast");
    assert_snapshot!(outcome.stdout, @r#"
    good.wast: 13 directives, ok
    1 script: 13 passed, 0 failed
    "#);
    assert_eq!(outcome.stderr, "");
}

#[test]
fn it_holds_in_every_way_to_compile() {
    let sandbox = Sandbox::with("good.wast", GOOD);
    for flags in ["-O0", "--instances dynamic", "--memory-checks explicit", "--instances dynamic -O0 --jobs 1"] {
        sandbox.succeed(&format!("test --quiet {flags} good.wast"));
    }
}

#[test]
fn a_failure_says_what_was_expected_and_what_came() {
    let outcome = Sandbox::with("bad.wast", BAD).fail("test bad.wast", 1);
    assert_snapshot!(outcome.stdout, @r#"
    bad.wast:6: assert_return: expected (i32.const 2); got (i32.const 1)
    bad.wast:7: assert_return: "one" gives values of other types
    bad.wast:8: assert_return: "one" gives values of other types
    bad.wast:9: assert_return: expected (f32.const nan:arithmetic) (i64.const -1); got (f32.const -0.5) (i64.const -1)
    bad.wast:10: assert_trap: expected the trap "integer overflow"; got (i32.const 1)
    bad.wast:11: assert_trap: expected the trap "integer overflow"; got the trap "unreachable"
    bad.wast:12: assert_return: the module exports no function "two"
    bad.wast:13: assert_return: there is no instance of this name
    bad.wast:14: assert_invalid: expected an error; the module compiles
    bad.wast:15: assert_unlinkable: expected the link error "unknown import"; got success
    bad.wast:16: module: expected success; got the link error "unknown import"
    bad.wast:17: invoke: the module exports no function "trap"
    bad.wast: 1 directive, 12 of 13 failed
    1 script: 1 passed, 12 failed
    "#);
    assert_eq!(outcome.stderr, "");
}

#[test]
fn scripts_read_json() {
    let outcome = Sandbox::with("bad.wast", "(module (func (export \"f\")))\n(assert_return (invoke \"g\"))")
        .fail("test --json bad.wast", 1);
    assert_snapshot!(outcome.stdout, @r#"
    {
      "passed": 1,
      "failed": 1,
      "unsupported": 0,
      "files": [
        {
          "file": "bad.wast",
          "passed": 1,
          "failed": 1,
          "unsupported": 0,
          "failures": [
            {
              "line": 2,
              "directive": "assert_return",
              "unsupported": false,
              "message": "the module exports no function \"g\""
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn a_directory_stands_for_the_scripts_below_it() {
    let sandbox = Sandbox::with("scripts/a/one.wast", "(module)");
    sandbox.write("scripts/two.wast", "(module)");
    sandbox.write("scripts/readme.txt", "not a script");
    assert_snapshot!(sandbox.succeed("test scripts").stdout, @r#"
    scripts/a/one.wast: 1 directive, ok
    scripts/two.wast: 1 directive, ok
    2 scripts: 2 passed, 0 failed
    "#);
}

#[test]
fn a_runner_starts_the_executables() {
    let sandbox = Sandbox::with("good.wast", "(module)\n(module)");
    assert!(sandbox.succeed("test --runner env good.wast").stdout.contains("2 passed"));
    let outcome = sandbox.fail("test --runner false good.wast", 1);
    assert_snapshot!(outcome.stdout, @r#"
    good.wast:1: module: expected success; the program exited with status 1 before
    good.wast:2: module: expected success; the program exited with status 1 before
    good.wast: 0 directives, 2 of 2 failed
    1 script: 0 passed, 2 failed
    "#);
    let outcome = sandbox.fail("test --runner no-such-emulator good.wast", 5);
    assert_snapshot!(outcome.stderr, @"error: cannot run no-such-emulator: No such file or directory");
}

#[test]
fn a_program_that_does_not_end_is_stopped() {
    let endless = "(module (func (export \"f\") (loop (br 0))))\n(invoke \"f\")";
    let outcome = Sandbox::with("endless.wast", endless).fail("test --timeout 1 endless.wast", 1);
    assert_snapshot!(outcome.stdout, @r#"
    endless.wast:2: invoke: expected success; the program was stopped after 1 s before
    endless.wast: 1 directive, 1 of 2 failed
    1 script: 1 passed, 1 failed
    "#);
}

#[test]
fn what_is_no_script_is_refused() {
    let sandbox = Sandbox::with("bad.wast", "(assert_nothing)");
    assert_snapshot!(sandbox.fail("test bad.wast", 1).stdout, @r#"
    bad.wast:1: script: the script cannot be read: unexpected token, expected one of: `module`, `component`, `assert_malformed`, `assert_malformed_custom`, `assert_invalid`, `assert_invalid_custom`, `register`, `invoke`, `assert_trap`, `assert_return`, `assert_exhaustion`, `assert_unlinkable`, `assert_exception`, `assert_suspension`, `thread`, `wait`
         --> bad.wast:1:2
          |
        1 | (assert_nothing)
          |  ^
    bad.wast: 0 directives, 1 of 1 failed
    1 script: 0 passed, 1 failed
    "#);
    assert_snapshot!(sandbox.fail("test missing.wast", 5).stderr, @"error: cannot read `missing.wast`: No such file or directory");
}
