;; Indices at constant distances from one that was in bounds: each sum wraps by itself, also where the one that was in bounds
;; is near the beginning or the end.
;; invoke: run
;; run: 0 16
;; stdout: 116
;; run: 1 16
;; stdout: 124
;; run: 2 16
;; stdout: 108
;; run: 3 16
;; stdout: 116
;; run: 4 16
;; stdout: 116
;; run: 1 65528
;; trap: out of bounds memory access
;; run: 1 -8
;; trap: out of bounds memory access
;; run: 2 8
;; stdout: 100
;; run: 2 7
;; trap: out of bounds memory access
;; run: 2 0
;; trap: out of bounds memory access
;; run: 3 4
;; trap: out of bounds memory access
;; run: 4 0
;; stdout: 100
;; run: 5 16
;; stdout: 16
;; run: 5 4
;; stdout: 4
;; run: 5 2
;; trap: out of bounds memory access
;; run: 6 65528
;; trap: out of bounds memory access
(module
  (memory 1)
  (func $fill (local $index i32)
    (loop $next
      (i32.store8 (local.get $index) (i32.add (local.get $index) (i32.const 100)))
      (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 64)))))
  (func (export "run") (param $which i32) (param $index i32) (result i32)
    (call $fill)
    ;; What the others are next to.
    (drop (i32.load8_u (local.get $index)))
    (block $over (block $across (block $opposite (block $offset (block $below (block $above (block $same
      (br_table $same $above $below $offset $opposite $across $over (local.get $which)))
      (return (i32.load8_u (local.get $index))))
      (return (i32.load8_u (i32.add (local.get $index) (i32.const 8)))))
      (return (i32.load8_u (i32.sub (local.get $index) (i32.const 8)))))
      ;; A sum that wraps is not brought back by the offset.
      (return (i32.load8_u offset=8 (i32.add (i32.const -8) (local.get $index)))))
      (return (i32.load8_u (i32.sub (i32.add (local.get $index) (i32.const 8)) (i32.const 8)))))
      ;; The last byte of what is stored would be in bounds, the first is not.
      (i64.store (i32.sub (local.get $index) (i32.const 4)) (i64.const 0))
      (return (i32.sub (i32.load8_u (local.get $index)) (i32.sub (i32.const 0) (local.get $index)))))
    (memory.copy (i32.add (local.get $index) (i32.const 4)) (local.get $index) (i32.const 5))
    (i32.const 0)))
