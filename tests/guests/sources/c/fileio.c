// Exercises the file system, the clocks and the standard streams: `fileio <directory> [argument]...`.
//
// Reads standard input, works in a granted directory, and prints only what a Linux program prints too.
// It ends with exit status 7.

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "checksum.h"

#include <inttypes.h>

extern char **environ;

// The numbers and texts of errors differ between C libraries, so they are printed by their names in POSIX.
static const char *error_name(void) {
    switch (errno) {
    case ENOENT: return "ENOENT";
    case EEXIST: return "EEXIST";
    case EISDIR: return "EISDIR";
    case ENOTDIR: return "ENOTDIR";
    case ENOTEMPTY: return "ENOTEMPTY";
    case EBADF: return "EBADF";
    case EINVAL: return "EINVAL";
    case ELOOP: return "ELOOP";
    case ESPIPE: return "ESPIPE";
    case ENAMETOOLONG: return "ENAMETOOLONG";
    default: return strerror(errno);
    }
}

static void report(const char *what, long long result) {
    if (result < 0) printf("  %s: %s\n", what, error_name());
    else printf("  %s: %lld\n", what, result);
}

static void say(const char *what, int fine) { printf("  %s: %s\n", what, fine ? "yes" : "no"); }

static void section(const char *name) { printf("%s\n", name); }

static void arguments_and_environment(int argc, char **argv) {
    section("arguments and environment");
    for (int i = 1; i < argc; i++) printf("  argument %d: [%s]\n", i, argv[i]);
    for (char **variable = environ; *variable != NULL; variable++) printf("  variable: [%s]\n", *variable);
    const char *missing = getenv("NOT_SET");
    printf("  GREETING=%s NOT_SET=%s\n", getenv("GREETING"), missing ? missing : "(null)");
}

static void standard_input(void) {
    section("standard input");
    struct pollfd ready = {.fd = 0, .events = POLLIN};
    int polled = poll(&ready, 1, 10000);
    // At the end of a pipe Linux reports the hang-up alone, WASI data of size zero.
    printf("  poll: %d, ready %d\n", polled, (ready.revents & (POLLIN | POLLHUP)) != 0);
    char buffer[4096];
    uint64_t sum = CHECKSUM_START;
    long long total = 0;
    ssize_t count;
    while ((count = read(0, buffer, sizeof buffer)) > 0) {
        sum = checksum(sum, buffer, (size_t)count);
        total += count;
    }
    printf("  %lld bytes, checksum %016" PRIx64 "\n", total, sum);
    report("read at the end", read(0, buffer, sizeof buffer));
    say("terminal", isatty(0));
}

// Calls `readv` or `writev` until all parts are done: WASI hosts may stop after any of them.
static long long transfer(ssize_t (*call)(int, const struct iovec *, int), int fd, struct iovec *parts, int count) {
    long long total = 0;
    while (count > 0) {
        ssize_t moved = call(fd, parts, count);
        if (moved < 0) return -1;
        if (moved == 0 && parts->iov_len > 0) break;
        total += moved;
        for (; count > 0 && (size_t)moved >= parts->iov_len; parts++, count--) moved -= (ssize_t)parts->iov_len;
        if (count > 0) {
            parts->iov_base = (char *)parts->iov_base + moved;
            parts->iov_len -= (size_t)moved;
        }
    }
    return total;
}

