;; A mask that a comparison made selects with one instruction; any other with three.
(module
  (func $bitwise (param v128 v128) (result v128)
    (local.get 0)
    v128.not
    (local.get 1) v128.and
    (local.get 0) v128.or
    (local.get 1) v128.xor
    (local.get 0) v128.andnot)
  (func $bitselect (param v128 v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (local.get 2)))
  (func $select_by_comparison (param v128 v128) (result v128)
    (v128.bitselect (local.get 0) (local.get 1) (f32x4.lt (local.get 0) (local.get 1)))))
