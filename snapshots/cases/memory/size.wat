;; modes: guard explicit dynamic
;; The size of a memory that never grows is a constant, that of one that does is loaded.
(module
  (memory 3 5)
  (func $size (result i32) (memory.size)))
