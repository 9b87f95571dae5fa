;; `_initialize` runs once, after the start function and before the export that is invoked.
;; invoke: run
;; stdout: 12
(module
  (global $steps (mut i32) (i32.const 0))
  (start $start)
  (func $start (global.set $steps (i32.const 1)))
  (func (export "_initialize") (global.set $steps (i32.add (i32.mul (global.get $steps) (i32.const 10)) (i32.const 2))))
  (func (export "_start") unreachable)
  (func (export "run") (result i32) (global.get $steps)))
