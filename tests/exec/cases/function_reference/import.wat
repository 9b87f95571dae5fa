;; What the host provides is called through a reference like any other function.
;; stub-imports: yes
;; invoke: run
;; run: 0
;; stdout: 8
;; run: 1
;; stdout: 8
;; run: 2
;; stdout: 8
;; run: 3
;; trap: call of an import that nothing provides: "env" "missing"
(module
  (type $close (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (type $close)))
  (import "env" "missing" (func $missing (type $close)))
  (memory 1)
  (global $changing (mut (ref $close)) (ref.func $close))
  (elem declare func $close $missing)
  ;; 8 is EBADF.
  (func (export "run") (param $case i32) (result i32)
    block block block block
    (br_table 0 1 2 3 (local.get $case))
    end (return (call_ref $close (i32.const 77) (ref.func $close)))
    end (return (call_ref $close (i32.const 77) (global.get $changing)))
    end (return_call_ref $close (i32.const 77) (ref.func $close))
    end
    (global.set $changing (ref.func $missing))
    (return_call_ref $close (i32.const 77) (global.get $changing))))
