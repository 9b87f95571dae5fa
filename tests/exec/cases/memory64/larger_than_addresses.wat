;; A minimum that no address space holds is refused by the compiler.
;; error: memory 0 is larger than any address space
(module
  (memory i64 0x1000000000000)
  (func (export "_start")))
