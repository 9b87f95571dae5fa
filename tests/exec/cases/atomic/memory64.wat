;; Atomic accesses and waiting in a memory with 64-bit indices: no sum of index and offset wraps.
;; invoke: run
;; run: 0 16
;; stdout: 7
;; run: 0 65536
;; trap: out of bounds memory access
;; run: 0 -4
;; trap: out of bounds memory access
;; run: 0 -3
;; trap: unaligned atomic
;; run: 1 0
;; trap: out of bounds memory access
;; run: 1 8
;; trap: out of bounds memory access
;; run: 1 9
;; trap: unaligned atomic
;; run: 2 16
;; stdout: 2
;; run: 2 -8
;; trap: out of bounds memory access
;; run: 3 16
;; stdout: 0
;; run: 3 -16
;; trap: out of bounds memory access
(module
  (memory i64 1 0x1000000000000 shared)
  (data (i64.const 16) "\07")
  (func (export "grow") (result i64) (memory.grow (i64.const 1)))
  (func (export "run") (param $which i32) (param $at i64) (result i32)
    (if (i32.eqz (local.get $which))
      (then (return (i32.atomic.rmw.add (local.get $at) (i32.const 1)))))
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (i32.wrap_i64 (i64.atomic.load offset=0xfffffffffffffff8 (local.get $at))))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (memory.atomic.wait64 (local.get $at) (i64.const 7) (i64.const 0)))))
    (memory.atomic.notify offset=16 (local.get $at) (i32.const 1))))
