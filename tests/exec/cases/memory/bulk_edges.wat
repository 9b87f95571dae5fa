;; Bulk operations at the end of memory: what fits is done, also with length 0 at the very end; what does not fit traps,
;; also when an end wraps around.
;; invoke: run
;; run: 0 65530 0 6
;; stdout: 0
;; run: 0 65536 0 0
;; stdout: 0
;; run: 0 65537 0 0
;; trap: out of bounds memory access
;; run: 0 65530 0 7
;; trap: out of bounds memory access
;; run: 0 1 0 -1
;; trap: out of bounds memory access
;; run: 0 -1 0 2
;; trap: out of bounds memory access
;; run: 1 65530 65530 6
;; stdout: 0
;; run: 1 65536 65536 0
;; stdout: 0
;; run: 1 0 65537 0
;; trap: out of bounds memory access
;; run: 1 65537 0 0
;; trap: out of bounds memory access
;; run: 1 0 65530 7
;; trap: out of bounds memory access
;; run: 1 65530 0 7
;; trap: out of bounds memory access
;; run: 1 -1 0 -1
;; trap: out of bounds memory access
;; run: 2 65533 0 3
;; stdout: 0
;; run: 2 65536 3 0
;; stdout: 0
;; run: 2 65534 0 3
;; trap: out of bounds memory access
;; run: 2 0 1 3
;; trap: out of bounds memory access
;; run: 2 0 4 0
;; trap: out of bounds memory access
;; run: 2 0 -1 2
;; trap: out of bounds memory access
;; run: 3 0 0 0
;; stdout: 0
;; run: 3 0 0 1
;; trap: out of bounds memory access
;; run: 3 0 1 0
;; trap: out of bounds memory access
(module
  (memory 1)
  (data $bytes "abc")
  (func (export "run") (param $case i32) (param $to i32) (param $from i32) (param $length i32) (result i32)
    block $done block $dropped block $init block $copy block $fill
    (br_table $fill $copy $init $dropped (local.get $case))
    end (memory.fill (local.get $to) (i32.const 7) (local.get $length)) (br $done)
    end (memory.copy (local.get $to) (local.get $from) (local.get $length)) (br $done)
    end (memory.init $bytes (local.get $to) (local.get $from) (local.get $length)) (br $done)
    end (data.drop $bytes) (data.drop $bytes)
        (memory.init $bytes (local.get $to) (local.get $from) (local.get $length))
    end
    (i32.const 0)))
