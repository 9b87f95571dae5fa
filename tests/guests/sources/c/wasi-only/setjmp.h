// Lua's `ldo.c` includes this header even where the macros `LUAI_TRY` and `LUAI_THROW` make it unnecessary, and
// wasi-libc has none: it is empty on purpose.
