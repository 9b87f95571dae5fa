#!/bin/sh
# Downloads the large modules that the bench compiles, with npm, and wasmtime for AArch64, with pip, into target/bench-inputs.
# May be run again at any time.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
inputs=$(cd "$here/.." && pwd)/target/bench-inputs
mkdir -p "$inputs"
cd "$inputs"

# fetch PACKAGE PATH FILE: the file at PATH of an npm package becomes FILE.
fetch() {
    [ -f "$3" ] && return
    archive=$(npm pack --silent "$1")
    tar -xzOf "$archive" "package/$2" > "$3.partial"
    mv "$3.partial" "$3"
    rm "$archive"
}

# A command for WASI made by the Go compiler: 20 MB, 8 000 functions.
fetch @esbuild/wasi-preview1@0.27.2 esbuild.wasm esbuild.wasm
# A library for JavaScript made by rustc: 28 MB, 24 000 functions.
fetch @myriaddreamin/typst-ts-web-compiler@0.7.0 pkg/typst_ts_web_compiler_bg.wasm typst.wasm

# wasmtime's library for AArch64, as the bench has it for this machine.
if [ ! -d wasmtime-aarch64 ]; then
    wasmtime=$(grep '^wasmtime==' "$here/../tests/guests/requirements.txt")
    python3 -m pip install --quiet --platform manylinux2014_aarch64 --only-binary=:all: --no-deps --target wasmtime-aarch64.partial "$wasmtime"
    mv wasmtime-aarch64.partial wasmtime-aarch64
fi
