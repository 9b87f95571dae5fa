;; modes: guard explicit
;; One check serves several accesses at the same index that end no further.
(module
  (memory 1)
  (func $grow (result i32) (memory.grow (i32.const 1)))
  (func $twice (param i32) (result i32)
    (i32.add (i32.load offset=4 (local.get 0)) (i32.load (local.get 0))))
  (func $load_and_store (param i32)
    (i32.store (local.get 0) (i32.add (i32.load (local.get 0)) (i32.const 1))))
  (func $growing_offset (param i32) (result i32)
    (i32.add
      (i32.add (i32.load (local.get 0)) (i32.load offset=4 (local.get 0)))
      (i32.load offset=8 (local.get 0))))
  (func $other_index (param i32 i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.load (local.get 1)))))
