;; Every frame shows its operator; with debug information an access in guarded memory does, too.
;; debug: yes
;; run:
;; trap: out of bounds memory access
;; stderr: wasm backtrace:
;; stderr:     0:     0x43 - offsets!load
;; stderr:     1:     0x4c - offsets!middle
;; stderr:     2:     0x5a - offsets!_start
(module
  (type (func (param i32) (result i32)))
  (memory 1)
  (table funcref (elem $middle))
  (func $load (type 0) (i32.load offset=4 (local.get 0)))
  (func $middle (type 0) (nop) (i32.add (call $load (local.get 0)) (i32.const 1)))
  (func $_start (export "_start")
    (drop (call_indirect (type 0) (i32.const 0xffff) (i32.const 0)))))
