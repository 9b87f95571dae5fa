;; A trap, and operators after it that never run and are not lowered.
(module
  (func $always (result i32)
    (unreachable))
  (func $sometimes (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (unreachable)))
    (i32.const 1))
  (func $dead_code (param i32) (result i32)
    (block (result i32)
      (br 0 (i32.const 3))
      (loop (if (i32.const 1) (then (br 1)) (else (unreachable))))
      (i32.add (i32.const 1)))))
