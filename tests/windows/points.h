// Reparse points as the stand-in keeps them: see `points.c`.

#include <windows.h>
#include <winternl.h>

// What winternl.h leaves out.
NTSTATUS NTAPI NtReadFile(HANDLE, HANDLE, PIO_APC_ROUTINE, void *, IO_STATUS_BLOCK *, void *, ULONG, LARGE_INTEGER *,
                          ULONG *);
NTSTATUS NTAPI NtWriteFile(HANDLE, HANDLE, PIO_APC_ROUTINE, void *, IO_STATUS_BLOCK *, const void *, ULONG, LARGE_INTEGER *,
                           ULONG *);
NTSTATUS NTAPI NtQueryDirectoryFile(HANDLE, HANDLE, PIO_APC_ROUTINE, void *, IO_STATUS_BLOCK *, void *, ULONG,
                                    FILE_INFORMATION_CLASS, BOOLEAN, UNICODE_STRING *, BOOLEAN);

// What a file has of one: the record of FSCTL_SET_REPARSE_POINT, which begins with tag and length; and whether the file counts as
// a directory.
struct point {
    ULONG is_directory;
    ULONG size;
    UCHAR record[16384];
};

// What stands at a name.
struct seen {
    // It is a file, with this number.
    BOOL is_file;
    LONGLONG number;
    // It is a directory.
    BOOL is_directory;
    // Its reparse point, if it has one: good until the next look.
    struct point *point;
};

#define SYMBOLIC_LINK 0xa000000c
#define MOUNT_POINT 0xa0000003
// A file that is stored elsewhere: here, beside it, under the name that is the data.
#define STORED_ELSEWHERE 0x80000017

#define OK(status) ((status) >= 0)
#define OBJECT_NAME_COLLISION ((NTSTATUS)0xc0000035)
#define ACCESS_DENIED ((NTSTATUS)0xc0000022)
#define INVALID_INFO_CLASS ((NTSTATUS)0xc0000003)
#define INVALID_PARAMETER ((NTSTATUS)0xc000000d)
#define END_OF_FILE ((NTSTATUS)0xc0000011)
#define BUFFER_TOO_SMALL ((NTSTATUS)0xc0000023)
#define BUFFER_OVERFLOW ((NTSTATUS)0x80000005)
#define NOT_ALL_ASSIGNED ((NTSTATUS)0x106)
#define PRIVILEGE_NOT_HELD ((NTSTATUS)0xc0000061)
#define FILE_IS_A_DIRECTORY ((NTSTATUS)0xc00000ba)
#define NOT_A_DIRECTORY ((NTSTATUS)0xc0000103)
#define DIRECTORY_NOT_EMPTY ((NTSTATUS)0xc0000101)
#define NOT_A_REPARSE_POINT ((NTSTATUS)0xc0000275)
#define TAG_INVALID ((NTSTATUS)0xc0000276)
#define TAG_MISMATCH ((NTSTATUS)0xc0000277)
#define DATA_INVALID ((NTSTATUS)0xc0000278)
#define TAG_NOT_HANDLED ((NTSTATUS)0xc0000279)
#define POINT_NOT_RESOLVED ((NTSTATUS)0xc0000280)

ULONG tag_of(const struct point *point);
void look(HANDLE root, const UNICODE_STRING *name, struct seen *seen);
LONGLONG number_of(HANDLE file);
BOOL is_directory(HANDLE file);
BOOL is_valid(const UCHAR *record, ULONG size);
NTSTATUS store(HANDLE file, const struct point *point);
NTSTATUS name_of(HANDLE file, UNICODE_STRING *name);
NTSTATUS resolve(UNICODE_STRING *path, BOOL last_too);
void copy_text(UNICODE_STRING *to, const UNICODE_STRING *from);
void append(UNICODE_STRING *path, const WCHAR *units, size_t bytes);
void refuse(const char *what);
