(module
  (memory $a 1)
  (memory $b 1)
  (func (export "_start") (drop (i32.load $b (i32.const 0)))))
