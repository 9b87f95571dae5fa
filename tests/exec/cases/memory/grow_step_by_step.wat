;; Page by page to 1000 pages, writing to each; then all is read again. The memory may move (dynamic instances).
;; invoke: run
;; run: 0
;; stdout: 1000
;; stdout: 499500
;; run: 65536000
;; trap: out of bounds memory access
(module
  (memory 1 1000)
  (func (export "run") (param $at i32) (result i32 i32)
    (local $page i32) (local $sum i32)
    (loop $grow
      (i32.store (i32.mul (local.get $page) (i32.const 65536)) (local.get $page))
      (local.set $page (i32.add (local.get $page) (i32.const 1)))
      (br_if $grow (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (drop (i32.load8_u (local.get $at)))
    (local.set $page (i32.const 0))
    (loop $add
      (local.set $sum (i32.add (local.get $sum) (i32.load (i32.mul (local.get $page) (i32.const 65536)))))
      (br_if $add (i32.lt_u (local.tee $page (i32.add (local.get $page) (i32.const 1))) (memory.size))))
    (memory.size) (local.get $sum)))
