// Makes every call of WASI preview 1 by itself, past the C library: `calls <status> [argument]...`.
//
// Expects the directories `data`, granted for changes, and `readonly`, granted for reading, with what
// `programs/calls.rs` puts there. Prints a line for each call and what it gave, without times, device and inode
// numbers: these differ from run to run. Ends with the status it is told to.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

// The header of this C library has lost it.
__attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_raise"))) int32_t proc_raise(int32_t signal);

enum { DATA = 3, READ_ONLY = 4, FOLLOW = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW };

#define READ __WASI_RIGHTS_FD_READ
#define WRITE __WASI_RIGHTS_FD_WRITE
// As many as there are: wasmtime ends a program that asks for more.
#define ALL (((__wasi_rights_t)1 << 30) - 1)

static const char *name(__wasi_errno_t error) {
    static const char *const names[] = {
        "success", "2big", "acces", "addrinuse", "addrnotavail", "afnosupport", "again", "already", "badf", "badmsg",
        "busy", "canceled", "child", "connaborted", "connrefused", "connreset", "deadlk", "destaddrreq", "dom", "dquot",
        "exist", "fault", "fbig", "hostunreach", "idrm", "ilseq", "inprogress", "intr", "inval", "io",
        "isconn", "isdir", "loop", "mfile", "mlink", "msgsize", "multihop", "nametoolong", "netdown", "netreset",
        "netunreach", "nfile", "nobufs", "nodev", "noent", "noexec", "nolck", "nolink", "nomem", "nomsg",
        "noprotoopt", "nospc", "nosys", "notconn", "notdir", "notempty", "notrecoverable", "notsock", "notsup", "notty",
        "nxio", "overflow", "ownerdead", "perm", "pipe", "proto", "protonosupport", "prototype", "range", "rofs",
        "spipe", "srch", "stale", "timedout", "txtbsy", "xdev", "notcapable",
    };
    return error < sizeof names / sizeof *names ? names[error] : "unknown";
}

static void say(const char *what, __wasi_errno_t error) { printf("%s: %s\n", what, name(error)); }

// Prints what a call gave besides success, or the error.
static void gave(const char *what, __wasi_errno_t error, unsigned long long value) {
    if (error == 0) printf("%s: %llu\n", what, value);
    else say(what, error);
}

static __wasi_fd_t opened(const char *path, __wasi_oflags_t oflags, __wasi_rights_t rights, __wasi_fdflags_t flags) {
    __wasi_fd_t fd = 1000;
    __wasi_errno_t error = __wasi_path_open(DATA, FOLLOW, path, oflags, rights, rights, flags, &fd);
    if (error != 0) printf("path_open %s: %s\n", path, name(error));
    return fd;
}

static void try_open(const char *what, __wasi_fd_t from, __wasi_lookupflags_t lookup, const char *path,
                     __wasi_oflags_t oflags, __wasi_rights_t rights) {
    __wasi_fd_t fd;
    __wasi_errno_t error = __wasi_path_open(from, lookup, path, oflags, rights, rights, 0, &fd);
    printf("path_open %s: %s\n", what, name(error));
    if (error == 0) __wasi_fd_close(fd);
}

static void arguments(void) {
    __wasi_size_t count = 0, size = 0;
    say("args_sizes_get", __wasi_args_sizes_get(&count, &size));
    uint8_t **pointers = calloc(count + 1, sizeof *pointers), *bytes = malloc(size + 1);
    say("args_get", __wasi_args_get(pointers, bytes));
    // The first one is the program's own name, which is the engine's to choose.
    for (__wasi_size_t i = 1; i < count; i++) printf("args_get %u: [%s]\n", (unsigned)i, (char *)pointers[i]);

    say("environ_sizes_get", __wasi_environ_sizes_get(&count, &size));
    printf("environ_sizes_get: %u variables, %u bytes\n", (unsigned)count, (unsigned)size);
    pointers = calloc(count + 1, sizeof *pointers), bytes = malloc(size + 1);
    say("environ_get", __wasi_environ_get(pointers, bytes));
    for (__wasi_size_t i = 0; i < count; i++) printf("environ_get: [%s]\n", (char *)pointers[i]);
}

