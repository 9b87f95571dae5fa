;; A target that is a loop's header, and a table with nothing but a default.
(module
  (func $interpreter (param $pc i32) (result i32)
    (block $exit
      (loop $next
        (local.set $pc (i32.sub (local.get $pc) (i32.const 1)))
        (br_table $exit $next $next (local.get $pc))))
    (local.get $pc))
  (func $only_default (param i32)
    (block $out (br_table $out (local.get 0)))))
