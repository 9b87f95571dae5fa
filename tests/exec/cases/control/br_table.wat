;; Targets with operands, targets that repeat, a loop among them, and the default for every index past the end.
;; invoke: run
;; run: 0
;; stdout: 110
;; run: 1
;; stdout: 210
;; run: 2
;; stdout: 110
;; run: 3
;; stdout: 310
;; run: 4
;; stdout: 310
;; run: -1
;; stdout: 310
;; run: 0x80000000
;; stdout: 310
(module
  (func (export "run") (param $at i32) (result i32)
    (block $third (result i32)
      (block $second (result i32)
        (block $first (result i32)
          (br_table $first $second $first $third (i32.const 10) (local.get $at)))
        (return (i32.add (i32.const 100))))
      (return (i32.add (i32.const 200))))
    (i32.add (i32.const 300))))
