;; Without `--stub-imports` it does not compile.
;; error: "env" "log" (func (param i32))
(module
  (import "env" "log" (func (param i32)))
  (func (export "_start")))
