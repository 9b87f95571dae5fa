// The functions of `libSystem` that programs by wasmc call, made of those of Linux: numbers, flags and records are translated,
// and what no program of ours should ever ask for ends it.
//
// On AArch64, arguments without a declared type are on the stack there; functions with such have parameters for the registers
// before it (`REGISTERS_AFTER_…`).

#define _GNU_SOURCE
#include "library.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifdef __aarch64__
#define REGISTERS_AFTER_2 long r2, long r3, long r4, long r5, long r6, long r7,
#define REGISTERS_AFTER_3 long r3, long r4, long r5, long r6, long r7,
#else
#define REGISTERS_AFTER_2
#define REGISTERS_AFTER_3
#endif

static void refuse(const char *what, const char *name)
{
    fprintf(stderr, "library: %s%s\n", what, name);
    _exit(125);
}

// Pairs of numbers: here, and on macOS.
struct pair {
    int here, there;
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

// Errors, where the numbers differ.
static const struct pair errors[] = {
    {EAGAIN, 35}, {EDEADLK, 11}, {EINPROGRESS, 36}, {ENOTSOCK, 38}, {EDESTADDRREQ, 39}, {EMSGSIZE, 40}, {EPROTOTYPE, 41},
    {ENOPROTOOPT, 42}, {ENOTSUP, 45}, {EADDRINUSE, 48}, {EADDRNOTAVAIL, 49}, {ECONNABORTED, 53}, {ECONNRESET, 54},
    {ENOBUFS, 55}, {EISCONN, 56}, {ENOTCONN, 57}, {ETIMEDOUT, 60}, {ECONNREFUSED, 61}, {ELOOP, 62}, {ENAMETOOLONG, 63},
    {ENOTEMPTY, 66}, {EDQUOT, 69}, {ESTALE, 70}, {ENOSYS, 78}, {EOVERFLOW, 84}, {ECANCELED, 89}, {EILSEQ, 92}, {EBADMSG, 94},
};

static _Thread_local int error;

static int *error_place(void)
{
    return &error;
}

// What a call gave; the error's number is kept.
static long result(long value)
{
    if (value == -1) {
        error = errno;
        for (size_t index = 0; index < COUNT(errors); index++)
            if (errors[index].here == errno)
                error = errors[index].there;
    }
    return value;
}

// Address space.

static void *map(void *address, size_t length, int protection, int flags, int file, long offset)
{
    if (flags != (2 | 0x1000) || file != -1)
        refuse("mmap with other flags than MAP_PRIVATE and MAP_ANON", "");
    void *place = mmap(address, length, protection, MAP_PRIVATE | MAP_ANONYMOUS, file, offset);
    if (place == MAP_FAILED)
        result(-1);
    return place;
}

static int protect(void *address, size_t length, int protection)
{
    return result(mprotect(address, length, protection));
}

static int unmap(void *address, size_t length)
{
    return result(munmap(address, length));
}

static void fill_with_zeros(void *start, size_t length)
{
    memset(start, 0, length);
}

// Signals.

#define MAC_SIGBUS 10

struct mac_stack {
    void *start;
    size_t size;
    int flags;
};

struct mac_action {
    void *handler;
    uint32_t blocked;
    int flags;
};

struct mac_information {
    int signal, error, code, process;
    unsigned user;
    int status;
    void *address;
    long rest[10];
};

struct mac_registers {
    uint64_t fault[2], state[34], rest[256];
};

struct mac_context {
    int on_stack;
    unsigned blocked;
    struct mac_stack stack;
    void *link;
    size_t size;
    struct mac_registers *registers;
};

static struct mac_stack handler_stack;
static void (*handler)(int, struct mac_information *, struct mac_context *);

static int set_handler_stack(const struct mac_stack *stack, struct mac_stack *old)
{
    if (old != NULL)
        *old = handler_stack;
    if (stack == NULL)
        return 0;
    handler_stack = *stack;
    return result(sigaltstack(&(stack_t){.ss_sp = stack->start, .ss_size = stack->size}, NULL));
}

// Copies the registers between the two records, one way or the other.
static void copy_registers(ucontext_t *context, struct mac_registers *mac, int to_mac)
{
#ifdef __x86_64__
    static const int order[] = {REG_RAX, REG_RBX, REG_RCX, REG_RDX, REG_RDI, REG_RSI, REG_RBP, REG_RSP, REG_R8, REG_R9,
                                REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP, REG_EFL};
    for (size_t index = 0; index < COUNT(order); index++) {
        greg_t *here = &context->uc_mcontext.gregs[order[index]];
        if (to_mac)
            mac->state[index] = *here;
        else
            *here = mac->state[index];
    }
#else
    // 31 registers, the stack pointer, the program counter.
    void *here = context->uc_mcontext.regs;
    if (to_mac)
        memcpy(mac->state, here, 33 * sizeof(uint64_t));
    else
        memcpy(here, mac->state, 33 * sizeof(uint64_t));
#endif
}

static void handle(int signal, siginfo_t *information, void *context)
{
    // There, pages that are reserved give one signal, and none at all another.
    if (signal == SIGSEGV && information->si_code == SEGV_ACCERR)
        signal = MAC_SIGBUS;
    struct mac_registers registers = {0};
    struct mac_information mac = {.signal = signal, .code = information->si_code, .address = information->si_addr};
    struct mac_context mac_context = {.size = sizeof registers, .registers = &registers};
    copy_registers(context, &registers, 1);
    handler(signal, &mac, &mac_context);
    copy_registers(context, &registers, 0);
}

static int set_action(int signal, const struct mac_action *action, struct mac_action *old)
{
    const int on_stack = 1, with_information = 0x40;
    if (old != NULL || action->blocked != 0)
        refuse("sigaction with more than a handler", "");
    struct sigaction here = {.sa_handler = action->handler};
    if (here.sa_handler != SIG_DFL && here.sa_handler != SIG_IGN) {
        if (action->flags != (on_stack | with_information))
            refuse("sigaction with other flags than SA_ONSTACK and SA_SIGINFO", "");
        handler = action->handler;
        here = (struct sigaction){.sa_sigaction = handle, .sa_flags = SA_ONSTACK | SA_SIGINFO};
    }
    return result(sigaction(signal == MAC_SIGBUS ? SIGBUS : signal, &here, NULL));
}

static int send_signal(int process, int signal)
{
    return result(kill(process, signal == MAC_SIGBUS ? SIGBUS : signal));
}

// Clocks.

static int clock_of(int number)
{
    static const struct pair clocks[] = {
        {CLOCK_REALTIME, 0}, {CLOCK_MONOTONIC, 8}, {CLOCK_PROCESS_CPUTIME_ID, 12}, {CLOCK_THREAD_CPUTIME_ID, 16}};
    for (size_t index = 0; index < COUNT(clocks); index++)
        if (clocks[index].there == number)
            return clocks[index].here;
    refuse("another clock", "");
    return -1;
}

static int clock_time(int clock, struct timespec *time)
{
    return result(clock_gettime(clock_of(clock), time));
}

static int clock_resolution(int clock, struct timespec *time)
{
    return result(clock_getres(clock_of(clock), time));
}

static int sleep_for(const struct timespec *time, struct timespec *left)
{
    return result(nanosleep(time, left));
}

static void random_bytes(void *start, size_t length)
{
    for (char *end = (char *)start + length; (char *)start < end;)
        start = (char *)start + getrandom(start, end - (char *)start, 0);
}

// Files.

#define MAC_AT_FDCWD -2

static const struct pair open_flags[] = {
    {O_NONBLOCK, 0x4}, {O_APPEND, 0x8}, {O_SYNC, 0x80}, {O_NOFOLLOW, 0x100}, {O_CREAT, 0x200}, {O_TRUNC, 0x400}, {O_EXCL, 0x800},
    {O_NOCTTY, 0x20000}, {O_DIRECTORY, 0x100000}, {O_DSYNC, 0x400000}, {O_CLOEXEC, 0x1000000}, {O_PATH, 0x40000000},
};

static int flags_of(int flags)
{
    int here = flags & 3;
    for (size_t index = 0; index < COUNT(open_flags); index++)
        if (flags & open_flags[index].there)
            here |= open_flags[index].here;
    return here;
}

// A name in a directory has no slash: with one behind it, that system would follow a link wherever it leads.
static const char *bare(const char *name)
{
    if (strchr(name, '/') != NULL)
        refuse("a slash in a name: ", name);
    return name;
}

// The directory that a name is in; a path of whoever started the program is in none.
static int directory_of(int directory, const char *name)
{
    if (directory == MAC_AT_FDCWD)
        return AT_FDCWD;
    bare(name);
    return directory;
}

static int open_at(long directory, const char *path, long flags, REGISTERS_AFTER_3 long mode)
{
    int here = flags_of(flags);
    if ((int)directory == MAC_AT_FDCWD)
        return result(openat(AT_FDCWD, path, here, mode));
    if (!(here & O_NOFOLLOW) && strcmp(path, ".") != 0)
        refuse("openat would follow ", path);
    int file = openat(directory, bare(path), here, mode);
    struct stat status;
    if (file < 0 && errno == ENOTDIR && fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) == 0)
        errno = S_ISLNK(status.st_mode) ? ELOOP : ENOTDIR;
    return result(file);
}

