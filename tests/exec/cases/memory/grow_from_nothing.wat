;; A memory without a page: everything is out of bounds, until it grows.
;; invoke: run
;; run: 0 0
;; trap: out of bounds memory access
;; run: 0 0xffffffff
;; trap: out of bounds memory access
;; run: 1 65535
;; stdout: 0
;; run: 1 65536
;; trap: out of bounds memory access
(module
  (memory 0)
  (func (export "run") (param $pages i32) (param $at i32) (result i32)
    (drop (memory.grow (local.get $pages)))
    (i32.load8_u (local.get $at))))