static void reading_and_writing(void) {
    section("reading and writing");
    char buffer[64] = "";
    int fd = open("a.txt", O_RDWR | O_CREAT | O_EXCL, 0644);
    say("created", fd >= 0);
    report("create again", open("a.txt", O_RDWR | O_CREAT | O_EXCL, 0644));
    report("write", write(fd, "0123456789abcdef", 16));
    report("seek", lseek(fd, 4, SEEK_SET));
    report("read", read(fd, buffer, 6));
    printf("  contents: %s\n", buffer);
    report("tell", lseek(fd, 0, SEEK_CUR));
    report("seek from the end", lseek(fd, -3, SEEK_END));
    report("seek before the start", lseek(fd, -100, SEEK_SET));
    report("positioned write", pwrite(fd, "XY", 2, 1));
    memset(buffer, 0, sizeof buffer);
    report("positioned read", pread(fd, buffer, 8, 0));
    printf("  contents: %s\n", buffer);
    report("position unchanged", lseek(fd, 0, SEEK_CUR));
    struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two", 3}};
    report("gathering write", transfer(writev, fd, parts, 3));
    char left[5] = "", right[12] = "";
    struct iovec into[2] = {{left, 4}, {right, 11}};
    lseek(fd, 8, SEEK_SET);
    report("scattering read", transfer(readv, fd, into, 2));
    printf("  contents: [%s] [%s]\n", left, right);
    report("read at the end", read(fd, buffer, sizeof buffer));
    report("sync", fsync(fd));
    report("data sync", fdatasync(fd));
    report("close", close(fd));
    report("close again", close(fd));
    report("read from a closed file", read(fd, buffer, 1));
}

static void sizes(void) {
    section("sizes");
    struct stat status;
    int fd = open("a.txt", O_RDWR);
    report("truncate", ftruncate(fd, 100));
    fstat(fd, &status);
    report("size", status.st_size);
    report("past the end", lseek(fd, 1000, SEEK_SET));
    report("write after a hole", write(fd, "!", 1));
    fstat(fd, &status);
    report("size", status.st_size);
    char hole[8];
    report("read the hole", pread(fd, hole, 8, 500));
    say("hole is zero", memcmp(hole, "\0\0\0\0\0\0\0\0", 8) == 0);
    report("shrink", ftruncate(fd, 5));
    report("size by seeking", lseek(fd, 0, SEEK_END));
    close(fd);
    fd = open("a.txt", O_WRONLY | O_APPEND);
    report("append", write(fd, "+++", 3));
    lseek(fd, 0, SEEK_SET);
    report("append after seeking", write(fd, "***", 3));
    say("append flag", (fcntl(fd, F_GETFL) & O_APPEND) != 0);
    report("read from a write-only file", read(fd, hole, 1));
    close(fd);
    fd = open("a.txt", O_RDWR | O_TRUNC);
    report("size after O_TRUNC", lseek(fd, 0, SEEK_END));
    close(fd);
}

static void large_file(void) {
    section("large file");
    enum { SIZE = 1 << 20 };
    unsigned char *block = malloc(SIZE);
    uint64_t seed = 5;
    for (int i = 0; i < SIZE; i++) block[i] = (unsigned char)next_random(&seed);
    FILE *file = fopen("large.bin", "wb+");
    for (int i = 0; i < 3; i++) report("fwrite", (long long)fwrite(block, 1, SIZE, file));
    fprintf(file, "%s %d %.3f\n", "formatted", 42, 2.5);
    report("ftell", ftell(file));
    rewind(file);
    uint64_t sum = CHECKSUM_START;
    size_t count;
    while ((count = fread(block, 1, 10007, file)) > 0) sum = checksum(sum, block, count);
    printf("  checksum %016" PRIx64 "\n", sum);
    fseek(file, 3L * SIZE, SEEK_SET);
    char word[16];
    int number;
    float fraction;
    report("fscanf", fscanf(file, "%15s %d %f", word, &number, &fraction));
    printf("  %s %d %.3f\n", word, number, fraction);
    fclose(file);
    free(block);
}

static int by_name(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static void list(const char *path) {
    char *names[512];
    int count = 0;
    DIR *directory = opendir(path);
    if (directory == NULL) {
        printf("  list %s: %s\n", path, error_name());
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(directory)) != NULL && count < 512) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) names[count++] = strdup(entry->d_name);
    }
    closedir(directory);
    qsort(names, (size_t)count, sizeof *names, by_name);
    uint64_t sum = CHECKSUM_START;
    printf("  list %s: %d entries:", path, count);
    for (int i = 0; i < count; i++) {
        if (i < 8) printf(" %s", names[i]);
        sum = checksum(sum, names[i], strlen(names[i]) + 1);
        free(names[i]);
    }
    printf(", checksum %016" PRIx64 "\n", sum);
}

