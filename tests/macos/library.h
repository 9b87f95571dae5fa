// A function of `libSystem`, by its name in a program.
struct function {
    const char *name;
    void *address;
};

// All there are; the last one has no name.
extern const struct function library[];
