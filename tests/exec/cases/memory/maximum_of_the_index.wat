;; A memory without a declared maximum may grow to 65535 pages. The last page that an index reaches is kept back.
;; invoke: run
;; run: 65536
;; stdout: -1
;; stdout: 1
;; stdout: 0
;; run: 65535
;; stdout: -1
;; stdout: 1
;; stdout: 0
;; run: 65534
;; stdout: 1
;; stdout: 65535
;; stdout: 0
;; run: 0x80000000
;; stdout: -1
;; stdout: 1
;; stdout: 0
(module
  (memory 1)
  (func (export "run") (param $pages i32) (result i32 i32 i32)
    (memory.grow (local.get $pages))
    (memory.size)
    (if (result i32) (i32.eq (memory.size) (i32.const 65535))
      (then
        (i64.store (i32.const 0xfffefff8) (i64.const 1))
        (i32.add (memory.grow (i32.const 1)) (i32.load8_u (i32.const 0xfffefff8))))
      (else (i32.const 0)))))
