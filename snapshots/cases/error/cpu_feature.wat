;; cpu: baseline,+warp
(module (func (export "_start")))
