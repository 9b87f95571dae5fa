;; The hardware's fault on a null reference is at the operator that read through it.
;; trap: null reference
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - null_backtrace!inner
;; stderr:     1: [..]0x[..] - null_backtrace!outer
;; stderr:     2: [..]0x[..] - null_backtrace!_start
(module
  (type $f (func (param i32)))
  (func $inner (param (ref null $f)) (call_ref $f (i32.const 1) (local.get 0)))
  (func $outer (call $inner (ref.null $f)))
  (func $_start (export "_start") (call $outer)))
