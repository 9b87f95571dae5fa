;; Ten million calls through references on the smallest stack.
;; invoke: run
;; stack-size: 131072
;; run: 10000001
;; stdout: 99
;; run: 10000000
;; stdout: 44
;; run: -1
;; trap: null reference
(module
  (type $step (func (param i32) (result i32)))
  (global $odd (mut (ref null $step)) (ref.func $odd))
  (elem declare func $even)
  (func $even (type $step)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 44))))
    (return_call_ref $step (i32.sub (local.get 0) (i32.const 1)) (global.get $odd)))
  (func $odd (type $step)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 99))
      (else (return_call_ref $step (i32.sub (local.get 0) (i32.const 1)) (ref.func $even)))))
  (func (export "run") (type $step)
    (if (i32.lt_s (local.get 0) (i32.const 0)) (then (global.set $odd (ref.null $step))))
    (return_call_ref $step (local.get 0) (ref.func $even))))
