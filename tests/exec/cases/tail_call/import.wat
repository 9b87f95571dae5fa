;; A call of the host is none that could take the caller's place; it returns what the host returns.
;; stub-imports: yes
;; invoke: run
;; run: 0
;; stdout: 8
;; run: 1
;; stdout: 8
;; run: 2
;; stdout: 8
;; run: 3
;; stdout: 8
;; run: 4
;; trap: call of an import that nothing provides: "env" "missing"
;; run: 5
;; trap: call of an import that nothing provides: "env" "missing"
;; run: 6
;; exit: 3
(module
  (type $close (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (type $close)))
  (import "env" "missing" (func $missing (type $close)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory 1)
  (table $constant funcref (elem $close $missing))
  (table $changing 2 funcref)
  (elem (table $changing) (i32.const 0) func $close $missing)
  (func (export "write") (table.set $changing (i32.const 0) (ref.null func)))
  (func $leave (param i32) (return_call $exit (local.get 0)))
  ;; 8 is EBADF.
  (func (export "run") (param $case i32) (result i32) (local $none i32)
    block block block block block block block
    (br_table 0 1 2 3 4 5 6 (local.get $case))
    end (return_call $close (i32.const 77))
    end (return_call_indirect $constant (type $close) (i32.const 77) (i32.const 0))
    end (return_call_indirect $constant (type $close) (i32.const 77) (local.get $none))
    end (return_call_indirect $changing (type $close) (i32.const 77) (local.get $none))
    end (return_call $missing (i32.const 0))
    end (return_call_indirect $constant (type $close) (i32.const 77) (i32.const 1))
    end (call $leave (i32.const 3)) (unreachable)))
