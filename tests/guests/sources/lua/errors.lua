-- Errors and coroutines, which need to unwind the stack of the interpreter.

print(pcall(error, "a string", 0))
print(pcall(error, { code = 7 }) == false, select(2, pcall(error, { code = 7 })).code)
print(pcall(function() local nothing; return nothing.field end))
print(pcall(function() return 1 + {} end))
print(select(2, pcall(string.rep)))
print(xpcall(function(a, b) error(a .. b) end, function(message) return "handled: " .. message end, "x", "y"))
print(load("return +"))

local function deep(n) if n == 0 then error("bottom", 0) end return 1 + deep(n - 1) end
local caught = 0
for depth = 1, 150 do
  local fine, message = pcall(deep, depth)
  if not fine and message == "bottom" then caught = caught + 1 end
end
print("caught", caught)
print("overflow", (select(2, pcall(function() local function f() return 1 + f() end return f() end)):gsub("^.-:%d+: ", ""):sub(1, 14)))

local function nested(n) if n == 0 then error("inner") end local fine, e = pcall(nested, n - 1); error(e, 0) end
print(pcall(nested, 20))

do
  local fine, message = pcall(function()
    local resource <close> = setmetatable({}, { __close = function(_, e) print("closing because of", e) end })
    error("trouble", 0)
  end)
  print(fine, message)
end

local function generate(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
local total = 0
for i, square in generate(5000) do total = total + square - i end
print("generated", total)

local function permutations(items, n)
  n = n or #items
  if n <= 1 then coroutine.yield(table.concat(items)) end
  for i = 1, n do
    items[n], items[i] = items[i], items[n]
    if n > 1 then permutations(items, n - 1) end
    items[n], items[i] = items[i], items[n]
  end
end
local seen = {}
for p in coroutine.wrap(function() permutations { "a", "b", "c", "d" } end) do seen[#seen + 1] = p end
print("permutations", #seen, seen[1], seen[#seen])

local co = coroutine.create(function(a, b)
  print("start", a, b)
  local c = coroutine.yield(a + b)
  print("resumed", c, coroutine.isyieldable())
  local fine, e = pcall(function() local d = coroutine.yield(c * 2); error("after " .. d, 0) end)
  print("inside", fine, e)
  error("final", 0)
end)
print(coroutine.resume(co, 1, 2))
print(coroutine.resume(co, 10))
print(coroutine.resume(co, "yield"))
print(coroutine.resume(co), coroutine.status(co))

local function producer() for _, item in ipairs { "one", "two", "three" } do coroutine.yield(item) end end
local function filter(source) for item in source do coroutine.yield(item:upper()) end end
for item in coroutine.wrap(function() filter(coroutine.wrap(producer)) end) do io.write(item, " ") end
print()

local closing = coroutine.create(function() local x <close> = setmetatable({}, { __close = function() print("closed") end }) coroutine.yield() end)
coroutine.resume(closing)
print(coroutine.close(closing), coroutine.status(closing))

table.sort({ 3, 1, 2 }, function(a, b) return a < b end)
print(pcall(table.sort, { 3, 1, 2, 5, 4 }, function() error("comparison", 0) end))
print((("a b c"):gsub("%a", function(c) return (select(2, pcall(error, c .. c, 0))) end)))
print(pcall(function() return setmetatable({}, { __index = function(_, k) error("no " .. k, 0) end }).missing end))
