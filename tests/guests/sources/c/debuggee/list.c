// What a debugger is asked about: a list, an array, an enumeration, parameters of each size. Sessions name its lines.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node {
    int value;
    const char *name;
    struct node *next;
    double weight;
};

enum color { RED, GREEN, BLUE };

static int counter = 7;
int table[4] = {1, 2, 3, 4};

static struct node *push(struct node *list, int value, const char *name) {
    struct node *made = malloc(sizeof *made);
    made->value = value;
    made->name = name;
    made->next = list;
    made->weight = value * 1.5;
    counter++;
    return made;
}

static int sum(const struct node *list) {
    int total = 0;
    for (const struct node *n = list; n; n = n->next) {
        total += n->value;
    }
    return total;
}

__attribute__((noinline)) int combine(int a, long long b, double c) {
    int local = a * 2;
    enum color col = GREEN;
    char text[16];
    strcpy(text, "hello");
    local += (int)b + (int)c + col;
    return local + text[0];
}

int main(int argc, char **argv) {
    struct node *list = NULL;
    for (int i = 1; i <= 3; i++) {
        list = push(list, i, "item");
    }
    printf("sum %d\n", sum(list));
    printf("%d\n", combine(3, 4, 5.5));
    return counter;
}
