// What the JPEG codec's own build would find out about the compiler. Both sides are told the same about themselves, except
// for the size of a pointer.

#define BUILD "guest"
#define PACKAGE_NAME "mozjpeg"
#define VERSION "guest"
#define INLINE inline __attribute__((always_inline))
#define HIDDEN __attribute__((visibility("hidden")))
#define THREAD_LOCAL
#define SIZEOF_SIZE_T __SIZEOF_SIZE_T__
#define HAVE_BUILTIN_CTZL 1
#define FALLTHROUGH
