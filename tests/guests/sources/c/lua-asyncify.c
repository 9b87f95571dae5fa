// `setjmp` and `longjmp` for Lua, out of Binaryen's Asyncify; `lua-asyncify.h` says why and how.

#include <stdint.h>

// The layout is Asyncify's: where the next frame is saved, and where the room ends.
struct frames {
    unsigned char *next;
    unsigned char *end;
};

__attribute__((import_module("asyncify"), import_name("start_unwind"))) void start_unwind(struct frames *frames);
__attribute__((import_module("asyncify"), import_name("stop_unwind"))) void stop_unwind(void);

// Saved frames are never read again: the room only has to be large enough for the deepest stack, which Lua limits
// to 200 nested C calls.
static unsigned char room[256 * 1024];
static struct frames frames;
static int unwinding;

// A function that unwinds does not run its epilogue, so the stack of C's addressable variables has to be put back here.
static inline uintptr_t stack_pointer(void) {
    uintptr_t pointer;
    __asm__ volatile(".globaltype __stack_pointer, i32\nglobal.get __stack_pointer\nlocal.set %0" : "=r"(pointer));
    return pointer;
}

static inline void set_stack_pointer(uintptr_t pointer) {
    __asm__ volatile("local.get %0\nglobal.set __stack_pointer" : : "r"(pointer));
}

__attribute__((noinline)) void
unwindable_call(void (*function)(struct lua_State *, void *), struct lua_State *L, void *argument) {
    uintptr_t pointer = stack_pointer();
    function(L, argument);
    if (unwinding) {
        unwinding = 0;
        stop_unwind();
        set_stack_pointer(pointer);
    }
}

__attribute__((noinline)) void unwind(void) {
    frames.next = room;
    frames.end = room + sizeof room;
    unwinding = 1;
    start_unwind(&frames);
}
