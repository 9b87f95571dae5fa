// Memory moved in bulk: large copies and fills, moves within a buffer, comparisons, a ring buffer, and
// many copies whose size only the run decides.

#include "kernel.h"

#include <string.h>

enum { LARGE = 8 << 20, RING = 1 << 16, PIECES = 100000 };

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    unsigned char *one = allocate(LARGE), *other = allocate(LARGE), *ring = allocate(RING);
    uint64_t seed = 11;
    for (size_t i = 0; i < LARGE; i++) one[i] = (unsigned char)next_random(&seed);
    memset(ring, 0, RING);
    int differences = 0;
    for (int i = 0; i < count; i++) {
        memcpy(other, one, LARGE);
        memmove(one + 4096 + i % 64, one, LARGE / 2);
        memset(other + i % 4096, i, LARGE / 4);
        differences += memcmp(one + LARGE / 2, other + LARGE / 2, LARGE / 2) != 0;
        for (size_t piece = 0, at = 0; piece < PIECES; piece++) {
            size_t size = next_random(&seed) % 300, from = next_random(&seed) % (LARGE - 300);
            if (at + size > RING) at = 0;
            memcpy(ring + at, one + from, size);
            at += size;
        }
    }
    printf("differences %d\n", differences);
    print_bytes("one", one, 1 << 16);
    print_bytes("other", other + LARGE / 4 - 4096, 1 << 16);
    print_bytes("ring", ring, RING);
    return 0;
}
