;; What was read before a fence is read again after it.
(module
  (memory 1 1 shared)
  (func $fence (param i32) (result i32)
    (i32.load (local.get 0))
    (atomic.fence)
    (i32.add (i32.load (local.get 0)))))
