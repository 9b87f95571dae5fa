;; Float to integer: NaN, infinities, and the first values on either side of what fits.
;; invoke: run
;; run: 0 NaN
;; trap: invalid conversion to integer
;; run: 0 -NaN
;; trap: invalid conversion to integer
;; run: 0 inf
;; trap: integer overflow
;; run: 0 -inf
;; trap: integer overflow
;; run: 0 2147483648
;; trap: integer overflow
;; run: 0 2147483520
;; stdout: 2147483520
;; run: 0 -2147483648
;; stdout: -2147483648
;; run: 0 -2147483904
;; trap: integer overflow
;; run: 0 -0.9
;; stdout: 0
;; run: 0 -1.5
;; stdout: -1
;; run: 1 NaN
;; trap: invalid conversion to integer
;; run: 1 -NaN
;; trap: invalid conversion to integer
;; run: 1 inf
;; trap: integer overflow
;; run: 1 -inf
;; trap: integer overflow
;; run: 1 4294967296
;; trap: integer overflow
;; run: 1 4294967040
;; stdout: -256
;; run: 1 -1
;; trap: integer overflow
;; run: 1 -0.99
;; stdout: 0
;; run: 1 -0
;; stdout: 0
;; run: 2 NaN
;; trap: invalid conversion to integer
;; run: 2 -NaN
;; trap: invalid conversion to integer
;; run: 2 inf
;; trap: integer overflow
;; run: 2 -inf
;; trap: integer overflow
;; run: 2 2147483648
;; trap: integer overflow
;; run: 2 2147483647
;; stdout: 2147483647
;; run: 2 -2147483648
;; stdout: -2147483648
;; run: 2 -2147483648.9
;; stdout: -2147483648
;; run: 2 -2147483649
;; trap: integer overflow
;; run: 2 2147483647.9
;; stdout: 2147483647
;; run: 2 -0.9
;; stdout: 0
;; run: 2 -1.5
;; stdout: -1
;; run: 3 NaN
;; trap: invalid conversion to integer
;; run: 3 -NaN
;; trap: invalid conversion to integer
;; run: 3 inf
;; trap: integer overflow
;; run: 3 -inf
;; trap: integer overflow
;; run: 3 4294967296
;; trap: integer overflow
;; run: 3 4294967295
;; stdout: -1
;; run: 3 4294967295.9
;; stdout: -1
;; run: 3 -1
;; trap: integer overflow
;; run: 3 -0.99
;; stdout: 0
;; run: 3 -0
;; stdout: 0
;; run: 4 NaN
;; trap: invalid conversion to integer
;; run: 4 -NaN
;; trap: invalid conversion to integer
;; run: 4 inf
;; trap: integer overflow
;; run: 4 -inf
;; trap: integer overflow
;; run: 4 9223372036854775808
;; trap: integer overflow
;; run: 4 9223371487098961920
;; stdout: 9223371487098961920
;; run: 4 -9223372036854775808
;; stdout: -9223372036854775808
;; run: 4 -9223373136366403584
;; trap: integer overflow
;; run: 4 -0.9
;; stdout: 0
;; run: 4 -1.5
;; stdout: -1
;; run: 5 NaN
;; trap: invalid conversion to integer
;; run: 5 -NaN
;; trap: invalid conversion to integer
;; run: 5 inf
;; trap: integer overflow
;; run: 5 -inf
;; trap: integer overflow
;; run: 5 18446744073709551616
;; trap: integer overflow
;; run: 5 18446742974197923840
;; stdout: -1099511627776
;; run: 5 -1
;; trap: integer overflow
;; run: 5 -0.99
;; stdout: 0
;; run: 5 -0
;; stdout: 0
;; run: 6 NaN
;; trap: invalid conversion to integer
;; run: 6 -NaN
;; trap: invalid conversion to integer
;; run: 6 inf
;; trap: integer overflow
;; run: 6 -inf
;; trap: integer overflow
;; run: 6 9223372036854775808
;; trap: integer overflow
;; run: 6 9223372036854774784
;; stdout: 9223372036854774784
;; run: 6 -9223372036854775808
;; stdout: -9223372036854775808
;; run: 6 -9223372036854777856
;; trap: integer overflow
;; run: 6 -0.9
;; stdout: 0
;; run: 6 -1.5
;; stdout: -1
;; run: 7 NaN
;; trap: invalid conversion to integer
;; run: 7 -NaN
;; trap: invalid conversion to integer
;; run: 7 inf
;; trap: integer overflow
;; run: 7 -inf
;; trap: integer overflow
;; run: 7 18446744073709551616
;; trap: integer overflow
;; run: 7 18446744073709549568
;; stdout: -2048
;; run: 7 -1
;; trap: integer overflow
;; run: 7 -0.99
;; stdout: 0
;; run: 7 -0
;; stdout: 0
(module
  (func (export "run") (param $case i32) (param $x f64) (result i64)
    block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 (local.get $case))
    end (return (i64.extend_i32_s (i32.trunc_f32_s (f32.demote_f64 (local.get $x)))))
    end (return (i64.extend_i32_s (i32.trunc_f32_u (f32.demote_f64 (local.get $x)))))
    end (return (i64.extend_i32_s (i32.trunc_f64_s (local.get $x))))
    end (return (i64.extend_i32_s (i32.trunc_f64_u (local.get $x))))
    end (return (i64.trunc_f32_s (f32.demote_f64 (local.get $x))))
    end (return (i64.trunc_f32_u (f32.demote_f64 (local.get $x))))
    end (return (i64.trunc_f64_s (local.get $x)))
    end (i64.trunc_f64_u (local.get $x))))
