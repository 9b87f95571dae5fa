;; Offsets beyond the minimum, beyond 4 GiB and up to the last that 64 bits hold: index, offset and size are added
;; without wrapping.
;; invoke: run
;; run: 0 0
;; trap: out of bounds memory access
;; run: 0 -65536
;; trap: out of bounds memory access
;; run: 1 0
;; trap: out of bounds memory access
;; run: 1 -0x100000000
;; trap: out of bounds memory access
;; run: 2 0
;; trap: out of bounds memory access
;; run: 2 1
;; trap: out of bounds memory access
;; run: 2 4
;; trap: out of bounds memory access
;; run: 3 0
;; trap: out of bounds memory access
;; run: 3 1
;; trap: out of bounds memory access
;; run: 4 0
;; stdout: 0
;; run: 4 65532
;; stdout: 0
;; run: 4 65533
;; trap: out of bounds memory access
;; run: 4 -65536
;; trap: out of bounds memory access
;; run: 5 65535
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (func (export "run") (param $which i32) (param $at i64) (result i32)
    (if (i32.eq (local.get $which) (i32.const 0)) (then (return (i32.load offset=65536 (local.get $at)))))
    (if (i32.eq (local.get $which) (i32.const 1)) (then (return (i32.load offset=0x100000000 (local.get $at)))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (i32.load offset=0xfffffffffffffffc (local.get $at)))))
    (if (i32.eq (local.get $which) (i32.const 3))
      (then (return (i32.load8_u offset=0xffffffffffffffff (local.get $at)))))
    (drop (memory.grow (i64.const 1)))
    (if (i32.eq (local.get $which) (i32.const 4)) (then (return (i32.load offset=65536 (local.get $at)))))
    (i32.store offset=0x7fffffffffffffff (local.get $at) (i32.const 1))
    (i32.const 1)))
