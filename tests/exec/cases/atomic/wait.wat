;; Waiting alone: 1 when the value is another one, 2 when the time is over; nobody is there to be notified.
;; invoke: run
;; run: 0 8 0x44332211 0
;; stdout: 2
;; run: 0 8 0x44332211 1000000
;; stdout: 2
;; run: 0 8 0x44332210 -1
;; stdout: 1
;; run: 0 10 0 0
;; trap: unaligned atomic
;; run: 0 65532 0 0
;; stdout: 2
;; run: 0 65536 0 0
;; trap: out of bounds memory access
;; run: 0 -4 0 0
;; trap: out of bounds memory access
;; run: 1 8 0x8877665544332211 1
;; stdout: 2
;; run: 1 8 0x44332211 -1
;; stdout: 1
;; run: 1 12 0 0
;; trap: unaligned atomic
;; run: 1 65532 0 0
;; trap: unaligned atomic
;; run: 1 65536 0 0
;; trap: out of bounds memory access
;; run: 2 8 1 0
;; stdout: 0
;; run: 2 65532 -1 0
;; stdout: 0
;; run: 2 65534 1 0
;; trap: unaligned atomic
;; run: 2 65536 0 0
;; trap: out of bounds memory access
;; run: 3 65536 0 0
;; trap: out of bounds memory access
(module
  (memory 1 1 shared)
  (data (i32.const 8) "\11\22\33\44\55\66\77\88")
  (func (export "run") (param $which i32) (param $at i32) (param $value i64) (param $timeout i64) (result i32)
    (if (i32.eqz (local.get $which))
      (then (return (memory.atomic.wait32 (local.get $at) (i32.wrap_i64 (local.get $value)) (local.get $timeout)))))
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (memory.atomic.wait64 (local.get $at) (local.get $value) (local.get $timeout)))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (memory.atomic.notify (local.get $at) (i32.wrap_i64 (local.get $value))))))
    (memory.atomic.notify offset=0xfffffffc (local.get $at) (i32.const 1))))