static void clocks(void) {
    static const char *const clocks[] = {"realtime", "monotonic", "process", "thread"};
    for (__wasi_clockid_t clock = 0; clock < 4; clock++) {
        __wasi_timestamp_t before = 0, after = 0, resolution = 0;
        __wasi_errno_t error = __wasi_clock_res_get(clock, &resolution);
        printf("clock_res_get %s: %s, %s\n", clocks[clock], name(error), resolution > 0 ? "positive" : "zero");
        error = __wasi_clock_time_get(clock, 1, &before);
        __wasi_clock_time_get(clock, 1, &after);
        printf("clock_time_get %s: %s, %s\n", clocks[clock], name(error), after >= before ? "forward" : "backward");
    }
    __wasi_timestamp_t now = 0;
    __wasi_clock_time_get(__WASI_CLOCKID_REALTIME, 1, &now);
    printf("clock_time_get realtime: after 2023 %d\n", now > 1700000000000000000ULL);

    uint8_t random[64] = {0}, other[64] = {0};
    say("random_get", __wasi_random_get(random, sizeof random));
    say("random_get", __wasi_random_get(other, sizeof other));
    printf("random_get: differs %d\n", memcmp(random, other, sizeof random) != 0);
    say("random_get nothing", __wasi_random_get(random, 0));
    say("sched_yield", __wasi_sched_yield());
}

static void granted(void) {
    for (__wasi_fd_t fd = 0; fd < 6; fd++) {
        __wasi_prestat_t granted = {.tag = 99};
        __wasi_errno_t error = __wasi_fd_prestat_get(fd, &granted);
        printf("fd_prestat_get %u: %s\n", (unsigned)fd, name(error));
        if (error != 0) continue;
        char path[64] = "";
        error = __wasi_fd_prestat_dir_name(fd, (uint8_t *)path, granted.u.dir.pr_name_len);
        printf("fd_prestat_dir_name %u: %s, tag %u, [%s]\n", (unsigned)fd, name(error), granted.tag, path);
        say("fd_prestat_dir_name too short", __wasi_fd_prestat_dir_name(fd, (uint8_t *)path, 1));
    }
}

static void show_fdstat(const char *what, __wasi_fd_t fd) {
    __wasi_fdstat_t stat;
    memset(&stat, 0, sizeof stat);
    __wasi_errno_t error = __wasi_fd_fdstat_get(fd, &stat);
    printf("fd_fdstat_get %s: %s, type %u, flags %u\n", what, name(error), stat.fs_filetype, stat.fs_flags);
    printf("fd_fdstat_get rights %s: %llx, %llx\n", what, (unsigned long long)stat.fs_rights_base,
           (unsigned long long)stat.fs_rights_inheriting);
}

static void show_filestat(const char *what, __wasi_errno_t error, const __wasi_filestat_t *stat, int with_size) {
    printf("%s: %s", what, name(error));
    if (error == 0) printf(", type %u, links %llu", stat->filetype, (unsigned long long)stat->nlink);
    // The size of a directory is the file system's affair.
    if (error == 0 && with_size) printf(", size %llu", (unsigned long long)stat->size);
    printf("\n");
}

