;; Integers from the command line: signed and unsigned, decimal and hexadecimal; what is not one is refused.
;; invoke: both
;; run: 1 2
;; stdout: 1
;; stdout: 2
;; run: -1 -2
;; stdout: -1
;; stdout: -2
;; run: 4294967295 18446744073709551615
;; stdout: -1
;; stdout: -1
;; run: 0x7fffffff 0x7fffffffffffffff
;; stdout: 2147483647
;; stdout: 9223372036854775807
;; run: -0x80000000 -0x8000000000000000
;; stdout: -2147483648
;; stdout: -9223372036854775808
;; run: +5 0X1f
;; stdout: 5
;; stdout: 31
;; run: 4294967296 0
;; exit: 2
;; stderr: integers: `both` takes 2 arguments (i32 i64), but `4294967296` is not an i32
;; run: -2147483649 0
;; exit: 2
;; stderr: integers: [..]`-2147483649` is not an i32
;; run: 0 18446744073709551616
;; exit: 2
;; stderr: integers: [..] is not an i64
;; run: 0 -9223372036854775809
;; exit: 2
;; stderr: integers: [..] is not an i64
;; run: 1.5 0
;; exit: 2
;; stderr: integers: [..]`1.5` is not an i32
;; run: 0x 0
;; exit: 2
;; stderr: integers: [..]`0x` is not an i32
;; run: - 0
;; exit: 2
;; stderr: integers: [..]`-` is not an i32
;; run: 1
;; exit: 2
;; stderr: integers: `both` takes 2 arguments (i32 i64), but 1 was given
;; run: 1 2 3
;; exit: 2
;; stderr: integers: `both` takes 2 arguments (i32 i64), but 3 were given
(module
  (func (export "both") (param i32 i64) (result i32 i64) (local.get 0) (local.get 1)))
