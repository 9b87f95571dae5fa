;; A copy in pieces from and to an index that is a small value plus nearly 2 GiB.
;; invoke: run
;; run: 0
;; stdout: 7
;; run: 65535
;; trap: out of bounds memory access
(module
  (memory 32769)
  (func (export "run") (param $index i32) (result i32)
    (local $small i32)
    (local.set $small (i32.and (local.get $index) (i32.const 0xffff)))
    (i32.store8 offset=24 (i32.const 0x7fffffe0) (i32.const 7))
    (memory.copy
      (i32.add (local.get $small) (i32.const 0x80000010))
      (i32.add (local.get $small) (i32.const 0x7fffffe0))
      (i32.const 40))
    (memory.copy
      (i32.add (local.get $small) (i32.const 0x7ffffff8))
      (i32.add (local.get $small) (i32.const 0x80000020))
      (i32.const 13))
    (memory.copy (i32.const 0x8000fff0) (i32.add (local.get $small) (i32.const 0x8000fff0)) (i32.const 16))
    (i32.load8_u (i32.add (local.get $small) (i32.const 0x80000000)))))
