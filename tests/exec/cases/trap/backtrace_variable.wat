;; How much of a backtrace there is, is for the person who starts the program to say.
;; run:
;; set: WASMC_BACKTRACE=0
;; exit: 134
;; stderr: wasm trap: unreachable
;; run:
;; set: WASMC_BACKTRACE=1
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0:     0x24 - backtrace_variable!inner
;; stderr:     1:     0x28 - backtrace_variable!_start
;; run:
;; set: WASMC_BACKTRACE=everything
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0:     0x24 - backtrace_variable!inner
;; stderr:     1:     0x28 - backtrace_variable!_start
;; run:
;; set: WASMC_BACKTRACE=full
;; trap: unreachable
;; stderr: wasm backtrace:
;; stderr:     0:     0x24 - backtrace_variable!inner
;; stderr:     1:     0x28 - backtrace_variable!_start
;; stderr:     2:          - backtrace_variable!<trampoline>
;; stderr: ...
(module
  (func $inner unreachable)
  (func $_start (export "_start") (call $inner)))
