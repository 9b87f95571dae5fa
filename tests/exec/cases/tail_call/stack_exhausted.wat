;; Recursion in which only some calls are tail calls still ends; arguments on the stack count.
;; invoke: run
;; run: 1000
;; stdout: 1000
;; run: -1
;; trap: call stack exhausted
(module
  (func $down (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (return_call $wide (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
      (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 11) (i64.const 12) (i64.const 13)))
  (func $wide (param i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i32)
    (i32.add (i32.const 1) (call $down (i32.sub (local.get 0) (i32.const 1)))))
  (func (export "run") (param i32) (result i32) (call $down (local.get 0))))
