;; An index that with its offset is no multiple of the width is unaligned, also where it is out of bounds; bytes always fit.
;; invoke: run
;; run: 8 65535
;; stdout: 0
;; run: 8 65536
;; trap: out of bounds memory access
;; run: 16 65534
;; stdout: 0
;; run: 16 65535
;; trap: unaligned atomic
;; run: 16 65536
;; trap: out of bounds memory access
;; run: 32 65530
;; trap: unaligned atomic
;; run: 32 65532
;; stdout: 0
;; run: 32 65534
;; trap: unaligned atomic
;; run: 32 -1
;; trap: unaligned atomic
;; run: 32 -4
;; trap: out of bounds memory access
;; run: 64 65520
;; trap: unaligned atomic
;; run: 64 65525
;; stdout: 0
;; run: 64 65533
;; trap: out of bounds memory access
;; run: 64 -8
;; trap: unaligned atomic
;; run: 0 0
;; trap: unaligned atomic
;; run: 1 0
;; trap: out of bounds memory access
(module
  (memory 1 1 shared)
  (func (export "run") (param $bits i32) (param $at i32) (result i64)
    (if (i32.eq (local.get $bits) (i32.const 8))
      (then (return (i64.atomic.rmw8.add_u (local.get $at) (i64.const 0)))))
    (if (i32.eq (local.get $bits) (i32.const 16))
      (then (return (i64.atomic.load16_u (local.get $at)))))
    (if (i32.eq (local.get $bits) (i32.const 32))
      (then (i64.atomic.store32 (local.get $at) (i64.const 1)) (return (i64.const 0))))
    (if (i32.eq (local.get $bits) (i32.const 64))
      (then (return (i64.atomic.rmw.cmpxchg offset=3 (local.get $at) (i64.const 0) (i64.const 1)))))
    (if (i32.eqz (local.get $bits))
      (then (return (i64.atomic.load (i32.const 65540)))))
    (i64.atomic.load (i32.const 65536))))
