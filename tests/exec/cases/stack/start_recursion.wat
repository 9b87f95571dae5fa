;; In the start function, which runs before anything else.
;; trap: call stack exhausted
(module
  (start $deep)
  (func $deep (call $deep))
  (func (export "_start")))
