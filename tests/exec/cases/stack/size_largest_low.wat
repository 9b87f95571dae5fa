;; A stack of 268435456 bytes holds as many frames as fit, and no more: each frame has at least 16 bytes.
;; stack-size: 268435456
;; invoke: run
;; run: 100
;; stdout: 100
;; run: 16777216
;; trap: call stack exhausted
(module
  (func $deep (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "run") (param i32) (result i32) (call $deep (local.get 0))))
