;; modes: guard explicit
;; Indices at constant distances from one that was in bounds are reached from there, and one check serves them; where a
;; larger constant may wrap, or an offset could bring back a sum that did, each index stands for itself.
(module
  (memory 1)
  (func (param i32) (result i32)
    (i32.load offset=16 (local.get 0))
    (i32.load (i32.add (local.get 0) (i32.const 8)))
    (i32.load (i32.add (i32.add (local.get 0) (i32.const 8)) (i32.const 4)))
    (i32.load (i32.sub (local.get 0) (i32.const 8)))
    (i32.load offset=16 (i32.sub (local.get 0) (i32.const 8)))
    (i32.load (i32.add (local.get 0) (i32.const 0x20000)))
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add))
  (func (param i32) (result i32)
    (drop (memory.grow (i32.const 1)))
    (i32.add
      (i32.load (i32.add (local.get 0) (i32.const 8)))
      (i32.add (i32.load (local.get 0)) (i32.load8_u (i32.add (local.get 0) (i32.const 9))))))
  ;; A table with 256 elements of 4 bytes: the sum does not wrap.
  (func (param i32) (result i32)
    (i32.load (i32.add (i32.shl (i32.and (local.get 0) (i32.const 255)) (i32.const 2)) (i32.const 0x8000)))))
