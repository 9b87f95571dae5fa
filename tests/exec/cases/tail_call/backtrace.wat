;; Frames that a tail call replaced are not shown; those below them are.
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - backtrace!last
;; stderr:     1: [..]0x[..] - backtrace!caller
;; stderr:     2: [..]0x[..] - backtrace!_start
(module
  (func $last (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (i64.eqz (local.get 9)) (then (return_call $last_of_all)))
    (return_call $shrink (local.get 9)))
  (func $last_of_all (result i64) (return_call $trap (i64.const 1) (i64.const 2)))
  (func $trap (param i64 i64) (result i64)
    (return_call $last_in_line (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 11)))
  (func $last_in_line (@name "last") (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64) (unreachable))
  (func $shrink (param i64) (result i64)
    (return_call $last (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.sub (local.get 0) (i64.const 1))))
  (func $caller (drop (call $shrink (i64.const 3))))
  (func $_start (export "_start") (call $caller)))
