;; No trap is left where the divisor is known to be good; a zero divisor traps at once.
(module
  (func $by_ten (param i32) (result i32) (i32.div_u (local.get 0) (i32.const 10)))
  (func $signed_by_seven (param i64) (result i64) (i64.div_s (local.get 0) (i64.const 7)))
  (func $remainder_of_eight (param i32) (result i32) (i32.rem_u (local.get 0) (i32.const 8)))
  (func $by_minus_one (param i32) (result i32) (i32.div_s (local.get 0) (i32.const -1)))
  (func $by_zero (param i32) (result i32) (i32.div_s (local.get 0) (i32.const 0))))
