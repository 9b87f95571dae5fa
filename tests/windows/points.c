// Where the stand-in keeps reparse points, and where they lead.
//
// On the host, a file or directory with a reparse point is a file with these contents, so that the host can make, exchange and
// compare them as it does with files:
//
//     "wasmc reparse point ", 1 if it counts as a directory, else 0 (32 bits), the record of FSCTL_SET_REPARSE_POINT

#include "points.h"
#include <stdio.h>
#include <string.h>

static const char MARK[20] = "wasmc reparse point ";
#define HEAD (sizeof MARK + sizeof(ULONG))

// Units of the longest path.
#define LONGEST 32767
// Reparse points that Windows follows for one path.
#define MOST_POINTS 63

void refuse(const char *what)
{
    char line[200];
    DWORD written;
    int length = snprintf(line, sizeof line, "links: %s\n", what);
    WriteFile(GetStdHandle(STD_ERROR_HANDLE), line, length, &written, NULL);
    TerminateProcess(GetCurrentProcess(), 125);
}

ULONG tag_of(const struct point *point)
{
    ULONG tag;
    memcpy(&tag, point->record, sizeof tag);
    return tag;
}

static LONGLONG size_of(HANDLE file)
{
    IO_STATUS_BLOCK block;
    FILE_STANDARD_INFORMATION record = {0};
    NtQueryInformationFile(file, &block, &record, sizeof record, FileStandardInformation);
    return record.EndOfFile.QuadPart;
}

LONGLONG number_of(HANDLE file)
{
    IO_STATUS_BLOCK block;
    LONGLONG number = 0;
    NtQueryInformationFile(file, &block, &number, sizeof number, FileInternalInformation);
    return number;
}

BOOL is_directory(HANDLE file)
{
    IO_STATUS_BLOCK block;
    FILE_STANDARD_INFORMATION record = {0};
    NtQueryInformationFile(file, &block, &record, sizeof record, FileStandardInformation);
    return record.Directory;
}

// Looks at what stands at a name, without following anything.
void look(HANDLE root, const UNICODE_STRING *name, struct seen *seen)
{
    static UCHAR bytes[HEAD + sizeof((struct point *)0)->record];
    static struct point point;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block;
    LARGE_INTEGER start = {.QuadPart = 0};
    HANDLE file;

    memset(seen, 0, sizeof *seen);
    InitializeObjectAttributes(&attributes, (UNICODE_STRING *)name, OBJ_CASE_INSENSITIVE, root, NULL);
    ULONG shared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    ULONG options = FILE_NON_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT;
    NTSTATUS status = NtOpenFile(&file, FILE_READ_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE, &attributes, &block, shared, options);
    seen->is_directory = status == FILE_IS_A_DIRECTORY;
    if (!OK(status))
        return;
    seen->is_file = TRUE;
    seen->number = number_of(file);
    // What is too short is not read, so that its time of access stays.
    if (size_of(file) >= (LONGLONG)HEAD)
        status = NtReadFile(file, NULL, NULL, NULL, &block, bytes, sizeof bytes, &start, NULL);
    else
        status = END_OF_FILE;
    NtClose(file);
    if (!OK(status) || block.Information < HEAD || memcmp(bytes, MARK, sizeof MARK) != 0)
        return;
    memcpy(&point.is_directory, bytes + sizeof MARK, sizeof point.is_directory);
    point.size = block.Information - HEAD;
    memcpy(point.record, bytes + HEAD, point.size);
    seen->point = &point;
}

// Writes a reparse point into a file.
NTSTATUS store(HANDLE file, const struct point *point)
{
    static UCHAR bytes[HEAD + sizeof point->record];
    IO_STATUS_BLOCK block;
    LARGE_INTEGER start = {.QuadPart = 0};
    memcpy(bytes, MARK, sizeof MARK);
    memcpy(bytes + sizeof MARK, &point->is_directory, sizeof point->is_directory);
    memcpy(bytes + HEAD, point->record, point->size);
    return NtWriteFile(file, NULL, NULL, NULL, &block, bytes, HEAD + point->size, &start, NULL);
}

static USHORT half(const UCHAR *record, ULONG at)
{
    return record[at] | record[at + 1] << 8;
}

// Where the names of a record begin: behind its flags, which a mount point has not.
static ULONG names_of(const UCHAR *record)
{
    return half(record, 0) == (USHORT)SYMBOLIC_LINK ? 20 : 16;
}

