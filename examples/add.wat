;; A library, or reactor: nothing runs by itself, its functions are there to be called.
;;
;;   $ wasmc run --invoke add examples/add.wat 2 3
;;   5
;;   $ wasmc build --invoke answer examples/add.wat && ./add
;;   42
(module
  (func (export "add") (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (local.get $b)))

  ;; Whoever uses a reactor calls this once, before anything else. It may be left out, as long as
  ;; there is nothing to prepare.
  (func (export "_initialize")
    (global.set $answer (i32.const 42)))

  (global $answer (mut i32) (i32.const 0))

  (func (export "answer") (result i32)
    (global.get $answer))
)
