;; modes: guard explicit
;; A load after a store to the same address is gone; a call of the runtime ends what is known.
(module
  (memory 1)
  (func $forwarded (param i32 i32) (result i32)
    (i32.store (local.get 0) (local.get 1))
    (i32.load (local.get 0)))
  (func $repeated (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 0))))
  (func $across_fill (param i32) (result i32)
    (i32.load (local.get 0))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const 8))
    (i32.load (local.get 0))
    (i32.add)))
