// The functions of `ntdll` that programs by wasmc call for files, with reparse points, which Wine has not: symbolic links,
// junctions, and others. All else is left to Wine's `ntdll`.
//
// A program whose imports name this library instead of `ntdll` finds what [MS-FSA] and [MS-FSCC] say of reparse points. Where
// a name is opened without FILE_OPEN_REPARSE_POINT, or is a path of several names, links are followed, wherever they lead: a
// program that lets the system follow anything gets out. What no program of ours should ask for ends it.
//
// The variable LINKS changes what the system is like, by these words:
//
//     strict         following a link ends the program
//     unprivileged   nobody may make symbolic links
//     older          without the operations of Windows 10 that are as POSIX has them
//
// The programs have one thread.

#include "points.h"
#include <stdlib.h>
#include <string.h>

// What is known of an open file that `NtCreateFile` gave: its handle is its place in a list.
struct file {
    // Symbolic links could be made when it was opened.
    BOOL is_privileged;
    // Of a point that was opened itself.
    struct point *point;
    // Of a file that was found stored elsewhere: the number of what stands for it.
    LONGLONG number;
};

static struct file files[1 << 16];

static struct file *known(HANDLE handle)
{
    size_t place = (size_t)handle / 4;
    if (place >= sizeof files / sizeof *files)
        refuse("too many files");
    return &files[place];
}

static BOOL is_privileged;

static BOOL mode(const char *word)
{
    char words[100];
    DWORD length = GetEnvironmentVariableA("LINKS", words, sizeof words);
    return length > 0 && length < sizeof words && strstr(words, word) != NULL;
}

struct how {
    ACCESS_MASK access;
    LARGE_INTEGER *size;
    ULONG file_attributes, shared, disposition, options;
};

static NTSTATUS open_plainly(HANDLE *file, HANDLE root, UNICODE_STRING *name, IO_STATUS_BLOCK *block, const struct how *how)
{
    OBJECT_ATTRIBUTES attributes;
    InitializeObjectAttributes(&attributes, name, OBJ_CASE_INSENSITIVE, root, NULL);
    return NtCreateFile(file, how->access, &attributes, block, how->size, how->file_attributes, how->shared, how->disposition,
                        how->options, NULL, 0);
}

// Opens what is stored for a file, under the name that is its point's data, beside it.
static NTSTATUS open_stored(HANDLE *file, UNICODE_STRING *path, const struct point *point, LONGLONG number, IO_STATUS_BLOCK *block,
                            const struct how *how)
{
    while (path->Length > 0 && path->Buffer[path->Length / 2 - 1] != '\\')
        path->Length -= 2;
    append(path, (const WCHAR *)(point->record + 8), point->size - 8);
    NTSTATUS status = open_plainly(file, NULL, path, block, how);
    if (OK(status))
        *known(*file) = (struct file){is_privileged, NULL, number};
    return status;
}

// Opens a point itself.
static NTSTATUS open_point(HANDLE *file, HANDLE root, UNICODE_STRING *name, const struct seen *seen, IO_STATUS_BLOCK *block,
                           struct how how)
{
    if (how.disposition == FILE_CREATE)
        return OBJECT_NAME_COLLISION;
    if (how.disposition != FILE_OPEN && how.disposition != FILE_OPEN_IF)
        refuse("a link would be overwritten");
    if (how.options & FILE_DIRECTORY_FILE && !seen->point->is_directory)
        return NOT_A_DIRECTORY;
    if (how.options & FILE_NON_DIRECTORY_FILE && seen->point->is_directory)
        return FILE_IS_A_DIRECTORY;
    how.options &= ~(FILE_DIRECTORY_FILE | FILE_NON_DIRECTORY_FILE);
    how.disposition = FILE_OPEN;
    NTSTATUS status = open_plainly(file, root, name, block, &how);
    if (OK(status)) {
        free(known(*file)->point);
        struct point *point = malloc(sizeof *point);
        *point = *seen->point;
        *known(*file) = (struct file){is_privileged, point, 0};
    }
    return status;
}

// Not one of the system's: there is a point to follow where there was none a moment ago.
#define CHANGED_MEANWHILE ((NTSTATUS)0xefffffff)

