;; The status of `proc_exit` is the process's, its lowest eight bits.
;; invoke: run
;; run: 0
;; run: 1
;; exit: 1
;; run: 125
;; exit: 125
;; run: 255
;; exit: 255
;; run: 256
;; exit: 0
;; run: -1
;; exit: 255
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "run") (param i32) (call $exit (local.get 0)) unreachable))
