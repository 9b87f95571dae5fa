;; Twelve results of all types through blocks, an `if`, a loop with parameters, a direct and an indirect call.
;; invoke: run
;; run: 1
;; stdout: 1
;; stdout: 2
;; stdout: 3.5
;; stdout: 4.25
;; stdout: 5
;; stdout: 6
;; stdout: 7
;; stdout: 8
;; stdout: 9.5
;; stdout: 10
;; stdout: 11
;; stdout: 12
;; run: 0
;; stdout: 12
;; stdout: 11
;; stdout: 3.5
;; stdout: 4.25
;; stdout: 10
;; stdout: 6
;; stdout: 8
;; stdout: 7
;; stdout: 9.5
;; stdout: 5
;; stdout: 2
;; stdout: 1
(module
  (type $many (func (result i32 i64 f32 f64 i32 i64 i32 i32 f32 i32 i64 i32)))
  (type $turn (func (param i32 i64 f32 f64 i32 i64 i32 i32 f32 i32 i64 i32)
                    (result i32 i64 f32 f64 i32 i64 i32 i32 f32 i32 i64 i32)))
  (table funcref (elem $turn))
  (func $many (type $many)
    (i32.const 1) (i64.const 2) (f32.const 3.5) (f64.const 4.25) (i32.const 5) (i64.const 6) (i32.const 7) (i32.const 8)
    (f32.const 9.5) (i32.const 10) (i64.const 11) (i32.const 12))
  (func $turn (type $turn)
    (local.get 11) (local.get 10) (local.get 2) (local.get 3) (local.get 9) (local.get 5) (local.get 7) (local.get 6)
    (local.get 8) (local.get 4) (local.get 1) (local.get 0))
  (func (export "run") (param $straight i32) (result i32 i64 f32 f64 i32 i64 i32 i32 f32 i32 i64 i32)
    (local $turns i32)
    (block (type $many)
      (call $many)
      (if (type $turn) (local.get $straight)
        (then (loop (type $turn)
          (call $turn)
          (br_if 0 (i32.lt_u (local.tee $turns (i32.add (local.get $turns) (i32.const 1))) (i32.const 2)))))
        (else (call_indirect (type $turn) (i32.const 0)))))))
