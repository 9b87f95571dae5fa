;; Code that cannot run is valid with operands of any type, and is left out.
;; invoke: run
;; run: 0
;; stdout: 5
;; run: 1
;; trap: unreachable
(module
  (type $f (func (result i32)))
  (func (export "run") (param i32) (result i32)
    (block $out (result i32)
      (if (i32.eqz (local.get 0))
        (then
          (br $out (i32.const 5))
          (call_ref $f)
          (drop)
          (ref.as_non_null)
          (block $null (unreachable) (drop (br_on_null $null)))
          (block (result (ref $f)) (unreachable) (br_on_non_null 0))
          (return_call_ref $f)))
      (unreachable)
      (call_ref $f)
      (drop)
      (return_call_ref $f))))
