-- Tables: sorting, insertion and removal, metatables, inheritance, weak keys and the garbage collector.

math.randomseed(12345)

local numbers = {}
for i = 1, 60000 do numbers[i] = math.random(1, 1000000) end
table.sort(numbers)
local ordered = true
for i = 2, #numbers do ordered = ordered and numbers[i - 1] <= numbers[i] end
print("sorted", ordered, numbers[1], numbers[#numbers // 2], numbers[#numbers])
table.sort(numbers, function(a, b) return a % 1000 > b % 1000 end)
print("by remainder", numbers[1] % 1000, numbers[#numbers] % 1000)

local names = {}
for i = 1, 5000 do names[i] = string.format("name-%04d", (i * 7919) % 5000) end
table.sort(names)
print(names[1], names[2500], names[5000], table.concat(names, ",", 10, 14))

local list = {}
for i = 1, 2000 do table.insert(list, 1 + #list // 2, i) end
for _ = 1, 500 do table.remove(list, 3) end
table.move(list, 1, 5, 10)
print("list", #list, list[1], list[10], list[14], list[#list], table.unpack(list, 1, 5))
print("pack", table.pack(1, nil, 3).n, select("#", nil, nil), select(-1, "a", "b"))

local Shape = {}
Shape.__index = Shape
function Shape.new(kind, side) return setmetatable({ kind = kind, side = side }, Shape) end
function Shape:area() return self.side * self.side end
Shape.__add = function(a, b) return Shape.new(a.kind .. "+" .. b.kind, a.side + b.side) end
Shape.__eq = function(a, b) return a:area() == b:area() end
Shape.__lt = function(a, b) return a:area() < b:area() end
Shape.__tostring = function(s) return s.kind .. ":" .. s:area() end
Shape.__call = function(s, factor) return s.side * factor end
Shape.__len = function(s) return s.side end
Shape.__concat = function(a, b) return tostring(a) .. "&" .. tostring(b) end
local Circle = setmetatable({}, { __index = Shape })
Circle.__index = Circle
function Circle:area() return 3 * self.side * self.side end
local square, circle = Shape.new("square", 4), setmetatable({ kind = "circle", side = 3 }, Circle)
print(tostring(square), circle:area(), (square + circle).kind, square == Shape.new("other", 4), square < Shape.new("big", 9))
print(square(10), #square, square .. square, rawlen({ 1, 2 }), rawequal(square, square))

local log = {}
local proxy = setmetatable({}, {
  __index = function(_, key) log[#log + 1] = "read " .. key; return key .. "!" end,
  __newindex = function(t, key, value) log[#log + 1] = "write " .. key; rawset(t, key, value) end,
})
proxy.x = proxy.y
print(proxy.x, table.concat(log, "; "))

local weak = setmetatable({}, { __mode = "k" })
local kept = {}
for i = 1, 100 do
  local key = {}
  weak[key] = i
  if i % 10 == 0 then kept[#kept + 1] = key end
end
collectgarbage()
local alive = 0
for _ in pairs(weak) do alive = alive + 1 end
print("weak", alive, #kept)

local finalized = 0
for _ = 1, 50 do setmetatable({}, { __gc = function() finalized = finalized + 1 end }) end
collectgarbage()
collectgarbage()
print("finalized", finalized)

for _, mode in ipairs { "incremental", "generational" } do
  collectgarbage(mode)
  local tree = 0
  local function build(depth)
    if depth == 0 then return { leaf = true } end
    return { build(depth - 1), build(depth - 1) }
  end
  local function count(node) return node.leaf and 1 or 1 + count(node[1]) + count(node[2]) end
  for _ = 1, 12 do tree = tree + count(build(11)) end
  print(mode, tree)
end

local keys = {}
for key in pairs { one = 1, two = 2, three = 3, [1] = "a", [2] = "b", [2.5] = "c", [true] = "d" } do keys[#keys + 1] = tostring(key) end
table.sort(keys)
print(table.concat(keys, " "))
