;; A function that calls itself: the stack ends in a trap, not in a crash, and the backtrace leaves out its middle.
;; invoke: run
;; run: 1000
;; stdout: 1000
;; run: -1
;; trap: call stack exhausted
;; stderr: wasm backtrace:
;; stderr: [..] 0: [..]0x[..] - recursion!deep
;; stderr: [..] 1: [..]0x[..] - recursion!deep
;; stderr: ...
(module
  (func $deep (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "run") (param i32) (result i32) (call $deep (local.get 0))))
