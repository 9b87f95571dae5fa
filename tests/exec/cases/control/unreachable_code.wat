;; Code that cannot run may hold anything that is valid, and leaves nothing behind.
;; invoke: run
;; run: 0
;; stdout: 4
;; run: 1
;; stdout: 5
(module
  (table 0 funcref)
  (func (export "run") (param i32) (result i32)
    (block $out (result i32)
      (br_if $out (i32.const 4) (i32.eqz (local.get 0)))
      drop
      (return (i32.const 5))
      (drop (i64.add))
      (block (result f32) (loop (br 0)) unreachable (select))
      drop
      (if (then (br $out (i32.const 6))) (else unreachable))
      (call_indirect (param i32 i32) (result i32)))))