static void descriptors(void) {
    __wasi_filestat_t stat;
    __wasi_fd_t file = opened("file.txt", 0, READ | WRITE, 0), reading = opened("file.txt", 0, READ, 0);
    __wasi_fd_t directory = opened("sub", __WASI_OFLAGS_DIRECTORY, READ, 0);
    printf("path_open: numbers %u %u %u\n", (unsigned)file, (unsigned)reading, (unsigned)directory);
    show_fdstat("of standard input", 0);
    show_fdstat("of standard output", 1);
    show_fdstat("of a granted directory", DATA);
    show_fdstat("of a file", file);
    show_fdstat("of a file to read", reading);
    show_fdstat("of a directory", directory);
    say("fd_fdstat_get of nothing", __wasi_fd_fdstat_get(99, &(__wasi_fdstat_t){0}));

    say("fd_fdstat_set_flags append", __wasi_fd_fdstat_set_flags(file, __WASI_FDFLAGS_APPEND));
    show_fdstat("of a file that appends", file);
    say("fd_fdstat_set_flags none", __wasi_fd_fdstat_set_flags(file, 0));
    say("fd_fdstat_set_flags of nothing", __wasi_fd_fdstat_set_flags(99, 0));
    say("fd_fdstat_set_rights", __wasi_fd_fdstat_set_rights(reading, READ, READ));
    say("fd_fdstat_set_rights of nothing", __wasi_fd_fdstat_set_rights(99, 0, 0));

    show_filestat("fd_filestat_get of a file", __wasi_fd_filestat_get(file, &stat), &stat, 1);
    show_filestat("fd_filestat_get of a directory", __wasi_fd_filestat_get(directory, &stat), &stat, 0);
    say("fd_filestat_get of nothing", __wasi_fd_filestat_get(99, &stat));
    say("fd_filestat_set_size", __wasi_fd_filestat_set_size(file, 20));
    show_filestat("fd_filestat_get after growing", __wasi_fd_filestat_get(file, &stat), &stat, 1);
    say("fd_filestat_set_size back", __wasi_fd_filestat_set_size(file, 10));
    say("fd_filestat_set_size of a directory", __wasi_fd_filestat_set_size(directory, 10));

    __wasi_fstflags_t both = __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM;
    say("fd_filestat_set_times", __wasi_fd_filestat_set_times(file, 1000000001, 2000000002, both));
    __wasi_fd_filestat_get(file, &stat);
    printf("fd_filestat_set_times: %llu %llu\n", (unsigned long long)stat.atim, (unsigned long long)stat.mtim);
    say("fd_filestat_set_times now", __wasi_fd_filestat_set_times(file, 0, 0, __WASI_FSTFLAGS_MTIM_NOW));
    __wasi_fd_filestat_get(file, &stat);
    printf("fd_filestat_set_times now: %llu %d\n", (unsigned long long)stat.atim, stat.mtim > 1700000000000000000ULL);
    say("fd_filestat_set_times both given and now",
        __wasi_fd_filestat_set_times(file, 0, 0, __WASI_FSTFLAGS_MTIM | __WASI_FSTFLAGS_MTIM_NOW));
    say("fd_filestat_set_times of nothing", __wasi_fd_filestat_set_times(99, 0, 0, 0));

    say("fd_advise", __wasi_fd_advise(file, 0, 10, __WASI_ADVICE_SEQUENTIAL));
    say("fd_advise to the end", __wasi_fd_advise(file, 0, 0, __WASI_ADVICE_WILLNEED));
    say("fd_advise of nothing", __wasi_fd_advise(99, 0, 0, __WASI_ADVICE_NORMAL));
    say("fd_allocate", __wasi_fd_allocate(file, 0, 64));
    __wasi_fd_filestat_set_size(file, 10);
    say("fd_allocate of nothing", __wasi_fd_allocate(99, 0, 1));
    say("fd_sync", __wasi_fd_sync(file));
    say("fd_sync of a directory", __wasi_fd_sync(directory));
    say("fd_sync of nothing", __wasi_fd_sync(99));
    say("fd_datasync", __wasi_fd_datasync(file));
    say("fd_datasync of nothing", __wasi_fd_datasync(99));

    __wasi_fd_t second = opened("other.txt", 0, READ, 0);
    say("fd_renumber", __wasi_fd_renumber(second, reading));
    char bytes[8] = "";
    __wasi_size_t count = 0;
    __wasi_iovec_t buffer = {(uint8_t *)bytes, 5};
    gave("fd_renumber, then fd_read", __wasi_fd_read(reading, &buffer, 1, &count), count);
    printf("fd_renumber: [%s]\n", bytes);
    say("fd_renumber from nothing", __wasi_fd_renumber(second, file));
    say("fd_renumber to nothing", __wasi_fd_renumber(file, 99));
    say("fd_renumber to itself", __wasi_fd_renumber(file, file));
    say("fd_close", __wasi_fd_close(reading));
    say("fd_close again", __wasi_fd_close(reading));
    say("fd_close", __wasi_fd_close(file));
    say("fd_close of a directory", __wasi_fd_close(directory));
}