// Whether a record is one: its length, and for what stands for another name, the places of both names.
BOOL is_valid(const UCHAR *record, ULONG size)
{
    ULONG tag;
    if (size < 8 || size > 16384 || size != half(record, 4) + 8u)
        return FALSE;
    memcpy(&tag, record, sizeof tag);
    if (tag != SYMBOLIC_LINK && tag != MOUNT_POINT)
        return TRUE;
    ULONG names = names_of(record);
    if (size < names)
        return FALSE;
    for (ULONG at = 8; at < 16; at += 4)
        if ((half(record, at) | half(record, at + 2)) & 1 || names + half(record, at) + half(record, at + 2) > size)
            return FALSE;
    return half(record, 10) > 0;
}

void copy_text(UNICODE_STRING *to, const UNICODE_STRING *from)
{
    to->Length = 0;
    append(to, from->Buffer, from->Length);
}

void append(UNICODE_STRING *path, const WCHAR *units, size_t bytes)
{
    if (path->Length + bytes > path->MaximumLength)
        refuse("a path is too long");
    memmove((UCHAR *)path->Buffer + path->Length, units, bytes);
    path->Length += bytes;
}

// The whole path of an open file.
NTSTATUS name_of(HANDLE file, UNICODE_STRING *name)
{
    static UCHAR record[sizeof(UNICODE_STRING) + 2 * LONGEST];
    NTSTATUS status = NtQueryObject(file, 1 /* ObjectNameInformation */, record, sizeof record, NULL);
    if (OK(status))
        copy_text(name, (UNICODE_STRING *)record);
    return status;
}

// Takes `.`, `..` and empty names out of a path, as the system does before a file system sees it. The drive stays.
static void tidy(UNICODE_STRING *path, ULONG drive)
{
    ULONG units = path->Length / 2, filled = drive, at = drive;
    WCHAR *text = path->Buffer;
    while (at < units) {
        ULONG end = at;
        while (end < units && text[end] != '\\')
            end++;
        ULONG length = end - at;
        if (length == 2 && text[at] == '.' && text[at + 1] == '.') {
            while (filled > drive && text[filled - 1] != '\\')
                filled--;
            if (filled > drive)
                filled--;
        } else if (length > 0 && !(length == 1 && text[at] == '.')) {
            if (filled > drive)
                text[filled++] = '\\';
            memmove(text + filled, text + at, length * 2);
            filled += length;
        }
        at = end + 1;
    }
    path->Length = filled * 2;
}

// Units of `\??\Z:\`; all of a path that begins otherwise, as that of a share or a volume.
static ULONG drive_of(const UNICODE_STRING *path)
{
    BOOL has_drive = path->Length >= 14 && memcmp(path->Buffer, L"\\??\\", 8) == 0 && path->Buffer[5] == ':';
    return has_drive ? 7 : path->Length / 2;
}

// Puts the name that a point stands for in the place of the name from `start` to `end`.
static void substitute(UNICODE_STRING *path, ULONG start, ULONG end, const struct point *point)
{
    static WCHAR units[LONGEST];
    UNICODE_STRING whole = {0, sizeof units, units};
    ULONG flags = 0;
    if (tag_of(point) == SYMBOLIC_LINK)
        memcpy(&flags, point->record + 16, sizeof flags);
    const WCHAR *target = (const WCHAR *)(point->record + names_of(point->record) + half(point->record, 8));
    if (flags & 1) {
        // Relative to its directory; with a backslash at its front, to the root of the drive.
        BOOL from_root = *target == '\\';
        append(&whole, path->Buffer, (from_root ? drive_of(path) : start) * 2);
    }
    append(&whole, target, half(point->record, 10));
    append(&whole, path->Buffer + end, path->Length - end * 2);
    copy_text(path, &whole);
    tidy(path, drive_of(path));
}

// Follows all points in a path, the one at its end where `last_too`, as the system does; what is left has none.
NTSTATUS resolve(UNICODE_STRING *path, BOOL last_too)
{
    int followed = 0;
    tidy(path, drive_of(path));
again:
    for (ULONG start = drive_of(path), units = path->Length / 2; start < units;) {
        ULONG end = start;
        while (end < units && path->Buffer[end] != '\\')
            end++;
        UNICODE_STRING prefix = {end * 2, end * 2, path->Buffer};
        struct seen seen;
        look(NULL, &prefix, &seen);
        if (seen.point != NULL && (end < units || last_too)) {
            ULONG tag = tag_of(seen.point);
            if (tag == STORED_ELSEWHERE && end == units)
                return 0;
            if (tag != SYMBOLIC_LINK && tag != MOUNT_POINT)
                return TAG_NOT_HANDLED;
            if (++followed > MOST_POINTS)
                return POINT_NOT_RESOLVED;
            substitute(path, start, end, seen.point);
            goto again;
        }
        start = end + 1;
    }
    return 0;
}
