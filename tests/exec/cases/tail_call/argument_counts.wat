;; The area of arguments on the stack grows and shrinks: none, a few, many, and back.
;; invoke: run
;; stack-size: 131072
;; run: 0
;; stdout: 0
;; run: 1
;; stdout: 78
;; run: 2
;; stdout: 157
;; run: 10000000
;; stdout: 50000775000000
(module
  ;; In a round: 1 + … + 12, then what is left of the count.
  (func $none (param $n i64) (param $sum i64) (result i64)
    (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $many
      (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8)
      (i64.const 9) (i64.const 10) (i64.const 11) (i64.const 12) (local.get $n) (local.get $sum)))
  (func $many (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (param $n i64) (param $sum i64) (result i64)
    (local.set 0 (i64.add (local.get 0) (local.get 1)))
    (local.set 0 (i64.add (local.get 0) (local.get 2)))
    (local.set 0 (i64.add (local.get 0) (local.get 3)))
    (local.set 0 (i64.add (local.get 0) (local.get 4)))
    (local.set 0 (i64.add (local.get 0) (local.get 5)))
    (local.set 0 (i64.add (local.get 0) (local.get 6)))
    (local.set 0 (i64.add (local.get 0) (local.get 7)))
    (local.set 0 (i64.add (local.get 0) (local.get 8)))
    (local.set 0 (i64.add (local.get 0) (local.get 9)))
    (local.set 0 (i64.add (local.get 0) (local.get 10)))
    (local.set 0 (i64.add (local.get 0) (local.get 11)))
    ;; The arguments that stay on the stack change places.
    (return_call $few
      (local.get $sum) (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0) (i64.const 0)
      (local.get 0) (i64.sub (local.get $n) (i64.const 1))))
  (func $few (param $sum i64) (param i64 i64 i64 i64 i64 i64) (param $more i64) (param $n i64) (result i64)
    (return_call $none (local.get $n) (i64.add (local.get $sum) (i64.add (local.get $more) (local.get $n)))))
  (func (export "run") (param i64) (result i64)
    (return_call $none (local.get 0) (i64.const 0))))
