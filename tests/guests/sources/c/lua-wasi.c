// What Lua's own libraries ask of the C library, and wasi-libc declares but does not define.

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

// `io.tmpfile` fails with a message, as on a full disk.
FILE *tmpfile(void) {
    errno = ENOSYS;
    return NULL;
}

// `os.execute` says that there is no shell.
int system(const char *command) { return command == NULL ? 0 : -1; }
