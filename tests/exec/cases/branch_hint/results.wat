;; A hint, right or wrong, changes nothing of what a program does.
;; invoke: run
;; run: 0
;; stdout: 3
;; stdout: 20
;; stdout: 9
;; stdout: 31
;; run: 1
;; stdout: 4
;; stdout: 10
;; stdout: 7
;; stdout: 30
;; run: 5
;; stdout: 8
;; stdout: 10
;; stdout: 7
;; stdout: 30
(module
  (func $if (param i32) (result i32) (local $sum i32)
    (local.set $sum (i32.const 3))
    (@metadata.code.branch_hint "\00")
    (if (local.get 0)
      (then
        (loop $again
          (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
          (@metadata.code.branch_hint "\01")
          (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))
    (local.get $sum))
  (func $else (param i32) (result i32)
    (@metadata.code.branch_hint "\01")
    (if (result i32) (local.get 0) (then (i32.const 10)) (else (i32.const 20))))
  (func $br_if (param i32) (result i32)
    (block $join (result i32)
      (@metadata.code.branch_hint "\00")
      (br_if $join (i32.const 7) (local.get 0))
      (drop)
      (block $inner
        (@metadata.code.branch_hint "\01")
        (br_if $inner (i32.eqz (local.get 0)))
        (return (i32.const 8)))
      (i32.const 9)))
  (func $dead_ends (param i32) (result i32)
    (block $outer
      (block $failure
        (@metadata.code.branch_hint "\00")
        (br_if $failure (local.get 0))
        (@metadata.code.branch_hint "\01")
        (br_if $outer (i32.eqz (local.get 0)))
        (unreachable))
      (block (br 0))
      (return (i32.const 30)))
    (i32.const 31))
  (func (export "run") (param i32) (result i32 i32 i32 i32)
    (call $if (local.get 0))
    (call $else (local.get 0))
    (call $br_if (local.get 0))
    (call $dead_ends (local.get 0))))
