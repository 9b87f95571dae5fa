;; modes: guard dynamic
;; Waiting and notifying are the runtime's; so is every check.
(module
  (memory 1 1 shared)
  (func $wait32 (param i32 i32 i64) (result i32)
    (memory.atomic.wait32 offset=4 (local.get 0) (local.get 1) (local.get 2)))
  (func $wait64 (param i32 i64 i64) (result i32)
    (memory.atomic.wait64 (local.get 0) (local.get 1) (local.get 2)))
  (func $notify (param i32) (result i32) (memory.atomic.notify (local.get 0) (i32.const 1))))
