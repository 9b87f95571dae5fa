;; Locals and operands that change places in a loop: a parallel assignment must not lose one.
;; invoke: run
;; run: 5
;; stdout: 2
;; stdout: 1
;; stdout: 4
;; stdout: 3
(module
  (func (export "run") (param $n i32) (result i32 i32 i32 i32)
    (local $a i32) (local $b i32) (local $t i32)
    (local.set $a (i32.const 3)) (local.set $b (i32.const 4))
    (i32.const 1) (i32.const 2)
    (loop $again (param i32 i32) (result i32 i32)
      (local.set $t (local.get $a)) (local.set $a (local.get $b)) (local.set $b (local.get $t))
      (local.set $t) (call $swap (local.get $t))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $a) (local.get $b))
  (func $swap (param i32 i32) (result i32 i32) (local.get 1) (local.get 0)))