// `fstore_t`
struct mac_room {
    unsigned flags;
    int from;
    long offset, length, allocated;
};

static int reserve_room(int file, const struct mac_room *room)
{
    struct stat status;
    if (fstat(file, &status) < 0 || fallocate(file, FALLOC_FL_KEEP_SIZE, status.st_size, room->length) < 0)
        return result(-1);
    return 0;
}

static int control_file(long file, long command, REGISTERS_AFTER_2 long argument)
{
    switch (command) {
    case 2:
        return result(fcntl(file, F_SETFD, argument));
    case 1:
        return result(fcntl(file, F_GETFD));
    case 4:
        return result(fcntl(file, F_SETFL, flags_of(argument)));
    case 42:
        return reserve_room(file, (const void *)argument);
    case 44:
        return 0;
    case 51:
        return result(fsync(file));
    case 67:
        return result(fcntl(file, F_DUPFD_CLOEXEC, argument));
    }
    refuse("another command of fcntl", "");
    return -1;
}

static int control_device(long file, unsigned long command, REGISTERS_AFTER_2 void *argument)
{
    const unsigned long bytes_to_read = 0x4004667f;
    if (command != bytes_to_read)
        refuse("another command of ioctl", "");
    return result(ioctl(file, FIONREAD, argument));
}

