;; Branches on null, with and without operands beside the reference, out of blocks and back to loops.
;; invoke: run
;; run: 0
;; stdout: -1
;; run: 1
;; stdout: 7
;; run: 2
;; stdout: 12
;; run: 3
;; stdout: 37
;; run: 4
;; stdout: -2
;; run: 5
;; stdout: 7
;; run: 6
;; stdout: 3
;; run: 7
;; stdout: 9
;; run: 8
;; stdout: 5
;; run: 9
;; trap: null reference
;; run: 10
;; stdout: 7
;; run: 11
;; stdout: 3
(module
  (type $t (func (result i32)))
  (type $square (func (param i32) (result i32)))
  (elem declare func $seven $square)
  (func $seven (type $t) (i32.const 7))
  (func $square (type $square) (i32.mul (local.get 0) (local.get 0)))
  (func $on_null (param $r (ref null $t)) (result i32)
    (block $null
      (return (call_ref $t (br_on_null $null (local.get $r)))))
    (i32.const -1))
  (func $on_null_with_operands (param $r (ref null $t)) (result i32)
    (block $null (result i32)
      (return (i32.add (call_ref $t (br_on_null $null (i32.const 12) (local.get $r))) (i32.add (i32.const 18))))))
  (func $on_non_null (param $r (ref null $t)) (result i32)
    (block $found (result (ref $t))
      (br_on_non_null $found (local.get $r))
      (return (i32.const -2)))
    (call_ref $t))
  (func $on_non_null_with_operands (param $n i32) (param $r (ref null $square)) (result i32)
    (call_ref $square
      (block $found (result i32 (ref $square))
        (return (br_on_non_null $found (local.get $n) (local.get $r))))))
  ;; How often the loop goes round until the reference is null.
  (func $rounds (param $r (ref null $t)) (param $n i32) (result i32) (local $count i32)
    (loop $again
      (local.set $count (i32.add (local.get $count) (i32.const 1)))
      (if (i32.eq (local.get $count) (local.get $n)) (then (local.set $r (ref.null $t))))
      (block $non_null (result (ref $t))
        (br_on_non_null $non_null (local.get $r))
        (return (local.get $count)))
      (br_on_null $again)
      (drop)
      (br $again))
    (unreachable))
  (func $as_non_null (param $r (ref null $t)) (result i32) (call_ref $t (ref.as_non_null (local.get $r))))
  ;; What is known on one path is not known on the other.
  (func $paths (param $r (ref null $t)) (result i32)
    (block $null
      (drop (call_ref $t (br_on_null $null (local.get $r)))))
    (block $null
      (return (call_ref $t (br_on_null $null (local.get $r)))))
    (i32.const 3))
  (func (export "run") (param $case i32) (result i32)
    block block block block block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 8 9 10 11 (local.get $case))
    end (return (call $on_null (ref.null $t)))
    end (return (call $on_null (ref.func $seven)))
    end (return (call $on_null_with_operands (ref.null $t)))
    end (return (call $on_null_with_operands (ref.func $seven)))
    end (return (call $on_non_null (ref.null $t)))
    end (return (call $on_non_null (ref.func $seven)))
    end (return (call $on_non_null_with_operands (i32.const 3) (ref.null $square)))
    end (return (call $on_non_null_with_operands (i32.const 3) (ref.func $square)))
    end (return (call $rounds (ref.func $seven) (i32.const 5)))
    end (return (call $as_non_null (ref.null $t)))
    end (return (call $as_non_null (ref.func $seven)))
    end (call $paths (ref.null $t))))
