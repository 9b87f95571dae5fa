-- Control flow: closures, upvalues, variable arguments, iterators, goto, to-be-closed variables, integer loops.

local function counter()
  local count = 0
  return function() count = count + 1; return count end, function() return count end
end
local tick, read = counter()
for _ = 1, 1000 do tick() end
print("counter", read())

local adders = {}
for i = 1, 5 do adders[i] = function(x) i = i + 1; return x + i end end
print(adders[1](10), adders[1](10), adders[5](10))

local function compose(...)
  local functions = { ... }
  return function(...)
    local results = table.pack(...)
    for i = #functions, 1, -1 do results = table.pack(functions[i](table.unpack(results, 1, results.n))) end
    return table.unpack(results, 1, results.n)
  end
end
print(compose(function(x, y) return x * y end, function(x) return x + 1, x - 1 end)(9))

local function variable(...)
  local a, b = ...
  return select("#", ...), a, b, (select("#", ...) > 2 and select(3, ...) or "none")
end
print(variable(), variable(1), variable(nil, nil, nil))
print((variable(1, 2, 3, 4)))

local function range(from, to, step)
  return function(limit, at)
    at = at + step
    if at <= limit then return at end
  end, to, from - step
end
local sum = 0
for i in range(1, 99, 2) do sum = sum + i end
print("odd numbers", sum)

local function memoize(f)
  local known = {}
  return function(n)
    local value = known[n]
    if value == nil then value = f(n); known[n] = value end
    return value
  end
end
local fibonacci
fibonacci = memoize(function(n) return n < 2 and n or fibonacci(n - 1) + fibonacci(n - 2) end)
print("fibonacci", fibonacci(90))

local function tail(n, total) if n == 0 then return total end return tail(n - 1, total + n) end
print("tail calls", tail(1000000, 0))

local found = {}
for i = 2, 60 do
  for j = 2, i - 1 do
    if i % j == 0 then goto continue end
  end
  found[#found + 1] = i
  ::continue::
end
print("primes", table.concat(found, " "))

do
  local closed <close> = setmetatable({}, { __close = function(_, e) print("closed", e) end })
  local constant <const> = 5
  print("open", constant)
end

local loops = {}
for i = math.maxinteger - 2, math.maxinteger do loops[#loops + 1] = math.maxinteger - i end
for i = 3, 1 do loops[#loops + 1] = "never" .. i end
for x = 1.0, 2.0, 0.25 do loops[#loops + 1] = x end
print(table.concat(loops, " "))

local chunk = load("local a, b = ...; return a .. b, function() return a end")
local joined, get = chunk("left", "right")
print(joined, get())

local fizz = {}
for i = 1, 15 do fizz[i] = i % 15 == 0 and "FizzBuzz" or i % 5 == 0 and "Buzz" or i % 3 == 0 and "Fizz" or i end
print(table.concat(fizz, " "))