static void transfers(void) {
    __wasi_fd_t file = opened("transfer", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, READ | WRITE, 0);
    __wasi_size_t count = 0;
    __wasi_filesize_t position = 0;
    char bytes[16];
    // One buffer with bytes in it: hosts may stop after any.
    __wasi_ciovec_t out = {(const uint8_t *)"0123456789", 10};
    gave("fd_write", __wasi_fd_write(file, &out, 1, &count), count);
    gave("fd_write nothing", __wasi_fd_write(file, &out, 0, &count), count);
    gave("fd_tell", __wasi_fd_tell(file, &position), position);
    gave("fd_seek from the start", __wasi_fd_seek(file, 3, __WASI_WHENCE_SET, &position), position);
    gave("fd_seek from here", __wasi_fd_seek(file, 2, __WASI_WHENCE_CUR, &position), position);
    gave("fd_seek from the end", __wasi_fd_seek(file, -4, __WASI_WHENCE_END, &position), position);
    gave("fd_seek before the start", __wasi_fd_seek(file, -40, __WASI_WHENCE_CUR, &position), position);
    gave("fd_seek past the end", __wasi_fd_seek(file, 40, __WASI_WHENCE_SET, &position), position);
    gave("fd_seek of standard output", __wasi_fd_seek(1, 0, __WASI_WHENCE_CUR, &position), position);
    gave("fd_seek of a directory", __wasi_fd_seek(DATA, 0, __WASI_WHENCE_CUR, &position), position);
    gave("fd_tell of nothing", __wasi_fd_tell(99, &position), position);
    out = (__wasi_ciovec_t){(const uint8_t *)"AB", 2};
    gave("fd_pwrite", __wasi_fd_pwrite(file, &out, 1, 4, &count), count);
    memset(bytes, 0, sizeof bytes);
    __wasi_iovec_t in = {(uint8_t *)bytes, 5};
    gave("fd_pread", __wasi_fd_pread(file, &in, 1, 2, &count), count);
    printf("fd_pread: [%s]\n", bytes);
    gave("fd_pread at the end", __wasi_fd_pread(file, &in, 1, 10, &count), count);
    gave("fd_tell after these", __wasi_fd_tell(file, &position), position);
    gave("fd_read past the end", __wasi_fd_read(file, &in, 1, &count), count);
    __wasi_fd_seek(file, 0, __WASI_WHENCE_SET, &position);
    gave("fd_read", __wasi_fd_read(file, &in, 1, &count), count);
    printf("fd_read: [%s]\n", bytes);
    gave("fd_pread of standard input", __wasi_fd_pread(0, &in, 1, 0, &count), count);
    gave("fd_pwrite of standard output", __wasi_fd_pwrite(1, &out, 1, 0, &count), count);
    gave("fd_read of a directory", __wasi_fd_read(DATA, &in, 1, &count), count);
    gave("fd_write of a directory", __wasi_fd_write(DATA, &out, 1, &count), count);
    gave("fd_read of standard output", __wasi_fd_read(1, &in, 1, &count), count);
    gave("fd_write of standard input", __wasi_fd_write(0, &out, 1, &count), count);
    gave("fd_read of nothing", __wasi_fd_read(99, &in, 1, &count), count);
    __wasi_fd_close(file);

    __wasi_fd_t reading = opened("transfer", 0, READ, 0);
    gave("fd_write of a file to read", __wasi_fd_write(reading, &out, 1, &count), count);
    gave("fd_pwrite of a file to read", __wasi_fd_pwrite(reading, &out, 1, 0, &count), count);
    __wasi_fd_close(reading);
    __wasi_fd_t writing = opened("transfer", 0, WRITE, __WASI_FDFLAGS_APPEND);
    gave("fd_read of a file to write", __wasi_fd_read(writing, &in, 1, &count), count);
    gave("fd_write at the end", __wasi_fd_write(writing, &out, 1, &count), count);
    __wasi_fd_close(writing);

    memset(bytes, 0, sizeof bytes);
    in = (__wasi_iovec_t){(uint8_t *)bytes, sizeof bytes - 1};
    gave("fd_read of standard input", __wasi_fd_read(0, &in, 1, &count), count);
    printf("fd_read of standard input: [%s]\n", bytes);
    gave("fd_read of its end", __wasi_fd_read(0, &in, 1, &count), count);
}

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

