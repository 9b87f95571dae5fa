// An interpreter for a small register machine: one loop around one large `switch`, as in most scripting
// languages. The program it runs sieves primes, sorts random numbers, and calls functions.

#include "kernel.h"

enum { MEMORY = 8192, DEPTH = 64 };

enum operation {
    HALT, SET, MOVE, ADD, ADD_CONSTANT, SUBTRACT, MULTIPLY, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT,
    LOAD, STORE, JUMP, JUMP_IF_ZERO, JUMP_IF_LESS, JUMP_IF_EQUAL, JUMP_UNLESS_LESS, CALL, RETURN, EMIT, MINIMUM,
    MAXIMUM, NEGATE, NOT, ROTATE
};

struct instruction {
    uint8_t operation, a, b, c;
    int32_t constant;
};

static uint32_t memory[MEMORY];

static uint64_t interpret(const struct instruction *code, uint32_t argument, uint64_t sum) {
    uint32_t r[256] = {argument};
    uint32_t returns[DEPTH];
    uint32_t depth = 0;
    for (uint32_t pc = 0;;) {
        struct instruction i = code[pc++];
        switch ((enum operation)i.operation) {
        case HALT: return sum;
        case SET: r[i.a] = (uint32_t)i.constant; break;
        case MOVE: r[i.a] = r[i.b]; break;
        case ADD: r[i.a] = r[i.b] + r[i.c]; break;
        case ADD_CONSTANT: r[i.a] = r[i.b] + (uint32_t)i.constant; break;
        case SUBTRACT: r[i.a] = r[i.b] - r[i.c]; break;
        case MULTIPLY: r[i.a] = r[i.b] * r[i.c]; break;
        case REMAINDER: r[i.a] = r[i.c] == 0 ? 0 : r[i.b] % r[i.c]; break;
        case AND: r[i.a] = r[i.b] & r[i.c]; break;
        case OR: r[i.a] = r[i.b] | r[i.c]; break;
        case XOR: r[i.a] = r[i.b] ^ r[i.c]; break;
        case SHIFT_LEFT: r[i.a] = r[i.b] << (i.constant & 31); break;
        case SHIFT_RIGHT: r[i.a] = r[i.b] >> (i.constant & 31); break;
        case LOAD: r[i.a] = memory[(r[i.b] + (uint32_t)i.constant) % MEMORY]; break;
        case STORE: memory[(r[i.b] + (uint32_t)i.constant) % MEMORY] = r[i.a]; break;
        case JUMP: pc = (uint32_t)i.constant; break;
        case JUMP_IF_ZERO: if (r[i.a] == 0) pc = (uint32_t)i.constant; break;
        case JUMP_IF_LESS: if (r[i.a] < r[i.b]) pc = (uint32_t)i.constant; break;
        case JUMP_IF_EQUAL: if (r[i.a] == r[i.b]) pc = (uint32_t)i.constant; break;
        case JUMP_UNLESS_LESS: if (r[i.a] >= r[i.b]) pc = (uint32_t)i.constant; break;
        case CALL: returns[depth++ % DEPTH] = pc; pc = (uint32_t)i.constant; break;
        case RETURN: pc = returns[--depth % DEPTH]; break;
        case EMIT: sum = checksum(sum, &r[i.a], sizeof r[i.a]); break;
        case MINIMUM: r[i.a] = r[i.b] < r[i.c] ? r[i.b] : r[i.c]; break;
        case MAXIMUM: r[i.a] = r[i.b] > r[i.c] ? r[i.b] : r[i.c]; break;
        case NEGATE: r[i.a] = -r[i.b]; break;
        case NOT: r[i.a] = ~r[i.b]; break;
        case ROTATE: r[i.a] = r[i.b] << (i.constant & 31) | r[i.b] >> (-i.constant & 31); break;
        }
    }
}

