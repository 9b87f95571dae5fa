;; modes: guard dynamic O0 aarch64 riscv64
;; A call has a stack check in its caller; the leaf has none.
(module
  (func $leaf (param i32 i32) (result i32)
    (i32.add (local.get 0) (local.get 1)))
  (func $caller (param i32) (result i32)
    (call $leaf (local.get 0) (i32.const 1)))
  (func $recursive (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (local.get 0) (call $recursive (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0)))))
