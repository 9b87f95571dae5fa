// The language: classes, closures, generators, destructuring, proxies, symbols, exceptions, promises.

"use strict";

class Shape {
  #name;
  static count = 0;
  constructor(name) { this.#name = name; Shape.count++; }
  get name() { return this.#name; }
  area() { return 0; }
  toString() { return `${this.#name}(${this.area()})`; }
  static { this.created = "static block"; }
}
class Square extends Shape {
  constructor(side) { super("square"); this.side = side; }
  area() { return this.side ** 2; }
}
class Circle extends Shape {
  constructor(radius) { super("circle"); this.radius = radius; }
  area() { return 3 * this.radius * this.radius; }
}
print([new Square(3), new Circle(2), new Shape("empty")].join(" "), Shape.count, Shape.created, new Square(1) instanceof Shape);

const { a, b: [first, , third = "default"], ...others } = { a: 1, b: ["x", "y"], c: 3, d: 4 };
print(a, first, third, JSON.stringify(others), [..."héllo😀"].length, Math.max(...[3, 9, 2]));
print(null ?? "nullish", undefined?.property, (0 || "or"), [1, [2, [3, [4]]]].flat(Infinity), Object.entries({ x: 1, y: 2 }));

function* fibonacci() { let [x, y] = [0, 1]; for (;;) { yield x; [x, y] = [y, x + y]; } }
function* take(n, source) { for (const item of source) { if (n-- <= 0) return "done"; yield item; } }
print([...take(15, fibonacci())].join());
const echo = (function* () { let got = "start"; try { for (;;) got = yield got + "!"; } finally { print("generator closed"); } })();
print(echo.next().value, echo.next("one").value, echo.return("end").value, echo.next().done);

const log = [];
const proxy = new Proxy({}, {
  get: (target, key) => { log.push(`get ${String(key)}`); return target[key] ?? 42; },
  set: (target, key, value) => { log.push(`set ${key}`); target[key] = value * 2; return true; },
  has: () => true,
  ownKeys: () => ["p", "q"],
  getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
});
proxy.p = 21;
print(proxy.p, proxy.missing, "anything" in proxy, Object.keys(proxy), log.join("; "));

const tag = Symbol("tag");
const iterable = { [tag]: 1, *[Symbol.iterator]() { yield* [1, 2, 3]; }, [Symbol.toPrimitive]: (hint) => hint === "number" ? 7 : hint };
print([...iterable], +iterable, `${iterable}`, tag.toString(), Reflect.ownKeys(iterable).length);

const map = new Map([["one", 1], [NaN, "not a number"], [{}, "object"]]);
const set = new Set([1, 2, 2, 3, "3", NaN, NaN]);
print(map.get(NaN), map.size, [...map.keys()].length, set.size, [...set.union(new Set([9]))].length);
print(Object.groupBy([1, 2, 3, 4, 5], (n) => n % 2 ? "odd" : "even").odd, [3, 1, 2].toSorted(), [1, 2, 3].at(-1), [1, 2, 3, 4].findLast((n) => n % 2));

const counters = [];
for (let i = 0; i < 3; i++) counters.push(() => i++);
print(counters.map((f) => f() + f()), (() => { try { return "try"; } finally { print("finally"); } })());
function tagged(strings, ...values) { return strings.raw.join("|") + values.join(); }
print(tagged`a${1}\n${2}c`, String.raw`\u00e9`, typeof tagged, tagged.length, ((x, y = 2, ...rest) => x).length);

class Trouble extends Error { constructor(message, options) { super(message, options); this.name = "Trouble"; } }
function fail(depth) { if (depth === 0) throw new Trouble("deep", { cause: new RangeError("root") }); fail(depth - 1); }
try { fail(20); } catch (error) { print(String(error), error.cause.message, error instanceof Error, error.stack.split("\n").length > 3); }
for (const bad of [() => null.x, () => undefinedName, () => { const c = 1; c = 2; }, () => new Array(-1), () => JSON.parse("{oops"), () => 1n + 1, () => new Circle().missing()]) {
  try { bad(); } catch (error) { print(error.name, "-", error.message); }
}
outer: for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) { if (j === 1) continue outer; if (i === 2) break outer; print("loop", i, j); }

const order = [];
Promise.resolve().then(() => order.push("microtask 1")).then(() => order.push("microtask 3"));
queueMicrotask?.(() => order.push("queued"));
(async () => {
  order.push("async start");
  await null;
  order.push("after await");
  try { await Promise.reject(new Error("rejected")); } catch (error) { order.push("caught " + error.message); }
  for await (const value of (async function* () { yield 1; yield 2; })()) order.push("value " + value);
  const settled = await Promise.allSettled([1, Promise.reject("no"), new Promise((resolve) => resolve("yes"))]);
  order.push(settled.map((s) => s.status).join());
  order.push(await Promise.any([Promise.reject(1), Promise.resolve("any")]));
})().then(() => print(order.join(" > ")));
order.push("script end");
