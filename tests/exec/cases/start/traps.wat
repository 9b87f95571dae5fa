;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - traps!init
(module
  (start $init)
  (func $init unreachable)
  (func (export "_start")))
