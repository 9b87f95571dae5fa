// Compresses and decompresses generated text: `bzip2 <KiB> <repetitions>`.

#include "bzlib.h"
#include "checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The library calls this when it finds itself in a state that cannot be.
void bz_internal_error(int code) {
    fprintf(stderr, "bzip2: internal error %d\n", code);
    exit(3);
}

static char *allocate(size_t size) {
    char *memory = malloc(size);
    if (memory == NULL) {
        fprintf(stderr, "bzip2: out of memory\n");
        exit(1);
    }
    return memory;
}

static void check(int result) {
    if (result != BZ_OK) {
        fprintf(stderr, "bzip2: error %d\n", result);
        exit(1);
    }
}

static void generate(char *text, size_t size) {
    static const char *const words[] = {"the ",  "a ",     "of ",    "module ", "block ",  "sorted ", "order ",   "and ",
                                        "code ", "table ", "index ", "is ",     "moved. ", "in ",     "turned ", "by "};
    uint64_t seed = 13;
    for (size_t at = 0; at < size;) {
        char number[16];
        const char *piece = words[next_random(&seed) % 16];
        if (next_random(&seed) % 8 == 0) {
            snprintf(number, sizeof number, "%u\n", (unsigned)(next_random(&seed) % 100000));
            piece = number;
        }
        size_t length = strlen(piece) < size - at ? strlen(piece) : size - at;
        memcpy(text + at, piece, length);
        at += length;
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: bzip2 <KiB> <repetitions>\n");
        return 2;
    }
    unsigned size = (unsigned)atoi(argv[1]) * 1024, bound = size + size / 100 + 600;
    char *text = allocate(size), *packed = allocate(bound), *back = allocate(size);
    generate(text, size);
    for (int i = 0; i < atoi(argv[2]); i++) {
        unsigned packed_size = bound, back_size = size;
        text[i % size] ^= 1;
        check(BZ2_bzBuffToBuffCompress(packed, &packed_size, text, size, 1 + i % 9, 0, 0));
        check(BZ2_bzBuffToBuffDecompress(back, &back_size, packed, packed_size, 0, 0));
        if (back_size != size || memcmp(text, back, size) != 0) {
            printf("the text came back changed\n");
            return 1;
        }
        printf("%u -> %u, checksum %016" PRIx64 "\n", size, packed_size, checksum(CHECKSUM_START, packed, packed_size));
    }
    free(back);
    free(packed);
    free(text);
    return 0;
}
