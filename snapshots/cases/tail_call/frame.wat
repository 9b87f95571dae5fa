;; Registers that the callee must keep are restored before the jump, and arguments do not pass through them.
(module
  (func $other (param i64) (result i64) (local.get 0))
  (func $caller (param i64 i64 i64) (result i64)
    (return_call $caller
      (call $other (local.get 0))
      (i64.add (local.get 2) (call $other (local.get 1)))
      (local.get 0))))
