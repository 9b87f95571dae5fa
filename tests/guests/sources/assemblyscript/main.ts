// An AssemblyScript program that uses what AssemblyScript programs use: classes on a garbage-collected heap, arrays,
// maps and sets, strings, typed arrays, closures over globals, 64-bit integers, and WASI for the rest.
// Its whole output is fixed.
//
// ENDING in the environment chooses how it ends: "exit", "index", "unreachable" or, without it, by returning.

import {
  fd,
  fd_close,
  fd_read,
  fd_write,
  iovec,
  oflags,
  path_open,
  path_unlink_file,
  rights,
} from "bindings/wasi_snapshot_preview1";

function section(name: string): void {
  console.log("-- " + name);
}

function print(items: string[]): void {
  console.log(items.join(" "));
}

function surroundings(): void {
  section("surroundings");
  console.log("arguments " + process.argv.slice(1).join("|"));
  const greeting = process.env.has("GREETING") ? process.env.get("GREETING") : "(not set)";
  console.log("environment " + greeting + " " + process.env.has("NOT_SET").toString());
  const chunk = new Uint8Array(7);
  const bytes: u8[] = [];
  for (let count = process.stdin.read(chunk.buffer); count > 0; count = process.stdin.read(chunk.buffer)) {
    for (let i = 0; i < <i32>count; i++) bytes.push(chunk[i]);
  }
  const text = String.UTF8.decodeUnsafe(bytes.dataStart, bytes.length);
  const counts = new Map<string, i32>();
  const words = text.toLowerCase().split("\n").join(" ").split(" ");
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (word.length > 0) counts.set(word, (counts.has(word) ? counts.get(word) : 0) + 1);
  }
  const keys = counts.keys().sort();
  for (let i = 0; i < keys.length; i++) console.log(keys[i].padEnd(8) + counts.get(keys[i]).toString());
}

// The first directory that was granted: descriptors 0 to 2 are the standard streams.
const DIRECTORY: fd = 3;

class File {
  private constructor(private descriptor: fd) {}

  static open(name: string, flags: u16, access: u64): File | null {
    const path = String.UTF8.encode(name);
    const result = memory.data(4);
    const error = path_open(DIRECTORY, 0, changetype<usize>(path), path.byteLength, flags, access, 0, 0, result);
    return error == 0 ? new File(load<fd>(result)) : null;
  }

  write(text: string): void {
    const bytes = String.UTF8.encode(text);
    const part = memory.data(offsetof<iovec>());
    const written = memory.data(4);
    let at: usize = changetype<usize>(bytes);
    let left: usize = bytes.byteLength;
    while (left > 0) {
      changetype<iovec>(part).buf = at;
      changetype<iovec>(part).buf_len = left;
      if (fd_write(this.descriptor, part, 1, written) != 0) throw new Error("write");
      at += load<u32>(written);
      left -= load<u32>(written);
    }
  }

  read(): string {
    const buffer = new Uint8Array(64);
    const part = memory.data(offsetof<iovec>());
    const count = memory.data(4);
    const bytes: u8[] = [];
    let size: i32;
    do {
      changetype<iovec>(part).buf = buffer.dataStart;
      changetype<iovec>(part).buf_len = buffer.length;
      if (fd_read(this.descriptor, part, 1, count) != 0) throw new Error("read");
      size = load<i32>(count);
      for (let i = 0; i < size; i++) bytes.push(buffer[i]);
    } while (size > 0);
    return String.UTF8.decodeUnsafe(bytes.dataStart, bytes.length);
  }

  close(): void {
    fd_close(this.descriptor);
  }
}

function files(): void {
  section("files");
  const input = File.open("input.txt", 0, rights.FD_READ);
  if (input != null) {
    console.log("input " + input.read().split("\n").join("/"));
    input.close();
  }
  console.log("missing " + (File.open("missing.txt", 0, rights.FD_READ) == null).toString());
  console.log("outside " + (File.open("../input.txt", 0, rights.FD_READ) == null).toString());
  const output = File.open("output.txt", oflags.CREAT | oflags.TRUNC, rights.FD_READ | rights.FD_WRITE)!;
  for (let i = 0; i < 500; i++) output.write("line " + i.toString() + " " + (i * i).toString(16) + "\n");
  output.close();
  const back = File.open("output.txt", 0, rights.FD_READ)!;
  const lines = back.read().split("\n");
  back.close();
  console.log("lines " + lines.length.toString() + " " + lines[499]);
  const name = String.UTF8.encode("input.txt");
  console.log("removed " + (path_unlink_file(DIRECTORY, changetype<usize>(name), name.byteLength) == 0).toString());
}

abstract class Shape {
  constructor(public name: string) {}
  abstract area(): f64;
  toString(): string {
    return this.name + " " + this.area().toString();
  }
}
class Square extends Shape {
  constructor(private side: f64) {
    super("square");
  }
  area(): f64 {
    return this.side * this.side;
  }
}
class Circle extends Shape {
  constructor(private radius: f64) {
    super("circle");
  }
  area(): f64 {
    return 3 * this.radius * this.radius;
  }
  @operator("+") static join(left: Circle, right: Circle): Circle {
    return new Circle(left.radius + right.radius);
  }
}

