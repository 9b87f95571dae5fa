;; modes: guard O0 aarch64 riscv64
;; The table never changes: its entries lie in read-only data, null is found with the type.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $add $sub $zero)
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $binary) (i32.sub (local.get 0) (local.get 1)))
  (func $zero (result i32) (i32.const 0))
  (func $caller (param i32) (result i32)
    (call_indirect (type $binary) (i32.const 8) (i32.const 3) (local.get 0))))
