;; A minimum of 64 TiB is refused when the program starts.
;; exit: 125
;; stderr: larger_than_machine: cannot allocate memory 0: its minimum is 70368744177664 bytes
(module
  (memory i64 0x40000000)
  (func (export "_start")))
