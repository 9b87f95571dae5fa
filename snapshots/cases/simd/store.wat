;; modes: guard explicit
(module
  (memory 2)
  (func $store (param i32 v128) (v128.store offset=4 (local.get 0) (local.get 1)))
  (func $store8_lane (param i32 v128) (v128.store8_lane offset=4 1 (local.get 0) (local.get 1)))
  (func $store16_lane (param i32 v128) (v128.store16_lane offset=4 1 (local.get 0) (local.get 1)))
  (func $store32_lane (param i32 v128) (v128.store32_lane offset=4 1 (local.get 0) (local.get 1)))
  (func $store64_lane (param i32 v128) (v128.store64_lane offset=4 1 (local.get 0) (local.get 1))))
