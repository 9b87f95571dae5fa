;; Plain accesses around atomic ones see each other's values in the order of the program.
;; invoke: run
;; run: 8
;; stdout: 1
;; stdout: 2
;; stdout: 3
(module
  (memory 1 1 shared)
  (func (export "run") (param $at i32) (result i32 i32 i32)
    (i32.store (local.get $at) (i32.const 1))
    (i32.load (local.get $at))
    (i32.atomic.store (local.get $at) (i32.const 2))
    (i32.load (local.get $at))
    (drop (i32.atomic.rmw.add (local.get $at) (i32.const 1)))
    (i32.load (local.get $at))))
