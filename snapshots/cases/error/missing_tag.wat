(module
  (import "env" "tag" (tag))
  (func (export "_start")))
