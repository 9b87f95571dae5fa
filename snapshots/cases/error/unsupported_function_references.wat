(module
  (type $t (func))
  (func $f (export "_start") (call_ref $t (ref.func $f)))
  (elem declare func $f))
