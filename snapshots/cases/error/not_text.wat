;; hex: ff fe 28 00
(module)
