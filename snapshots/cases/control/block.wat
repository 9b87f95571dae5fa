;; Blocks that nobody branches to leave no trace; those that are branched to become one basic block.
(module
  (func $fallthrough (param i32) (result i32)
    (block (result i32) (local.get 0)))
  (func $branch (param i32) (result i32)
    (block $out (result i32)
      (br_if $out (i32.const 7) (local.get 0))
      drop
      (i32.const 9)))
  (func $nothing
    (block (nop))))
