(module
  (type $point (struct (field i32 i32)))
  (func (export "_start") (drop (struct.new_default $point))))
