;; stub-imports: yes
;; An import that nothing provides: calling it traps with its name.
(module
  (import "env" "gettimeofday" (func $missing (param i32 i64) (result f64)))
  (func $caller (result f64)
    (f64.add (f64.const 1) (call $missing (i32.const 1) (i64.const 2)))))