struct mac_status {
    int device;
    uint16_t mode, links;
    uint64_t inode;
    unsigned user, group;
    int special_device;
    struct timespec accessed, modified, changed, born;
    long size, blocks;
    int block_size;
    unsigned flags, generation;
    int spare[5];
};

_Static_assert(sizeof(struct mac_status) == 144, "struct stat of 64-bit inodes");

static int status_of(int outcome, const struct stat *here, struct mac_status *status)
{
    if (outcome == 0)
        *status = (struct mac_status){
            .device = here->st_dev, .mode = here->st_mode, .links = here->st_nlink, .inode = here->st_ino,
            .accessed = here->st_atim, .modified = here->st_mtim, .changed = here->st_ctim, .size = here->st_size};
    return result(outcome);
}

static int file_status(int file, struct mac_status *status)
{
    struct stat here;
    return status_of(fstat(file, &here), &here, status);
}

// What a call about a name is told so that it follows no link.
static void expect_no_follow(int flags)
{
    if (flags != 0x20)
        refuse("a call without AT_SYMLINK_NOFOLLOW", "");
}

static int name_status(int directory, const char *name, struct mac_status *status, int flags)
{
    struct stat here;
    expect_no_follow(flags);
    return status_of(fstatat(directory_of(directory, name), name, &here, AT_SYMLINK_NOFOLLOW), &here, status);
}

static const struct timespec *times_of(const struct timespec *times, struct timespec here[2])
{
    for (int index = 0; index < 2; index++) {
        here[index] = times[index];
        if (times[index].tv_nsec < 0)
            here[index].tv_nsec = times[index].tv_nsec == -1 ? UTIME_NOW : UTIME_OMIT;
    }
    return here;
}

static int set_file_times(int file, const struct timespec *times)
{
    struct timespec here[2];
    return result(futimens(file, times_of(times, here)));
}

static int set_name_times(int directory, const char *name, const struct timespec *times, int flags)
{
    struct timespec here[2];
    expect_no_follow(flags);
    return result(utimensat(directory, bare(name), times_of(times, here), AT_SYMLINK_NOFOLLOW));
}

static int make_directory(int directory, const char *name, unsigned mode)
{
    return result(mkdirat(directory, bare(name), mode));
}

static int remove_name(int directory, const char *name, int flags)
{
    int outcome = unlinkat(directory_of(directory, name), name, flags == 0x80 ? AT_REMOVEDIR : 0);
    if (outcome < 0 && errno == EISDIR)
        errno = EPERM;
    return result(outcome);
}

static int rename_name(int from, const char *old, int to, const char *new)
{
    return result(renameat(directory_of(from, old), old, directory_of(to, new), new));
}

static int link_name(int from, const char *old, int to, const char *new, int flags)
{
    if (flags != 0)
        refuse("linkat that follows ", old);
    return result(linkat(from, bare(old), to, bare(new), 0));
}

static int make_link(const char *text, int directory, const char *name)
{
    return result(symlinkat(text, directory, bare(name)));
}

static long read_link(int directory, const char *name, char *buffer, size_t size)
{
    return result(readlinkat(directory, bare(name), buffer, size));
}

