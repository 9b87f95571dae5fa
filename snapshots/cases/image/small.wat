;; modes: guard dynamic
;; Segments in any order, overlapping, and near each other: two extents.
(module
  (memory 2)
  (func $read (result i32) (i32.load (i32.const 16)))
  (data (i32.const 1000) "later")
  (data (i32.const 16) "first")
  (data (i32.const 18) "XX")
  (data (i32.const 30) "near")
  (data (i32.const 131072) ""))
