;; invoke: print
(module
  (func (export "_initialize") (param i32))
  (func (export "print")))
