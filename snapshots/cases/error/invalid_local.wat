(module (func (drop (local.get 3))))
