;; modes: guard O0
;; Locals become SSA values; declared ones start as zero or null.
(module
  (func $copies (param $a i32) (param $b i64) (result i64)
    (local $c i64)
    (local.set $c (local.get $b))
    (local.set $b (i64.extend_i32_u (local.get $a)))
    (i64.add (local.tee $b (local.get $c)) (local.get $b)))
  (func $zeros (result i32 i64 f32 f64 externref)
    (local i32 i64 f32 f64 externref)
    (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
