;; modes: guard dynamic
;; `_start` gets a trampoline that the runtime calls.
(module
  (func (export "_start") (call $work (i32.const 1)))
  (func $work (param i32)))
