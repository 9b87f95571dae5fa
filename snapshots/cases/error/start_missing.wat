(module
  (func (export "run"))
  (func (export "add") (param i32 i32) (result i32) (i32.const 0)))
