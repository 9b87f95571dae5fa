;; Nobody writes a vector as an argument.
;; invoke: not
;; error: `not` takes v128, which has no form on a command line
(module (func (export "not") (param v128) (result v128) (v128.not (local.get 0))))
