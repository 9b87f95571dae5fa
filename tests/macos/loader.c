// Runs a program for macOS on Linux: maps its segments, writes the addresses that its chained fixups ask for, and calls its
// entry, as dyld does. The functions that it imports are those of `library.c`.
//
// What this shows of a program is that its code, its records and its references are right, and that it calls the system by the
// right names with the right arguments; not what macOS makes of that.

#define _GNU_SOURCE
#include "library.h"
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

// How far from where the linker laid it a program is put.
#define SLIDE 0x7654000

// Numbers and records of `mach-o/loader.h` and `mach-o/fixup-chains.h`.
#define LC_SEGMENT_64 0x19
#define LC_MAIN 0x80000028
#define LC_DYLD_CHAINED_FIXUPS 0x80000034
#define POINTER_64 2
#define NO_FIXUP_IN_PAGE 0xffff

struct header {
    uint32_t magic, processor, subtype, kind, command_count, commands_size, flags, reserved;
};

struct command {
    uint32_t kind, size;
};

struct segment {
    struct command command;
    char name[16];
    uint64_t address, size, file_offset, file_size;
    uint32_t most_protection, protection, section_count, flags;
};

struct entry {
    struct command command;
    uint64_t offset, stack_size;
};

struct link_data {
    struct command command;
    uint32_t offset, size;
};

struct fixups {
    uint32_t version, starts, imports, names, import_count, import_format, name_format;
};

struct starts_in_segment {
    uint32_t size;
    uint16_t page_size, pointer_format;
    uint64_t segment_offset;
    uint32_t largest;
    uint16_t page_count, page_start[];
} __attribute__((packed));

static void fail(const char *what, const char *name)
{
    fprintf(stderr, "loader: %s%s\n", what, name);
    _exit(125);
}

static const struct header *read_file(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) < 0)
        fail("cannot open ", path);
    void *bytes = mmap(NULL, status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    return bytes;
}

static uint64_t address_of(const char *name)
{
    for (const struct function *function = library; function->name != NULL; function++)
        if (strcmp(function->name, name) == 0)
            return (uint64_t)function->address;
    fail("there is no function ", name);
    return 0;
}

// Writes the addresses of one chain, which begins at `place`.
static void follow_chain(char *place, const struct fixups *fixups)
{
    const uint32_t *imports = (const void *)((const char *)fixups + fixups->imports);
    const char *names = (const char *)fixups + fixups->names;
    for (;;) {
        uint64_t word, value;
        memcpy(&word, place, sizeof word);
        if (word >> 63)
            value = address_of(names + (imports[word & 0xffffff] >> 9));
        else
            value = (word & 0xfffffffff) + SLIDE;
        memcpy(place, &value, sizeof value);
        uint64_t distance = (word >> 51 & 0xfff) * 4;
        if (distance == 0)
            return;
        place += distance;
    }
}

static void apply(const struct fixups *fixups, char *image)
{
    const uint32_t *segments = (const void *)((const char *)fixups + fixups->starts);
    for (uint32_t number = 0; number < segments[0]; number++) {
        if (segments[1 + number] == 0)
            continue;
        const struct starts_in_segment *starts = (const void *)((const char *)segments + segments[1 + number]);
        if (starts->pointer_format != POINTER_64)
            fail("another format of pointers", "");
        for (uint16_t page = 0; page < starts->page_count; page++)
            if (starts->page_start[page] != NO_FIXUP_IN_PAGE)
                follow_chain(image + starts->segment_offset + page * starts->page_size + starts->page_start[page], fixups);
    }
}

int main(int argument_count, char **arguments, char **variables)
{
    if (argument_count < 2)
        fail("no program", "");
    const struct header *file = read_file(arguments[1]);
    const struct command *command = (const void *)(file + 1);
    const struct segment *segments[16];
    const struct fixups *fixups = NULL;
    uint64_t entry = 0;
    char *image = NULL;
    int count = 0;
    for (uint32_t number = 0; number < file->command_count; number++) {
        if (command->kind == LC_SEGMENT_64) {
            const struct segment *segment = (const void *)command;
            // The first one keeps the lowest addresses empty.
            if (segment->most_protection != 0) {
                char *place = (char *)segment->address + SLIDE;
                int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE;
                if (mmap(place, segment->size, PROT_READ | PROT_WRITE, flags, -1, 0) != place)
                    fail("no room for ", segment->name);
                memcpy(place, (const char *)file + segment->file_offset, segment->file_size);
                if (strcmp(segment->name, "__TEXT") == 0)
                    image = place;
                segments[count++] = segment;
            }
        } else if (command->kind == LC_DYLD_CHAINED_FIXUPS) {
            fixups = (const void *)((const char *)file + ((const struct link_data *)command)->offset);
        } else if (command->kind == LC_MAIN) {
            entry = ((const struct entry *)command)->offset;
        }
        command = (const void *)((const char *)command + command->size);
    }
    apply(fixups, image);
    for (int number = 0; number < count; number++)
        mprotect((char *)segments[number]->address + SLIDE, segments[number]->size, segments[number]->protection);
    int (*start)(int, char **, char **) = (void *)(image + entry);
    exit(start(argument_count - 1, arguments + 1, variables));
}
