;; An element segment at an offset that its length would carry around zero.
;; invoke: run
;; run:
;; trap: out of bounds table access
(module
  (table i64 4 funcref)
  (elem (i64.const -1) func $run $run)
  (func $run (export "run")))
