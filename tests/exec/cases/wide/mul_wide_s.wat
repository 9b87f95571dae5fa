;; The whole product of two signed integers.
;; invoke: run
;; run: 0 0
;; stdout: 0
;; stdout: 0
;; run: 1 1
;; stdout: 1
;; stdout: 0
;; run: -1 -1
;; stdout: 1
;; stdout: 0
;; run: -1 1
;; stdout: -1
;; stdout: -1
;; run: 1 1
;; stdout: 1
;; stdout: 0
;; run: 0 6287758211025156705
;; stdout: 0
;; stdout: 0
;; run: -6643537319803451357 1
;; stdout: -6643537319803451357
;; stdout: -1
;; run: -2483565146858803428 0
;; stdout: 0
;; stdout: 0
;; run: 1 1
;; stdout: 1
;; stdout: 0
;; run: -3838951433439430085 3471602925362676030
;; stdout: 5186941893001237834
;; stdout: -722475195264825124
;; run: -8262495286814853129 7883241869666573970
;; stdout: -8557189786755031842
;; stdout: -3530988912334554469
;; run: 4278371902407959701 1
;; stdout: 4278371902407959701
;; stdout: 0
;; run: -8852706149487089182 -1
;; stdout: 8852706149487089182
;; stdout: 0
;; run: 1 -1
;; stdout: -1
;; stdout: -1
;; run: -1 -4329244561838653387
;; stdout: 4329244561838653387
;; stdout: 0
;; run: -1 -1
;; stdout: 1
;; stdout: 0
;; run: 697896157315764057 1
;; stdout: 697896157315764057
;; stdout: 0
;; run: 1 1
;; stdout: 1
;; stdout: 0
;; run: -1 0
;; stdout: 0
;; stdout: 0
;; run: 0 -3769664482072947073
;; stdout: 0
;; stdout: 0
;; run: 1 8414291037346403854
;; stdout: 8414291037346403854
;; stdout: 0
;; run: 1 -1
;; stdout: -1
;; stdout: -1
;; run: 5014655679779318485 -5080037812563681985
;; stdout: 2842857627777395563
;; stdout: -1380983027057486843
;; run: 0 1
;; stdout: 0
;; stdout: 0
;; run: 1 -2
;; stdout: -2
;; stdout: -1
(module
  (func (export "run") (param i64 i64) (result i64 i64)
    (i64.mul_wide_s (local.get 0) (local.get 1))))
