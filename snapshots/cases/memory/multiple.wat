;; modes: guard explicit dynamic aarch64 riscv64
;; Memories other than the first have their base above 2 GiB: an immediate of its own. A store to one changes no other.
(module
  (memory $a 1)
  (memory $b 1)
  (memory $c 2)
  (func $grow (result i32) (memory.grow $c (i32.const 1)))
  (func $load (param i32) (result i32) (i32.load $b offset=8 (local.get 0)))
  (func $sizes (result i32 i32) (memory.size $b) (memory.size $c))
  (func $constant_index (result i32) (i32.load $c (i32.const 131064)))
  (func $disjoint (param i32 i32) (result i32)
    (i32.store $a (local.get 0) (i32.const 1))
    (i32.store $b (local.get 0) (i32.const 2))
    (i32.store $c (local.get 0) (i32.const 3))
    (i32.add (i32.load $a (local.get 0)) (i32.load $b (local.get 0))))
  (func $move_bytes (param $at i32)
    (loop $next
      (i32.store8 $b (local.get $at) (i32.load8_u $c (local.get $at)))
      (br_if $next (local.tee $at (i32.sub (local.get $at) (i32.const 1))))))
  (func $bulk (param i32)
    (memory.copy $b $c (local.get 0) (i32.const 8) (i32.const 16))
    (memory.fill $c (local.get 0) (i32.const 8) (i32.const 16))))
