;; invoke: sum
(module (func (export "_start")))
