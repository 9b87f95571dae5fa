;; run:
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - unreachable!inner
;; stderr:     1: [..]0x[..] - unreachable!<function 1>
;; stderr:     2: [..]0x[..] - unreachable!_start
(module
  (func $inner unreachable)
  (func (call $inner))
  (func $_start (export "_start") (call 1)))
