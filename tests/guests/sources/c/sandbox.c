// Tries to leave what it was granted: `data` for reading and writing and `readonly` for reading.
//
// Expects that the host prepared, beside the granted directories, `secret.txt`, and inside `data` some links;
// see the list of files in `programs/sandbox.rs`. Prints "allowed" or "denied" for every attempt: which error a
// denial gives is left to the implementation.

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void verdict(const char *attempt, int allowed) { printf("%-52s %s\n", attempt, allowed ? "allowed" : "denied"); }

static void try_open(const char *attempt, const char *path, int flags) {
    int fd = open(path, flags, 0644);
    verdict(attempt, fd >= 0);
    if (fd >= 0) close(fd);
}

static void try_list(const char *attempt, const char *path) {
    DIR *directory = opendir(path);
    verdict(attempt, directory != NULL);
    if (directory != NULL) closedir(directory);
}

static void inside(void) {
    try_open("read a file", "data/inside.txt", O_RDONLY);
    try_open("read a file by its absolute name", "/data/inside.txt", O_RDONLY);
    try_open("read through `..` that stays inside", "data/sub/../inside.txt", O_RDONLY);
    try_open("read through a link that stays inside", "data/link-inside", O_RDONLY);
    try_open("read through a link to a directory inside", "data/link-sub/deep.txt", O_RDONLY);
    try_open("read through a link with `..` that stays inside", "data/sub/link-up/inside.txt", O_RDONLY);
    try_open("create a file", "data/created.txt", O_WRONLY | O_CREAT | O_EXCL);
    try_list("list the directory", "data");
}

static void outside(void) {
    struct stat status;
    char target[64];
    try_open("read an absolute path", "/etc/passwd", O_RDONLY);
    try_open("read what lies beside", "secret.txt", O_RDONLY);
    try_open("read through `..`", "data/../secret.txt", O_RDONLY);
    try_open("read through `..` of a subdirectory", "data/sub/../../secret.txt", O_RDONLY);
    try_open("read through many `..`", "data/../../../../../../../../../../etc/passwd", O_RDONLY);
    try_open("go out and in again", "data/../data/inside.txt", O_RDONLY);
    try_open("read through a link to the outside", "data/link-secret", O_RDONLY);
    try_open("read through an absolute link", "data/link-absolute", O_RDONLY);
    try_open("read through a link to a directory outside", "data/link-parent/secret.txt", O_RDONLY);
    try_open("read through a link to the root", "data/link-root/etc/passwd", O_RDONLY);
    try_open("read through a chain of links", "data/link-chain", O_RDONLY);
    try_open("create through a link to the outside", "data/link-new", O_WRONLY | O_CREAT);
    try_open("create outside", "data/../created.txt", O_WRONLY | O_CREAT);
    try_open("truncate through a link", "data/link-secret", O_WRONLY | O_TRUNC);
    try_list("list the parent", "data/..");
    try_list("list the parent through a link", "data/link-parent");
    try_list("list the root", "/");
    verdict("ask about a file outside", stat("data/../secret.txt", &status) == 0);
    verdict("ask through a link to the outside", stat("data/link-secret", &status) == 0);
    verdict("ask about the link itself", lstat("data/link-secret", &status) == 0);
    verdict("read the link itself", readlink("data/link-secret", target, sizeof target) > 0);
    verdict("make a directory outside", mkdir("data/../made", 0755) == 0);
    verdict("make a directory through a link", mkdir("data/link-parent/made", 0755) == 0);
    verdict("move a file out", rename("data/inside.txt", "data/../moved.txt") == 0);
    verdict("move a file out through a link", rename("data/inside.txt", "data/link-parent/moved.txt") == 0);
    verdict("move a file in", rename("data/../secret.txt", "data/moved.txt") == 0);
    verdict("remove a file outside", unlink("data/../secret.txt") == 0);
    verdict("remove a file through a link", unlink("data/link-parent/secret.txt") == 0);
    verdict("link a file outside", link("data/../secret.txt", "data/hard") == 0);
    verdict("link a file through a link", link("data/link-parent/secret.txt", "data/hard") == 0);
}

static void read_only(void) {
    struct stat status;
    try_open("read", "readonly/file.txt", O_RDONLY);
    verdict("ask", stat("readonly/file.txt", &status) == 0);
    try_list("list", "readonly");
    try_open("write", "readonly/file.txt", O_WRONLY);
    try_open("read and write", "readonly/file.txt", O_RDWR);
    try_open("truncate", "readonly/file.txt", O_RDONLY | O_TRUNC);
    try_open("create", "readonly/new.txt", O_WRONLY | O_CREAT);
    verdict("make a directory", mkdir("readonly/dir", 0755) == 0);
    verdict("remove", unlink("readonly/file.txt") == 0);
    verdict("remove a directory", rmdir("readonly/empty") == 0);
    verdict("rename", rename("readonly/file.txt", "readonly/renamed.txt") == 0);
    verdict("move out", rename("readonly/file.txt", "data/stolen.txt") == 0);
    verdict("move in", rename("data/created.txt", "readonly/created.txt") == 0);
    verdict("link", symlink("file.txt", "readonly/link") == 0);
    verdict("change times", utimensat(AT_FDCWD, "readonly/file.txt", NULL, 0) == 0);
}

int main(void) {
    puts("-- inside");
    inside();
    puts("-- outside");
    outside();
    puts("-- read only");
    read_only();
    return 0;
}
