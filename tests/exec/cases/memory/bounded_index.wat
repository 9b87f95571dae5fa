;; A sum that cannot wrap, because what is added to a constant is small, and sums beside it that do.
;; invoke: run
;; run: 0 0x105
;; stdout: 21
;; run: 1 0x1ff
;; stdout: 143
;; run: 1 0x10
;; trap: out of bounds memory access
;; run: 2 0xff
;; stdout: 51
;; run: 3 0xff
;; trap: out of bounds memory access
;; run: 4 0xffffff10
;; stdout: 32
(module
  (memory 1)
  (func $fill (local $index i32)
    (loop $next
      (i32.store8 (local.get $index) (i32.add (local.get $index) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (i32.const 65536)))))
  (func (export "run") (param $which i32) (param $x i32) (result i32)
    (local $byte i32)
    (call $fill)
    (local.set $byte (i32.and (local.get $x) (i32.const 0xff)))
    (block $shifted (block $outside (block $two (block $wraps (block $table
      (br_table $table $wraps $two $outside $shifted (local.get $which)))
      (return (i32.load8_u (i32.add (local.get $byte) (i32.const 0x1000)))))
      (return (i32.load8_u (i32.sub (local.get $byte) (i32.const 0x80)))))
      (return (i32.add
        (i32.load8_u (i32.add (i32.const 0x10) (i32.shl (local.get $byte) (i32.const 3))))
        (i32.load8_u (i32.add (i32.shl (local.get $byte) (i32.const 3)) (i32.const 0x13))))))
      (return (i32.load8_u offset=0xff00 (i32.add (local.get $byte) (i32.const 1)))))
    (i32.load8_u (i32.add (i32.shr_u (local.get $x) (i32.const 4)) (i32.const 0xf000001f)))))
