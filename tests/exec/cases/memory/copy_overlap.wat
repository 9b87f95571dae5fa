;; Overlapping copies and fills of every length up to 300 and some larger ones, in both directions, against loops that
;; go byte by byte. The result is how many of them differ.
;; invoke: run
;; stdout: 0
(module
  (memory 4)
  (func $reset (param $base i32)
    (local $i i32)
    (loop $next
      (i32.store8 (i32.add (local.get $base) (local.get $i)) (i32.mul (local.get $i) (i32.const 7)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 16384)))))
  ;; As `memory.copy`, upwards or downwards as the ranges need it.
  (func $model_copy (param $to i32) (param $from i32) (param $length i32)
    (local $i i32)
    (if (i32.le_u (local.get $to) (local.get $from))
      (then
        (block $done (loop $next
          (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
          (i32.store8 (i32.add (local.get $to) (local.get $i)) (i32.load8_u (i32.add (local.get $from) (local.get $i))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
      (else
        (block $done (loop $next
          (br_if $done (i32.eqz (local.get $length)))
          (local.set $length (i32.sub (local.get $length) (i32.const 1)))
          (i32.store8 (i32.add (local.get $to) (local.get $length))
            (i32.load8_u (i32.add (local.get $from) (local.get $length))))
          (br $next))))))
  (func $model_fill (param $to i32) (param $value i32) (param $length i32)
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $length)))
      (local.set $length (i32.sub (local.get $length) (i32.const 1)))
      (i32.store8 (i32.add (local.get $to) (local.get $length)) (local.get $value))
      (br $next))))
  ;; Whether the 16 KiB at 0 and at 32 KiB differ.
  (func $differ (result i32)
    (local $i i32)
    (loop $next
      (if (i64.ne (i64.load (local.get $i)) (i64.load offset=32768 (local.get $i))) (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 16384))))
    (i32.const 0))
  (func $try (param $to i32) (param $from i32) (param $length i32) (result i32)
    (call $reset (i32.const 0))
    (call $reset (i32.const 32768))
    (memory.copy (local.get $to) (local.get $from) (local.get $length))
    (call $model_copy (i32.add (local.get $to) (i32.const 32768)) (i32.add (local.get $from) (i32.const 32768)) (local.get $length))
    (memory.fill (local.get $from) (local.get $length) (local.get $length))
    (call $model_fill (i32.add (local.get $from) (i32.const 32768)) (local.get $length) (local.get $length))
    (call $differ))
  (func (export "run") (result i32)
    (local $length i32) (local $wrong i32)
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.add
          (i32.add
            (call $try (i32.const 101) (i32.const 100) (local.get $length))
            (call $try (i32.const 100) (i32.const 101) (local.get $length)))
          (i32.add
            (call $try (i32.const 133) (i32.const 100) (local.get $length))
            (call $try (i32.const 64) (i32.const 105) (local.get $length))))))
      (br_if $next (i32.lt_u
        (local.tee $length (i32.add (local.get $length)
          (select (i32.const 1) (i32.const 397) (i32.lt_u (local.get $length) (i32.const 300)))))
        (i32.const 9000))))
    (local.get $wrong)))
