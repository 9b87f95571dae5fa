// Bodies that attract each other: floating point with a square root and a division in the inner loop,
// on a few structures that stay in the cache.

#include "kernel.h"

#include <math.h>

enum { BODIES = 12, STEPS = 10000 };

struct body {
    double position[3], velocity[3], mass;
};

static struct body bodies[BODIES];

static void advance(double step) {
    for (int i = 0; i < BODIES; i++) {
        struct body *one = &bodies[i];
        for (int j = i + 1; j < BODIES; j++) {
            struct body *other = &bodies[j];
            double x = one->position[0] - other->position[0];
            double y = one->position[1] - other->position[1];
            double z = one->position[2] - other->position[2];
            // Bodies that come close do not fly apart.
            double squared = x * x + y * y + z * z + 0.01;
            double strength = step / (squared * sqrt(squared));
            one->velocity[0] -= x * other->mass * strength;
            one->velocity[1] -= y * other->mass * strength;
            one->velocity[2] -= z * other->mass * strength;
            other->velocity[0] += x * one->mass * strength;
            other->velocity[1] += y * one->mass * strength;
            other->velocity[2] += z * one->mass * strength;
        }
    }
    for (int i = 0; i < BODIES; i++) {
        for (int axis = 0; axis < 3; axis++) bodies[i].position[axis] += step * bodies[i].velocity[axis];
    }
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    fill(&bodies[0].position[0], sizeof bodies / (sizeof(double)), 7);
    for (int i = 0; i < count; i++) {
        for (int step = 0; step < STEPS; step++) advance(1.0 / 4096);
    }
    print_bytes("bodies", bodies, sizeof bodies);
    return 0;
}
