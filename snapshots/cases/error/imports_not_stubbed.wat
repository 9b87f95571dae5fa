;; stub-imports: yes
;; A function can be a trap; a memory or a global cannot.
(module
  (import "env" "function" (func))
  (import "env" "memory" (memory 1))
  (import "env" "global" (global i32))
  (func (export "_start")))