#define WRAP(name, call, parameters, arguments) \
    static long name parameters { return result(call arguments); }

WRAP(close_file, close, (int file), (file))
WRAP(cut_file, ftruncate, (int file, long size), (file, size))
WRAP(sync_file, fsync, (int file), (file))
WRAP(seek_file, lseek, (int file, long offset, int origin), (file, offset, origin))
WRAP(write_bytes, write, (int file, const void *start, size_t length), (file, start, length))
WRAP(write_buffers, writev, (int file, const struct iovec *buffers, int count), (file, buffers, count))
WRAP(read_buffers, readv, (int file, const struct iovec *buffers, int count), (file, buffers, count))
WRAP(write_bytes_at, pwrite, (int file, const void *start, size_t length, long at), (file, start, length, at))
WRAP(write_at, pwritev, (int file, const struct iovec *buffers, int count, long at), (file, buffers, count, at))
WRAP(read_at, preadv, (int file, const struct iovec *buffers, int count, long at), (file, buffers, count, at))
WRAP(wait_for_files, poll, (struct pollfd *files, unsigned count, int timeout), (files, count, timeout))

struct mac_limit {
    uint64_t current, most;
};

static int get_limit(int kind, struct mac_limit *limit)
{
    struct rlimit here;
    int outcome = getrlimit(RLIMIT_NOFILE, &here);
    if (kind != 8)
        refuse("another limit than RLIMIT_NOFILE", "");
    *limit = (struct mac_limit){here.rlim_cur, here.rlim_max};
    return result(outcome);
}

static int set_limit(int kind, const struct mac_limit *limit)
{
    if (kind != 8)
        refuse("another limit than RLIMIT_NOFILE", "");
    return result(setrlimit(RLIMIT_NOFILE, &(struct rlimit){limit->current, limit->most}));
}

struct mac_entry {
    uint64_t inode, offset;
    uint16_t size, name_length;
    uint8_t kind;
    char name[1024];
};

static DIR *open_stream(int directory)
{
    DIR *stream = fdopendir(directory);
    if (stream == NULL)
        result(-1);
    return stream;
}

static struct mac_entry *next_entry(DIR *stream)
{
    static struct mac_entry entry;
    struct dirent *here = readdir(stream);
    if (here == NULL)
        return NULL;
    entry = (struct mac_entry){.inode = here->d_ino, .kind = here->d_type, .name_length = strlen(here->d_name)};
    strcpy(entry.name, here->d_name);
    return &entry;
}

WRAP(close_stream, closedir, (DIR *stream), (stream))

// Sockets.

#define MAC_AF_INET6 30

static int family_of(int family)
{
    return family == MAC_AF_INET6 ? AF_INET6 : family;
}

static int make_socket(int family, int kind, int protocol)
{
    return result(socket(family_of(family), kind, protocol));
}

// There, an address begins with its length and its family, a byte each.
static int bind_socket(int file, const unsigned char *address, socklen_t length)
{
    struct sockaddr_storage here = {0};
    if (address[0] != length)
        refuse("an address without its length", "");
    memcpy(&here, address, length);
    here.ss_family = family_of(address[1]);
    return result(bind(file, (void *)&here, length));
}

// Programs look at the port alone, which is where it is here.
WRAP(socket_name, getsockname, (int file, void *address, socklen_t *length), (file, address, length))

static int accept_connection(int file, void *address, void *length)
{
    if (address != NULL || length != NULL)
        refuse("accept that asks who it is", "");
    return result(accept(file, NULL, NULL));
}

static int set_option(int file, int level, int option, const void *value, socklen_t length)
{
    if (level != 0xffff || option != 4)
        refuse("another option than SO_REUSEADDR", "");
    return result(setsockopt(file, SOL_SOCKET, SO_REUSEADDR, value, length));
}

struct mac_message {
    void *name;
    unsigned name_length;
    struct iovec *buffers;
    int count;
    void *control;
    unsigned control_length;
    int flags;
};

static long receive(int file, const struct mac_message *message, int flags)
{
    const int peek = 2, all = 0x40;
    struct msghdr here = {.msg_iov = message->buffers, .msg_iovlen = message->count};
    return result(recvmsg(file, &here, (flags & peek ? MSG_PEEK : 0) | (flags & all ? MSG_WAITALL : 0)));
}

static long send_message(int file, const struct mac_message *message, int flags)
{
    struct msghdr here = {.msg_iov = message->buffers, .msg_iovlen = message->count};
    if (flags != 0)
        refuse("sendmsg with flags", "");
    return result(sendmsg(file, &here, 0));
}

