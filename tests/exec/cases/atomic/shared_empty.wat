;; A shared memory without any page.
;; invoke: run
;; run:
;; stdout: 0
;; stdout: -1
;; stdout: 0
(module
  (memory 0 0 shared)
  (func (export "run") (result i32 i32 i32)
    (memory.size)
    (memory.grow (i32.const 1))
    (memory.grow (i32.const 0))))
