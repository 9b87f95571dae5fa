;; Copies and fills larger than the caches: between ranges that do not overlap, and within one in both directions. Bytes of
;; the target, and those around it, are compared with what they have to be. The result is how many operations went wrong.
;; invoke: run
;; stdout: 0
(module
  (memory 1200)
  ;; The word that `reset` stores, and the byte of it, at an address.
  (func $word (param $at i32) (result i64) (i64.mul (i64.extend_i32_u (local.get $at)) (i64.const 0x9e3779b97f4a7c15)))
  (func $byte (param $at i32) (result i32)
    (i32.and (i32.const 255) (i32.wrap_i64 (i64.shr_u
      (call $word (i32.and (local.get $at) (i32.const -8)))
      (i64.extend_i32_u (i32.shl (i32.and (local.get $at) (i32.const 7)) (i32.const 3)))))))
  (func $reset
    (local $at i32)
    (loop $next
      (i64.store (local.get $at) (call $word (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (i32.const 78643200)))))
  ;; Whether a byte in or near a target is not that of $back bytes before, or, when $value is not negative, not $value.
  (func $differs (param $to i32) (param $length i32) (param $back i32) (param $value i32) (result i32)
    (local $at i32) (local $end i32) (local $wanted i32)
    (local.set $at (i32.sub (local.get $to) (i32.const 100)))
    (local.set $end (i32.add (i32.add (local.get $to) (local.get $length)) (i32.const 100)))
    (loop $next
      (local.set $wanted (call $byte (local.get $at)))
      (if (i32.lt_u (i32.sub (local.get $at) (local.get $to)) (local.get $length))
        (then (local.set $wanted (if (result i32) (i32.ge_s (local.get $value) (i32.const 0))
          (then (local.get $value))
          (else (call $byte (i32.sub (local.get $at) (local.get $back))))))))
      (if (i32.ne (i32.load8_u (local.get $at)) (local.get $wanted)) (then (return (i32.const 1))))
      ;; All bytes near the ends, some of those between them.
      (local.set $at (i32.add (local.get $at)
        (select (i32.const 1) (i32.const 61) (i32.or
          (i32.lt_u (i32.add (i32.sub (local.get $at) (local.get $to)) (i32.const 100)) (i32.const 400))
          (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 40000))))))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (i32.const 0))
  (func $copy (param $to i32) (param $from i32) (param $length i32) (result i32)
    (call $reset)
    (memory.copy (local.get $to) (local.get $from) (local.get $length))
    (call $differs (local.get $to) (local.get $length) (i32.sub (local.get $to) (local.get $from)) (i32.const -1)))
  (func $fill (param $to i32) (param $length i32) (result i32)
    (call $reset)
    (memory.fill (local.get $to) (i32.const 0x5a) (local.get $length))
    (call $differs (local.get $to) (local.get $length) (i32.const 0) (i32.const 0x5a)))
  (func (export "run") (result i32)
    (i32.add
      (i32.add
        (call $copy (i32.const 203) (i32.const 37748741) (i32.const 33554509))
        (call $copy (i32.const 37748741) (i32.const 256) (i32.const 37748736)))
      (i32.add
        (i32.add
          (call $copy (i32.const 1003) (i32.const 900) (i32.const 33554509))
          (call $copy (i32.const 900) (i32.const 5003) (i32.const 33554509)))
        (call $fill (i32.const 1005) (i32.const 33554509))))))
