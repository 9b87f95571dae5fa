;; Hints for functions that do not exist, for operators that do not branch, and a second section that makes no sense.
;; invoke: run
;; run: 0
;; stdout: 2
;; run: 1
;; stdout: 1
(module
  (@custom "metadata.code.branch_hint" (before code)
    "\02" "\00\04\00\01\00\01\01\01\03\01\00\7f\01\01" "\09\01\ff\ff\ff\ff\0f\01\00")
  (@custom "metadata.code.branch_hint" (after code) "\ff\ff\ff\ff\0f")
  (func (export "run") (param i32) (result i32)
    (if (local.get 0) (then (return (i32.const 1))))
    (i32.const 2)))
