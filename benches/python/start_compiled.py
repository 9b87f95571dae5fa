"""Starts a WASI program that compile_module.py compiled, and prints how long it takes, in seconds: from opening the file, with
an engine that is there already, until the program has ended. What it prints is thrown away.

    start_compiled.py MODULE
"""

import sys
import time

import wasmtime


def main():
    engine = wasmtime.Engine()
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    start = time.perf_counter()
    module = wasmtime.Module.deserialize_file(engine, sys.argv[1])
    wasi = wasmtime.WasiConfig()
    wasi.stdout_file = "/dev/null"
    store = wasmtime.Store(engine)
    store.set_wasi(wasi)
    try:
        linker.instantiate(store, module).exports(store)["_start"](store)
    except wasmtime.ExitTrap as end:
        if end.code:
            raise
    print(time.perf_counter() - start)


main()
