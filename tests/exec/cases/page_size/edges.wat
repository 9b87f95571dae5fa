;; A memory of pages of one byte ends at any byte, before and after it has grown, in the middle of a page of the processor.
;; invoke: run
;; run: 6 0
;; stdout: 168364039
;; stdout: 10
;; run: 7 0
;; trap: out of bounds memory access
;; run: 7 1
;; stdout: 657672
;; stdout: 11
;; run: 8 1
;; trap: out of bounds memory access
;; run: 9986 9980
;; stdout: 0
;; stdout: 9990
;; run: 9987 9980
;; trap: out of bounds memory access
;; run: -1 9980
;; trap: out of bounds memory access
;; run: -4 9980
;; trap: out of bounds memory access
(module
  (memory 10 (pagesize 1))
  (data (i32.const 0) "\01\02\03\04\05\06\07\08\09\0a")
  (func (export "run") (param $at i32) (param $delta i32) (result i32 i32)
    (drop (memory.grow (local.get $delta)))
    (i32.load (local.get $at))
    (memory.size)))
