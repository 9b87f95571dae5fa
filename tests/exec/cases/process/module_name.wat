;; A module that has a name keeps it in messages.
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - own name!f
(module $"own name"
  (func $f (export "_start") unreachable))
