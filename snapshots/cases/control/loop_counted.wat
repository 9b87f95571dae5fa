;; modes: guard
;; A loop that compares the old value of its variable and passes the next one on compares the next one instead, so that
;; one register holds both.
(module
  (memory 1)
  (func $not_equal (local $i i32)
    (loop $next
      (i32.store (local.get $i) (local.get $i))
      (i32.ne (local.get $i) (i32.const 1504))
      (local.set $i (i32.add (local.get $i) (i32.const 32)))
      (br_if $next)))
  (func $equal (param $end i64) (result i64) (local $i i64)
    (block $out
      (loop $next
        (br_if $out
          (i64.eq (local.get $i) (i64.const -1))
          (local.set $i (i64.add (local.get $i) (i64.const -8))))
        (br $next)))
    (local.get $i)))
