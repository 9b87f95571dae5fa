;; All that is missing is named at once.
(module
  (type $f (func))
  (type $c (cont $f))
  (memory 1)
  (func (param (ref $c)) (memory.discard (i32.const 0) (i32.const 0))))
