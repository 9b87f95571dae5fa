;; The same index again: what was checked for a shorter access does not cover a longer one, nor does a check on one path
;; cover another.
;; invoke: run
;; run: 0 65535
;; trap: out of bounds memory access
;; run: 0 65528
;; stdout: 0
;; run: 1 65528
;; stdout: 0
;; run: 1 65529
;; trap: out of bounds memory access
;; run: 2 70000
;; trap: out of bounds memory access
;; run: 2 0
;; stdout: 0
;; run: 3 65536
;; trap: out of bounds memory access
;; run: 3 65535
;; stdout: 1
;; run: 4 70000
;; trap: out of bounds memory access
(module
  (memory 1 3)
  (func (export "run") (param $case i32) (param $at i32) (result i32)
    (local $sum i32)
    block $loop_case block $join block $if block $long block $short
    (br_table $short $long $if $join $loop_case (local.get $case))
    end
      (drop (i32.load8_u (local.get $at)))
      (return (i32.wrap_i64 (i64.load (local.get $at))))
    end
      (drop (i64.load (local.get $at)))
      (drop (i32.load8_u (local.get $at)))
      (return (i32.load offset=4 (local.get $at)))
    end
      ;; One arm checks, the other does not.
      (if (i32.eqz (local.get $at)) (then (drop (i32.load (local.get $at)))))
      (return (i32.load (local.get $at)))
    end
      ;; A block that is left before its check.
      (block $out
        (br_if $out (i32.ge_u (local.get $at) (i32.const 65536)))
        (drop (i32.load8_u (local.get $at)))
        (return (i32.const 1)))
      (return (i32.load8_u (local.get $at)))
    end
      (loop $again
        (if (i32.eq (local.get $sum) (i32.const 3)) (then (drop (i32.load8_u (local.get $at)))))
        (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
        (br_if $again (i32.lt_u (local.get $sum) (i32.const 5))))
      (local.get $sum)))
