// The library: strings, regular expressions, JSON, typed arrays, big integers, dates and number formatting.

"use strict";

const words = "the quick brown fox jumps over the lazy dog".split(" ");
let seed = 1;
const random = (n) => (seed = (seed * 48271) % 2147483647) % n;
const story = Array.from({ length: 20000 }, () => words[random(words.length)]).join(" ");

const counts = {};
for (const [word] of story.matchAll(/\b\w+\b/g)) counts[word] = (counts[word] ?? 0) + 1;
print(JSON.stringify(Object.fromEntries(Object.entries(counts).sort(([x], [y]) => (x < y ? -1 : 1)))));
print(story.replace(/(\w+) (\w+)/g, "$2 $1").slice(0, 60), story.replaceAll("fox", (m, at) => at).length);
print("2024-02-29T12:30".match(/(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)/u).groups.month, /^(?:a|ab)(?:c|bcd)(?=d)*$/.test("abcd"));
print("aBc1éΣ😀".replace(/\p{Lu}/gu, "<$&>"), /(?<=\$)\d+/.exec("cost $42")[0], "x".padStart(5, "ab"), "ß".toUpperCase(), "İ".toLowerCase().length);
print("a1b22c333".split(/(\d+)/), "  trim ".trim() + "|", "abc".localeCompare("abd"), "é".normalize("NFD").length, "😀".codePointAt(0));
print(/(a+)+b/.test("a".repeat(18) + "c"), "x-y_z".split(/[-_]/), "Hello".replace(/l/y, "L"), [..."a.b.c".matchAll(/[a-z]/dg)].map((m) => m.indices[0]).join("|"));

const tree = (depth) => (depth === 0 ? { leaf: true, text: "\u00e9\n\"" } : { left: tree(depth - 1), right: [depth, null, 1.5, tree(depth - 1)] });
const text = JSON.stringify(tree(9));
print(text.length, JSON.stringify(JSON.parse(text)) === text, JSON.stringify({ u: undefined, d: 1e21, n: NaN }, null, 2));
print(JSON.stringify(JSON.parse('{"a":[1,2,{"b":3}]}', (key, value) => (typeof value === "number" ? value * 2 : value))));

print(2n ** 200n, -17n / 5n, -17n % 5n, BigInt.asUintN(64, -1n), BigInt.asIntN(8, 255n), 0xffn ^ 0x0fn, BigInt("123456789012345678901234567890") * 987654321n);
let factorial = 1n;
for (let i = 1n; i <= 300n; i++) factorial *= i;
const digits = factorial.toString();
print(digits.length, digits.slice(0, 30), digits.slice(-80, -70), (factorial >> 1900n).toString(16));

const bytes = new Uint8Array(1 << 16);
for (let i = 0; i < bytes.length; i++) bytes[i] = random(256);
const view = new DataView(bytes.buffer);
let mixed = 0;
for (let i = 0; i < bytes.length - 8; i += 7) mixed = (mixed * 31 + view.getInt32(i, true) + view.getUint16(i + 4)) | 0;
view.setFloat64(0, Math.sqrt(2)); view.setFloat32(8, 0.1, true); view.setBigInt64(16, -2n);
print(mixed, bytes.slice(0, 24).join(), new Float64Array([1.5, -0]).at(1), new Uint8ClampedArray([300, -5, 1.5]).join(), Int16Array.from([70000, -1]).join());
print(new Uint32Array(bytes.buffer, 0, 4096).sort().filter((_, i) => i % 512 === 0).join(), [10, 9, 1].sort().join(), new Float32Array([3.3]).join());

print(0.1 + 0.2, 1e21, 1e-7, 123456789.125.toFixed(2), (255).toString(16), (0.5).toString(2), (1234.5678).toExponential(3), (0.000123).toPrecision(2), 5e-324, 2 ** 53 + 2);
print(parseInt("12px"), parseFloat(".5e1x"), Number(""), Number("0b101"), +[], +{}, 7 % -3, -7 % 3, 1 / -0, Math.round(-0.5), Math.fround(0.1), Math.imul(0xffffffff, 5), Math.clz32(1), Math.hypot(3, 4), Math.trunc(-4.7), ~~5.9, -1 >>> 0, 1 << 31);

const date = new Date(Date.UTC(2024, 1, 29, 12, 34, 56, 789));
print(date.toISOString(), date.getUTCDay(), new Date("2024-03-01T00:00:00Z") - date, new Date(NaN).getTime(), JSON.stringify(new Date(0)), Date.now() > 1.7e12);
print(encodeURIComponent("a b&é😀"), decodeURIComponent("%F0%9F%98%80"), escape("é"), isNaN("x"), [1, 2, 3].includes(NaN), Object.is(-0, 0));
