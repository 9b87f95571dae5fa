;; modes: guard explicit dynamic
;; A shared memory never moves, and its size is read anew each time. What is read before an atomic access is not known
;; behind it: another thread may have changed memory and size in between.
(module
  (memory 1 4 shared)
  (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
  (func $size (result i32) (memory.size))
  (func $wait_for_size (param i32) (loop $again (br_if $again (i32.lt_u (memory.size) (local.get 0)))))
  (func $around_load (param i32 i32) (result i32)
    (drop (i32.load (local.get 0)))
    (loop $again (br_if $again (i32.eqz (i32.atomic.load (i32.const 8)))))
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 1)))))
