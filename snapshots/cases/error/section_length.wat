;; A type section that claims more bytes than there are.
(module binary "\00asm\01\00\00\00" "\01\7f\01\60\00\00")
