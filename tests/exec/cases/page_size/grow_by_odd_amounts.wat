;; Growing by amounts that are no multiple of a page of the system's: room for more is asked for in whole pages, so that it can be
;; continued. The result is how often that failed.
;; invoke: run
;; stdout: 0
(module
  (memory 100001 (pagesize 1))
  (func (export "run") (result i32) (local $left i32) (local $failed i32)
    (local.set $left (i32.const 200))
    (loop $next
      (if (i32.eq (memory.grow (i32.const 77777)) (i32.const -1))
        (then (local.set $failed (i32.add (local.get $failed) (i32.const 1)))))
      ;; What is new is zero, and can be written.
      (if (i32.load8_u (i32.sub (memory.size) (i32.const 1)))
        (then (local.set $failed (i32.add (local.get $failed) (i32.const 1000)))))
      (i32.store8 (i32.sub (memory.size) (i32.const 1)) (i32.const 1))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
    (local.get $failed)))
