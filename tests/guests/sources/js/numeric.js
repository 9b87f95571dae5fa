// Computing: recursion, n-body, a sieve, SHA-256, sorting, a matrix product, Game of Life, the N queens.
// Of `Math` only what is exact everywhere is used.

"use strict";

const scale = Number(scriptArgs[1]) || 1;

function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
let fibs = 0;
for (let round = 0; round < scale; round++) fibs += fib(21);
print("fib", fibs);

const bodies = [
  { p: [0, 0, 0], v: [0, 0, 0], m: 39.47841760435743 },
  { p: [4.84143144246472, -1.16032004402742839, -0.103622044471123109], v: [0.606326392995832, 2.81198684491626, -0.02521836165988763], m: 0.03769367487038949 },
  { p: [8.34336671824457987, 4.12479856412430479, -0.403523417114321381], v: [-1.01077434617879236, 1.82566237123041186, 0.00841576137658415351], m: 0.0112863261319687668 },
];
for (let step = 0; step < 3000 * scale; step++) {
  for (let i = 0; i < bodies.length; i++) {
    for (let j = i + 1; j < bodies.length; j++) {
      const d = bodies[i].p.map((x, k) => x - bodies[j].p[k]);
      const squared = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
      const magnitude = 0.01 / (squared * Math.sqrt(squared));
      for (let k = 0; k < 3; k++) {
        bodies[i].v[k] -= d[k] * bodies[j].m * magnitude;
        bodies[j].v[k] += d[k] * bodies[i].m * magnitude;
      }
    }
  }
  for (const body of bodies) for (let k = 0; k < 3; k++) body.p[k] += 0.01 * body.v[k];
}
print("n-body", bodies.map((b) => b.p[0]).join(" "));

const composite = new Uint8Array(500000);
let primes = 0;
for (let i = 2; i < composite.length; i++) {
  if (composite[i]) continue;
  primes++;
  for (let j = i * i; j < composite.length; j += i) composite[j] = 1;
}
print("primes", primes);

function firstPrimes(count, root) {
  const fraction = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
  const out = [];
  for (let n = 2; out.length < count; n++) if (!composite[n]) out.push(fraction(root(n)));
  return out;
}
// Newton's iteration, because `Math.cbrt` and `**` may differ in the last bit between C libraries.
function cubeRoot(n) { let x = n; for (let i = 0; i < 60; i++) x = x - (x * x * x - n) / (3 * x * x); return x; }
function sha256(message) {
  const K = firstPrimes(64, cubeRoot), H = firstPrimes(8, Math.sqrt), W = new Int32Array(64);
  const size = message.length, padded = new Uint8Array(((size + 72) >> 6) << 6);
  padded.set(message);
  padded[size] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, size * 8);
  const rotate = (x, n) => (x >>> n) | (x << (32 - n));
  for (let at = 0; at < padded.length; at += 64) {
    for (let t = 0; t < 64; t++) {
      if (t < 16) { W[t] = view.getInt32(at + 4 * t); continue; }
      const x = W[t - 15], y = W[t - 2];
      W[t] = W[t - 16] + W[t - 7] + (rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)) + (rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = H;
    for (let t = 0; t < 64; t++) {
      const one = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
      const two = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => { H[i] = (H[i] + value) | 0; });
  }
  return H.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
print("sha256", sha256(Uint8Array.from("abc", (c) => c.charCodeAt(0))));
print("sha256", sha256(new Uint8Array(20000 * scale).fill(97)));

let seed = 17;
const random = () => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff);
const numbers = Array.from({ length: 30000 }, random);
numbers.sort((x, y) => (x % 997) - (y % 997) || x - y);
print("sorted", numbers[0], numbers[15000], numbers[29999]);

const n = 48;
const matrix = (f) => Array.from({ length: n }, (_, i) => Float64Array.from({ length: n }, (_, j) => f(i, j)));
const A = matrix((i, j) => (i * j) % 7), B = matrix((i, j) => i - j / 2);
let trace = 0;
for (let round = 0; round < 2 * scale; round++) {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { let sum = 0; for (let k = 0; k < n; k++) sum += A[i][k] * B[k][j]; if (i === j) trace += sum; }
}
print("matrix", trace);

let cells = new Set(["1,0", "2,1", "0,2", "1,2", "2,2", "10,10", "11,10", "12,10", "20,5", "20,6", "21,5", "23,8", "22,8", "23,7"]);
for (let generation = 0; generation < 30 * scale; generation++) {
  const neighbours = new Map();
  for (const cell of cells) {
    const [x, y] = cell.split(",").map(Number);
    for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) if (dx || dy) { const key = `${x + dx},${y + dy}`; neighbours.set(key, (neighbours.get(key) ?? 0) + 1); }
  }
  cells = new Set([...neighbours].filter(([cell, count]) => count === 3 || (count === 2 && cells.has(cell))).map(([cell]) => cell));
}
print("life", cells.size, [...cells].sort().slice(0, 5).join(" "));

function queens(size, row = 0, columns = 0, left = 0, right = 0) {
  if (row === size) return 1;
  let count = 0;
  for (let free = ~(columns | left | right) & ((1 << size) - 1); free; free &= free - 1) {
    const bit = free & -free;
    count += queens(size, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return count;
}
print("queens", queens(8));
