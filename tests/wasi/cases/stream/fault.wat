;; A buffer that is only partly in memory: `fault` (21), and nothing is read or written, not even the part that fits.
;; invoke: run
;; stdin: abcdefgh
;; stdout: 21
;; stdout: 0
;; stdout: 21
;; stdout: 21
;; stdout: 0
;; stdout: 97
(module
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; At 0 and 8: four bytes across the end. At 16: one good byte.
  (data (i32.const 0) "\fe\ff\00\00\04\00\00\00")
  (data (i32.const 16) "\fe\ff\00\00\01\00\00\00")
  (func (export "run") (result i32 i32 i32 i32 i32 i32)
    (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 32))
    (i32.load16_u (i32.const 65534))
    (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32))
    ;; The place for the result is out of bounds: nothing may be read, or the byte would be lost.
    (call $read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 65533))
    (call $read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 32))
    (i32.load8_u (i32.const 65534))))
