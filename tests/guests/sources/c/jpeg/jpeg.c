// Compresses and decompresses a generated picture: `jpeg <side> <repetitions>`.
//
// The profile is libjpeg's: that of mozjpeg computes with logarithms, of which C libraries give different last bits.

#include "checksum.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "jpeglib.h"

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (memory == NULL) {
        fprintf(stderr, "jpeg: out of memory\n");
        exit(1);
    }
    return memory;
}

// Slopes, discs with sharp edges, and a little noise.
static unsigned char *draw(int side) {
    unsigned char *picture = allocate((size_t)side * side * 3);
    uint64_t seed = 12;
    for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
            unsigned char *pixel = picture + 3 * ((size_t)y * side + x);
            int from_centre_x = x % 128 - 64, from_centre_y = y % 96 - 48;
            int inside = from_centre_x * from_centre_x + from_centre_y * from_centre_y < 1600;
            int noise = (int)(next_random(&seed) % 9);
            pixel[0] = (unsigned char)(inside ? 200 - x % 64 : x * 255 / side / 2 + noise);
            pixel[1] = (unsigned char)(inside ? 40 + noise : y * 255 / side);
            pixel[2] = (unsigned char)((x ^ y) % 255 / 2 + noise);
        }
    }
    return picture;
}

static void compress(const unsigned char *picture, int side, int quality, int progressive, unsigned char **packed,
                     unsigned long *size) {
    struct jpeg_compress_struct job;
    struct jpeg_error_mgr errors;
    job.err = jpeg_std_error(&errors);
    jpeg_create_compress(&job);
    jpeg_mem_dest(&job, packed, size);
    job.image_width = job.image_height = (JDIMENSION)side;
    job.input_components = 3;
    job.in_color_space = JCS_RGB;
    jpeg_c_set_int_param(&job, JINT_COMPRESS_PROFILE, JCP_FASTEST);
    jpeg_set_defaults(&job);
    jpeg_set_quality(&job, quality, TRUE);
    if (progressive) jpeg_simple_progression(&job);
    jpeg_start_compress(&job, TRUE);
    while (job.next_scanline < job.image_height) {
        JSAMPROW row = (JSAMPROW)(picture + (size_t)job.next_scanline * side * 3);
        jpeg_write_scanlines(&job, &row, 1);
    }
    jpeg_finish_compress(&job);
    jpeg_destroy_compress(&job);
}

static void decompress(const unsigned char *packed, unsigned long size, int side, unsigned char *picture) {
    struct jpeg_decompress_struct job;
    struct jpeg_error_mgr errors;
    job.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&job);
    jpeg_mem_src(&job, packed, size);
    jpeg_read_header(&job, TRUE);
    jpeg_start_decompress(&job);
    while (job.output_scanline < job.output_height) {
        JSAMPROW row = picture + (size_t)job.output_scanline * side * 3;
        jpeg_read_scanlines(&job, &row, 1);
    }
    jpeg_finish_decompress(&job);
    jpeg_destroy_decompress(&job);
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: jpeg <side> <repetitions>\n");
        return 2;
    }
    int side = atoi(argv[1]), repetitions = atoi(argv[2]);
    unsigned char *picture = draw(side), *back = allocate((size_t)side * side * 3);
    for (int i = 0; i < repetitions; i++) {
        int quality = 60 + i % 4 * 10, progressive = i % 3 == 2;
        unsigned char *packed = NULL;
        unsigned long size = 0;
        compress(picture, side, quality, progressive, &packed, &size);
        decompress(packed, size, side, back);
        printf("quality %d%s: %lu bytes, checksum %016" PRIx64 ", picture %016" PRIx64 "\n", quality,
               progressive ? ", progressive" : "", size, checksum(CHECKSUM_START, packed, size),
               checksum(CHECKSUM_START, back, (size_t)side * side * 3));
        free(packed);
    }
    free(back);
    free(picture);
    return 0;
}
