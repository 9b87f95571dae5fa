;; Constant indices, which need no comparison inside the minimum and a trap behind it.
;; invoke: run
;; run: 0
;; stdout: 7
;; run: 1
;; trap: out of bounds memory access
;; run: 2
;; trap: out of bounds memory access
;; run: 3
;; trap: out of bounds memory access
;; run: 4
;; stdout: 0
;; run: 5
;; trap: out of bounds memory access
(module
  (memory 1 2)
  (data (i32.const 65535) "\07")
  (func (export "run") (param $case i32) (result i32)
    block block block block block block
    (br_table 0 1 2 3 4 5 (local.get $case))
    end (return (i32.load8_u (i32.const 65535)))
    end (return (i32.load16_u (i32.const 65535)))
    end (return (i32.load8_u (i32.const 65536)))
    end (return (i32.load8_u offset=65535 (i32.const -1)))
    end (drop (memory.grow (i32.const 1))) (return (i32.load8_u (i32.const 131071)))
    end (drop (memory.grow (i32.const 1))) (i32.load8_u (i32.const 131072))))
