// Grids whose points are computed from their neighbours: heat in two and three dimensions, a blur of
// bytes, and a sweep in which each point needs the one before it. Compiled twice, with and without
// vector instructions.

#include "kernel.h"

#include <string.h>

enum { SIDE = 320, DEPTH = 48 };

static double plane[SIDE][SIDE], next_plane[SIDE][SIDE];
static double cube[DEPTH][DEPTH][DEPTH], next_cube[DEPTH][DEPTH][DEPTH];
static uint8_t image[SIDE][SIDE], blurred[SIDE][SIDE];

static void heat_in_plane(double from[SIDE][SIDE], double to[SIDE][SIDE]) {
    for (int i = 1; i < SIDE - 1; i++) {
        for (int j = 1; j < SIDE - 1; j++) {
            to[i][j] = 0.2 * (from[i][j] + from[i][j - 1] + from[i][j + 1] + from[i - 1][j] + from[i + 1][j]);
        }
    }
}

static void heat_in_cube(double from[DEPTH][DEPTH][DEPTH], double to[DEPTH][DEPTH][DEPTH]) {
    for (int i = 1; i < DEPTH - 1; i++) {
        for (int j = 1; j < DEPTH - 1; j++) {
            for (int k = 1; k < DEPTH - 1; k++) {
                double here = from[i][j][k];
                to[i][j][k] = here + 0.125 * (from[i + 1][j][k] - 2 * here + from[i - 1][j][k]) +
                              0.125 * (from[i][j + 1][k] - 2 * here + from[i][j - 1][k]) +
                              0.125 * (from[i][j][k + 1] - 2 * here + from[i][j][k - 1]);
            }
        }
    }
}

static void sweep(double grid[SIDE][SIDE]) {
    for (int i = 1; i < SIDE - 1; i++) {
        for (int j = 1; j < SIDE - 1; j++) {
            grid[i][j] = (grid[i - 1][j] + grid[i][j - 1] + grid[i][j] + grid[i][j + 1] + grid[i + 1][j]) * 0.2;
        }
    }
}

static void blur(void) {
    for (int i = 1; i < SIDE - 1; i++) {
        for (int j = 1; j < SIDE - 1; j++) {
            unsigned sum = image[i - 1][j - 1] + 2 * image[i - 1][j] + image[i - 1][j + 1] + 2 * image[i][j - 1] +
                           4 * image[i][j] + 2 * image[i][j + 1] + image[i + 1][j - 1] + 2 * image[i + 1][j] +
                           image[i + 1][j + 1];
            blurred[i][j] = (uint8_t)((sum + 8) / 16 + (i ^ j) % 3);
        }
    }
    memcpy(image, blurred, sizeof image);
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint64_t seed = 4;
    fill(&plane[0][0], SIDE * SIDE, 5);
    fill(&cube[0][0][0], DEPTH * DEPTH * DEPTH, 6);
    for (int i = 0; i < SIDE * SIDE; i++) (&image[0][0])[i] = (uint8_t)next_random(&seed);
    memcpy(blurred, image, sizeof blurred);
    memcpy(next_plane, plane, sizeof plane);
    memcpy(next_cube, cube, sizeof cube);
    for (int i = 0; i < count; i++) {
        heat_in_plane(plane, next_plane);
        heat_in_plane(next_plane, plane);
        heat_in_cube(cube, next_cube);
        heat_in_cube(next_cube, cube);
        sweep(plane);
        blur();
    }
    print_bytes("plane", plane, sizeof plane);
    print_bytes("cube", cube, sizeof cube);
    print_bytes("image", image, sizeof image);
    return 0;
}
