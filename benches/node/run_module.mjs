// Runs a WASI program under V8, compiled beforehand, and writes to SECONDS how long that took, and how much
// processor time.
//
//     node run_module.mjs [--dir HOST::GUEST[:ro]]... [--env NAME=VALUE]... SECONDS MODULE [ARGUMENT]...
//
// The flags are those of `wasmc build`; node cannot grant a directory for reading only. What is timed is the
// instantiation and the program itself. With `--no-liftoff --no-wasm-lazy-compilation` all of it has been compiled by
// the optimising compiler before that.

import { readFileSync, writeFileSync } from "node:fs";
import { WASI } from "node:wasi";

const rest = process.argv.slice(2);
const preopens = {};
const env = {};
while (rest[0].startsWith("--")) {
  const [flag, value] = rest.splice(0, 2);
  if (flag === "--dir") {
    const [host, guest] = value.replace(/:ro$/, "").split("::");
    preopens[guest] = host;
  } else if (flag === "--env") {
    const equals = value.indexOf("=");
    env[value.slice(0, equals)] = value.slice(equals + 1);
  } else {
    throw new Error(`unknown flag ${flag}`);
  }
}
const [seconds, path, ...programArguments] = rest;
const wasi = new WASI({ version: "preview1", args: [path, ...programArguments], env, preopens, returnOnExit: true });
const module = new WebAssembly.Module(readFileSync(path));

const start = process.hrtime.bigint();
const processorStart = process.cpuUsage();
const status = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
const nanoseconds = process.hrtime.bigint() - start;
const { user, system } = process.cpuUsage(processorStart);
writeFileSync(seconds, `${Number(nanoseconds) / 1e9} ${(user + system) / 1e6}\n`);
process.exitCode = status;