WRAP(listen_on, listen, (int file, int most), (file, most))
WRAP(shut_down, shutdown, (int file, int how), (file, how))

// Threads. One lock and one condition stand for all: whoever waits looks again.

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static int take_lock(const long *mac_lock)
{
    if (*mac_lock != 0x32aaaba7)
        refuse("a lock that is not initialised", "");
    return pthread_mutex_lock(&lock);
}

static int give_lock(void)
{
    return pthread_mutex_unlock(&lock);
}

static void expect_condition(const long *mac_condition)
{
    if (*mac_condition != 0x3cb0b1bb)
        refuse("a condition that is not initialised", "");
}

static int wait_for_change(const long *mac_condition)
{
    expect_condition(mac_condition);
    return pthread_cond_wait(&condition, &lock);
}

static int wait_for_time(const long *mac_condition, void *mac_lock, const struct timespec *time)
{
    const long second = 1000000000;
    struct timespec end;
    (void)mac_lock;
    expect_condition(mac_condition);
    clock_gettime(CLOCK_REALTIME, &end);
    end.tv_nsec += time->tv_nsec;
    end.tv_sec += time->tv_sec + end.tv_nsec / second;
    end.tv_nsec %= second;
    return pthread_cond_timedwait(&condition, &lock, &end) == ETIMEDOUT ? 60 : 0;
}

static int wake_all(void)
{
    return pthread_cond_broadcast(&condition);
}

// The processor.

static int system_value(const char *name, void *value, size_t *size, const void *new, size_t new_size)
{
    if (strcmp(name, "hw.optional.arm.FEAT_I8MM") != 0 || *size != sizeof(int) || new != NULL || new_size != 0)
        refuse("another value of the system's: ", name);
    memset(value, 0, *size);
    return 0;
}

// Functions that have another name on x86-64 since their records changed stand here twice.
const struct function library[] = {
    {"___bzero", fill_with_zeros}, {"___error", error_place}, {"__exit", _exit}, {"_accept", accept_connection},
    {"_arc4random_buf", random_bytes}, {"_bind", bind_socket}, {"_bzero", fill_with_zeros},
    {"_clock_getres", clock_resolution}, {"_clock_gettime", clock_time}, {"_close", close_file},
    {"_close$NOCANCEL", close_file}, {"_closedir", close_stream}, {"_fcntl", control_file}, {"_fdopendir", open_stream},
    {"_fdopendir$INODE64", open_stream}, {"_fstat", file_status}, {"_fstat$INODE64", file_status},
    {"_fstatat", name_status}, {"_fstatat$INODE64", name_status}, {"_fsync", sync_file}, {"_ftruncate", cut_file},
    {"_futimens", set_file_times}, {"_getpid", getpid}, {"_getrlimit", get_limit}, {"_getsockname", socket_name},
    {"_ioctl", control_device}, {"_isatty", isatty}, {"_kill", send_signal}, {"_linkat", link_name}, {"_listen", listen_on},
    {"_lseek", seek_file}, {"_memcmp", memcmp}, {"_memcpy", memcpy}, {"_memmove", memmove}, {"_memset", memset},
    {"_mkdirat", make_directory}, {"_mmap", map}, {"_mprotect", protect}, {"_munmap", unmap}, {"_nanosleep", sleep_for},
    {"_openat", open_at}, {"_poll", wait_for_files}, {"_preadv", read_at}, {"_pthread_cond_broadcast", wake_all},
    {"_pthread_cond_timedwait_relative_np", wait_for_time}, {"_pthread_cond_wait", wait_for_change},
    {"_pthread_create", pthread_create}, {"_pthread_detach", pthread_detach}, {"_pthread_mutex_lock", take_lock},
    {"_pthread_mutex_unlock", give_lock}, {"_pwrite", write_bytes_at}, {"_pwritev", write_at}, {"_readdir", next_entry},
    {"_readdir$INODE64", next_entry}, {"_readlinkat", read_link}, {"_readv", read_buffers}, {"_recvmsg", receive},
    {"_renameat", rename_name}, {"_sched_yield", sched_yield}, {"_sendmsg", send_message}, {"_setrlimit", set_limit},
    {"_setsockopt", set_option}, {"_shutdown", shut_down}, {"_sigaction", set_action}, {"_sigaltstack", set_handler_stack},
    {"_socket", make_socket}, {"_strlen", strlen}, {"_symlinkat", make_link}, {"_sysctlbyname", system_value},
    {"_unlinkat", remove_name},
    {"_utimensat", set_name_times}, {"_write", write_bytes}, {"_writev", write_buffers}, {NULL, NULL},
};
