// Included before every source file of Lua, on both sides.
//
// Lua seeds its string hashes and the pivots of large sorts from addresses and the clock. With constants in
// their place a script meets its tables in the same order in every run.

#define luai_makeseed(L) 0x5eed5eedu
#define l_randomizePivot() 0x9e3779b9u
