;; invoke: print
(module (func (export "print") (param i32 externref)))
