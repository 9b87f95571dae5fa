(module
  (rec
    (type $described (descriptor $description) (struct))
    (type $description (describes $described) (struct)))
  (func (export "_start")))
