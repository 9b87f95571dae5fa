-- The string library: searching, patterns, formatting, packing, UTF-8 and much concatenation.

local text = {}
local seed = 7
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n + 1
end

local words = { "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta" }
for i = 1, 20000 do
  text[i] = words[random(#words)]
end
local story = table.concat(text, " ")
print("length", #story, story:sub(1, 40), story:sub(-20))

local counts = {}
for word in story:gmatch("%a+") do
  counts[word] = (counts[word] or 0) + 1
end
for _, word in ipairs(words) do
  print(string.format("%-10s %6d", word, counts[word]))
end

local replaced, n = story:gsub("(%a)eta", "%1ETA")
print("gsub", n, replaced:sub(1, 60))
print("gsub function", (story:sub(1, 50):gsub("%w+", function(w) return w:reverse():upper() end)))
print("gsub table", (("$name is $age"):gsub("%$(%w+)", { name = "Lua", age = 33 })))
print("find", story:find("gamma delta", 1, true), story:find("(t)(h)e"), story:find("nowhere"))
print("balanced", ("f(a(b)c)(d)"):match("%b()"), ("[[x]]"):match("^%[%[(.*)%]%]$"))
print("frontier", ("THE (quick) fox"):gsub("%f[%a]%a+", "<%0>"))

print(string.format("%5d|%-5d|%05d|%+d|%x|%X|%o|%c", 42, 42, 42, 42, 255, 255, 8, 65))
print(string.format("%.3f|%10.2f|%e|%g|%g|%a", 3.14159, 2.5, 12345.678, 1e20, 0.1, 1.0))
print(string.format("%q", 'line\n"quoted"\0end'), string.format("%q", 1 / 3), string.format("%-8s|%.3s", "ab", "abcdef"))
print(0.1, 1e15, 1e16, 2 ^ 53, -0.0, 1 / 0, -1 / 0, 100 // 1e-300, 7 // 2, 7.0 // 2, 2 ^ 0.5)
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger, 5 // 0.0, -5 % 3, 5.5 % -2)
print(tostring(1e100), tonumber("0x1p4"), tonumber("  12  "), tonumber("1e"), tonumber("zz", 36), tonumber("8", 8))

local packed = string.pack("<i4 >i8 z s2 d f", -2, 1 << 40, "zero", "counted", 1.5, 0.25)
print("pack", #packed, string.unpack("<i4 >i8 z s2 d f", packed))
print("bytes", packed:byte(1, 12))

local greek = "αβγ – ∑ 😀"
print("utf8", #greek, utf8.len(greek), utf8.codepoint(greek, 1, -1))
for position, code in utf8.codes("aé😀") do io.write(position, ":", code, " ") end
print(utf8.char(72, 233, 8364, 128512))

local sum = 0
local piece = ""
for i = 1, 20000 do
  piece = piece .. string.char(i % 26 + 97)
  if #piece > 500 then
    for j = 1, #piece do sum = (sum * 31 + piece:byte(j)) % 1000000007 end
    piece = piece:sub(-3)
  end
end
print("concatenated", sum, piece:rep(3, "-"), ("x"):rep(0) == "", ("ab"):rep(100000):len())