// Lists a directory with a buffer that holds a few entries only.
static void list(const char *what, __wasi_fd_t fd, __wasi_size_t size) {
    char *lines[64];
    int count = 0;
    __wasi_dircookie_t cookie = 0;
    uint8_t *buffer = malloc(size);
    for (;;) {
        __wasi_size_t used = 0, at = 0;
        __wasi_errno_t error = __wasi_fd_readdir(fd, buffer, size, cookie, &used);
        if (error != 0) return (void)printf("fd_readdir %s: %s\n", what, name(error));
        while (count < 64 && used - at >= sizeof(__wasi_dirent_t)) {
            __wasi_dirent_t entry;
            memcpy(&entry, buffer + at, sizeof entry);
            if (used - at - sizeof entry < entry.d_namlen) break;
            lines[count] = malloc(300);
            snprintf(lines[count++], 300, "%.*s %u", (int)entry.d_namlen, (char *)buffer + at + sizeof entry,
                     entry.d_type);
            at += sizeof entry + entry.d_namlen;
            cookie = entry.d_next;
        }
        if (used < size) break;
    }
    qsort(lines, (size_t)count, sizeof *lines, by_text);
    for (int i = 0; i < count; i++) printf("fd_readdir %s: %s\n", what, lines[i]);
}

static void directories(void) {
    say("path_create_directory", __wasi_path_create_directory(DATA, "made"));
    say("path_create_directory again", __wasi_path_create_directory(DATA, "made"));
    say("path_create_directory without parent", __wasi_path_create_directory(DATA, "none/made"));
    say("path_create_directory below a file", __wasi_path_create_directory(DATA, "file.txt/made"));
    say("path_create_directory outside", __wasi_path_create_directory(DATA, "../made"));
    say("path_create_directory where it may not", __wasi_path_create_directory(READ_ONLY, "made"));
    say("path_create_directory with a slash", __wasi_path_create_directory(DATA, "made/inner/"));
    say("path_create_directory of a file", __wasi_path_create_directory(0, "made"));
    list("large", DATA, 4096);
    list("small", DATA, 64);
    list("read only", READ_ONLY, 4096);
    list("a stream", 0, 64);
    say("path_remove_directory not empty", __wasi_path_remove_directory(DATA, "made"));
    say("path_remove_directory", __wasi_path_remove_directory(DATA, "made/inner"));
    say("path_remove_directory again", __wasi_path_remove_directory(DATA, "made/inner"));
    say("path_remove_directory of a file", __wasi_path_remove_directory(DATA, "file.txt"));
    say("path_remove_directory outside", __wasi_path_remove_directory(DATA, ".."));
    say("path_remove_directory where it may not", __wasi_path_remove_directory(READ_ONLY, "empty"));
    say("path_rename of a directory", __wasi_path_rename(DATA, "made", DATA, "sub/renamed"));
    say("path_rename of nothing", __wasi_path_rename(DATA, "made", DATA, "again"));
    say("path_rename outside", __wasi_path_rename(DATA, "file.txt", DATA, "../file.txt"));
    say("path_rename from where it may not", __wasi_path_rename(READ_ONLY, "file.txt", DATA, "stolen"));
    say("path_rename to where it may not", __wasi_path_rename(DATA, "file.txt", READ_ONLY, "new"));
    say("path_rename over a directory", __wasi_path_rename(DATA, "file.txt", DATA, "sub"));
    say("path_rename into itself", __wasi_path_rename(DATA, "sub", DATA, "sub/inner"));
}

