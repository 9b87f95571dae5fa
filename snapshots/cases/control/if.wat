;; modes: guard O0
(module
  (func $if_else (param i32 i32 i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.mul (local.get 1) (local.get 2)))
      (else (i32.sub (local.get 1) (local.get 2)))))
  (func $if_without_else (param i32 i32) (result i32)
    (if (i32.eqz (local.get 0))
      (then (local.set 1 (i32.const 5))))
    (local.get 1))
  (func $parameters_without_else (param i32 i32) (result i32)
    (local.get 1)
    (if (param i32) (result i32) (local.get 0)
      (then (i32.add (i32.const 1))))))
