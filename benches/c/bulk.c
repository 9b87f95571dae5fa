// How long memmove and memset take: calls of the C library in a native program, memory.copy and memory.fill in WebAssembly.
//
// Prints a line for each case and size: `<case> <bytes> <nanoseconds for one call>`.

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    SMALLEST = 1 << 10,
    LARGEST = 16 << 20,
    // What is moved between two readings of the clock, but in at least MINIMUM_CALLS calls.
    BYTES_TO_MOVE = 32 << 20,
    MINIMUM_CALLS = 4,
};

// Both ranges of a copy lie in one array, so that their distance is the same everywhere; it is no multiple of a page,
// where loads would have to wait for unrelated stores.
enum { SECOND = LARGEST + 4096 + 512 };
static unsigned char area[2 * LARGEST + 8192] __attribute__((aligned(4096)));

// Keeps the compiler from knowing or leaving out anything.
static void forget(void) { __asm__ volatile("" ::: "memory"); }

static void copy(size_t to, size_t from, size_t size) {
    memmove(area + to, area + from, size);
    forget();
}

static void fill(size_t to, size_t size) {
    memset(area + to, 7, size);
    forget();
}

static void copy_aligned(size_t size) { copy(0, SECOND, size); }
static void copy_misaligned(size_t size) { copy(5, SECOND + 3, size); }
// The target begins inside the source, so that the last byte has to go first.
static void copy_backward(size_t size) { copy(192, 0, size); }
static void fill_aligned(size_t size) { fill(0, size); }
static void fill_misaligned(size_t size) { fill(5, size - 3); }

static const struct {
    const char *name;
    void (*call)(size_t size);
} cases[] = {
    {"copy-aligned", copy_aligned},
    {"copy-misaligned", copy_misaligned},
    {"copy-overlapping", copy_backward},
    {"fill-aligned", fill_aligned},
    {"fill-misaligned", fill_misaligned},
};

static uint64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static double time_of(void (*call)(size_t), size_t size) {
    int calls = BYTES_TO_MOVE / size;
    if (calls < MINIMUM_CALLS) calls = MINIMUM_CALLS;
    // The first calls fault pages in and fill the caches.
    call(size);
    call(size);
    uint64_t start = nanoseconds();
    for (int i = 0; i < calls; i++) call(size);
    return (double)(nanoseconds() - start) / calls;
}

int main(void) {
    memset(area, 1, sizeof area);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (size_t size = SMALLEST; size <= LARGEST; size *= 4) {
            printf("%s %zu %.1f\n", cases[i].name, size, time_of(cases[i].call, size));
        }
    }
    return 0;
}
