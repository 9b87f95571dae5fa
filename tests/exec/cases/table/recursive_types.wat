;; Types of equal recursion groups are equal, those of others are not, whatever they look like.
;; invoke: call
;; run: 0
;; stdout: 1
;; run: 1
;; stdout: 2
;; run: 2
;; trap: indirect call type mismatch
(module
  (rec (type $a (func (result i32))) (type $b (func (param (ref null $a)))))
  (rec (type $c (func (result i32))) (type $d (func (param (ref null $c)))))
  (type $alone (func (result i32)))
  (table funcref (elem $first $second $third))
  (func $first (type $a) (i32.const 1))
  (func $second (type $c) (i32.const 2))
  (func $third (type $alone) (i32.const 3))
  (func (export "call") (param i32) (result i32) (call_indirect (type $a) (local.get 0))))
