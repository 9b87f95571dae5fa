;; Frames of the runtime are left out; a helper that traps has no offset of its own.
;; trap: out of bounds memory access
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - indirect_backtrace!init
;; stderr:     1: [..]0x[..] - indirect_backtrace!_start
(module
  (memory 1)
  (table funcref (elem $init))
  (data $bytes "abc")
  (func $init (memory.init $bytes (i32.const 65536) (i32.const 0) (i32.const 1)))
  (func $_start (export "_start") (call_indirect (i32.const 0))))
