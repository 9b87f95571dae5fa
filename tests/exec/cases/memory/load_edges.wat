;; Each load at the last place where it fits, one byte further, and far away.
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
;; run: 1 65535
;; stdout: 1
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
;; run: 2 65534
;; stdout: 1
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
;; run: 3 65534
;; stdout: 1
;; run: 3 0xffff
;; trap: out of bounds memory access
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
;; run: 4 65532
;; stdout: 1
;; run: 4 0xfffd
;; trap: out of bounds memory access
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
;; run: 5 65535
;; stdout: 1
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
;; run: 6 65535
;; stdout: 1
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
;; run: 7 65534
;; stdout: 1
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
;; run: 8 65534
;; stdout: 1
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
;; run: 9 65532
;; stdout: 1
;; run: 9 0xfffd
;; trap: out of bounds memory access
;; run: 9 0xffff
;; trap: out of bounds memory access
;; run: 9 0x10000
;; trap: out of bounds memory access
;; run: 9 0x7fffffff
;; trap: out of bounds memory access
;; run: 9 0x80000000
;; trap: out of bounds memory access
;; run: 9 0xfffffff8
;; trap: out of bounds memory access
;; run: 9 0xffffffff
;; trap: out of bounds memory access
;; run: 10 65532
;; stdout: 1
;; run: 10 0xfffd
;; trap: out of bounds memory access
;; run: 10 0xffff
;; trap: out of bounds memory access
;; run: 10 0x10000
;; trap: out of bounds memory access
;; run: 10 0x7fffffff
;; trap: out of bounds memory access
;; run: 10 0x80000000
;; trap: out of bounds memory access
;; run: 10 0xfffffff8
;; trap: out of bounds memory access
;; run: 10 0xffffffff
;; trap: out of bounds memory access
;; run: 11 65528
;; stdout: 1
;; run: 11 0xfff9
;; trap: out of bounds memory access
;; run: 11 0xffff
;; trap: out of bounds memory access
;; run: 11 0x10000
;; trap: out of bounds memory access
;; run: 11 0x7fffffff
;; trap: out of bounds memory access
;; run: 11 0x80000000
;; trap: out of bounds memory access
;; run: 11 0xfffffff8
;; trap: out of bounds memory access
;; run: 11 0xffffffff
;; trap: out of bounds memory access
;; run: 12 65532
;; stdout: 1
;; run: 12 0xfffd
;; trap: out of bounds memory access
;; run: 12 0xffff
;; trap: out of bounds memory access
;; run: 12 0x10000
;; trap: out of bounds memory access
;; run: 12 0x7fffffff
;; trap: out of bounds memory access
;; run: 12 0x80000000
;; trap: out of bounds memory access
;; run: 12 0xfffffff8
;; trap: out of bounds memory access
;; run: 12 0xffffffff
;; trap: out of bounds memory access
;; run: 13 65528
;; stdout: 1
;; run: 13 0xfff9
;; trap: out of bounds memory access
;; run: 13 0xffff
;; trap: out of bounds memory access
;; run: 13 0x10000
;; trap: out of bounds memory access
;; run: 13 0x7fffffff
;; trap: out of bounds memory access
;; run: 13 0x80000000
;; trap: out of bounds memory access
;; run: 13 0xfffffff8
;; trap: out of bounds memory access
;; run: 13 0xffffffff
;; trap: out of bounds memory access
(module
  (memory 1)
  (func (export "run") (param $case i32) (param $at i32) (result i32)
    block block block block block block block block block block block block block block 
    (br_table 0 1 2 3 4 5 6 7 8 9 10 11 12 13 (local.get $case))
    end (drop (i32.load8_u (local.get $at))) (return (i32.const 1))
    end (drop (i32.load8_s (local.get $at))) (return (i32.const 1))
    end (drop (i32.load16_u (local.get $at))) (return (i32.const 1))
    end (drop (i32.load16_s (local.get $at))) (return (i32.const 1))
    end (drop (i32.load (local.get $at))) (return (i32.const 1))
    end (drop (i64.load8_s (local.get $at))) (return (i32.const 1))
    end (drop (i64.load8_u (local.get $at))) (return (i32.const 1))
    end (drop (i64.load16_s (local.get $at))) (return (i32.const 1))
    end (drop (i64.load16_u (local.get $at))) (return (i32.const 1))
    end (drop (i64.load32_s (local.get $at))) (return (i32.const 1))
    end (drop (i64.load32_u (local.get $at))) (return (i32.const 1))
    end (drop (i64.load (local.get $at))) (return (i32.const 1))
    end (drop (f32.load (local.get $at))) (return (i32.const 1))
    end (drop (f64.load (local.get $at))) (return (i32.const 1))
    unreachable))
