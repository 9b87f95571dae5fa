;; All that is missing is named at once.
(module
  (memory 1)
  (func (export "_start")
    try
      (memory.discard (i32.const 0) (i32.const 0))
    catch_all
    end))
