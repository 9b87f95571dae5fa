;; Floats from the command line and back: the shortest text that reads as the same number.
;; invoke: both
;; run: 1.5 -2.25
;; stdout: 1.5
;; stdout: -2.25
;; run: 0.1 0.1
;; stdout: 0.1
;; stdout: 0.1
;; run: 16777217 9007199254740993
;; stdout: 16777216
;; stdout: 9007199254740992
;; run: inf -inf
;; stdout: inf
;; stdout: -inf
;; run: NaN nan
;; stdout: NaN
;; stdout: NaN
;; run: -0 1e300
;; stdout: -0
;; stdout: 1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
;; run: 1e-3 5e-3
;; stdout: 0.001
;; stdout: 0.005
;; run: one 1
;; exit: 2
;; stderr: floats: [..]`one` is not an f32
(module
  (func (export "both") (param f32 f64) (result f32 f64) (local.get 0) (local.get 1)))
