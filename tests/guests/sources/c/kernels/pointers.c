// Small allocations and the pointers between them: balanced trees that are built, searched, changed and
// freed, a hash table with chains whose keys are strings, and a list in random order that is walked.

#include "kernel.h"

#include <string.h>

enum { KEYS = 20000, BUCKETS = 4096, CELLS = 200000 };

// A treap: a search tree by key that is a heap by priority.
struct node {
    struct node *left, *right;
    uint32_t key, priority, count;
};

static struct node *turn_right(struct node *node) {
    struct node *up = node->left;
    node->left = up->right;
    up->right = node;
    return up;
}

static struct node *turn_left(struct node *node) {
    struct node *up = node->right;
    node->right = up->left;
    up->left = node;
    return up;
}

static struct node *insert(struct node *node, uint32_t key, uint64_t *seed) {
    if (node == NULL) {
        node = allocate(sizeof *node);
        *node = (struct node){NULL, NULL, key, next_random(seed), 1};
    } else if (key == node->key) {
        node->count++;
    } else if (key < node->key) {
        node->left = insert(node->left, key, seed);
        if (node->left->priority > node->priority) node = turn_right(node);
    } else {
        node->right = insert(node->right, key, seed);
        if (node->right->priority > node->priority) node = turn_left(node);
    }
    return node;
}

static struct node *discard(struct node *node, uint32_t key) {
    if (node == NULL) return NULL;
    if (key < node->key) {
        node->left = discard(node->left, key);
    } else if (key > node->key) {
        node->right = discard(node->right, key);
    } else if (node->left == NULL || node->right == NULL) {
        struct node *child = node->left != NULL ? node->left : node->right;
        free(node);
        return child;
    } else if (node->left->priority > node->right->priority) {
        node = turn_right(node);
        node->right = discard(node->right, key);
    } else {
        node = turn_left(node);
        node->left = discard(node->left, key);
    }
    return node;
}

static uint64_t sum_of(const struct node *node, uint64_t sum) {
    if (node == NULL) return sum;
    sum = sum_of(node->left, sum);
    sum = (sum ^ node->key) * 0x100000001b3u + node->count;
    return sum_of(node->right, sum);
}

static void free_tree(struct node *node) {
    if (node == NULL) return;
    free_tree(node->left);
    free_tree(node->right);
    free(node);
}

static uint64_t trees(uint64_t *seed) {
    struct node *root = NULL;
    uint64_t found = 0;
    for (int i = 0; i < KEYS; i++) root = insert(root, next_random(seed) % KEYS, seed);
    for (int i = 0; i < KEYS; i++) {
        uint32_t wanted = next_random(seed) % KEYS;
        const struct node *node = root;
        while (node != NULL && node->key != wanted) node = wanted < node->key ? node->left : node->right;
        found += node != NULL ? node->count : 0;
    }
    for (int i = 0; i < KEYS / 2; i++) root = discard(root, next_random(seed) % KEYS);
    uint64_t sum = sum_of(root, found);
    free_tree(root);
    return sum;
}

struct entry {
    struct entry *next;
    uint32_t hash, count;
    char key[];
};

static uint64_t words(uint64_t *seed) {
    static struct entry *buckets[BUCKETS];
    memset(buckets, 0, sizeof buckets);
    for (int i = 0; i < KEYS; i++) {
        char key[16];
        size_t size = 0;
        for (uint32_t rest = next_random(seed) % KEYS * 7919; rest != 0; rest /= 26) key[size++] = (char)('a' + rest % 26);
        key[size++] = 0;
        uint32_t hash = (uint32_t)checksum(CHECKSUM_START, key, size);
        struct entry **place = &buckets[hash % BUCKETS];
        while (*place != NULL && ((*place)->hash != hash || strcmp((*place)->key, key) != 0)) place = &(*place)->next;
        if (*place == NULL) {
            *place = allocate(sizeof **place + size);
            **place = (struct entry){NULL, hash, 0};
            memcpy((*place)->key, key, size);
        }
        (*place)->count++;
    }
    uint64_t sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
        for (struct entry *entry = buckets[i], *next; entry != NULL; entry = next) {
            sum = sum * 31 + entry->hash + entry->count;
            next = entry->next;
            free(entry);
        }
    }
    return sum;
}

struct cell {
    struct cell *next;
    uint32_t value;
};

static uint64_t walk(uint64_t *seed) {
    struct cell *cells = allocate(CELLS * sizeof *cells);
    uint32_t *order = allocate(CELLS * sizeof *order);
    for (uint32_t i = 0; i < CELLS; i++) order[i] = i;
    for (uint32_t i = CELLS - 1; i > 0; i--) {
        uint32_t other = next_random(seed) % (i + 1), swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
    }
    for (uint32_t i = 0; i < CELLS; i++) cells[order[i]] = (struct cell){&cells[order[(i + 1) % CELLS]], i};
    uint64_t sum = 0;
    const struct cell *cell = cells;
    for (int i = 0; i < 2 * CELLS; i++, cell = cell->next) sum = sum * 3 + cell->value;
    free(order);
    free(cells);
    return sum;
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint64_t seed = 10, sums[3] = {0};
    for (int i = 0; i < count; i++) {
        sums[0] += trees(&seed);
        sums[1] += words(&seed);
        sums[2] += walk(&seed);
    }
    print_bytes("trees, words, walk", sums, sizeof sums);
    return 0;
}