// Opens what stands at a name, which is no point to follow.
static NTSTATUS open_one(HANDLE *file, HANDLE root, UNICODE_STRING *name, IO_STATUS_BLOCK *block, const struct how *how)
{
    for (;;) {
        struct seen seen;
        look(root, name, &seen);
        if (seen.point != NULL && !(how->options & FILE_OPEN_REPARSE_POINT)) {
            if (tag_of(seen.point) == STORED_ELSEWHERE && root == NULL)
                return open_stored(file, name, seen.point, seen.number, block, how);
            return CHANGED_MEANWHILE;
        }
        NTSTATUS status = seen.point != NULL ? open_point(file, root, name, &seen, block, *how)
                                             : open_plainly(file, root, name, block, how);
        if (!OK(status))
            return status;
        if (seen.point == NULL) {
            free(known(*file)->point);
            *known(*file) = (struct file){is_privileged, NULL, 0};
        }
        // Another file may have taken the name since it was looked at.
        BOOL is_same = seen.is_file ? number_of(*file) == seen.number : is_directory(*file) || block->Information == FILE_CREATED;
        if (is_same)
            return status;
        NtClose(*file);
    }
}

NTSTATUS NTAPI create_file(HANDLE *file, ACCESS_MASK access, OBJECT_ATTRIBUTES *attributes, IO_STATUS_BLOCK *block,
                           LARGE_INTEGER *size, ULONG file_attributes, ULONG shared, ULONG disposition, ULONG options,
                           void *extended, ULONG extended_size)
{
    static WCHAR units[32767];
    UNICODE_STRING path = {0, sizeof units, units}, *name = attributes->ObjectName;
    HANDLE root = attributes->RootDirectory;
    struct how how = {access, size, file_attributes, shared, disposition, options};
    BOOL follows = !(options & FILE_OPEN_REPARSE_POINT), has_several = FALSE;
    NTSTATUS status;
    for (ULONG at = 0; at < name->Length / 2; at++)
        has_several |= name->Buffer[at] == '\\';
    if (extended != NULL || extended_size != 0 || root == NULL)
        refuse("a file is opened in another way than by its name in a directory");
    if (mode("strict") && (has_several || (follows && name->Length > 0)))
        refuse("the system would follow a link");
    // Without a name, the file is opened once more.
    const struct point *again = name->Length == 0 ? known(root)->point : NULL;
    if (again != NULL && (!follows || tag_of(again) == SYMBOLIC_LINK || tag_of(again) == MOUNT_POINT))
        refuse("a link is opened once more");
    if (again != NULL && tag_of(again) != STORED_ELSEWHERE)
        return TAG_NOT_HANDLED;
    if (again != NULL) {
        status = name_of(root, &path);
        return OK(status) ? open_stored(file, &path, again, number_of(root), block, &how) : status;
    }
    do {
        struct seen seen = {0};
        if (follows)
            look(root, name, &seen);
        if (!has_several && seen.point == NULL) {
            status = open_one(file, root, name, block, &how);
            continue;
        }
        status = name_of(root, &path);
        if (!OK(status))
            return status;
        append(&path, L"\\", 2);
        append(&path, name->Buffer, name->Length);
        status = resolve(&path, follows);
        if (OK(status))
            status = open_one(file, NULL, &path, block, &how);
    } while (status == CHANGED_MEANWHILE);
    return status;
}

static void mark(ULONG *attributes, const struct point *point)
{
    *attributes = FILE_ATTRIBUTE_REPARSE_POINT | (point->is_directory ? FILE_ATTRIBUTE_DIRECTORY : 0);
}

static void mark_standard(FILE_STANDARD_INFORMATION *record, const struct point *point)
{
    record->AllocationSize.QuadPart = record->EndOfFile.QuadPart = 0;
    record->Directory = point->is_directory;
}

NTSTATUS NTAPI query_information_file(HANDLE handle, IO_STATUS_BLOCK *block, void *record, ULONG size, ULONG class)
{
    struct {
        FILE_BASIC_INFORMATION basic;
        FILE_STANDARD_INFORMATION standard;
        LONGLONG number;
    } *all = record;
    struct {
        ULONG attributes, tag;
    } *tagged = record;
    const struct file *file = known(handle);
    NTSTATUS status = NtQueryInformationFile(handle, block, record, size, class);
    if (!OK(status) && status != BUFFER_OVERFLOW)
        return status;
    if (file->number != 0 && class == FileAllInformation)
        all->number = file->number;
    if (file->number != 0 && class == FileInternalInformation)
        *(LONGLONG *)record = file->number;
    if (file->point == NULL)
        return status;
    switch (class) {
    case FileBasicInformation:
        mark(&((FILE_BASIC_INFORMATION *)record)->FileAttributes, file->point);
        break;
    case FileStandardInformation:
        mark_standard(record, file->point);
        break;
    case FileAllInformation:
        mark(&all->basic.FileAttributes, file->point);
        mark_standard(&all->standard, file->point);
        break;
    case FileAttributeTagInformation:
        mark(&tagged->attributes, file->point);
        tagged->tag = tag_of(file->point);
        break;
    case FileInternalInformation:
    case FilePositionInformation:
        break;
    default:
        refuse("something else is asked of a link");
    }
    return status;
}

