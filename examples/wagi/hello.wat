;; A web page by a CGI program: tells a GET its query, and a POST its body.
;;
;;   $ wasmc build examples/wagi/hello.wat -o cgi-bin/hello \
;;       --env REQUEST_METHOD --env PATH_INFO --env QUERY_STRING --env CONTENT_LENGTH
;;   $ busybox httpd -f -p 8080 &
;;   $ curl 'http://localhost:8080/cgi-bin/hello/there?name=value'
;;   GET /there
;;   query: name=value
;;   $ curl --data 'some text' http://localhost:8080/cgi-bin/hello
;;   POST
;;   body: some text
;;
;; A CGI program gets the request in environment variables and its body on standard input, and answers on standard
;; output (RFC 3875). Of the server's environment this one sees the four variables that it was granted.
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param $count i32) (param $bytes i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get"
    (func $environ_get (param $addresses i32) (param $bytes i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param $fd i32) (param $buffers i32) (param $count i32) (param $read i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param $status i32)))

  ;; From 0: a list of one buffer. At 8: how much was read or written. At 16 and 20: how many variables there are and
  ;; how many bytes they take. From 1024: texts. From 4096: bytes on their way. From 65536: the addresses of the
  ;; variables, then the variables themselves.
  (memory (export "memory") 17)
  (data (i32.const 1024) "REQUEST_METHOD\00")
  (data (i32.const 1056) "PATH_INFO\00")
  (data (i32.const 1088) "QUERY_STRING\00")
  (data (i32.const 1120) "CONTENT_LENGTH\00")
  (data (i32.const 1152) "GET\00")
  (data (i32.const 1160) "POST\00")
  (data (i32.const 1184) "Status: 405 Method Not Allowed\0d\0aAllow: GET, POST\0d\0a\00")
  (data (i32.const 1280) "Content-Type: text/plain\0d\0a\0d\0a\00")
  (data (i32.const 1312) " \00")
  (data (i32.const 1316) "\0a\00")
  (data (i32.const 1320) "query: \00")
  (data (i32.const 1328) "body: \00")

  (func (export "_start")
    (local $method i32)
    (call $read_variables)
    (local.set $method (call $variable (i32.const 1024)))
    (if (i32.eqz (i32.or
          (call $equal (local.get $method) (i32.const 1152))
          (call $equal (local.get $method) (i32.const 1160))))
      (then
        (call $print (i32.const 1184))
        (call $print (i32.const 1280))
        (return)))
    (call $print (i32.const 1280))
    (call $print (local.get $method))
    (call $print (i32.const 1312))
    (call $print (call $variable (i32.const 1056)))
    (call $print (i32.const 1316))
    (if (call $equal (local.get $method) (i32.const 1152))
      (then
        (call $print (i32.const 1320))
        (call $print (call $variable (i32.const 1088))))
      (else
        (call $print (i32.const 1328))
        (call $copy (call $number (call $variable (i32.const 1120))))))
    (call $print (i32.const 1316)))

  ;; More than there is room for gives the error `fault`.
  (func $read_variables
    (call $check (call $environ_sizes_get (i32.const 16) (i32.const 20)))
    (call $check (call $environ_get
      (i32.const 65536)
      (i32.add (i32.const 65536) (i32.mul (i32.load (i32.const 16)) (i32.const 4))))))

  ;; The value of the variable with a name; an empty text if there is none.
  (func $variable (param $name i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $value i32)
    (local.set $at (i32.const 65536))
    (local.set $end (i32.add (i32.const 65536) (i32.mul (i32.load (i32.const 16)) (i32.const 4))))
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (local.set $value (i32.add
            (i32.load (local.get $at))
            (call $common (i32.load (local.get $at)) (local.get $name))))
          (if (i32.and
                (i32.eq (i32.load8_u (local.get $value)) (i32.const 61)) ;; =
                (i32.eq
                  (i32.sub (local.get $value) (i32.load (local.get $at)))
                  (call $length (local.get $name))))
            (then (return (i32.add (local.get $value) (i32.const 1)))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br $next))))
    ;; The end of a text is an empty one.
    (i32.add (local.get $name) (call $length (local.get $name))))

  ;; How many bytes two texts have in common at their beginning.
  (func $common (param $one i32) (param $other i32) (result i32)
    (local $count i32)
    (local $byte i32)
    (loop $next
      (local.set $byte (i32.load8_u (i32.add (local.get $one) (local.get $count))))
      (if (i32.and
            (i32.ne (local.get $byte) (i32.const 0))
            (i32.eq (local.get $byte) (i32.load8_u (i32.add (local.get $other) (local.get $count)))))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (br $next))))
    (local.get $count))

  (func $equal (param $one i32) (param $other i32) (result i32)
    (local $count i32)
    (local.set $count (call $common (local.get $one) (local.get $other)))
    (i32.eqz (i32.or
      (i32.load8_u (i32.add (local.get $one) (local.get $count)))
      (i32.load8_u (i32.add (local.get $other) (local.get $count))))))

  (func $length (param $text i32) (result i32)
    (call $common (local.get $text) (local.get $text)))

  ;; The number that a text begins with.
  (func $number (param $text i32) (result i32)
    (local $digit i32)
    (local $number i32)
    (loop $next
      (local.set $digit (i32.sub (i32.load8_u (local.get $text)) (i32.const 48)))
      (if (i32.lt_u (local.get $digit) (i32.const 10))
        (then
          (local.set $number (i32.add (i32.mul (local.get $number) (i32.const 10)) (local.get $digit)))
          (local.set $text (i32.add (local.get $text) (i32.const 1)))
          (br $next))))
    (local.get $number))

  ;; Copies as many bytes from standard input to standard output, or what there is of them.
  (func $copy (param $left i32)
    (local $size i32)
    (loop $next
      (if (i32.eqz (local.get $left)) (then (return)))
      (local.set $size (i32.const 32768))
      (if (i32.lt_u (local.get $left) (local.get $size)) (then (local.set $size (local.get $left))))
      (i32.store (i32.const 0) (i32.const 4096))
      (i32.store (i32.const 4) (local.get $size))
      (call $check (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
      (local.set $size (i32.load (i32.const 8)))
      (if (i32.eqz (local.get $size)) (then (return)))
      (call $write (i32.const 4096) (local.get $size))
      (local.set $left (i32.sub (local.get $left) (local.get $size)))
      (br $next)))

  (func $print (param $text i32)
    (call $write (local.get $text) (call $length (local.get $text))))

  (func $write (param $from i32) (param $left i32)
    (loop $next
      (if (i32.eqz (local.get $left)) (then (return)))
      (i32.store (i32.const 0) (local.get $from))
      (i32.store (i32.const 4) (local.get $left))
      (call $check (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
      ;; A pipe may take fewer bytes than it is given.
      (local.set $from (i32.add (local.get $from) (i32.load (i32.const 8))))
      (local.set $left (i32.sub (local.get $left) (i32.load (i32.const 8))))
      (br $next)))

  ;; WASI calls give 0 when they did what they were asked for.
  (func $check (param $error i32)
    (if (local.get $error) (then (call $proc_exit (i32.const 1)))))
)
