;; A number of more than 32 bits.
(module binary "\00asm\01\00\00\00" "\01\ff\ff\ff\ff\ff\00")
