;; A fence needs no memory.
;; invoke: run
;; run: 7
;; stdout: 7
(module (func (export "run") (param i32) (result i32) (atomic.fence) (local.get 0)))
