;; Through a table that never changes and through one that does; by a constant index and by another.
;; invoke: run
;; stack-size: 131072
;; run: 0 0
;; stdout: 10
;; run: 0 10000001
;; stdout: 11
;; run: 1 10000001
;; stdout: 11
;; run: 2 10000001
;; stdout: 11
;; run: 3 0
;; trap: uninitialized element
;; run: 4 0
;; trap: undefined element
;; run: 5 0
;; trap: indirect call type mismatch
;; run: 6 0
;; trap: uninitialized element
;; run: 7 0
;; trap: undefined element
;; run: 8 0
;; trap: indirect call type mismatch
;; run: 9 0
;; trap: uninitialized element
;; run: 10 0
;; trap: undefined element
;; run: 11 0
;; trap: indirect call type mismatch
(module
  (type $step (func (param i32) (result i32)))
  (type $other (func (param i64) (result i32)))
  (table $constant 4 4 funcref)
  (table $changing 4 4 funcref)
  (elem (table $constant) (i32.const 0) func $even $odd)
  (elem (table $changing) (i32.const 0) func $even_changing $odd_changing)
  (func $even (type $step)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 10))))
    (return_call_indirect $constant (type $step)
      (i32.sub (local.get 0) (i32.const 1)) (i32.and (i32.const 1) (i32.sub (local.get 0) (i32.const 1)))))
  (func $odd (type $step)
    (if (i32.eqz (i32.sub (local.get 0) (i32.const 1))) (then (return (i32.const 11))))
    (return_call_indirect $constant (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
  (func $even_changing (type $step)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 10))))
    (return_call_indirect $changing (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1)))
  (func $odd_changing (type $step)
    (if (i32.eqz (i32.sub (local.get 0) (i32.const 1))) (then (return (i32.const 11))))
    (return_call_indirect $changing (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
  (func (export "write") (table.set $changing (i32.const 3) (ref.null func)))
  (func (export "run") (param $case i32) (param $n i32) (result i32)
    block block block block block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 8 9 10 11 (local.get $case))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.and (local.get $n) (i32.const 1)))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.const 1))
    end (return_call_indirect $changing (type $step) (local.get $n) (i32.and (local.get $n) (i32.const 1)))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.const 2))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.const 4))
    end (return_call_indirect $constant (type $other) (i64.const 0) (i32.const 0))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.or (local.get $n) (i32.const 2)))
    end (return_call_indirect $constant (type $step) (local.get $n) (i32.sub (local.get $n) (i32.const 1)))
    end (return_call_indirect $constant (type $other) (i64.const 0) (local.get $n))
    end (return_call_indirect $changing (type $step) (local.get $n) (i32.or (local.get $n) (i32.const 2)))
    end (return_call_indirect $changing (type $step) (local.get $n) (i32.sub (local.get $n) (i32.const 1)))
    end (return_call_indirect $changing (type $other) (i64.const 0) (local.get $n))))
