;; modes: guard explicit dynamic O0 aarch64 riscv64
;; A check stands in every function that calls, the runtime included, and in no small leaf.
(module
  (memory 1)
  (func $leaf (param i32) (result i32) (i32.load (local.get 0)))
  (func $calls (param i32) (result i32) (i32.add (call $leaf (local.get 0)) (i32.const 1)))
  (func $calls_runtime (memory.fill (i32.const 0) (i32.const 0) (i32.const 9)))
  (func $drops_data (data.drop 0))
  (data "passive"))
