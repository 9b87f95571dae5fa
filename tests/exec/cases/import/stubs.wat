;; Each import that nothing provides is a trap that names it, but only when it is called.
;; invoke: run
;; stub-imports: yes
;; run: 0
;; stdout: 1
;; run: 1
;; trap: call of an import that nothing provides: "env" "log"
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - stubs!run
;; run: 2
;; trap: call of an import that nothing provides: "env" "a long name"
;; run: 3
;; trap: call of an import that nothing provides: "wasi_snapshot_preview1" "no_such_call"
(module
  (import "env" "log" (func $log (param i32 f64) (result i64)))
  (import "env" "a long name" (func $long (result f32 i32 i32 i32 i32)))
  (import "wasi_snapshot_preview1" "no_such_call" (func $call))
  (table funcref (elem $call))
  (func $run (export "run") (param i32) (result i32)
    (if (i32.eq (local.get 0) (i32.const 1)) (then (drop (call $log (i32.const 1) (f64.const 2)))))
    (if (i32.eq (local.get 0) (i32.const 2)) (then (call $long) drop drop drop drop drop))
    (if (i32.eq (local.get 0) (i32.const 3)) (then (call_indirect (i32.const 0))))
    (i32.const 1)))
