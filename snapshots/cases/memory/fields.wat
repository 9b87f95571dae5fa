;; modes: explicit
;; One check stands for those of stores side by side. Where it fails, a copy of the code makes each check where it belongs.
(module
  (memory 1 4)
  (func (param i32)
    (i32.store (local.get 0) (i32.const 1))
    (i32.store offset=4 (local.get 0) (i32.const 2))
    (i32.store offset=8 (local.get 0) (i32.const 3)))
  (func (param i32 i32)
    (i64.store (local.get 0) (i64.load (local.get 1)))
    (i64.store (i32.add (local.get 0) (i32.const 8)) (i64.load (i32.sub (local.get 1) (i32.const 8)))))
  (func (param i32)
    (i32.store (local.get 0) (i32.const 1))
    (drop (memory.grow (i32.const 1)))
    (i32.store offset=4 (local.get 0) (i32.const 2))))