// FILE_RENAME_INFORMATION and FILE_LINK_INFORMATION.
struct new_name {
    ULONG flags;
    HANDLE root;
    ULONG length;
    WCHAR units[];
};

NTSTATUS NTAPI set_information_file(HANDLE handle, IO_STATUS_BLOCK *block, void *record, ULONG size, ULONG class)
{
    // Classes that winternl.h does not have, and the older ones that Wine has for them.
    enum { DISPOSITION_EX = 64, RENAME_EX = 65 };
    const struct point *point = known(handle)->point;
    const struct new_name *new = record;
    struct seen seen;
    if (class == DISPOSITION_EX || class == RENAME_EX) {
        if (mode("older"))
            return INVALID_INFO_CLASS;
    }
    if (class == DISPOSITION_EX) {
        UCHAR deletes = *(ULONG *)record & 1;
        return NtSetInformationFile(handle, block, &deletes, sizeof deletes, FileDispositionInformation);
    }
    if (class == RENAME_EX || class == FileRenameInformation) {
        UNICODE_STRING name = {new->length, new->length, (WCHAR *)new->units};
        look(new->root, &name, &seen);
        BOOL is_same = seen.is_file && seen.number == number_of(handle);
        // Nothing takes the place of a directory.
        if (!is_same && (seen.is_directory || (seen.point != NULL && seen.point->is_directory)))
            return new->flags & 1 ? ACCESS_DENIED : OBJECT_NAME_COLLISION;
        return NtSetInformationFile(handle, block, record, size, FileRenameInformation);
    }
    if (class == FileLinkInformation && point != NULL && point->is_directory)
        return FILE_IS_A_DIRECTORY;
    if (point != NULL && class != FileLinkInformation && class != FileDispositionInformation && class != FileBasicInformation)
        refuse("something else is changed of a link");
    return NtSetInformationFile(handle, block, record, size, class);
}

// Puts a point in the place of an empty directory, which gets another name until it is closed.
static NTSTATUS replace_directory(HANDLE directory, const struct point *point)
{
    static WCHAR units[32767], away[32767];
    UNICODE_STRING path = {0, sizeof units, units}, nothing = {0, 0, units};
    static struct {
        struct new_name head;
        WCHAR room[32767];
    } new;
    IO_STATUS_BLOCK block;
    UCHAR deletes = TRUE;
    HANDLE file;
    ULONG shared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
    struct how how = {DELETE | SYNCHRONIZE, NULL, 0, shared, FILE_OPEN, FILE_SYNCHRONOUS_IO_NONALERT};
    NTSTATUS status = name_of(directory, &path);
    if (OK(status))
        status = open_plainly(&file, directory, &nothing, &block, &how);
    if (!OK(status))
        return status;
    UNICODE_STRING other = {0, sizeof away, away};
    copy_text(&other, &path);
    append(&other, L".away", 10);
    new.head.length = other.Length;
    memcpy(new.head.units, other.Buffer, other.Length);
    status = NtSetInformationFile(file, &block, &new, sizeof new.head + other.Length, FileRenameInformation);
    if (OK(status))
        status = NtSetInformationFile(file, &block, &deletes, sizeof deletes, FileDispositionInformation);
    NtClose(file);
    how.access = FILE_WRITE_DATA | SYNCHRONIZE;
    how.disposition = FILE_CREATE;
    if (OK(status))
        status = open_plainly(&file, NULL, &path, &block, &how);
    if (!OK(status))
        return status;
    status = store(file, point);
    NtClose(file);
    return status;
}

static NTSTATUS set_point(HANDLE handle, const UCHAR *input, ULONG size)
{
    struct file *file = known(handle);
    static struct point new, *const point = &new;
    if (!is_valid(input, size))
        return DATA_INVALID;
    memcpy(point->record, input, size);
    point->size = size;
    point->is_directory = is_directory(handle);
    ULONG tag = tag_of(point);
    if (tag <= 1)
        return TAG_INVALID;
    if (tag == MOUNT_POINT && !point->is_directory)
        return NOT_A_DIRECTORY;
    if (tag == SYMBOLIC_LINK && !file->is_privileged)
        return PRIVILEGE_NOT_HELD;
    if (file->point != NULL)
        return tag_of(file->point) == tag ? (refuse("a link is changed"), 0) : TAG_MISMATCH;
    NTSTATUS status = point->is_directory ? replace_directory(handle, point) : store(handle, point);
    if (OK(status)) {
        file->point = malloc(sizeof *point);
        *file->point = *point;
    }
    return status;
}

