;; modes: guard explicit dynamic
;; Copying and filling are calls of the runtime after the ranges are checked here; `memory.init` is checked there.
(module
  (memory 1)
  (data $passive "passive bytes")
  (data $active (i32.const 8) "active bytes")
  (func $copy (param i32 i32 i32) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func $fill (param i32 i32 i32) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func $init (param i32 i32 i32) (memory.init $passive (local.get 0) (local.get 1) (local.get 2)))
  (func $init_dropped (param i32 i32 i32) (memory.init $active (local.get 0) (local.get 1) (local.get 2)))
  (func $drop (data.drop $passive) (data.drop $active)))
