// Included before every source file of Lua where there is no `longjmp`: WebAssembly without exceptions.
//
// A protected call is then a plain call, and an error ends the program: its message goes to standard error,
// what was printed before it is kept, and the exit status is 70 (EX_SOFTWARE of sysexits.h). Yielding from a
// coroutine is a jump too, so scripts for this interpreter use neither coroutines nor errors.

#include <stdio.h>
#include <stdlib.h>

#define luai_jmpbuf int
#define LUAI_TRY(L, c, a) { a }
#define LUAI_THROW(L, c)                                                                                               \
    do {                                                                                                               \
        const char *message = lua_tostring(L, -1);                                                                     \
        fprintf(stderr, "lua: cannot unwind: %s\n", message ? message : "(no message)");                               \
        exit(70);                                                                                                      \
    } while (0)
