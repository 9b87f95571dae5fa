;; Bytes of one vector, of both, in an order that one instruction knows, and in one known at run time only.
;; modes: guard aarch64
(module
  (func $one (param v128) (result v128)
    (i8x16.shuffle 15 14 13 12 11 10 9 8 7 6 5 4 3 2 1 0 (local.get 0) (local.get 0)))
  (func $both (param v128 v128) (result v128)
    (i8x16.shuffle 0 17 3 18 5 19 7 20 9 21 11 22 13 23 15 24 (local.get 0) (local.get 1)))
  (func $interleaved (param v128 v128) (result v128)
    (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23 (local.get 0) (local.get 1)))
  (func $repeated_lane (param v128) (result v128)
    (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get 0) (local.get 0)))
  (func $swizzle (param v128 v128) (result v128) (i8x16.swizzle (local.get 0) (local.get 1)))
  (func $swizzle_by_constant (param v128) (result v128)
    (i8x16.swizzle (local.get 0) (v128.const i8x16 3 2 1 0 7 6 5 4 11 10 9 8 15 14 13 12))))
