;; The whole product of two unsigned integers.
;; invoke: run
;; run: 0 0
;; stdout: 0
;; stdout: 0
;; run: 1 1
;; stdout: 1
;; stdout: 0
;; run: -1 1
;; stdout: -1
;; stdout: 0
;; run: -4734436040338162711 0
;; stdout: 0
;; stdout: 0
;; run: 1 0
;; stdout: 0
;; stdout: 0
;; run: 3270597527173764279 6636648075495406358
;; stdout: -5430303818902260550
;; stdout: 1176674035141685826
;; run: -7771814344630108151 1
;; stdout: -7771814344630108151
;; stdout: 0
;; run: 1 0
;; stdout: 0
;; stdout: 0
;; run: 1 -7864138787704962081
;; stdout: -7864138787704962081
;; stdout: 0
;; run: 1 518555141550256010
;; stdout: 518555141550256010
;; stdout: 0
;; run: 1 -1
;; stdout: -1
;; stdout: 0
;; run: 1118900477321231571 -1
;; stdout: -1118900477321231571
;; stdout: 1118900477321231570
;; run: -1 0
;; stdout: 0
;; stdout: 0
;; run: -5586890671027490027 1
;; stdout: -5586890671027490027
;; stdout: 0
;; run: 0 3603850799751152505
;; stdout: 0
;; stdout: 0
;; run: -1 -1
;; stdout: 1
;; stdout: -2
;; run: 0 1
;; stdout: 0
;; stdout: 0
;; run: -7344082851774441644 3896439839137544024
;; stdout: 5738542512914895072
;; stdout: 2345175459296971666
;; run: 0 0
;; stdout: 0
;; stdout: 0
;; run: 616395976148874061 0
;; stdout: 0
;; stdout: 0
;; run: 2810729703362889816 -1
;; stdout: -2810729703362889816
;; stdout: 2810729703362889815
;; run: 1 -1
;; stdout: -1
;; stdout: 0
;; run: 1 0
;; stdout: 0
;; stdout: 0
;; run: 3 2
;; stdout: 6
;; stdout: 0
(module
  (func (export "run") (param i64 i64) (result i64 i64)
    (i64.mul_wide_u (local.get 0) (local.get 1))))
