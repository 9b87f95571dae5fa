;; hex: 00 61 73 6d 01
(module)
