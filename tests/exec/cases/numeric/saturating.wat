;; Saturating conversions: what traps without `sat` gives the nearest integer, and NaN gives 0.
;; invoke: run
;; run: 0 NaN
;; stdout: 0
;; run: 0 -NaN
;; stdout: 0
;; run: 0 inf
;; stdout: 2147483647
;; run: 0 -inf
;; stdout: -2147483648
;; run: 0 1e30
;; stdout: 2147483647
;; run: 0 -1e30
;; stdout: -2147483648
;; run: 0 -1.5
;; stdout: -1
;; run: 0 7.9
;; stdout: 7
;; run: 0 -0.9
;; stdout: 0
;; run: 1 NaN
;; stdout: 0
;; run: 1 -NaN
;; stdout: 0
;; run: 1 inf
;; stdout: -1
;; run: 1 -inf
;; stdout: 0
;; run: 1 1e30
;; stdout: -1
;; run: 1 -1e30
;; stdout: 0
;; run: 1 -1.5
;; stdout: 0
;; run: 1 7.9
;; stdout: 7
;; run: 1 -0.9
;; stdout: 0
;; run: 2 NaN
;; stdout: 0
;; run: 2 -NaN
;; stdout: 0
;; run: 2 inf
;; stdout: 2147483647
;; run: 2 -inf
;; stdout: -2147483648
;; run: 2 1e30
;; stdout: 2147483647
;; run: 2 -1e30
;; stdout: -2147483648
;; run: 2 -1.5
;; stdout: -1
;; run: 2 7.9
;; stdout: 7
;; run: 2 -0.9
;; stdout: 0
;; run: 3 NaN
;; stdout: 0
;; run: 3 -NaN
;; stdout: 0
;; run: 3 inf
;; stdout: -1
;; run: 3 -inf
;; stdout: 0
;; run: 3 1e30
;; stdout: -1
;; run: 3 -1e30
;; stdout: 0
;; run: 3 -1.5
;; stdout: 0
;; run: 3 7.9
;; stdout: 7
;; run: 3 -0.9
;; stdout: 0
;; run: 4 NaN
;; stdout: 0
;; run: 4 -NaN
;; stdout: 0
;; run: 4 inf
;; stdout: 9223372036854775807
;; run: 4 -inf
;; stdout: -9223372036854775808
;; run: 4 1e30
;; stdout: 9223372036854775807
;; run: 4 -1e30
;; stdout: -9223372036854775808
;; run: 4 -1.5
;; stdout: -1
;; run: 4 7.9
;; stdout: 7
;; run: 4 -0.9
;; stdout: 0
;; run: 5 NaN
;; stdout: 0
;; run: 5 -NaN
;; stdout: 0
;; run: 5 inf
;; stdout: -1
;; run: 5 -inf
;; stdout: 0
;; run: 5 1e30
;; stdout: -1
;; run: 5 -1e30
;; stdout: 0
;; run: 5 -1.5
;; stdout: 0
;; run: 5 7.9
;; stdout: 7
;; run: 5 -0.9
;; stdout: 0
;; run: 6 NaN
;; stdout: 0
;; run: 6 -NaN
;; stdout: 0
;; run: 6 inf
;; stdout: 9223372036854775807
;; run: 6 -inf
;; stdout: -9223372036854775808
;; run: 6 1e30
;; stdout: 9223372036854775807
;; run: 6 -1e30
;; stdout: -9223372036854775808
;; run: 6 -1.5
;; stdout: -1
;; run: 6 7.9
;; stdout: 7
;; run: 6 -0.9
;; stdout: 0
;; run: 7 NaN
;; stdout: 0
;; run: 7 -NaN
;; stdout: 0
;; run: 7 inf
;; stdout: -1
;; run: 7 -inf
;; stdout: 0
;; run: 7 1e30
;; stdout: -1
;; run: 7 -1e30
;; stdout: 0
;; run: 7 -1.5
;; stdout: 0
;; run: 7 7.9
;; stdout: 7
;; run: 7 -0.9
;; stdout: 0
(module
  (func (export "run") (param $case i32) (param $x f64) (result i64)
    block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 (local.get $case))
    end (return (i64.extend_i32_s (i32.trunc_sat_f32_s (f32.demote_f64 (local.get $x)))))
    end (return (i64.extend_i32_s (i32.trunc_sat_f32_u (f32.demote_f64 (local.get $x)))))
    end (return (i64.extend_i32_s (i32.trunc_sat_f64_s (local.get $x))))
    end (return (i64.extend_i32_s (i32.trunc_sat_f64_u (local.get $x))))
    end (return (i64.trunc_sat_f32_s (f32.demote_f64 (local.get $x))))
    end (return (i64.trunc_sat_f32_u (f32.demote_f64 (local.get $x))))
    end (return (i64.trunc_sat_f64_s (local.get $x)))
    end (i64.trunc_sat_f64_u (local.get $x))))
