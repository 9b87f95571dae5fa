;; Calls through references from everywhere: operands, parameters, globals, tables, results.
;; invoke: run
;; run: 0 7
;; stdout: 49
;; run: 1 7
;; stdout: -7
;; run: 2 7
;; stdout: 49
;; run: 3 7
;; stdout: -7
;; run: 4 7
;; stdout: -49
;; run: 5 7
;; trap: null reference
;; run: 6 7
;; trap: null reference
;; run: 7 7
;; trap: null reference
;; run: 8 7
;; stdout: 49
;; run: 9 2
;; stdout: 256
(module
  (type $unary (func (param i64) (result i64)))
  (type $choose (func (param i32) (result (ref null $unary))))
  (type $compose (func (param (ref $unary) (ref $unary) i64) (result i64)))
  (global $square (ref $unary) (ref.func $square))
  (global $changing (mut (ref null $unary)) (ref.func $negate))
  (table $functions 3 (ref null $unary))
  (elem (table $functions) (i32.const 0) (ref null $unary) (item (ref.func $negate)) (item (ref.func $square)))
  (elem declare func $compose $chosen)
  (func $square (type $unary) (i64.mul (local.get 0) (local.get 0)))
  (func $negate (type $unary) (i64.sub (i64.const 0) (local.get 0)))
  (func $chosen (type $choose) (table.get $functions (local.get 0)))
  (func $compose (type $compose)
    (call_ref $unary (call_ref $unary (local.get 2) (local.get 1)) (local.get 0)))
  (func $call (param (ref null $unary) i64) (result i64) (call_ref $unary (local.get 1) (local.get 0)))
  (func $forget (global.set $changing (ref.null $unary)))
  (func (export "run") (param $case i32) (param $x i64) (result i64) (local $r (ref null $unary)) (local $i i32)
    block block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 8 (local.get $case))
    end (return (call_ref $unary (local.get $x) (ref.func $square)))
    end (return (call $call (ref.func $negate) (local.get $x)))
    end (return (call_ref $unary (local.get $x) (global.get $square)))
    end (return (call_ref $unary (local.get $x) (global.get $changing)))
    end (return (call_ref $compose (ref.func $negate) (global.get $square) (local.get $x) (ref.func $compose)))
    end (return (call_ref $unary (local.get $x) (local.get $r)))
    end (call $forget) (return (call $call (global.get $changing) (local.get $x)))
    end (return (call_ref $unary (local.get $x) (call_ref $choose (i32.const 2) (ref.func $chosen))))
    end
    (if (i32.eq (local.get $case) (i32.const 8))
      (then (return (call_ref $unary (local.get $x) (call_ref $choose (i32.const 1) (ref.func $chosen))))))
    ;; Squared three times; the reference goes round with the loop.
    (local.set $r (ref.func $square))
    (loop $again
      (local.set $x (call_ref $unary (local.get $x) (local.get $r)))
      (local.set $r (table.get $functions (i32.const 1)))
      (br_if $again (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
    (local.get $x)))
