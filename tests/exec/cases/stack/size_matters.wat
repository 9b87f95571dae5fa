;; 256 MiB hold a recursion that 8 MiB cannot: a million frames of at least 16 bytes.
;; stack-size: 268435456
;; invoke: run
;; run: 1000000
;; stdout: 1000000
(module
  (func $deep (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "run") (param i32) (result i32) (call $deep (local.get 0))))