static void touch(const char *path) { close(open(path, O_WRONLY | O_CREAT, 0644)); }

// Returns one of many names of different lengths; the next call overwrites it.
static const char *entry(int number) {
    static char path[128];
    int size = snprintf(path, sizeof path, "dir/many/entry-%03d-", number);
    memset(path + size, 'x', (size_t)(number % 60));
    path[size + number % 60] = '\0';
    return path;
}

static void directories(void) {
    section("directories");
    report("mkdir", mkdir("dir", 0755));
    report("mkdir again", mkdir("dir", 0755));
    report("mkdir without parent", mkdir("none/dir", 0755));
    report("mkdir", mkdir("dir/many", 0755));
    // So many that one call cannot return them all.
    for (int i = 0; i < 300; i++) touch(entry(i));
    list("dir");
    list("dir/many");
    list("a.txt");
    list("missing");
    report("rmdir not empty", rmdir("dir"));
    report("unlink a directory", unlink("dir"));
    report("rmdir a file", rmdir("a.txt"));
    report("open a directory for writing", open("dir", O_WRONLY));
    report("a file as directory", open("a.txt/b", O_RDONLY));
    report("O_DIRECTORY on a file", open("a.txt", O_RDONLY | O_DIRECTORY));
    DIR *directory = opendir("dir/many");
    for (int i = 0; i < 5; i++) readdir(directory);
    rewinddir(directory);
    int count = 0;
    while (readdir(directory) != NULL) count++;
    closedir(directory);
    say("rewinding sees all", count >= 300);
    for (int i = 0; i < 300; i++) unlink(entry(i));
    list("dir/many");
    report("rmdir", rmdir("dir/many"));
}

static void renaming(void) {
    section("renaming and removing");
    touch("from.txt");
    report("rename", rename("from.txt", "dir/to.txt"));
    report("rename a missing file", rename("from.txt", "dir/again.txt"));
    touch("other.txt");
    report("rename over a file", rename("other.txt", "dir/to.txt"));
    mkdir("dir/inner", 0755);
    report("rename a directory", rename("dir/inner", "moved"));
    report("rename a file over a directory", rename("dir/to.txt", "moved"));
    report("unlink", unlink("dir/to.txt"));
    report("unlink again", unlink("dir/to.txt"));
    report("rmdir", rmdir("moved"));
    int fd = open("ghost.txt", O_RDWR | O_CREAT, 0644);
    report("unlink while open", unlink("ghost.txt"));
    report("write after unlink", write(fd, "boo", 3));
    char buffer[4] = "";
    report("read after unlink", pread(fd, buffer, 3, 0));
    printf("  contents: %s\n", buffer);
    close(fd);
    report("access", access("a.txt", R_OK | W_OK));
    report("access a missing file", access("ghost.txt", F_OK));
}

static void links(void) {
    section("links");
    struct stat status;
    char target[64] = "";
    report("symlink", symlink("a.txt", "soft"));
    report("readlink", readlink("soft", target, sizeof target - 1));
    printf("  target: %s\n", target);
    report("readlink of a file", readlink("a.txt", target, sizeof target - 1));
    lstat("soft", &status);
    say("is a link", S_ISLNK(status.st_mode));
    stat("soft", &status);
    say("leads to a file", S_ISREG(status.st_mode));
    report("O_NOFOLLOW", open("soft", O_RDONLY | O_NOFOLLOW));
    symlink("loop-b", "loop-a");
    symlink("loop-a", "loop-b");
    report("loop", open("loop-a", O_RDONLY));
    symlink("nowhere", "dangling");
    report("dangling", open("dangling", O_RDONLY));
    symlink("../dir", "dir/up");
    int fd = open("dir/up/up/through.txt", O_WRONLY | O_CREAT, 0644);
    say("through links with ..", fd >= 0);
    close(fd);
    list("dir");
    report("link", link("a.txt", "hard"));
    stat("hard", &status);
    report("link count", (long long)status.st_nlink);
    report("unlink", unlink("hard"));
}

