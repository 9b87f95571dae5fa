;; A store to one global, and to memory, says nothing about another: the second load of $a is gone.
(module
  (memory 1)
  (global $a (mut i32) (i32.const 0))
  (global $b (mut i32) (i32.const 0))
  (func $sum (param i32) (result i32)
    (global.get $a)
    (global.set $b (local.get 0))
    (i32.store (i32.const 16) (local.get 0))
    (global.get $a)
    (i32.add)))
