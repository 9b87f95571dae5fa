;; Prints a greeting.
;;
;;   $ wasmc run examples/hello.wat
;;   Hello, world!
(module
  ;; A function of WASI: writes the buffers listed at the second parameter to the file descriptor
  ;; that is the first, and stores at the fourth how many bytes it wrote.
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32) (result i32)))

  ;; One page, 64 KiB. WASI finds it by this name.
  (memory (export "memory") 1)

  ;; The list of buffers, here of one: its address and its length, little-endian.
  (data (i32.const 0) "\10\00\00\00" "\0e\00\00\00")
  ;; The buffer.
  (data (i32.const 16) "Hello, world!\n")

  ;; Where a program starts. When it returns, the process exits with status 0.
  (func (export "_start")
    (drop (call $fd_write
      (i32.const 1)     ;; standard output
      (i32.const 0)     ;; the list
      (i32.const 1)     ;; its length
      (i32.const 8))))  ;; 4 bytes that are free
)