class Tree<T> {
  left: Tree<T> | null = null;
  right: Tree<T> | null = null;
  constructor(public value: T) {}
  insert(value: T): void {
    const goLeft = value < this.value;
    const next = goLeft ? this.left : this.right;
    if (next != null) next.insert(value);
    else if (goLeft) this.left = new Tree<T>(value);
    else this.right = new Tree<T>(value);
  }
  walk(visit: (value: T) => void): void {
    if (this.left != null) this.left!.walk(visit);
    visit(this.value);
    if (this.right != null) this.right!.walk(visit);
  }
}

const visited: string[] = [];

function language(): void {
  section("language");
  const shapes: Shape[] = [new Square(2.5), new Circle(2), new Circle(1) + new Circle(0.5)];
  shapes.sort((a, b) => <i32>(a.area() - b.area()));
  for (let i = 0; i < shapes.length; i++) {
    print([shapes[i].toString(), (shapes[i] instanceof Circle).toString()]);
  }
  const words = "the quick brown fox jumps over the lazy dog".split(" ");
  const tree = new Tree<string>(words[0]);
  for (let i = 1; i < words.length; i++) tree.insert(words[i]);
  tree.walk((word) => { visited.push(word); });
  console.log(visited.join(" "));
  print([
    [3, 1, 2].map<string>((n) => (n * n).toString()).reverse().join(),
    [1, 2, 3, 4].filter((n) => n % 2 == 0).reduce((a, b) => a + b, 0).toString(),
  ]);
  const set = new Set<i32>();
  for (let i = 0; i < 1000; i++) set.add((i * 7919) % 101);
  console.log("set " + set.size.toString() + " " + set.has(100).toString());
  print([
    "héllo 😀".length.toString(),
    "héllo 😀".codePointAt(6).toString(),
    "abc".includes("bc").toString(),
    "a-b-c".replaceAll("-", "+"),
    "x".repeat(3),
    "  trim ".trim() + "|",
  ]);
}

function arithmetic(): void {
  section("arithmetic");
  print([
    (<i64>1 << 62).toString(),
    (u64.MAX_VALUE).toString(),
    i64.MIN_VALUE.toString(),
    (<i32>-7 / 2).toString(),
    (<i32>-7 % 3).toString(),
  ]);
  print([
    (0.1 + 0.2).toString(),
    (1e21).toString(),
    f64.MIN_VALUE.toString(),
    (<f32>0.1).toString(),
    Math.sqrt(2).toString(),
    NaN.toString(),
  ]);
  print([
    rotl<u32>(0x80000001, 4).toString(16),
    clz<u64>(1).toString(),
    popcnt<u32>(255).toString(),
    Math.clz32(1).toString(),
    (<u8>300).toString(),
    (<i32>3.99e9).toString(),
  ]);
  print([
    parseInt("ff", 16).toString(),
    parseFloat("2.5e3").toString(),
    i32.parse("-12").toString(),
    isNaN(f64.parse("x")).toString(),
  ]);
  const composite = new Uint8Array(200000);
  let primes = 0;
  for (let i = 2; i < composite.length; i++) {
    if (composite[i]) continue;
    primes++;
    for (let j = i * 2; j < composite.length; j += i) composite[j] = 1;
  }
  console.log("primes " + primes.toString());
  let seed: u64 = 88172645463325252;
  const numbers = new Float64Array(20000);
  for (let i = 0; i < numbers.length; i++) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    numbers[i] = <f64>(seed >> 11) / 9007199254740992.0;
  }
  numbers.sort();
  console.log("sorted " + numbers[0].toString() + " " + numbers[10000].toString() + " " + numbers[19999].toString());
  const view = new DataView(new ArrayBuffer(16));
  view.setFloat64(0, -1.5);
  view.setInt32(8, 0x01020304, true);
  print([
    "view " + view.getUint16(0).toString(16),
    view.getUint8(8).toString(),
    view.getInt16(10).toString(),
  ]);
}

class Node {
  next: Node | null = null;
  payload: i32[] = [];
}

function garbage(): void {
  section("garbage collection");
  let kept: Node | null = null;
  for (let i = 0; i < 100000; i++) {
    const node = new Node();
    node.payload.push(i);
    if (i % 100 == 0) {
      node.next = kept;
      kept = node;
    }
  }
  __collect();
  let count = 0, sum = 0;
  for (let node: Node | null = kept; node; node = node!.next) {
    count++;
    sum += node.payload[0];
  }
  console.log("kept " + count.toString() + " " + sum.toString() + " " + (memory.size() < 400).toString());
}

function clocks(): void {
  section("clocks and randomness");
  const before = process.hrtime();
  const bytes = new Uint8Array(64);
  crypto.getRandomValues(bytes);
  let distinct = new Set<u8>();
  for (let i = 0; i < bytes.length; i++) distinct.add(bytes[i]);
  print([
    (process.hrtime() >= before).toString(),
    (Date.now() > 1700000000000).toString(),
    (distinct.size > 20).toString(),
  ]);
  console.log(new Date(1709210096789).toISOString());
}

surroundings();
files();
language();
arithmetic();
garbage();
clocks();
process.stderr.write("to standard error\n");
const ending = process.env.has("ENDING") ? process.env.get("ENDING") : "";
if (ending == "exit") process.exit(9);
if (ending == "index") console.log([1, 2, 3][process.argv.length + 1].toString());
if (ending == "unreachable") unreachable();
