// The two system calls of `examples/hello.wat`, write and exit, and nothing else that a program could leave out.
//
// With BARE it is its own start-up code (`-nostdlib`); otherwise the C library starts and ends it.

static const char greeting[] = "Hello, world!\n";

#ifdef BARE

static long call(long number, long first, const void *second, long third) {
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(third)
                     : "rcx", "r11", "memory");
    return result;
}

void _start(void) {
    enum { WRITE = 1, EXIT_GROUP = 231 };
    call(WRITE, 1, greeting, sizeof greeting - 1);
    call(EXIT_GROUP, 0, 0, 0);
}

#else

#include <unistd.h>

int main(void) {
    if (write(1, greeting, sizeof greeting - 1) < 0) return 1;
    return 0;
}

#endif