static void files(void) {
    try_open("a file", DATA, FOLLOW, "file.txt", 0, READ);
    try_open("all rights", DATA, FOLLOW, "file.txt", 0, ALL);
    try_open("nothing", DATA, FOLLOW, "nothing", 0, READ);
    try_open("an empty path", DATA, FOLLOW, "", 0, READ);
    try_open("a file as directory", DATA, FOLLOW, "file.txt", __WASI_OFLAGS_DIRECTORY, READ);
    try_open("below a file", DATA, FOLLOW, "file.txt/below", 0, READ);
    try_open("a file with a slash", DATA, FOLLOW, "file.txt/", 0, READ);
    try_open("a directory", DATA, FOLLOW, "sub", 0, READ);
    try_open("a directory to write", DATA, FOLLOW, "sub", 0, READ | WRITE);
    try_open("what is there anew", DATA, FOLLOW, "file.txt", __WASI_OFLAGS_CREAT | __WASI_OFLAGS_EXCL, WRITE);
    try_open("a new one", DATA, FOLLOW, "created", __WASI_OFLAGS_CREAT, WRITE);
    try_open("to cut it off", DATA, FOLLOW, "cut.txt", __WASI_OFLAGS_TRUNC, WRITE);
    try_open("outside", DATA, FOLLOW, "../secret.txt", 0, READ);
    try_open("an absolute path", DATA, FOLLOW, "/data/file.txt", 0, READ);
    try_open("through a link", DATA, FOLLOW, "link", 0, READ);
    try_open("a link", DATA, 0, "link", 0, READ);
    try_open("through a link outside", DATA, FOLLOW, "link-outside", 0, READ);
    try_open("through a loop", DATA, FOLLOW, "loop", 0, READ);
    try_open("by way of nothing", DATA, FOLLOW, "nothing/../file.txt", 0, READ);
    try_open("by way of a directory", DATA, FOLLOW, "sub/../file.txt", 0, READ);
    try_open("where it may", READ_ONLY, FOLLOW, "file.txt", 0, READ);
    try_open("to write where it may not", READ_ONLY, FOLLOW, "file.txt", 0, WRITE);
    try_open("a new one where it may not", READ_ONLY, FOLLOW, "new", __WASI_OFLAGS_CREAT, READ);
    try_open("to cut it off where it may not", READ_ONLY, FOLLOW, "file.txt", __WASI_OFLAGS_TRUNC, READ);
    try_open("from a stream", 0, FOLLOW, "file.txt", 0, READ);
    try_open("from nothing", 99, FOLLOW, "file.txt", 0, READ);

    __wasi_filestat_t stat;
    show_filestat("path_filestat_get", __wasi_path_filestat_get(DATA, FOLLOW, "file.txt", &stat), &stat, 1);
    show_filestat("path_filestat_get of a directory", __wasi_path_filestat_get(DATA, 0, "sub", &stat), &stat, 0);
    show_filestat("path_filestat_get of a link", __wasi_path_filestat_get(DATA, 0, "link", &stat), &stat, 1);
    show_filestat("path_filestat_get through it", __wasi_path_filestat_get(DATA, FOLLOW, "link", &stat), &stat, 1);
    show_filestat("path_filestat_get outside", __wasi_path_filestat_get(DATA, 0, "../secret.txt", &stat), &stat, 1);
    show_filestat("path_filestat_get of nothing", __wasi_path_filestat_get(DATA, 0, "nothing", &stat), &stat, 1);
    __wasi_fstflags_t both = __WASI_FSTFLAGS_ATIM | __WASI_FSTFLAGS_MTIM;
    say("path_filestat_set_times", __wasi_path_filestat_set_times(DATA, FOLLOW, "link", 1000000003, 2000000004, both));
    __wasi_path_filestat_get(DATA, 0, "file.txt", &stat);
    printf("path_filestat_set_times: %llu %llu\n", (unsigned long long)stat.atim, (unsigned long long)stat.mtim);
    say("path_filestat_set_times of a link", __wasi_path_filestat_set_times(DATA, 0, "link", 5, 6, both));
    __wasi_path_filestat_get(DATA, 0, "link", &stat);
    printf("path_filestat_set_times of a link: %llu\n", (unsigned long long)stat.mtim);
    say("path_filestat_set_times of nothing", __wasi_path_filestat_set_times(DATA, 0, "nothing", 0, 0, both));
    say("path_filestat_set_times where it may not",
        __wasi_path_filestat_set_times(READ_ONLY, 0, "file.txt", 0, 0, both));

    say("path_unlink_file", __wasi_path_unlink_file(DATA, "created"));
    say("path_unlink_file again", __wasi_path_unlink_file(DATA, "created"));
    say("path_unlink_file of a directory", __wasi_path_unlink_file(DATA, "sub"));
    say("path_unlink_file with a slash", __wasi_path_unlink_file(DATA, "file.txt/"));
    say("path_unlink_file outside", __wasi_path_unlink_file(DATA, "../secret.txt"));
    say("path_unlink_file where it may not", __wasi_path_unlink_file(READ_ONLY, "file.txt"));
    say("path_rename of a file", __wasi_path_rename(DATA, "other.txt", DATA, "sub/other.txt"));
}

