;; Constant lengths that are moved in place, at the end of memory: what fits is done; what does not fit traps, whichever of
;; the ranges it is, also when one byte is too much and when an end wraps around.
;; invoke: run
;; run: 0 65529 0
;; stdout: 0
;; run: 0 0 65529
;; stdout: 0
;; run: 0 65530 0
;; trap: out of bounds memory access
;; run: 0 0 65530
;; trap: out of bounds memory access
;; run: 0 -1 0
;; trap: out of bounds memory access
;; run: 0 0 -7
;; trap: out of bounds memory access
;; run: 1 65472 65472
;; stdout: 0
;; run: 1 65473 0
;; trap: out of bounds memory access
;; run: 1 0 65473
;; trap: out of bounds memory access
;; run: 1 -64 0
;; trap: out of bounds memory access
;; run: 1 0 -1
;; trap: out of bounds memory access
;; run: 2 65536 65536
;; stdout: 0
;; run: 2 65537 0
;; trap: out of bounds memory access
;; run: 2 0 65537
;; trap: out of bounds memory access
;; run: 3 65535 65535
;; stdout: 0
;; run: 3 65536 0
;; trap: out of bounds memory access
;; run: 3 0 65536
;; trap: out of bounds memory access
;; run: 4 65517 9
;; stdout: 0
;; run: 4 65518 9
;; trap: out of bounds memory access
;; run: 4 -1 9
;; trap: out of bounds memory access
;; run: 5 65536 9
;; stdout: 0
;; run: 5 65537 9
;; trap: out of bounds memory access
(module
  (memory 1 2)
  (func (export "run") (param $case i32) (param $to i32) (param $from i32) (result i32)
    block $done block $fill0 block $fill19 block $copy1 block $copy0 block $copy64 block $copy7
    (br_table $copy7 $copy64 $copy0 $copy1 $fill19 $fill0 (local.get $case))
    end (memory.copy (local.get $to) (local.get $from) (i32.const 7)) (br $done)
    end (memory.copy (local.get $to) (local.get $from) (i32.const 64)) (br $done)
    end (memory.copy (local.get $to) (local.get $from) (i32.const 0)) (br $done)
    end (memory.copy (local.get $to) (local.get $from) (i32.const 1)) (br $done)
    end (memory.fill (local.get $to) (local.get $from) (i32.const 19)) (br $done)
    end (memory.fill (local.get $to) (local.get $from) (i32.const 0))
    end
    (i32.const 0)))
