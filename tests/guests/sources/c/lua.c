// Runs a Lua script: `lua <script> [argument]...`, with the standard library and the table `arg`.

#include "lauxlib.h"
#include "lua.h"
#include "lualib.h"

#include <stdio.h>

static void push_arguments(lua_State *L, int argc, char **argv) {
    lua_createtable(L, argc, 0);
    for (int i = 1; i < argc; i++) {
        lua_pushstring(L, argv[i]);
        lua_rawseti(L, -2, i - 1);
    }
    lua_setglobal(L, "arg");
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: lua <script> [argument]...\n");
        return 2;
    }
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    push_arguments(L, argc, argv);
    if (luaL_loadfile(L, argv[1]) != LUA_OK || lua_pcall(L, 0, 0, 0) != LUA_OK) {
        fprintf(stderr, "lua: %s\n", lua_tostring(L, -1));
        lua_close(L);
        return 1;
    }
    lua_close(L);
    return 0;
}
