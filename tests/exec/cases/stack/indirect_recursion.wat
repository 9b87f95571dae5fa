;; Through a table, taking turns.
;; invoke: run
;; run: 1001
;; stdout: 1001
;; run: -1
;; trap: call stack exhausted
(module
  (type $step (func (param i32) (result i32)))
  (table funcref (elem $a $b))
  (func $a (type $step)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1)
        (call_indirect (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 1))))
      (else (i32.const 0))))
  (func $b (type $step)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1)
        (call_indirect (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0))))
      (else (i32.const 0))))
  (func (export "run") (param i32) (result i32)
    (call_indirect (type $step) (local.get 0) (i32.const 0))))