static void times(void) {
    section("times");
    struct stat status;
    struct timespec fixed[2] = {{.tv_sec = 1000000000, .tv_nsec = 500}, {.tv_sec = 1234567890, .tv_nsec = 123456789}};
    report("utimensat", utimensat(AT_FDCWD, "a.txt", fixed, 0));
    stat("a.txt", &status);
    printf("  modified %lld.%09ld, accessed %lld\n", (long long)status.st_mtim.tv_sec, (long)status.st_mtim.tv_nsec,
           (long long)status.st_atim.tv_sec);
    say("is a file", S_ISREG(status.st_mode));
    stat("dir", &status);
    say("is a directory", S_ISDIR(status.st_mode));
    int fd = open("a.txt", O_WRONLY);
    fixed[1].tv_sec = 2000000000;
    report("futimens", futimens(fd, fixed));
    fstat(fd, &status);
    printf("  modified %lld\n", (long long)status.st_mtim.tv_sec);
    close(fd);
}

static long long nanoseconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void clocks(void) {
    section("clocks");
    long long before = nanoseconds(CLOCK_MONOTONIC);
    struct timespec pause = {.tv_nsec = 20000000};
    report("nanosleep", nanosleep(&pause, NULL));
    long long slept = nanoseconds(CLOCK_MONOTONIC) - before;
    say("slept about 20 ms", slept >= 20000000 && slept < 5000000000LL);
    before = nanoseconds(CLOCK_MONOTONIC);
    report("poll for nothing", poll(NULL, 0, 15));
    slept = nanoseconds(CLOCK_MONOTONIC) - before;
    say("polled about 15 ms", slept >= 15000000 && slept < 5000000000LL);
    say("after 2023", nanoseconds(CLOCK_REALTIME) > 1700000000000000000LL && time(NULL) > 1700000000);
    struct timespec resolution = {0};
    report("resolution", clock_getres(CLOCK_MONOTONIC, &resolution));
    say("resolution below a second", resolution.tv_sec == 0 && resolution.tv_nsec > 0);
    long long previous = nanoseconds(CLOCK_MONOTONIC);
    int monotonic = 1;
    for (int i = 0; i < 1000; i++) {
        long long now = nanoseconds(CLOCK_MONOTONIC);
        monotonic &= now >= previous;
        previous = now;
    }
    say("monotonic", monotonic);
    report("yield", sched_yield());
}

static void randomness(void) {
    section("randomness");
    unsigned char first[256] = {0}, second[256] = {0};
    report("getentropy", getentropy(first, sizeof first));
    report("getentropy", getentropy(second, sizeof second));
    int seen[256] = {0}, distinct = 0;
    for (int i = 0; i < 256; i++) distinct += seen[first[i]]++ == 0;
    say("differs", memcmp(first, second, sizeof first) != 0);
    say("varied", distinct > 100);
}

static void standard_output(void) {
    section("standard output");
    fflush(stdout);
    struct iovec parts[2] = {{"  gathered ", 11}, {"output\n", 7}};
    transfer(writev, 1, parts, 2);
    for (int i = 0; i < 2000; i++) printf("  line %d of a long output, more than a pipe holds at once\n", i);
    report("seek on a stream", lseek(1, 0, SEEK_CUR));
    fputs("this goes to standard error\n", stderr);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: fileio <directory> [argument]...\n");
        return 2;
    }
    arguments_and_environment(argc, argv);
    standard_input();
    report("chdir to a missing directory", chdir("missing"));
    report("chdir", chdir(argv[1]));
    reading_and_writing();
    sizes();
    large_file();
    directories();
    renaming();
    links();
    times();
    clocks();
    randomness();
    list(".");
    standard_output();
    exit(7);
}
