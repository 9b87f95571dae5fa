(module
  (tag $e)
  (func (export "_start")
    try
      throw $e
    catch $e
    end))