static void links(void) {
    __wasi_filestat_t stat;
    say("path_link", __wasi_path_link(DATA, 0, "file.txt", DATA, "hard"));
    show_filestat("path_link", __wasi_path_filestat_get(DATA, 0, "hard", &stat), &stat, 1);
    say("path_link again", __wasi_path_link(DATA, 0, "file.txt", DATA, "hard"));
    say("path_link of nothing", __wasi_path_link(DATA, 0, "nothing", DATA, "harder"));
    say("path_link of a directory", __wasi_path_link(DATA, 0, "sub", DATA, "harder"));
    say("path_link of a link", __wasi_path_link(DATA, 0, "link", DATA, "hard-link"));
    say("path_link through a link", __wasi_path_link(DATA, FOLLOW, "link", DATA, "harder"));
    say("path_link outside", __wasi_path_link(DATA, 0, "file.txt", DATA, "../hard"));
    say("path_link from where it may not", __wasi_path_link(READ_ONLY, 0, "file.txt", DATA, "harder"));
    say("path_link to where it may not", __wasi_path_link(DATA, 0, "file.txt", READ_ONLY, "hard"));

    say("path_symlink", __wasi_path_symlink("file.txt", DATA, "soft"));
    say("path_symlink again", __wasi_path_symlink("file.txt", DATA, "soft"));
    say("path_symlink to the outside", __wasi_path_symlink("../secret.txt", DATA, "soft-outside"));
    say("path_symlink to nothing", __wasi_path_symlink("nothing", DATA, "sub/dangling"));
    say("path_symlink to an absolute path", __wasi_path_symlink("/etc/passwd", DATA, "absolute"));
    say("path_symlink outside", __wasi_path_symlink("file.txt", DATA, "../soft"));
    say("path_symlink where it may not", __wasi_path_symlink("file.txt", READ_ONLY, "soft"));

    uint8_t text[64];
    __wasi_size_t count = 0;
    gave("path_readlink", __wasi_path_readlink(DATA, "soft", text, sizeof text, &count), count);
    printf("path_readlink: [%.*s]\n", (int)count, (char *)text);
    gave("path_readlink cut off", __wasi_path_readlink(DATA, "soft", text, 3, &count), count);
    printf("path_readlink cut off: [%.*s]\n", (int)count, (char *)text);
    gave("path_readlink of one that leads out", __wasi_path_readlink(DATA, "link-outside", text, 64, &count), count);
    gave("path_readlink of a file", __wasi_path_readlink(DATA, "file.txt", text, sizeof text, &count), count);
    gave("path_readlink of nothing", __wasi_path_readlink(DATA, "nothing", text, sizeof text, &count), count);
    gave("path_readlink outside", __wasi_path_readlink(DATA, "../link", text, sizeof text, &count), count);
    gave("path_readlink where it may", __wasi_path_readlink(READ_ONLY, "link", text, sizeof text, &count), count);
}

static void show_events(const char *what, __wasi_errno_t error, const __wasi_event_t *events, __wasi_size_t count) {
    printf("poll_oneoff %s: %s, %u events\n", what, name(error), (unsigned)count);
    for (__wasi_size_t i = 0; error == 0 && i < count; i++) {
        printf("poll_oneoff %s: %llu, type %u, %s\n", what, (unsigned long long)events[i].userdata, events[i].type,
               name(events[i].error));
    }
}

