/* A plugin of QEMU's that counts the instructions which a program executes, and writes the number to the file `out`.
 * The declarations are those of qemu-plugin.h, which Debian does not package. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t plugin_id;
struct block;

void qemu_plugin_register_vcpu_tb_trans_cb(plugin_id, void (*)(plugin_id, struct block *));
void qemu_plugin_register_vcpu_tb_exec_inline(struct block *, int operation, void *number, uint64_t operand);
void qemu_plugin_register_atexit_cb(plugin_id, void (*)(plugin_id, void *), void *);
size_t qemu_plugin_tb_n_insns(const struct block *);

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

static const int add = 0;
static uint64_t count;
static char path[4096];

static void translated(plugin_id id, struct block *block) {
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_inline(block, add, &count, qemu_plugin_tb_n_insns(block));
}

static void ended(plugin_id id, void *data) {
    (void)id, (void)data;
    FILE *out = fopen(path, "w");
    if (out) {
        fprintf(out, "%llu\n", (unsigned long long)count);
        fclose(out);
    }
}

__attribute__((visibility("default"))) int qemu_plugin_install(plugin_id id, const void *info, int count_of_arguments,
                                                               char **arguments) {
    (void)info;
    if (count_of_arguments != 1 || strncmp(arguments[0], "out=", 4))
        return 1;
    strncpy(path, arguments[0] + 4, sizeof path - 1);
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    qemu_plugin_register_atexit_cb(id, ended, NULL);
    return 0;
}
