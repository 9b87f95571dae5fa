// Integers as embedded programs use them, after the plan of CoreMark: a linked list that is searched,
// reversed and sorted, a matrix of 16-bit numbers, a state machine that reads numbers, and a bitwise
// cyclic redundancy check of all results.

#include "kernel.h"

#include <string.h>

enum { ITEMS = 400, SIDE = 24, TEXT = 2048, STATES = 8, ROUNDS = 200 };

struct item {
    struct item *next;
    int16_t key, value;
};

static struct item pool[ITEMS];
static int16_t left[SIDE][SIDE], right[SIDE][SIDE];
static int32_t product[SIDE][SIDE];
static char text[TEXT];

static uint16_t crc(uint16_t crc, uint32_t data) {
    for (int bit = 0; bit < 32; bit++) {
        uint32_t carry = (crc ^ data) & 1;
        crc >>= 1;
        data >>= 1;
        if (carry) crc ^= 0xa001;
    }
    return crc;
}

static struct item *reverse(struct item *list) {
    struct item *reversed = NULL;
    while (list != NULL) {
        struct item *next = list->next;
        list->next = reversed;
        reversed = list;
        list = next;
    }
    return reversed;
}

static int by_key(const struct item *one, const struct item *other) { return one->key - other->key; }
static int by_value(const struct item *one, const struct item *other) { return one->value - other->value; }

// Merges runs of growing length, without recursion.
static struct item *sort(struct item *list, int (*order)(const struct item *, const struct item *)) {
    for (int length = 1;; length *= 2) {
        struct item *rest = list, *head = NULL, **tail = &head;
        int merges = 0;
        while (rest != NULL) {
            struct item *one = rest, *other = rest;
            int ones = 0, others = length;
            while (ones < length && other != NULL) {
                other = other->next;
                ones++;
            }
            merges++;
            while (ones > 0 || (others > 0 && other != NULL)) {
                int take_one = ones > 0 && (others == 0 || other == NULL || order(one, other) <= 0);
                struct item **from = take_one ? &one : &other;
                take_one ? ones-- : others--;
                *tail = *from;
                tail = &(*from)->next;
                *from = (*from)->next;
            }
            rest = other;
        }
        *tail = NULL;
        list = head;
        if (merges <= 1) return list;
    }
}

static uint16_t lists(uint16_t sum, uint64_t *seed) {
    for (int i = 0; i < ITEMS; i++) {
        pool[i].next = i + 1 < ITEMS ? &pool[i + 1] : NULL;
        pool[i].key = (int16_t)next_random(seed);
        pool[i].value = (int16_t)i;
    }
    struct item *list = sort(pool, by_key);
    for (int wanted = 0; wanted < 40; wanted++) {
        int position = 0;
        for (struct item *item = list; item != NULL && item->value != wanted * 10; item = item->next) position++;
        sum = crc(sum, (uint32_t)position);
        list = reverse(list);
    }
    list = sort(list, by_value);
    for (struct item *item = list; item != NULL; item = item->next) sum = crc(sum, (uint16_t)item->key);
    return sum;
}

static uint16_t matrices(uint16_t sum, uint64_t *seed) {
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            left[i][j] = (int16_t)next_random(seed);
            right[i][j] = (int16_t)next_random(seed);
        }
    }
    for (int i = 0; i < SIDE; i++) {
        for (int j = 0; j < SIDE; j++) {
            uint32_t cell = 0;
            for (int k = 0; k < SIDE; k++) {
                int32_t term = left[i][k] * right[k][j];
                cell += (uint32_t)((term >> 2 & 0xf) * (term >> 5 & 0x7f));
            }
            product[i][j] = (int32_t)cell;
            left[i][j] = (int16_t)(left[i][j] + (int16_t)cell);
        }
        sum = crc(sum, (uint32_t)product[i][SIDE - 1 - i]);
    }
    return sum;
}

enum state { START, SIGN, INTEGER, POINT, FRACTION, EXPONENT, SCALE, INVALID };

static enum state step(enum state state, char c) {
    int digit = c >= '0' && c <= '9';
    switch (state) {
    case START:
        return digit ? INTEGER : c == '+' || c == '-' ? SIGN : c == '.' ? POINT : INVALID;
    case SIGN:
        return digit ? INTEGER : c == '.' ? POINT : INVALID;
    case INTEGER:
        return digit ? INTEGER : c == '.' ? FRACTION : c == 'e' ? EXPONENT : INVALID;
    case POINT:
    case FRACTION:
        return digit ? FRACTION : c == 'e' && state == FRACTION ? EXPONENT : INVALID;
    case EXPONENT:
        return digit ? SCALE : c == '-' ? SCALE : INVALID;
    case SCALE:
        return digit ? SCALE : INVALID;
    default:
        return INVALID;
    }
}

static uint16_t numbers(uint16_t sum, uint64_t *seed) {
    static const char *const pieces[] = {"5012", "-87", "+1.5", ".25e3", "3e-10", "T0.3", "7e", "--12", "110.700", "x"};
    size_t size = 0;
    while (size < TEXT - 16) {
        const char *piece = pieces[next_random(seed) % 10];
        memcpy(text + size, piece, strlen(piece));
        size += strlen(piece);
        text[size++] = ',';
    }
    uint32_t ends[STATES] = {0}, visits[STATES] = {0};
    enum state state = START;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == ',') {
            ends[state]++;
            state = START;
        } else {
            state = step(state, text[i]);
            visits[state]++;
        }
    }
    for (int i = 0; i < STATES; i++) sum = crc(crc(sum, ends[i]), visits[i]);
    return sum;
}

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint64_t seed = 8;
    uint16_t sum = 0;
    for (int i = 0; i < count * ROUNDS; i++) sum = numbers(matrices(lists(sum, &seed), &seed), &seed);
    printf("crc %04x\n", sum);
    return 0;
}
