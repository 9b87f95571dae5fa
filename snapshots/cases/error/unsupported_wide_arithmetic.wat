(module
  (func (export "_start")
    (i64.add128 (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4))
    (drop) (drop)))
