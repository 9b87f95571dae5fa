;; Active segments at 64-bit offsets: a constant, and a sum that is evaluated in 64 bits.
;; invoke: run
;; run: 65535
;; stdout: 1
;; run: 8
;; stdout: 2
(module
  (memory i64 1)
  (data (i64.const 65535) "\01")
  (data (i64.add (i64.const -3) (i64.const 11)) "\02")
  (func (export "run") (param i64) (result i32) (i32.load8_u (local.get 0))))
