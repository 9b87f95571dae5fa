/* Runs a WASI program under wasmtime's library, or compiles it beforehand:
 *
 *     run_wasmtime compile MODULE COMPILED
 *     run_wasmtime [--dir HOST::GUEST]... COMPILED [ARGUMENT]...
 *
 * The declarations are those of wasmtime's C API, whose headers are not in the package with the library. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Engine Engine;
typedef struct Store Store;
typedef struct Context Context;
typedef struct Module Module;
typedef struct Linker Linker;
typedef struct Wasi Wasi;
typedef struct Trap Trap;
typedef struct Error Error;
typedef struct {
    size_t size;
    char *data;
} Bytes;
/* Larger than wasmtime_func_t. */
typedef uint64_t Function[8];

Engine *wasm_engine_new(void);
Store *wasmtime_store_new(Engine *, void *, void *);
Context *wasmtime_store_context(Store *);
Error *wasmtime_module_new(Engine *, const uint8_t *, size_t, Module **);
Error *wasmtime_module_serialize(Module *, Bytes *);
Error *wasmtime_module_deserialize_file(Engine *, const char *, Module **);
Linker *wasmtime_linker_new(Engine *);
Error *wasmtime_linker_define_wasi(Linker *);
Error *wasmtime_linker_module(Linker *, Context *, const char *, size_t, const Module *);
Error *wasmtime_linker_get_default(Linker *, Context *, const char *, size_t, Function *);
Error *wasmtime_func_call(Context *, const Function *, const void *, size_t, void *, size_t, Trap **);
Error *wasmtime_context_set_wasi(Context *, Wasi *);
Wasi *wasi_config_new(void);
void wasi_config_inherit_stdin(Wasi *);
void wasi_config_inherit_stdout(Wasi *);
void wasi_config_inherit_stderr(Wasi *);
bool wasi_config_set_argv(Wasi *, size_t, const char **);
bool wasi_config_preopen_dir(Wasi *, const char *, const char *, size_t, size_t);
void wasmtime_error_message(const Error *, Bytes *);
bool wasmtime_error_exit_status(const Error *, int *);

static void check(Error *error) {
    int status;
    Bytes message;
    if (!error)
        return;
    if (wasmtime_error_exit_status(error, &status))
        exit(status);
    wasmtime_error_message(error, &message);
    fprintf(stderr, "%.*s\n", (int)message.size, message.data);
    exit(70);
}

static int compile(const char *from, const char *to) {
    FILE *file = fopen(from, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        return 66;
    size_t size = (size_t)ftell(file);
    uint8_t *bytes = malloc(size);
    rewind(file);
    if (fread(bytes, 1, size, file) != size)
        return 66;
    Module *module;
    Bytes compiled;
    check(wasmtime_module_new(wasm_engine_new(), bytes, size, &module));
    check(wasmtime_module_serialize(module, &compiled));
    file = fopen(to, "wb");
    return file && fwrite(compiled.data, 1, compiled.size, file) == compiled.size && !fclose(file) ? 0 : 74;
}

int main(int argc, char **argv) {
    if (argc == 4 && !strcmp(argv[1], "compile"))
        return compile(argv[2], argv[3]);
    enum { READ_AND_WRITE = 3 };
    Wasi *wasi = wasi_config_new();
    for (; argc > 3 && !strcmp(argv[1], "--dir"); argc -= 2, argv += 2) {
        char *guest = strstr(argv[2], "::");
        if (!guest)
            return 64;
        *guest = 0;
        if (!wasi_config_preopen_dir(wasi, argv[2], guest + 2, READ_AND_WRITE, READ_AND_WRITE))
            return 66;
    }
    wasi_config_inherit_stdin(wasi);
    wasi_config_inherit_stdout(wasi);
    wasi_config_inherit_stderr(wasi);
    wasi_config_set_argv(wasi, (size_t)argc - 1, (const char **)argv + 1);

    Engine *engine = wasm_engine_new();
    Context *context = wasmtime_store_context(wasmtime_store_new(engine, NULL, NULL));
    Linker *linker = wasmtime_linker_new(engine);
    Module *module;
    Function function;
    Trap *trap = NULL;
    check(wasmtime_module_deserialize_file(engine, argv[1], &module));
    check(wasmtime_linker_define_wasi(linker));
    check(wasmtime_context_set_wasi(context, wasi));
    check(wasmtime_linker_module(linker, context, "", 0, module));
    check(wasmtime_linker_get_default(linker, context, "", 0, &function));
    check(wasmtime_func_call(context, &function, NULL, 0, NULL, 0, &trap));
    return trap ? 134 : 0;
}
