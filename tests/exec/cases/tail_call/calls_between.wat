;; Functions that also call, whose frames are checked against the stack's limit.
;; invoke: run
;; stack-size: 131072
;; run: 10000000
;; stdout: 50000005000000
(module
  (func $plus (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func $a (param $n i64) (param $sum i64) (result i64)
    (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $b (i64.sub (local.get $n) (i64.const 1)) (call $plus (local.get $sum) (local.get $n))))
  (func $b (param $n i64) (param $sum i64) (result i64)
    (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
    (return_call $a (i64.sub (local.get $n) (i64.const 1)) (call $plus (local.get $sum) (local.get $n))))
  (func (export "run") (param i64) (result i64) (return_call $a (local.get 0) (i64.const 0))))
