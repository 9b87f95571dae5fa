;; Typed references as locals, operands of select, parameters and results of blocks, and results of the program.
;; invoke: run
;; run: 0
;; stdout: 1
;; stdout: <reference>
;; stdout: <null reference>
;; run: 1
;; stdout: 2
;; stdout: <reference>
;; stdout: <null reference>
(module
  (type $f (func (result i32)))
  (elem declare func $one $two)
  (func $one (type $f) (i32.const 1))
  (func $two (type $f) (i32.const 2))
  (func (export "run") (param $which i32) (result i32 (ref $f) (ref null $f))
    (local $r (ref $f)) (local $n (ref null $f)) (local $e externref)
    (local.set $r (select (result (ref $f)) (ref.func $two) (ref.func $one) (local.get $which)))
    (ref.func $one)
    (block $b (param (ref $f)) (result (ref $f))
      (drop)
      (if (param) (result (ref $f)) (local.get $which)
        (then (local.get $r))
        (else (local.tee $r (local.get $r)))))
    (local.set $r)
    (loop $l (result i32) (call_ref $f (local.get $r)))
    (local.get $r)
    (local.get $n)))
