//! `wasmc validate`, `wasmc inspect` and `wasmc targets`.

use crate::sandbox::Sandbox;
use insta::assert_snapshot;

/// Something of everything.
const MODULE: &str = r#"(module $everything
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_unstable" "proc_exit" (func (param i32)))
    (import "env" "missing" (func (param i64 f32)))
    (import "env" "limit" (global i32))
    (memory (export "memory") 1 16)
    (table (export "\1b[2J") 2 funcref)
    (global (export "pi") f64 (f64.const 3))
    (func $begin)
    (func (export "_start"))
    (func (param i32) (result i32) (i32.extend8_s (local.get 0)))
    (start $begin)
    (elem (i32.const 0) $begin $begin)
    (data (i32.const 0) "active")
    (data "passive")
    (@custom "producer" "somebody"))"#;

#[test]
fn a_valid_module_needs_no_words() {
    let sandbox = Sandbox::with("app.wat", MODULE);
    let outcome = sandbox.succeed("validate app.wat");
    assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("", ""));
}

#[test]
fn people_get_lists() {
    assert_snapshot!(Sandbox::with("app.wat", MODULE).succeed("inspect app.wat").stdout, @r#"
    app.wat: command, 292 B, named everything
      code       3 functions, 9 B, the largest 5 B
      start      function 3
      data       2 segments, 1 of them active, 13 B
      elements   1 segment, 1 of them active, 2 references
      WASI       1 function of wasi_snapshot_preview1
      WASI       1 function of wasi_unstable
      proposals  sign-extension operators, bulk memory operations

    imports
      wasi_snapshot_preview1  fd_write   (func (param i32 i32 i32 i32) (result i32))
      wasi_unstable           proc_exit  (func (param i32))
      env                     missing    (func (param i64 f32))                       nothing provides it
      env                     limit      (global i32)                                 nothing provides it

    exports
      memory       (memory 1 16)
      "\u{1b}[2J"  (table 2 funcref)
      pi           (global f64)
      _start       (func)

    memories
      0  (memory 1 16)

    tables
      0  (table 2 funcref)

    globals
      0  (global i32)  imported
      1  (global f64)

    sections
      type               26 B
      import             88 B
      function            4 B
      table               4 B
      memory              4 B
      global             13 B
      export             31 B
      start               1 B
      element             8 B
      code               13 B
      data               21 B
      custom "producer"  17 B
      custom "name"      28 B
    "#);
}

#[test]
fn scripts_get_json() {
    let module = r#"(module
        (import "wasi_snapshot_preview1" "proc_exit" (func (param i32)))
        (memory (export "memory") 1)
        (data (i32.const 0) "data"))"#;
    assert_snapshot!(Sandbox::with("lib.wat", module).succeed("inspect --json lib.wat").stdout, @r#"
    {
      "name": null,
      "bytes": 82,
      "role": "library",
      "imports": [
        {
          "module": "wasi_snapshot_preview1",
          "name": "proc_exit",
          "kind": "function",
          "type": "(func (param i32))",
          "provided": true
        }
      ],
      "exports": [
        {
          "name": "memory",
          "kind": "memory",
          "type": "(memory 1)",
          "index": 0
        }
      ],
      "functions": {
        "imported": 1,
        "defined": 0,
        "code_bytes": 0,
        "largest_bytes": 0
      },
      "memories": [
        {
          "index": 0,
          "type": "(memory 1)",
          "imported": false
        }
      ],
      "tables": [],
      "globals": [],
      "start": null,
      "data": {
        "count": 1,
        "active": 1,
        "bytes": 4
      },
      "elements": {
        "count": 0,
        "active": 0,
        "references": 0
      },
      "sections": [
        {
          "name": "type",
          "bytes": 5
        },
        {
          "name": "import",
          "bytes": 36
        },
        {
          "name": "memory",
          "bytes": 3
        },
        {
          "name": "export",
          "bytes": 10
        },
        {
          "name": "data",
          "bytes": 10
        }
      ],
      "proposals": [],
      "wasi": [
        {
          "module": "wasi_snapshot_preview1",
          "calls": [
            "proc_exit"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn targets_are_listed() {
    let sandbox = Sandbox::new();
    let text = sandbox.succeed("targets").stdout;
    let rows: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in [
        "x86_64-linux x86_64-unknown-linux-musl ELF included,",
        "aarch64-linux aarch64-unknown-linux-musl ELF included,",
        "riscv64-linux riscv64gc-unknown-linux-musl ELF included,",
        "x86_64-windows x86_64-pc-windows-msvc COFF included,",
        "aarch64-windows aarch64-pc-windows-msvc COFF included,",
        "x86_64-macos x86_64-apple-darwin Mach-O included,",
        "aarch64-macos aarch64-apple-darwin Mach-O included,",
    ] {
        assert!(rows.iter().any(|line| line.starts_with(row)), "{row}\n{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&sandbox.succeed("targets --json").stdout).expect("JSON");
    assert_eq!(json[0]["name"], "x86_64-linux");
}