static void waiting(void) {
    __wasi_subscription_t wanted[2];
    __wasi_event_t events[2];
    __wasi_size_t count = 0;
    memset(wanted, 0, sizeof wanted);
    memset(events, 0, sizeof events);
    wanted[0].userdata = 41;
    wanted[0].u.tag = __WASI_EVENTTYPE_CLOCK;
    wanted[0].u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    wanted[0].u.u.clock.timeout = 5000000;
    __wasi_timestamp_t before, after;
    __wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &before);
    show_events("clock", __wasi_poll_oneoff(wanted, events, 1, &count), events, count);
    __wasi_clock_time_get(__WASI_CLOCKID_MONOTONIC, 1, &after);
    printf("poll_oneoff clock: waited %d\n", after - before >= 5000000);

    // At a time that is long past.
    wanted[0].u.u.clock.timeout = 1;
    wanted[0].u.u.clock.flags = __WASI_SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME;
    show_events("past", __wasi_poll_oneoff(wanted, events, 1, &count), events, count);

    __wasi_fd_t file = opened("file.txt", 0, READ | WRITE, 0);
    wanted[0].userdata = 42;
    wanted[0].u.tag = __WASI_EVENTTYPE_FD_READ;
    wanted[0].u.u.fd_read.file_descriptor = file;
    show_events("file", __wasi_poll_oneoff(wanted, events, 1, &count), events, count);
    printf("poll_oneoff file: %llu bytes\n", (unsigned long long)events[0].fd_readwrite.nbytes);
    wanted[0].u.tag = __WASI_EVENTTYPE_FD_WRITE;
    show_events("file to write", __wasi_poll_oneoff(wanted, events, 1, &count), events, count);
    // Of two that are ready, wasmtime may find one only: the other one is an hour away.
    wanted[1].userdata = 43;
    wanted[1].u.tag = __WASI_EVENTTYPE_CLOCK;
    wanted[1].u.u.clock.id = __WASI_CLOCKID_MONOTONIC;
    wanted[1].u.u.clock.timeout = 3600000000000;
    show_events("file and clock", __wasi_poll_oneoff(wanted, events, 2, &count), events, count);
    __wasi_fd_close(file);
    show_events("nothing", __wasi_poll_oneoff(wanted, events, 0, &count), events, count);
}

static void sockets(void) {
    __wasi_fd_t accepted = 0;
    __wasi_size_t count = 0;
    __wasi_roflags_t flags = 0;
    uint8_t bytes[4] = {0};
    __wasi_iovec_t in = {bytes, sizeof bytes};
    __wasi_ciovec_t out = {bytes, sizeof bytes};
    __wasi_fd_t file = opened("file.txt", 0, READ | WRITE, 0);
    static const char *const kinds[] = {"a file", "a stream", "a directory"};
    __wasi_fd_t fds[] = {file, 1, DATA};
    for (int i = 0; i < 3; i++) {
        printf("sock_accept of %s: %s\n", kinds[i], name(__wasi_sock_accept(fds[i], 0, &accepted)));
        printf("sock_recv of %s: %s\n", kinds[i], name(__wasi_sock_recv(fds[i], &in, 1, 0, &count, &flags)));
        printf("sock_send of %s: %s\n", kinds[i], name(__wasi_sock_send(fds[i], &out, 1, 0, &count)));
        printf("sock_shutdown of %s: %s\n", kinds[i], name(__wasi_sock_shutdown(fds[i], __WASI_SDFLAGS_WR)));
    }
    __wasi_fd_close(file);
}

int main(int argc, char **argv) {
    arguments();
    clocks();
    granted();
    descriptors();
    transfers();
    directories();
    files();
    links();
    waiting();
    sockets();
    say("proc_raise", (__wasi_errno_t)proc_raise(9));
    fflush(stdout);
    __wasi_proc_exit(argc > 1 ? (__wasi_exitcode_t)atoi(argv[1]) : 0);
}
