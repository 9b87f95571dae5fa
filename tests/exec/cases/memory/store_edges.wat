;; Each store at the last place where it fits, one byte further, and far away.
;; invoke: run
;; run: 0 65535
;; stdout: 1
;; run: 0 0x10000
;; trap: out of bounds memory access
;; run: 0 0x7fffffff
;; trap: out of bounds memory access
;; run: 0 0x80000000
;; trap: out of bounds memory access
;; run: 0 0xfffffff8
;; trap: out of bounds memory access
;; run: 0 0xffffffff
;; trap: out of bounds memory access
;; run: 1 65534
;; stdout: 1
;; run: 1 0xffff
;; trap: out of bounds memory access
;; run: 1 0x10000
;; trap: out of bounds memory access
;; run: 1 0x7fffffff
;; trap: out of bounds memory access
;; run: 1 0x80000000
;; trap: out of bounds memory access
;; run: 1 0xfffffff8
;; trap: out of bounds memory access
;; run: 1 0xffffffff
;; trap: out of bounds memory access
;; run: 2 65532
;; stdout: 1
;; run: 2 0xfffd
;; trap: out of bounds memory access
;; run: 2 0xffff
;; trap: out of bounds memory access
;; run: 2 0x10000
;; trap: out of bounds memory access
;; run: 2 0x7fffffff
;; trap: out of bounds memory access
;; run: 2 0x80000000
;; trap: out of bounds memory access
;; run: 2 0xfffffff8
;; trap: out of bounds memory access
;; run: 2 0xffffffff
;; trap: out of bounds memory access
;; run: 3 65535
;; stdout: 1
;; run: 3 0x10000
;; trap: out of bounds memory access
;; run: 3 0x7fffffff
;; trap: out of bounds memory access
;; run: 3 0x80000000
;; trap: out of bounds memory access
;; run: 3 0xfffffff8
;; trap: out of bounds memory access
;; run: 3 0xffffffff
;; trap: out of bounds memory access
;; run: 4 65534
;; stdout: 1
;; run: 4 0xffff
;; trap: out of bounds memory access
;; run: 4 0x10000
;; trap: out of bounds memory access
;; run: 4 0x7fffffff
;; trap: out of bounds memory access
;; run: 4 0x80000000
;; trap: out of bounds memory access
;; run: 4 0xfffffff8
;; trap: out of bounds memory access
;; run: 4 0xffffffff
;; trap: out of bounds memory access
;; run: 5 65532
;; stdout: 1
;; run: 5 0xfffd
;; trap: out of bounds memory access
;; run: 5 0xffff
;; trap: out of bounds memory access
;; run: 5 0x10000
;; trap: out of bounds memory access
;; run: 5 0x7fffffff
;; trap: out of bounds memory access
;; run: 5 0x80000000
;; trap: out of bounds memory access
;; run: 5 0xfffffff8
;; trap: out of bounds memory access
;; run: 5 0xffffffff
;; trap: out of bounds memory access
;; run: 6 65528
;; stdout: 1
;; run: 6 0xfff9
;; trap: out of bounds memory access
;; run: 6 0xffff
;; trap: out of bounds memory access
;; run: 6 0x10000
;; trap: out of bounds memory access
;; run: 6 0x7fffffff
;; trap: out of bounds memory access
;; run: 6 0x80000000
;; trap: out of bounds memory access
;; run: 6 0xfffffff8
;; trap: out of bounds memory access
;; run: 6 0xffffffff
;; trap: out of bounds memory access
;; run: 7 65532
;; stdout: 1
;; run: 7 0xfffd
;; trap: out of bounds memory access
;; run: 7 0xffff
;; trap: out of bounds memory access
;; run: 7 0x10000
;; trap: out of bounds memory access
;; run: 7 0x7fffffff
;; trap: out of bounds memory access
;; run: 7 0x80000000
;; trap: out of bounds memory access
;; run: 7 0xfffffff8
;; trap: out of bounds memory access
;; run: 7 0xffffffff
;; trap: out of bounds memory access
;; run: 8 65528
;; stdout: 1
;; run: 8 0xfff9
;; trap: out of bounds memory access
;; run: 8 0xffff
;; trap: out of bounds memory access
;; run: 8 0x10000
;; trap: out of bounds memory access
;; run: 8 0x7fffffff
;; trap: out of bounds memory access
;; run: 8 0x80000000
;; trap: out of bounds memory access
;; run: 8 0xfffffff8
;; trap: out of bounds memory access
;; run: 8 0xffffffff
;; trap: out of bounds memory access
(module
  (memory 1)
  (func (export "run") (param $case i32) (param $at i32) (result i32)
    block block block block block block block block block 
    (br_table 0 1 2 3 4 5 6 7 8 (local.get $case))
    end (i32.store8 (local.get $at) (i32.const 0)) (return (i32.const 1))
    end (i32.store16 (local.get $at) (i32.const 0)) (return (i32.const 1))
    end (i32.store (local.get $at) (i32.const 0)) (return (i32.const 1))
    end (i64.store8 (local.get $at) (i64.const 0)) (return (i32.const 1))
    end (i64.store16 (local.get $at) (i64.const 0)) (return (i32.const 1))
    end (i64.store32 (local.get $at) (i64.const 0)) (return (i32.const 1))
    end (i64.store (local.get $at) (i64.const 0)) (return (i32.const 1))
    end (f32.store (local.get $at) (f32.const 0)) (return (i32.const 1))
    end (f64.store (local.get $at) (f64.const 0)) (return (i32.const 1))
    unreachable))
