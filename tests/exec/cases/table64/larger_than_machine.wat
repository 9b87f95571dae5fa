;; A minimum that no machine holds is refused when the program starts.
;; exit: 125
;; stderr: larger_than_machine: cannot allocate a table of 1152921504606846976 elements
(module
  (table i64 0x1000000000000000 funcref)
  (func (export "_start") (drop (table.grow (ref.null func) (i64.const 1)))))
