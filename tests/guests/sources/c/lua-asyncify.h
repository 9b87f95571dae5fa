// Included before every source file of Lua that is to be transformed by Binaryen's Asyncify, which gives
// WebAssembly without exceptions a way to unwind the stack: errors and coroutines work.
//
// Asyncify changes every function that may be on the stack while it unwinds so that, after each call, it asks
// "are we unwinding?" and, if so, saves its locals and returns. A jump needs only that half: whoever caught it never
// goes back to where it came from. See `lua-asyncify.c`.

struct lua_State;
void unwindable_call(void (*function)(struct lua_State *, void *), struct lua_State *L, void *argument);
void unwind(void);

#define luai_jmpbuf int
// `f` and `ud` are the parameters of `luaD_rawrunprotected`, the only place that uses this macro.
#define LUAI_TRY(L, c, a) unwindable_call(f, L, ud);
// To the compiler nothing follows; the check for unwinding is put between the two afterwards.
#define LUAI_THROW(L, c) (unwind(), __builtin_unreachable())
