// Compresses and decompresses generated data: `zstd <MiB> <level>...`.
//
// The data mixes text, records and noise, so that matching, entropy coding and raw blocks all take part. For each level
// it goes round once as a whole and once through the streaming interface with a small output buffer.

#include "checksum.h"
#include "zstd.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (memory == NULL) {
        fprintf(stderr, "zstd: out of memory\n");
        exit(1);
    }
    return memory;
}

static size_t check(size_t result) {
    if (ZSTD_isError(result)) {
        fprintf(stderr, "zstd: %s\n", ZSTD_getErrorName(result));
        exit(1);
    }
    return result;
}

static size_t put_text(char *at, uint64_t *seed) {
    static const char *const words[] = {"the ",  "compiler ", "reads ", "a ",      "module ", "and ",  "writes ", "machine ",
                                        "code ", "for ",      "every ", "function ", "in ",   "order ", "of ",     "index. "};
    size_t size = 0;
    for (int i = 0; i < 12; i++) {
        const char *word = words[next_random(seed) % 16];
        memcpy(at + size, word, strlen(word));
        size += strlen(word);
    }
    return size;
}

static size_t put_record(char *at, uint64_t *seed, uint32_t number) {
    uint32_t fields[8] = {number, number * 16, next_random(seed) % 100, 0, 0xffffffff, number / 3, next_random(seed), 7};
    memcpy(at, fields, sizeof fields);
    return sizeof fields;
}

static size_t put_noise(char *at, uint64_t *seed) {
    for (int i = 0; i < 64; i++) at[i] = (char)next_random(seed);
    return 64;
}

static char *generate(size_t size) {
    enum { LONGEST_PIECE = 256 };
    char *data = allocate(size + LONGEST_PIECE);
    uint64_t seed = 2024;
    uint32_t number = 0;
    for (size_t at = 0; at < size; number++) {
        uint32_t kind = next_random(&seed) % 16;
        if (kind < 9) at += put_text(data + at, &seed);
        else if (kind < 15) at += put_record(data + at, &seed, number);
        else at += put_noise(data + at, &seed);
    }
    return data;
}

static void fail_unless_equal(const char *data, const char *back, size_t size, size_t back_size) {
    if (back_size != size || memcmp(data, back, size) != 0) {
        printf("  the data came back changed\n");
        exit(1);
    }
}

static void round_trip(int level, const char *data, char *back, size_t size) {
    size_t bound = ZSTD_compressBound(size);
    char *packed = allocate(bound);
    size_t packed_size = check(ZSTD_compress(packed, bound, data, size, level));
    printf("  whole:  %zu -> %zu, checksum %016" PRIx64 "\n", size, packed_size, checksum(CHECKSUM_START, packed, packed_size));
    memset(back, 0, size);
    fail_unless_equal(data, back, size, check(ZSTD_decompress(back, size, packed, packed_size)));
    free(packed);
}

static void stream_round_trip(int level, const char *data, char *back, size_t size) {
    enum { CHUNK = 64 * 1024 };
    static char chunk[CHUNK];
    ZSTD_CCtx *compress = ZSTD_createCCtx();
    ZSTD_DCtx *decompress = ZSTD_createDCtx();
    check(ZSTD_CCtx_setParameter(compress, ZSTD_c_compressionLevel, level));
    check(ZSTD_CCtx_setParameter(compress, ZSTD_c_checksumFlag, 1));
    ZSTD_inBuffer in = {data, size, 0};
    ZSTD_outBuffer restored = {back, size, 0};
    uint64_t sum = CHECKSUM_START;
    size_t packed_size = 0;
    size_t remaining;
    memset(back, 0, size);
    do {
        ZSTD_outBuffer out = {chunk, CHUNK, 0};
        remaining = check(ZSTD_compressStream2(compress, &out, &in, ZSTD_e_end));
        packed_size += out.pos;
        sum = checksum(sum, chunk, out.pos);
        ZSTD_inBuffer packed = {chunk, out.pos, 0};
        while (packed.pos < packed.size) check(ZSTD_decompressStream(decompress, &restored, &packed));
    } while (remaining != 0);
    printf("  stream: %zu -> %zu, checksum %016" PRIx64 "\n", size, packed_size, sum);
    fail_unless_equal(data, back, size, restored.pos);
    ZSTD_freeCCtx(compress);
    ZSTD_freeDCtx(decompress);
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: zstd <MiB> <level>...\n");
        return 2;
    }
    size_t size = (size_t)atoi(argv[1]) << 20;
    char *data = generate(size);
    char *back = allocate(size);
    printf("zstd %s, %zu bytes, checksum %016" PRIx64 "\n", ZSTD_versionString(), size, checksum(CHECKSUM_START, data, size));
    for (int i = 2; i < argc; i++) {
        int level = atoi(argv[i]);
        printf("level %d\n", level);
        round_trip(level, data, back, size);
        stream_round_trip(level, data, back, size);
    }
    free(back);
    free(data);
    return 0;
}
