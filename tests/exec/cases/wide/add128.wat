;; Sums of 128-bit integers, in halves; the carry crosses from the low half to the high one.
;; invoke: run
;; run: 0 0 0 0
;; stdout: 0
;; stdout: 0
;; run: 0 1 1 0
;; stdout: 1
;; stdout: 1
;; run: 1 0 -1 0
;; stdout: 0
;; stdout: 1
;; run: 1 1 -1 -1
;; stdout: 0
;; stdout: 1
;; run: -2418420703207364752 -1 -1 -1
;; stdout: -2418420703207364753
;; stdout: -1
;; run: 0 0 -4579433644172935106 -1
;; stdout: -4579433644172935106
;; stdout: -1
;; run: 0 0 1 -1
;; stdout: 1
;; stdout: -1
;; run: 1 0 1 0
;; stdout: 2
;; stdout: 0
;; run: -1 -1 -1 -1
;; stdout: -2
;; stdout: -1
;; run: 0 -1 1 0
;; stdout: 1
;; stdout: -1
;; run: 0 0 0 -1
;; stdout: 0
;; stdout: -1
;; run: 1 0 -1 -1
;; stdout: 0
;; stdout: 0
;; run: 0 6184727276166606191 0 1
;; stdout: 0
;; stdout: 6184727276166606192
;; run: -8434911321912688222 -1 1 -1
;; stdout: -8434911321912688221
;; stdout: -2
;; run: 1 -1 0 -1
;; stdout: 1
;; stdout: -2
;; run: 1 -5148941131328838092 0 0
;; stdout: 1
;; stdout: -5148941131328838092
;; run: 1 1 1 0
;; stdout: 2
;; stdout: 1
;; run: -1 -1 -3636740005180858631 -1
;; stdout: -3636740005180858632
;; stdout: -1
;; run: -5529682780229988275 -1 0 0
;; stdout: -5529682780229988275
;; stdout: -1
;; run: 1 -5381447440966559717 1020031372481336745 1
;; stdout: 1020031372481336746
;; stdout: -5381447440966559716
;; run: 1 1 0 0
;; stdout: 1
;; stdout: 1
;; run: -9133888546939907356 -1 1 1
;; stdout: -9133888546939907355
;; stdout: 0
;; run: -4612047512704241719 -1 0 -1
;; stdout: -4612047512704241719
;; stdout: -2
;; run: 414720966820876428 -1 1 0
;; stdout: 414720966820876429
;; stdout: -1
;; run: 1 2 3 4
;; stdout: 4
;; stdout: 6
(module
  (func (export "run") (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
