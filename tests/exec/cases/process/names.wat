;; Names of functions as they are, in a backtrace: with characters that no symbol of C has.
;; trap: integer divide by zero
;; stderr: wasm backtrace:
;; stderr:     0: [..]0x[..] - names!core::fmt::{impl#7}<u8, é>
;; stderr:     1: [..]0x[..] - names!_start
(module
  (func $"core::fmt::{impl#7}<u8, é>" (param i32) (result i32) (i32.div_u (i32.const 1) (local.get 0)))
  (func $_start (export "_start") (drop (call 0 (i32.const 0)))))
