// The smallest useful program: what a "hello world" costs in size and start-up time.

#include <stdio.h>

int main(void) {
    puts("hello");
    return 0;
}
