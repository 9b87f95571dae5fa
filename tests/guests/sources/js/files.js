// Files in a granted directory: `files.js <directory>`; ends with an uncaught exception.

const directory = scriptArgs[1];
const lines = readFile(`${directory}/input.txt`).trimEnd().split("\n");
print(lines.length, lines.map((line) => line.toUpperCase()).join("|"));

writeFile(`${directory}/numbers.json`, JSON.stringify(Array.from({ length: 5000 }, (_, i) => ({ i, square: i * i }))));
const numbers = JSON.parse(readFile(`${directory}/numbers.json`));
print(numbers.length, numbers.at(-1).square, numbers.reduce((sum, { square }) => sum + square, 0));

writeFile(`${directory}/unicode.txt`, "αβγ 😀\n");
print(readFile(`${directory}/unicode.txt`).length, getenv("GREETING"), getenv("NOT_SET"));
try { readFile(`${directory}/missing.txt`); } catch (error) { print(error.message); }

Promise.resolve().then(() => print("still runs after the exception"));
throw new Error("uncaught on purpose");
