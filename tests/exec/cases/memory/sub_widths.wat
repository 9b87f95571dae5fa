;; Narrow loads extend as their names say; narrow stores keep their neighbours.
;; invoke: run
;; stdout: -1
;; stdout: 255
;; stdout: -128
;; stdout: 32768
;; stdout: -32768
;; stdout: -2147483648
;; stdout: 2147483648
;; stdout: 1311768467463790182
(module
  (memory 1)
  (func (export "run") (result i32 i32 i64 i32 i32 i64 i64 i64)
    (i32.store8 (i32.const 0) (i32.const 0x1ff))
    (i32.load8_s (i32.const 0)) (i32.load8_u (i32.const 0))
    (i64.store8 (i32.const 1) (i64.const 0x80)) (i64.load8_s (i32.const 1))
    (i32.store16 (i32.const 3) (i32.const 0x18000))
    (i32.load16_u (i32.const 3)) (i32.load16_s (i32.const 3))
    (i64.store32 (i32.const 9) (i64.const 0x180000000))
    (i64.load32_s (i32.const 9)) (i64.load32_u (i32.const 9))
    (i64.store (i32.const 17) (i64.const 0x123456789abcdef0))
    (i64.store8 (i32.const 17) (i64.const 0x66))
    (i64.store16 (i32.const 18) (i64.const 0x9abcde))
    (i64.store16 (i32.const 18) (i64.const 0xbcde))
    (i64.store16 (i32.const 18) (i64.const 0x9abc))
    (i64.store (i32.const 17) (i64.const 0x123456789abcde66))
    (i64.load (i32.const 17))))
