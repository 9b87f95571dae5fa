;; Atomic accesses work on any memory, and notifying finds nobody; waiting wants a shared one, after alignment and before bounds.
;; invoke: run
;; run: 0 0
;; stdout: 7
;; run: 1 0
;; stdout: 0
;; run: 1 2
;; trap: unaligned atomic
;; run: 1 65536
;; trap: out of bounds memory access
;; run: 2 0
;; trap: expected shared memory
;; run: 2 2
;; trap: unaligned atomic
;; run: 2 65536
;; trap: expected shared memory
;; run: 3 0
;; trap: expected shared memory
;; run: 3 4
;; trap: unaligned atomic
(module
  (memory 1 1)
  (data (i32.const 0) "\07")
  (func (export "run") (param $which i32) (param $at i32) (result i32)
    (if (i32.eqz (local.get $which))
      (then (return (i32.atomic.rmw.add (local.get $at) (i32.const 1)))))
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (memory.atomic.notify (local.get $at) (i32.const 1)))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (memory.atomic.wait32 (local.get $at) (i32.const 0) (i64.const 0)))))
    (memory.atomic.wait64 (local.get $at) (i64.const 0) (i64.const 0))))
