;; Constant offsets: index and offset add up without wrapping around, however large both are.
;; invoke: run
;; run: 0 65532
;; stdout: 0
;; run: 1 65531
;; stdout: 0
;; run: 1 65532
;; trap: out of bounds memory access
;; run: 2 0
;; stdout: 0
;; run: 2 1
;; trap: out of bounds memory access
;; run: 2 -1
;; trap: out of bounds memory access
;; run: 3 0
;; trap: out of bounds memory access
;; run: 3 1
;; trap: out of bounds memory access
;; run: 3 0xfffffffc
;; trap: out of bounds memory access
;; run: 4 0
;; trap: out of bounds memory access
;; run: 4 0x80000000
;; trap: out of bounds memory access
;; run: 5 4
;; trap: out of bounds memory access
;; run: 5 -1
;; trap: out of bounds memory access
;; run: 6 0
;; trap: out of bounds memory access
(module
  (memory 1)
  (func (export "run") (param $case i32) (param $at i32) (result i32)
    block block block block block block block
    (br_table 0 1 2 3 4 5 6 (local.get $case))
    end (return (i32.load (local.get $at)))
    end (return (i32.load offset=1 (local.get $at)))
    end (return (i32.load offset=65532 (local.get $at)))
    end (return (i32.load offset=65533 (local.get $at)))
    end (return (i32.load offset=0x80000000 (local.get $at)))
    end (return (i32.load offset=0xfffffffc (local.get $at)))
    end (i32.load8_u offset=0xffffffff (i32.const -1))))