// Registers: 0 the argument, 1 the limit, 2 and 3 indexes, 4 to 7 for a while, 8 the random state.
static const struct instruction program[] = {
    // Primes below 4000, marked in memory.
    {SET, 1, 0, 0, 4000},
    {SET, 2, 0, 0, 0},
    {SET, 4, 0, 0, 0},
    /* 3 */ {STORE, 4, 2, 0, 0},
    {ADD_CONSTANT, 2, 2, 0, 1},
    {JUMP_IF_LESS, 2, 1, 0, 3},
    {SET, 2, 0, 0, 2},
    {SET, 5, 0, 0, 1},
    {SET, 6, 0, 0, 0},
    /* 9 */ {LOAD, 4, 2, 0, 0},
    {JUMP_IF_EQUAL, 4, 5, 0, 16},
    {ADD_CONSTANT, 6, 6, 0, 1},
    {ADD, 3, 2, 2, 0},
    {JUMP_UNLESS_LESS, 3, 1, 0, 16},
    /* 14 */ {CALL, 0, 0, 0, 49},
    {JUMP_IF_LESS, 3, 1, 0, 14},
    /* 16 */ {ADD_CONSTANT, 2, 2, 0, 1},
    {JUMP_IF_LESS, 2, 1, 0, 9},
    {EMIT, 6, 0, 0, 0},
    // 256 random numbers, sorted by insertion.
    {SET, 1, 0, 0, 256},
    {SET, 2, 0, 0, 0},
    {ADD_CONSTANT, 8, 0, 0, 12345},
    /* 22 */ {SHIFT_LEFT, 4, 8, 0, 13},
    {XOR, 8, 8, 4, 0},
    {SHIFT_RIGHT, 4, 8, 0, 17},
    {XOR, 8, 8, 4, 0},
    {SHIFT_LEFT, 4, 8, 0, 5},
    {XOR, 8, 8, 4, 0},
    {MOVE, 3, 2, 0, 0},
    /* 29 */ {JUMP_IF_ZERO, 3, 0, 0, 34},
    {LOAD, 4, 3, 0, -1},
    {JUMP_UNLESS_LESS, 8, 4, 0, 34},
    {CALL, 0, 0, 0, 52},
    {JUMP, 0, 0, 0, 29},
    /* 34 */ {STORE, 8, 3, 0, 0},
    {ADD_CONSTANT, 2, 2, 0, 1},
    {JUMP_IF_LESS, 2, 1, 0, 22},
    // What is in the memory now, mixed.
    {SET, 2, 0, 0, 0},
    {SET, 6, 0, 0, 0},
    /* 39 */ {LOAD, 4, 2, 0, 0},
    {ROTATE, 6, 6, 0, 5},
    {MAXIMUM, 9, 4, 6, 0},
    {MINIMUM, 10, 4, 6, 0},
    {SUBTRACT, 6, 9, 10, 0},
    {NOT, 6, 6, 0, 0},
    {ADD_CONSTANT, 2, 2, 0, 1},
    {JUMP_IF_LESS, 2, 1, 0, 39},
    {EMIT, 6, 0, 0, 0},
    {HALT, 0, 0, 0, 0},
    // Marks 3 and goes on by 2.
    /* 49 */ {STORE, 5, 3, 0, 0},
    {ADD, 3, 3, 2, 0},
    {RETURN, 0, 0, 0, 0},
    // Moves 4 up into 3 and goes back by one.
    /* 52 */ {STORE, 4, 3, 0, 0},
    {ADD_CONSTANT, 3, 3, 0, -1},
    {RETURN, 0, 0, 0, 0},
};

int main(int argc, char **argv) {
    int count = repetitions(argc, argv);
    uint64_t sum = CHECKSUM_START;
    for (int i = 0; i < count * 10; i++) sum = interpret(program, (uint32_t)i, sum);
    printf("emitted %016" PRIx64 ", memory %016" PRIx64 "\n", sum, checksum(CHECKSUM_START, memory, sizeof memory));
    return 0;
}
