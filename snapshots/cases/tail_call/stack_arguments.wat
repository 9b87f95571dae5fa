;; The area of arguments on the stack is made larger in the prologue, and smaller before the jump.
;; modes: guard aarch64 riscv64
(module
  (func $few (param i64 i64) (result i64)
    (return_call $many
      (i64.const 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6) (i64.const 7)
      (local.get 0) (local.get 1)))
  (func $many (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (return_call $few (local.get 9) (local.get 7))))
