// Dense linear algebra: a product of matrices, a factorization into triangles, and a product with a
// vector both ways. Compiled twice, with and without vector instructions.

#include "kernel.h"

enum { N = 192 };

static double a[N][N], b[N][N], c[N][N], x[N], y[N], z[N];
static float narrow_a[N][N], narrow_b[N][N], narrow_c[N][N];

static void multiply(void) {
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) c[i][j] *= 0.5;
        for (int k = 0; k < N; k++) {
            for (int j = 0; j < N; j++) c[i][j] += a[i][k] * b[k][j];
        }
    }
}

static void multiply_narrow(void) {
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < N; j++) narrow_c[i][j] *= 0.5f;
        for (int k = 0; k < N; k++) {
            for (int j = 0; j < N; j++) narrow_c[i][j] += narrow_a[i][k] * narrow_b[k][j];
        }
    }
}

// Leaves both triangles in `c`. The diagonal is made large, so that no row has to be exchanged.
static void factorize(void) {
    for (int i = 0; i < N; i++) c[i][i] += 1000 * N;
    for (int k = 0; k < N; k++) {
        for (int i = k + 1; i < N; i++) {
            c[i][k] /= c[k][k];
            for (int j = k + 1; j < N; j++) c[i][j] -= c[i][k] * c[k][j];
        }
    }
}

static void multiply_vectors(void) {
    for (int i = 0; i < N; i++) z[i] = 0;
    for (int i = 0; i < N; i++) {
        double sum = 0;
        for (int j = 0; j < N; j++) {
            sum += a[i][j] * x[j];
            z[j] += b[i][j] * x[i];
        }
        y[i] = sum;
    }
    for (int i = 0; i < N; i++) x[i] = (y[i] + z[i]) / (N * 2);
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    fill(&a[0][0], N * N, 1);
    fill(&b[0][0], N * N, 2);
    fill(x, N, 3);
    for (int i = 0; i < N * N; i++) {
        (&narrow_a[0][0])[i] = (float)(&a[0][0])[i];
        (&narrow_b[0][0])[i] = (float)(&b[0][0])[i];
    }
    for (int i = 0; i < count; i++) {
        multiply();
        multiply_narrow();
        factorize();
        for (int j = 0; j < 32; j++) multiply_vectors();
    }
    print_bytes("triangles", c, sizeof c);
    print_bytes("narrow product", narrow_c, sizeof narrow_c);
    print_bytes("vector", x, sizeof x);
    return 0;
}
