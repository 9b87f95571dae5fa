;; Every table instruction at the end of its table: what fits works, also with length 0; what does not traps.
;; invoke: run
;; run: 0 9 0 0
;; stdout: 1
;; run: 0 10 0 0
;; trap: out of bounds table access
;; run: 0 -1 0 0
;; trap: out of bounds table access
;; run: 1 9 0 0
;; stdout: 1
;; run: 1 10 0 0
;; trap: out of bounds table access
;; run: 2 8 0 2
;; stdout: 1
;; run: 2 10 0 0
;; stdout: 1
;; run: 2 8 0 3
;; trap: out of bounds table access
;; run: 2 11 0 0
;; trap: out of bounds table access
;; run: 2 1 0 -1
;; trap: out of bounds table access
;; run: 3 8 0 2
;; stdout: 1
;; run: 3 10 10 0
;; stdout: 1
;; run: 3 9 0 2
;; trap: out of bounds table access
;; run: 3 0 9 2
;; trap: out of bounds table access
;; run: 3 0 11 0
;; trap: out of bounds table access
;; run: 4 8 0 2
;; stdout: 1
;; run: 4 10 2 0
;; stdout: 1
;; run: 4 9 0 2
;; trap: out of bounds table access
;; run: 4 0 1 2
;; trap: out of bounds table access
;; run: 4 0 3 0
;; trap: out of bounds table access
;; run: 5 0 0 0
;; stdout: 1
;; run: 5 0 0 1
;; trap: out of bounds table access
(module
  (table $table 10 20 funcref)
  (elem $segment func $f $f)
  (func $f)
  (func (export "run") (param $case i32) (param $to i32) (param $from i32) (param $length i32) (result i32)
    block $done block $dropped block $init block $copy block $fill block $set block $get
    (br_table $get $set $fill $copy $init $dropped (local.get $case))
    end (drop (table.get $table (local.get $to))) (br $done)
    end (table.set $table (local.get $to) (ref.func $f)) (br $done)
    end (table.fill $table (local.get $to) (ref.func $f) (local.get $length)) (br $done)
    end (table.copy $table $table (local.get $to) (local.get $from) (local.get $length)) (br $done)
    end (table.init $table $segment (local.get $to) (local.get $from) (local.get $length)) (br $done)
    end (elem.drop $segment) (elem.drop $segment)
        (table.init $table $segment (local.get $to) (local.get $from) (local.get $length))
    end
    (i32.const 1)))
