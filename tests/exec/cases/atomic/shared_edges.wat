;; Before it has grown, what is reserved for a shared memory is out of bounds.
;; invoke: run
;; run: 65535
;; stdout: 1
;; run: 65536
;; trap: out of bounds memory access
;; run: 262143
;; trap: out of bounds memory access
(module
  (memory 1 4 shared)
  (data (i32.const 65535) "\01")
  (func (export "grow") (result i32) (memory.grow (i32.const 1)))
  (func (export "run") (param $at i32) (result i32) (i32.load8_u (local.get $at))))
