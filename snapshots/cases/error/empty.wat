;; hex:
(module)
