;; Active segments over each other in order; passive ones only when asked for, and gone when dropped.
;; invoke: run
;; stdout: 97
;; stdout: 120
;; stdout: 121
;; stdout: 100
;; stdout: 0
;; stdout: 112
(module
  (memory 1)
 
  (data (i32.const 10) "abcd")
  (data (i32.add (i32.const 5) (i32.const 6)) "xy")
  (data $passive "pq")
  (func (export "run") (result i32 i32 i32 i32 i32 i32)
    (i32.load8_u (i32.const 10)) (i32.load8_u (i32.const 11)) (i32.load8_u (i32.const 12)) (i32.load8_u (i32.const 13))
    (i32.load8_u (i32.const 14))
    (memory.init $passive (i32.const 14) (i32.const 0) (i32.const 1))
    (i32.load8_u (i32.const 14))))
