// Runs a JavaScript file: `quickjs <script> [argument]...`.
//
// The script sees the language's own library and, besides, `print`, `scriptArgs`, `readFile(path)`,
// `writeFile(path, text)` and `getenv(name)`. An uncaught exception goes to standard error; the exit status is 1.

#include "quickjs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Returns the contents of a file, ended by a zero, or NULL with `errno` set.
static char *load(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) return NULL;
    size_t capacity = 4096;
    char *bytes = malloc(capacity);
    *size = 0;
    while (bytes != NULL) {
        size_t count = fread(bytes + *size, 1, capacity - *size - 1, file);
        if (count == 0) break;
        *size += count;
        if (*size + 1 == capacity) bytes = realloc(bytes, capacity *= 2);
    }
    fclose(file);
    if (bytes != NULL) bytes[*size] = '\0';
    return bytes;
}

static JSValue print(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
    for (int i = 0; i < argc; i++) {
        size_t size;
        const char *text = JS_ToCStringLen(context, &size, argv[i]);
        if (text == NULL) return JS_EXCEPTION;
        if (i > 0) putchar(' ');
        fwrite(text, 1, size, stdout);
        JS_FreeCString(context, text);
    }
    putchar('\n');
    return JS_UNDEFINED;
}

static JSValue read_file(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
    const char *path = JS_ToCString(context, argv[0]);
    if (path == NULL) return JS_EXCEPTION;
    size_t size;
    char *text = load(path, &size);
    JSValue result = text == NULL ? JS_ThrowTypeError(context, "cannot read %s: %s", path, strerror(errno))
                                  : JS_NewStringLen(context, text, size);
    free(text);
    JS_FreeCString(context, path);
    return result;
}

static JSValue write_file(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
    size_t size;
    const char *path = JS_ToCString(context, argv[0]);
    const char *text = JS_ToCStringLen(context, &size, argv[1]);
    JSValue result = JS_EXCEPTION;
    if (path != NULL && text != NULL) {
        FILE *file = fopen(path, "wb");
        result = file != NULL && fwrite(text, 1, size, file) == size && fclose(file) == 0
                     ? JS_UNDEFINED
                     : JS_ThrowTypeError(context, "cannot write %s: %s", path, strerror(errno));
    }
    JS_FreeCString(context, path);
    JS_FreeCString(context, text);
    return result;
}

static JSValue environment(JSContext *context, JSValueConst self, int argc, JSValueConst *argv) {
    const char *name = JS_ToCString(context, argv[0]);
    if (name == NULL) return JS_EXCEPTION;
    const char *value = getenv(name);
    JS_FreeCString(context, name);
    return value == NULL ? JS_UNDEFINED : JS_NewString(context, value);
}

static void define_globals(JSContext *context, int argc, char **argv) {
    JSValue global = JS_GetGlobalObject(context);
    JSValue arguments = JS_NewArray(context);
    for (int i = 1; i < argc; i++) JS_SetPropertyUint32(context, arguments, (uint32_t)i - 1, JS_NewString(context, argv[i]));
    JS_SetPropertyStr(context, global, "scriptArgs", arguments);
    JS_SetPropertyStr(context, global, "print", JS_NewCFunction(context, print, "print", 1));
    JS_SetPropertyStr(context, global, "readFile", JS_NewCFunction(context, read_file, "readFile", 1));
    JS_SetPropertyStr(context, global, "writeFile", JS_NewCFunction(context, write_file, "writeFile", 2));
    JS_SetPropertyStr(context, global, "getenv", JS_NewCFunction(context, environment, "getenv", 1));
    JS_FreeValue(context, global);
}

static void report_exception(JSContext *context) {
    JSValue exception = JS_GetException(context);
    JSValue stack = JS_GetPropertyStr(context, exception, "stack");
    const char *message = JS_ToCString(context, exception);
    const char *trace = JS_IsUndefined(stack) ? NULL : JS_ToCString(context, stack);
    fprintf(stderr, "%s\n%s", message ? message : "(no message)", trace ? trace : "");
    JS_FreeCString(context, message);
    if (trace != NULL) JS_FreeCString(context, trace);
    JS_FreeValue(context, stack);
    JS_FreeValue(context, exception);
}

// Runs the script and then every job that its promises left behind; returns the exit status.
static int run(JSRuntime *runtime, JSContext *context, const char *path) {
    size_t size;
    char *source = load(path, &size);
    if (source == NULL) {
        fprintf(stderr, "quickjs: %s: %s\n", path, strerror(errno));
        return 2;
    }
    JSValue value = JS_Eval(context, source, size, path, JS_EVAL_TYPE_GLOBAL);
    free(source);
    int status = 0;
    if (JS_IsException(value)) {
        report_exception(context);
        status = 1;
    }
    JS_FreeValue(context, value);
    JSContext *of_job;
    int jobs;
    while ((jobs = JS_ExecutePendingJob(runtime, &of_job)) != 0) {
        if (jobs < 0) {
            report_exception(of_job);
            status = 1;
        }
    }
    return status;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: quickjs <script> [argument]...\n");
        return 2;
    }
    JSRuntime *runtime = JS_NewRuntime();
    JSContext *context = JS_NewContext(runtime);
    define_globals(context, argc, argv);
    int status = run(runtime, context, argv[1]);
    JS_FreeContext(context);
    JS_FreeRuntime(runtime);
    return status;
}