static NTSTATUS get_point(HANDLE handle, IO_STATUS_BLOCK *block, void *output, ULONG size)
{
    const struct point *point = known(handle)->point;
    if (point == NULL)
        return NOT_A_REPARSE_POINT;
    if (size < 8)
        return BUFFER_TOO_SMALL;
    block->Information = size < point->size ? size : point->size;
    memcpy(output, point->record, block->Information);
    return size < point->size ? BUFFER_OVERFLOW : 0;
}

NTSTATUS NTAPI fs_control_file(HANDLE handle, HANDLE event, PIO_APC_ROUTINE routine, void *context, IO_STATUS_BLOCK *block,
                               ULONG code, void *input, ULONG input_size, void *output, ULONG output_size)
{
    enum { SET_POINT = 0x900a4, GET_POINT = 0x900a8 };
    block->Information = 0;
    if (code == SET_POINT)
        return block->Status = output_size != 0 ? INVALID_PARAMETER : set_point(handle, input, input_size);
    if (code == GET_POINT)
        return block->Status = get_point(handle, block, output, output_size);
    return NtFsControlFile(handle, event, routine, context, block, code, input, input_size, output, output_size);
}

// FILE_ID_FULL_DIR_INFORMATION.
struct entry {
    ULONG next, index;
    LONGLONG times[4], size, allocated;
    ULONG attributes, name_length, tag;
    LONGLONG number;
    WCHAR name[];
};

NTSTATUS NTAPI query_directory_file(HANDLE handle, HANDLE event, PIO_APC_ROUTINE routine, void *context, IO_STATUS_BLOCK *block,
                                    void *output, ULONG size, ULONG class, BOOLEAN single, UNICODE_STRING *mask, BOOLEAN restart)
{
    if (class != FileIdFullDirectoryInformation)
        refuse("a list of another kind");
    NTSTATUS status = NtQueryDirectoryFile(handle, event, routine, context, block, output, size, class, single, mask, restart);
    if (status != 0 || block->Information == 0)
        return status;
    for (struct entry *entry = output;; entry = (struct entry *)((UCHAR *)entry + entry->next)) {
        UNICODE_STRING name = {entry->name_length, entry->name_length, entry->name};
        struct seen seen = {0};
        if (!(entry->attributes & FILE_ATTRIBUTE_DIRECTORY))
            look(handle, &name, &seen);
        if (seen.point != NULL) {
            mark(&entry->attributes, seen.point);
            entry->tag = tag_of(seen.point);
            entry->size = entry->allocated = 0;
        }
        if (entry->next == 0)
            return status;
    }
}

NTSTATUS NTAPI read_file(HANDLE handle, HANDLE event, PIO_APC_ROUTINE routine, void *context, IO_STATUS_BLOCK *block,
                         void *bytes, ULONG size, LARGE_INTEGER *offset, ULONG *key)
{
    if (known(handle)->point != NULL)
        return END_OF_FILE;
    return NtReadFile(handle, event, routine, context, block, bytes, size, offset, key);
}

NTSTATUS NTAPI write_file(HANDLE handle, HANDLE event, PIO_APC_ROUTINE routine, void *context, IO_STATUS_BLOCK *block,
                          const void *bytes, ULONG size, LARGE_INTEGER *offset, ULONG *key)
{
    if (known(handle)->point != NULL)
        refuse("a link is written to");
    return NtWriteFile(handle, event, routine, context, block, bytes, size, offset, key);
}

// Takes away or gives the one privilege that counts here. It has to be there when a file is opened.
NTSTATUS NTAPI adjust_privileges_token(HANDLE token, BOOLEAN disables_all, TOKEN_PRIVILEGES *state, ULONG size,
                                       TOKEN_PRIVILEGES *previous, ULONG *previous_size)
{
    enum { CREATE_SYMBOLIC_LINK = 35 };
    const LUID_AND_ATTRIBUTES *only = state->Privileges;
    if (disables_all || state->PrivilegeCount != 1 || only->Luid.HighPart != 0 || only->Luid.LowPart != CREATE_SYMBOLIC_LINK)
        refuse("another privilege is asked for");
    if (mode("unprivileged"))
        return NOT_ALL_ASSIGNED;
    is_privileged = (only->Attributes & SE_PRIVILEGE_ENABLED) != 0;
    return 0;
}
