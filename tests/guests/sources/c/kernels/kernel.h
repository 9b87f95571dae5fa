// What the kernels share: the number of repetitions from the command line, arrays filled with
// pseudo-random numbers, and checksums of what was computed, which are printed.

#ifndef GUEST_KERNEL_H
#define GUEST_KERNEL_H

#include "../checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static inline int repetitions(int argc, char **argv) {
    if (argc != 2 || atoi(argv[1]) < 1) {
        fprintf(stderr, "usage: %s <repetitions>\n", argc > 0 ? argv[0] : "kernel");
        exit(2);
    }
    return atoi(argv[1]);
}

static inline void *allocate(size_t size) {
    void *memory = malloc(size);
    if (memory == NULL) {
        fprintf(stderr, "out of memory\n");
        exit(1);
    }
    return memory;
}

// Numbers from 0 to 1 with 20 bits: sums of a few of them are exact.
static inline void fill(double *numbers, size_t count, uint64_t seed) {
    for (size_t i = 0; i < count; i++) numbers[i] = (next_random(&seed) >> 12) / 1048576.0;
}

static inline void print_bytes(const char *what, const void *bytes, size_t size) {
    printf("%s %016" PRIx64 "\n", what, checksum(CHECKSUM_START, bytes, size));
}

#endif
