// Calls through tables: objects of several kinds with methods, a pipeline of filters, comparisons given
// to a sort, and a tree of expressions whose nodes know how to evaluate themselves.

#include "kernel.h"

enum { SHAPES = 1000, NUMBERS = 4000, NODES = 2047, PASSES = 100 };

struct shape;
struct methods {
    int32_t (*area)(const struct shape *);
    void (*grow)(struct shape *, int32_t);
    int32_t (*weight)(const struct shape *, int32_t);
};
struct shape {
    const struct methods *methods;
    int32_t width, height;
};

static int32_t square_area(const struct shape *shape) { return shape->width * shape->width; }
static int32_t box_area(const struct shape *shape) { return shape->width * shape->height; }
static int32_t corner_area(const struct shape *shape) { return shape->width * shape->height / 2; }
static void grow_both(struct shape *shape, int32_t by) {
    shape->width = (shape->width + by) & 0x3ff;
    shape->height = (shape->height + by) & 0x3ff;
}
static void grow_width(struct shape *shape, int32_t by) { shape->width = (shape->width + 2 * by) & 0x3ff; }
static int32_t light(const struct shape *shape, int32_t factor) { return shape->methods->area(shape) * factor; }
static int32_t heavy(const struct shape *shape, int32_t factor) { return shape->methods->area(shape) * factor * 7 + 1; }

static const struct methods kinds[] = {
    {square_area, grow_width, light}, {box_area, grow_both, light},   {corner_area, grow_both, heavy},
    {box_area, grow_width, heavy},    {square_area, grow_both, light}};

static uint32_t shapes(uint64_t *seed) {
    static struct shape all[SHAPES];
    for (int i = 0; i < SHAPES; i++) {
        all[i] = (struct shape){&kinds[next_random(seed) % 5], (int32_t)(next_random(seed) & 0x3ff), i & 0x3ff};
    }
    uint32_t sum = 0;
    for (int pass = 0; pass < PASSES; pass++) {
        for (int i = 0; i < SHAPES; i++) {
            all[i].methods->grow(&all[i], pass);
            sum += (uint32_t)all[i].methods->weight(&all[i], pass & 15);
        }
    }
    return sum;
}

typedef uint32_t filter(uint32_t);
static uint32_t add(uint32_t x) { return x + 0x9e3779b9; }
static uint32_t rotate(uint32_t x) { return x << 7 | x >> 25; }
static uint32_t invert(uint32_t x) { return ~x; }
static uint32_t mix(uint32_t x) { return x ^ x >> 15; }
static uint32_t multiply(uint32_t x) { return x * 0x85ebca6b; }

static uint32_t filters(uint64_t *seed) {
    static filter *const known[] = {add, rotate, invert, mix, multiply};
    filter *pipeline[8];
    for (int i = 0; i < 8; i++) pipeline[i] = known[next_random(seed) % 5];
    uint32_t sum = 0;
    for (uint32_t i = 0; i < 16 * NUMBERS; i++) {
        uint32_t x = i;
        for (int stage = 0; stage < 8; stage++) x = pipeline[stage](x);
        sum += x;
    }
    return sum;
}

static int ascending(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
    return (a > b) - (a < b);
}
static int by_low_bits(const void *one, const void *other) {
    uint32_t a = *(const uint32_t *)one * 40503, b = *(const uint32_t *)other * 40503;
    return (a > b) - (a < b);
}

// Sorts by heap: the C libraries' `qsort` differ.
static void sort(uint32_t *numbers, size_t count, int (*order)(const void *, const void *)) {
    for (size_t built = count / 2, left = count; left > 1;) {
        uint32_t sinking;
        if (built > 0) {
            sinking = numbers[--built];
        } else {
            sinking = numbers[--left];
            numbers[left] = numbers[0];
        }
        size_t hole = built;
        for (size_t child; (child = 2 * hole + 1) < left; hole = child) {
            if (child + 1 < left && order(&numbers[child], &numbers[child + 1]) < 0) child++;
            if (order(&sinking, &numbers[child]) >= 0) break;
            numbers[hole] = numbers[child];
        }
        numbers[hole] = sinking;
    }
}

static uint32_t sorts(uint64_t *seed) {
    static uint32_t numbers[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) numbers[i] = next_random(seed);
    sort(numbers, NUMBERS, by_low_bits);
    uint32_t sum = numbers[NUMBERS / 3];
    sort(numbers, NUMBERS, ascending);
    return sum ^ numbers[NUMBERS / 2];
}

struct node;
typedef int32_t evaluate(const struct node *, int32_t);
struct node {
    evaluate *evaluate;
    const struct node *left, *right;
    int32_t constant;
};

static int32_t sum_of(const struct node *node, int32_t x) {
    return (int32_t)((uint32_t)node->left->evaluate(node->left, x) + (uint32_t)node->right->evaluate(node->right, x));
}
static int32_t product_of(const struct node *node, int32_t x) {
    return (int32_t)((uint32_t)node->left->evaluate(node->left, x) * (uint32_t)node->right->evaluate(node->right, x));
}
static int32_t choice_of(const struct node *node, int32_t x) {
    const struct node *chosen = x & node->constant ? node->left : node->right;
    return chosen->evaluate(chosen, x >> 1);
}
static int32_t constant(const struct node *node, int32_t x) { return node->constant; }
static int32_t variable(const struct node *node, int32_t x) { return x; }

static uint32_t expressions(uint64_t *seed) {
    static evaluate *const inner[] = {sum_of, product_of, choice_of};
    static struct node nodes[NODES];
    for (int i = NODES - 1; i >= 0; i--) {
        int is_leaf = 2 * i + 2 >= NODES;
        evaluate *kind = is_leaf ? (next_random(seed) & 1 ? constant : variable) : inner[next_random(seed) % 3];
        nodes[i] = (struct node){kind, is_leaf ? NULL : &nodes[2 * i + 1], is_leaf ? NULL : &nodes[2 * i + 2],
                                 (int32_t)(next_random(seed) % 64)};
    }
    uint32_t sum = 0;
    for (int32_t x = 0; x < 600; x++) sum += (uint32_t)nodes[0].evaluate(nodes, x);
    return sum;
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint64_t seed = 9;
    uint32_t sums[4] = {0};
    for (int i = 0; i < count; i++) {
        sums[0] += shapes(&seed);
        sums[1] += filters(&seed);
        sums[2] += sorts(&seed);
        sums[3] += expressions(&seed);
    }
    print_bytes("shapes, filters, sorts, expressions", sums, sizeof sums);
    return 0;
}
