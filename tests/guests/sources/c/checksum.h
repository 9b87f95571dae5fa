// The FNV-1a checksum and the pseudo-random numbers that several drivers share: both are the same on
// every machine, so that the WebAssembly program and its native twin print the same text.

#ifndef GUEST_CHECKSUM_H
#define GUEST_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

#define CHECKSUM_START 0xcbf29ce484222325u

// Returns `sum` continued over `size` bytes.
static inline uint64_t checksum(uint64_t sum, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++) {
        sum ^= at[i];
        sum *= 0x100000001b3u;
    }
    return sum;
}

// Returns the next 32 pseudo-random bits (PCG-XSH-RR, O'Neill 2014).
static inline uint32_t next_random(uint64_t *state) {
    uint64_t old = *state;
    *state = old * 6364136223846793005u + 1442695040888963407u;
    uint32_t shifted = (uint32_t)(((old >> 18) ^ old) >> 27);
    unsigned rotation = (unsigned)(old >> 59);
    return (shifted >> rotation) | (shifted << (-rotation & 31));
}

#endif
