// Functions that do little but call themselves: Fibonacci, Ackermann, Takeuchi, and queens on a board.

#include "kernel.h"

static uint32_t fibonacci(uint32_t n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

static uint32_t ackermann(uint32_t m, uint32_t n) {
    if (m == 0) return n + 1;
    return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

static int takeuchi(int x, int y, int z) {
    if (y >= x) return z;
    return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

// How many ways there are to place queens on the remaining rows.
static uint32_t queens(uint32_t all, uint32_t columns, uint32_t left, uint32_t right) {
    if (columns == all) return 1;
    uint32_t ways = 0;
    for (uint32_t free = all & ~(columns | left | right); free != 0; free &= free - 1) {
        uint32_t queen = free & -free;
        ways += queens(all, columns | queen, (left | queen) << 1, (right | queen) >> 1);
    }
    return ways;
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint32_t sums[4] = {0};
    for (int i = 0; i < count; i++) {
        sums[0] += fibonacci(27 + (uint32_t)i % 2);
        sums[1] += ackermann(2, 400 + (uint32_t)i % 2);
        sums[2] += (uint32_t)takeuchi(14 + i % 2, 9, 4);
        sums[3] += queens((1u << (9 + i % 2)) - 1, 0, 0, 0);
    }
    printf("fibonacci %" PRIu32 ", ackermann %" PRIu32 ", takeuchi %" PRIu32 ", queens %" PRIu32 "\n", sums[0], sums[1],
           sums[2], sums[3]);
    return 0;
}
