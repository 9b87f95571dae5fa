;; Branches out of nested blocks, with operands on the stack that the branch discards.
(module
  (func $outward (param i32) (result i32)
    (block $outer (result i32)
      (i32.const 100)
      (block $inner
        (br_if $inner (local.get 0))
        (br $outer (i32.const 1)))
      (drop)
      (i32.const 2)))
  (func $to_function (param i32) (result i32)
    (i32.const 40)
    (br 0 (local.get 0))))
