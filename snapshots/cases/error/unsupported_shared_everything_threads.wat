(module
  (global $g (shared mut i32) (i32.const 0))
  (func (export "_start")
    (drop (global.atomic.get seq_cst $g))))
