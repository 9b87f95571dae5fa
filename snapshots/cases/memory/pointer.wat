;; A list that is followed to its end: one register holds the pointer, as an index and as a number that is compared.
;; modes: guard explicit aarch64 riscv64
(module
  (memory 1)
  (func (export "last") (param $node i32) (result i32)
    (local $next i32)
    (loop $follow
      (local.set $next (i32.load offset=4 (local.get $node)))
      (if (local.get $next)
        (then
          (local.set $node (local.get $next))
          (br $follow))))
    (local.get $node)))
