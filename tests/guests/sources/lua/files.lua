-- The io and os libraries: `files.lua <directory>` reads standard input and works in a granted directory.

local directory = arg[1]

print("first line", io.read())
print("a number", io.read("n"), io.read("n"))
print("rest", (io.read("a"):gsub("%s+", " ")))
print("end", io.read(), io.read("a") == "")

local path = directory .. "/written.txt"
local file = io.open(path, "w")
file:setvbuf("full", 1024)
for i = 1, 1000 do file:write("line ", i, "\n") end
print("position", file:seek("cur"), file:seek("set", 5))
file:write("ONE")
file:close()

local lines, bytes = 0, 0
for line in io.lines(path) do lines = lines + 1; bytes = bytes + #line end
print("lines", lines, bytes)

local appended = io.open(path, "a+")
appended:write("last\n")
appended:seek("set", 0)
print("appended", appended:read("l", "l", 3, "L"))
print("size", appended:seek("end"), io.type(appended))
appended:close()
print("closed", io.type(appended), io.type(12))

print("rename", os.rename(path, directory .. "/renamed.txt"))
print("old name", (select(2, io.open(path))))
for line in io.lines(directory .. "/input.txt", "L") do io.write("input: ", line) end
print("remove", os.remove(directory .. "/input.txt"))
print("missing", (select(2, io.open(directory .. "/none/such.txt"))))

local binary = io.open(directory .. "/bytes.bin", "wb")
for i = 0, 255 do binary:write(string.char(i)) end
binary:close()
local back = io.open(directory .. "/bytes.bin", "rb"):read("a")
print("binary", #back, back:byte(1), back:byte(256))

print("environment", os.getenv("GREETING"), os.getenv("NOT_SET"))
print("time", os.time { year = 2024, month = 2, day = 29, hour = 12 } - os.time { year = 2024, month = 2, day = 28, hour = 12 })
print("date", os.date("!%Y-%m-%d %H:%M:%S", 86400 * 365), os.time() > 1700000000)
io.stderr:write("to standard error\n")
os.exit(3, true)
