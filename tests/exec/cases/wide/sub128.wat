;; Differences of 128-bit integers, in halves; the borrow crosses from the low half to the high one.
;; invoke: run
;; run: 0 0 0 0
;; stdout: 0
;; stdout: 0
;; run: 0 0 1 0
;; stdout: -1
;; stdout: -1
;; run: 0 1 1 1
;; stdout: -1
;; stdout: -1
;; run: 0 0 1 1
;; stdout: -1
;; stdout: -2
;; run: 0 -2459085471354756766 -9151153060221070927 -1
;; stdout: 9151153060221070927
;; stdout: -2459085471354756766
;; run: 4566502638724063423 -4282658540409485563 -6884077310018979971 -1
;; stdout: -6996164124966508222
;; stdout: -4282658540409485563
;; run: 1 3118380319444903041 0 3283115686417695443
;; stdout: 1
;; stdout: -164735366972792402
;; run: -7208415241680161810 -1 1 0
;; stdout: -7208415241680161811
;; stdout: -1
;; run: 0 3944850126731328706 1 1
;; stdout: -1
;; stdout: 3944850126731328704
;; run: 1 -1 -1 -1
;; stdout: 2
;; stdout: -1
;; run: -1 -1 4855833073346115923 -6826437637438999645
;; stdout: -4855833073346115924
;; stdout: 6826437637438999644
;; run: 1 0 -1 -1
;; stdout: 2
;; stdout: 0
;; run: 1 0 1 0
;; stdout: 0
;; stdout: 0
;; run: -1 -1 0 0
;; stdout: -1
;; stdout: -1
;; run: 1 -1 -6365475388498096428 -1
;; stdout: 6365475388498096429
;; stdout: -1
;; run: 6804238617560992346 -1 0 -1
;; stdout: 6804238617560992346
;; stdout: 0
;; run: 0 1 1 -7756145513466453619
;; stdout: -1
;; stdout: 7756145513466453619
;; run: 1 -1 1 1
;; stdout: 0
;; stdout: -2
;; run: 0 1 1 0
;; stdout: -1
;; stdout: 0
;; run: 1 5602881641763648953 -2110589244314239080 -1
;; stdout: 2110589244314239081
;; stdout: 5602881641763648953
;; run: 0 1 -1 -1
;; stdout: 1
;; stdout: 1
;; run: 0 -1 3553816990259121806 -2105235417856431622
;; stdout: -3553816990259121806
;; stdout: 2105235417856431620
;; run: 1861102705894987245 1 3713781778534059871 1
;; stdout: -1852679072639072626
;; stdout: -1
;; run: 0 -1 1 1832524486821761762
;; stdout: -1
;; stdout: -1832524486821761764
;; run: 2 5 1 2
;; stdout: 1
;; stdout: 3
(module
  (func (export "run") (param i64 i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))))
