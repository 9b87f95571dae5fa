;; Copies and fills of all small sizes and of those around the thresholds of the runtime, at every alignment of the target
;; and with the ranges overlapping in many ways. Each byte of the ranges and of what lies around them is compared with
;; what it has to be. The result is how many operations went wrong.
;; invoke: run
;; stdout: 0
(module
  (memory 4)
  (func $pattern (param $at i32) (result i32)
    (i32.and
      (i32.add (i32.mul (local.get $at) (i32.const 167)) (i32.mul (i32.shr_u (local.get $at) (i32.const 8)) (i32.const 13)))
      (i32.const 255)))
  (func $reset (param $at i32) (param $end i32)
    (loop $next
      (i32.store8 (local.get $at) (call $pattern (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end)))))
  ;; Whether a byte from $at to $end is not as it was, or in the target not what is $back bytes before.
  (func $differs (param $at i32) (param $end i32) (param $to i32) (param $back i32) (param $length i32) (result i32)
    (loop $next
      (if (i32.ne
            (i32.load8_u (local.get $at))
            (call $pattern (i32.sub (local.get $at)
              (select (local.get $back) (i32.const 0)
                (i32.lt_u (i32.sub (local.get $at) (local.get $to)) (local.get $length))))))
        (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 0))
  (func $filled_wrongly (param $at i32) (param $end i32) (param $to i32) (param $value i32) (param $length i32) (result i32)
    (loop $next
      (if (i32.ne
            (i32.load8_u (local.get $at))
            (select (local.get $value) (call $pattern (local.get $at))
              (i32.lt_u (i32.sub (local.get $at) (local.get $to)) (local.get $length))))
        (then (return (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (local.get $end))))
    (i32.const 0))
  ;; A copy to $back bytes behind its source (before it when negative).
  (func $copy (param $to i32) (param $back i32) (param $length i32) (result i32)
    (local $from i32) (local $low i32) (local $high i32)
    (local.set $from (i32.sub (local.get $to) (local.get $back)))
    (local.set $low
      (i32.sub (select (local.get $to) (local.get $from) (i32.lt_u (local.get $to) (local.get $from))) (i32.const 70)))
    (local.set $high (i32.add (i32.const 70) (i32.add (local.get $length)
      (select (local.get $to) (local.get $from) (i32.gt_u (local.get $to) (local.get $from))))))
    (call $reset (local.get $low) (local.get $high))
    (memory.copy (local.get $to) (local.get $from) (local.get $length))
    (call $differs (local.get $low) (local.get $high) (local.get $to) (local.get $back) (local.get $length)))
  (func $fill (param $to i32) (param $length i32) (result i32)
    (local $low i32) (local $high i32)
    (local.set $low (i32.sub (local.get $to) (i32.const 70)))
    (local.set $high (i32.add (local.get $to) (i32.add (local.get $length) (i32.const 70))))
    (call $reset (local.get $low) (local.get $high))
    ;; Only the low byte of the value counts.
    (memory.fill (local.get $to) (i32.const 0x1a5) (local.get $length))
    (call $filled_wrongly (local.get $low) (local.get $high) (local.get $to) (i32.const 0xa5) (local.get $length)))
  ;; Sizes from $length to $last at all alignments modulo 64, with distances that go through all from -300 to 300.
  (func $sizes (param $length i32) (param $last i32) (param $step i32) (result i32)
    (local $to i32) (local $back i32) (local $wrong i32)
    (loop $size
      (local.set $to (i32.const 77824))
      (loop $alignment
        (local.set $back (i32.sub (i32.rem_u (i32.add (local.get $back) (i32.const 338)) (i32.const 601)) (i32.const 300)))
        (local.set $wrong (i32.add (local.get $wrong)
          (i32.add
            (call $copy (local.get $to) (local.get $back) (local.get $length))
            (call $fill (local.get $to) (local.get $length)))))
        (br_if $alignment (i32.lt_u
          (local.tee $to (i32.add (local.get $to) (local.get $step)))
          (i32.const 77888))))
      (br_if $size (i32.le_u (local.tee $length (i32.add (local.get $length) (i32.const 1))) (local.get $last))))
    (local.get $wrong))
  ;; One size at distances up to and beyond where the ranges stop overlapping, and around a page.
  (func $distances (param $length i32) (result i32)
    (local $back i32) (local $wrong i32)
    (local.set $back (i32.const 1))
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong)
        (i32.add
          (call $copy (i32.const 81925) (local.get $back) (local.get $length))
          (call $copy (i32.const 81925) (i32.sub (i32.const 0) (local.get $back)) (local.get $length)))))
      (br_if $next (i32.lt_u
        (local.tee $back (i32.add (i32.shl (local.get $back) (i32.const 1)) (i32.and (local.get $back) (i32.const 1))))
        (i32.const 65536))))
    (i32.add
      (i32.add
        (i32.add
          (call $copy (i32.const 81925) (local.get $length) (local.get $length))
          (call $copy (i32.const 81925) (i32.sub (i32.const 0) (local.get $length)) (local.get $length)))
        (i32.add
          (call $copy (i32.const 81925) (i32.const 4096) (local.get $length))
          (call $copy (i32.const 81925) (i32.const -4096) (local.get $length))))
      (i32.add
        (i32.add
          (call $copy (i32.const 81925) (i32.const 4100) (local.get $length))
          (call $copy (i32.const 81925) (i32.const -4100) (local.get $length)))
        (local.get $wrong))))
  (func (export "run") (result i32)
    (local $length i32) (local $wrong i32)
    (local.set $wrong (call $sizes (i32.const 0) (i32.const 300) (i32.const 1)))
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 301) (i32.const 1160) (i32.const 3))))
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 2040) (i32.const 2056) (i32.const 5))))
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 4090) (i32.const 4100) (i32.const 5))))
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 16382) (i32.const 16387) (i32.const 13))))
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 32766) (i32.const 32771) (i32.const 21))))
    ;; Once more: by now the runtime knows the processor.
    (local.set $wrong (i32.add (local.get $wrong) (call $sizes (i32.const 0) (i32.const 300) (i32.const 1))))
    (local.set $length (i32.const 1))
    (loop $next
      (local.set $wrong (i32.add (local.get $wrong) (call $distances (local.get $length))))
      (local.set $wrong (i32.add (local.get $wrong) (call $distances (i32.add (local.get $length) (i32.const 1)))))
      (br_if $next (i32.lt_u
        (local.tee $length (i32.add (i32.shl (local.get $length) (i32.const 1)) (i32.const 1)))
        (i32.const 65536))))
    (local.get $wrong)))
