;; The frames of the runtime, in which the trap is raised and from which the program was called.
;; not-on-windows: frames of the runtime are no chain there
;; run:
;; set: WASMC_BACKTRACE=full
;; trap: out of bounds memory access
;; stderr: wasm backtrace:
;; stderr:     0:          - <runtime at 0x[..]>
;; stderr: ...
(module
  (memory 1)
  (data $d "abc")
  (func $_start (export "_start") (memory.init $d (i32.const 65535) (i32.const 0) (i32.const 2))))
