;; A `br_table` that goes back to a loop with a parameter.
;; invoke: run
;; run: 10
;; stdout: 55
(module
  (func (export "run") (param $count i32) (result i32)
    (block $done (result i32)
      (i32.const 0)
      (loop $again (param i32) (result i32)
        (i32.add (local.get $count))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br_table $done $again (i32.gt_s (local.get $count) (i32.const 0)))))))
