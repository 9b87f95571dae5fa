;; What follows a tail call is never run, whatever it would do, and however deep the blocks are that it leaves.
;; invoke: run
;; run: 0
;; stdout: 100
;; run: 1
;; stdout: 101
;; run: 2
;; stdout: 102
(module
  (func $give (param i32) (result i32) (i32.add (local.get 0) (i32.const 100)))
  (func (export "run") (param $case i32) (result i32)
    (block $out (result i32)
      (loop $again (result i32)
        (if (result i32) (i32.eqz (local.get $case))
          (then
            (return_call $give (local.get $case))
            (block (br $again))
            (unreachable))
          (else
            (if (i32.eq (local.get $case) (i32.const 1))
              (then
                (return_call $give (local.get $case))
                (i32.add (br_if $out))
                (drop)
                (loop (br 0))
                (return_call $give)))
            (br $out (i32.const 2))))))
    (return_call $give)))
