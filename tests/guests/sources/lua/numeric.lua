-- Arithmetic: recursion, n-body, spectral norm, a sieve, Mandelbrot, matrices, 64-bit integers and bits.
-- Of the mathematical functions only `sqrt` and the roundings are used: they are exact everywhere.

local scale = tonumber(arg[1]) or 1

local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
local fibs = 0
for _ = 1, scale do fibs = fibs + fib(23) end
print("fib", fibs)

local bodies = {
  { 0, 0, 0, 0, 0, 0, 39.47841760435743 },
  { 4.84143144246472090, -1.16032004402742839, -0.103622044471123109, 0.606326392995832, 2.81198684491626, -0.02521836165988763, 0.03769367487038949 },
  { 8.34336671824457987, 4.12479856412430479, -0.403523417114321381, -1.01077434617879236, 1.82566237123041186, 0.00841576137658415351, 0.0112863261319687668 },
  { 12.8943695621391310, -15.1111514016986312, -0.223307578892655734, 1.08279100644153536, 0.868713018169608220, -0.0108326374013636358, 0.00172372405705971225 },
}
local function advance(dt)
  local n = #bodies
  for i = 1, n do
    local a = bodies[i]
    for j = i + 1, n do
      local b = bodies[j]
      local dx, dy, dz = a[1] - b[1], a[2] - b[2], a[3] - b[3]
      local d2 = dx * dx + dy * dy + dz * dz
      local magnitude = dt / (d2 * math.sqrt(d2))
      for k, d in ipairs { dx, dy, dz } do
        a[3 + k] = a[3 + k] - d * b[7] * magnitude
        b[3 + k] = b[3 + k] + d * a[7] * magnitude
      end
    end
  end
  for i = 1, n do
    local b = bodies[i]
    for k = 1, 3 do b[k] = b[k] + dt * b[3 + k] end
  end
end
for _ = 1, 5000 * scale do advance(0.01) end
print(string.format("n-body %.12f %.12f %.12f", bodies[1][1], bodies[2][2], bodies[3][3]))

local function entry(i, j) return 1 / ((i + j) * (i + j + 1) // 2 + i + 1) end
local function multiply(v, transposed)
  local out = {}
  for i = 0, #v - 1 do
    local sum = 0
    for j = 0, #v - 1 do sum = sum + (transposed and entry(j, i) or entry(i, j)) * v[j + 1] end
    out[i + 1] = sum
  end
  return out
end
local u, v = {}, nil
for i = 1, 60 do u[i] = 1 end
for _ = 1, 4 * scale do v = multiply(multiply(u), true); u = multiply(multiply(v), true) end
local uv, vv = 0, 0
for i = 1, #u do uv = uv + u[i] * v[i]; vv = vv + v[i] * v[i] end
print(string.format("spectral norm %.9f", math.sqrt(uv / vv)))

local composite, primes = {}, 0
for i = 2, 200000 do
  if not composite[i] then
    primes = primes + 1
    for j = i * i, 200000, i do composite[j] = true end
  end
end
print("primes", primes)

local inside = 0
for y = -20, 20 do
  for x = -40, 20 do
    local cr, ci, zr, zi, steps = x / 20, y / 20, 0.0, 0.0, 0
    while zr * zr + zi * zi < 4 and steps < 50 * scale do zr, zi, steps = zr * zr - zi * zi + cr, 2 * zr * zi + ci, steps + 1 end
    inside = inside + steps
  end
end
print("mandelbrot", inside)

local hash = 0xcbf29ce484222325
for i = 1, 100000 do hash = (hash ~ (i & 0xff)) * 0x100000001b3 end
print("fnv", string.format("%016x", hash), hash >> 60, hash << 60, ~hash, hash // 3, hash % 1000, math.ult(hash, 0))
print(1 << 63, 1 << 64, -1 >> 1, 3 | 2.0, "10" + 5, 10 / 2, 2 ^ 10, 7 // -2, -7 // 2, 7 % -3, -7 % 3, 1e308 * 10)
print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.tointeger(3.0), math.tointeger(3.5), math.type(1), math.type(1.0))

math.randomseed(99)
local r = {}
for i = 1, 8 do r[i] = math.random(0, 999) end
print("random", table.concat(r, " "), math.random() < 1)
