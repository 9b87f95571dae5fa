;; modes: guard explicit
;; What a check has seen is not checked again on that path; on another one it is.
(module
  (type $f (func (result i32)))
  (func $as_non_null (param (ref null $f)) (result i32)
    (call_ref $f (ref.as_non_null (ref.as_non_null (local.get 0)))))
  (func $br_on_null (param (ref null $f)) (result i32)
    (block $null
      (return (call_ref $f (br_on_null $null (local.get 0)))))
    (call_ref $f (local.get 0)))
  (func $br_on_non_null (param i32 (ref null $f)) (result i32)
    (block $found (result i32 (ref $f))
      (br_on_non_null $found (local.get 0) (local.get 1))
      (return))
    (call_ref $f)
    (i32.add)))
