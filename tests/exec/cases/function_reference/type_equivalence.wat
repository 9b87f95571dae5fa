;; Types are equal by what they say, also when they say it by way of other types.
;; invoke: run
;; run: 0
;; stdout: 1
;; run: 1
;; stdout: 1
;; run: 2
;; trap: indirect call type mismatch
;; run: 3
;; stdout: 1
;; run: 4
;; trap: indirect call type mismatch
(module
  (type $s0 (func (param i32)))
  (type $other (func (param i64)))
  (type $s1 (func (param i32 (ref $s0))))
  (type $s2 (func (param i32 (ref $s0))))
  (type $s0_again (func (param i32)))
  (type $s3 (func (param i32 (ref $s0_again))))
  (type $s4 (func (param i32 (ref $other))))
  (type $t1 (func (param (ref $s1)) (result i32)))
  (type $t2 (func (param (ref $s2)) (result i32)))
  (type $t3 (func (param (ref $s3)) (result i32)))
  (type $t4 (func (param (ref $s4)) (result i32)))
  (type $t5 (func (param (ref null $s1)) (result i32)))
  (elem declare func $s1 $s4)
  (table funcref (elem $f1))
  (func $s1 (type $s1))
  (func $s4 (type $s4))
  (func $f1 (type $t1) (i32.const 1))
  (func (export "run") (param $case i32) (result i32) (local $index i32)
    block block block block block
    (br_table 0 1 2 3 4 (local.get $case))
    end (return (call_indirect (type $t1) (ref.func $s1) (local.get $index)))
    end (return (call_indirect (type $t2) (ref.func $s1) (local.get $index)))
    end (return (call_indirect (type $t4) (ref.func $s4) (local.get $index)))
    end (return (call_indirect (type $t3) (ref.func $s1) (i32.const 0)))
    end (call_indirect (type $t5) (ref.func $s1) (i32.const 0))))
