"""Runs a WASI program that compile_module.py compiled, and writes to SECONDS how long that took, and how much
processor time.

    run_compiled.py [--explicit] [--dir HOST::GUEST[:ro]]... [--env NAME=VALUE]... SECONDS MODULE [ARGUMENT]...

`--explicit` as for compile_module.py, the other flags as for `wasmc build`. What is timed is the instantiation and the program itself, not the interpreter.
"""

import argparse
import sys
import time

import wasmtime

from checks import explicit_checks


def parse_arguments():
    parser = argparse.ArgumentParser(description="Runs a compiled WASI program under wasmtime.")
    parser.add_argument("--explicit", action="store_true")
    parser.add_argument("--dir", action="append", default=[], metavar="HOST::GUEST[:ro]")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("seconds")
    parser.add_argument("module")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args()


def main():
    options = parse_arguments()
    config = wasmtime.Config()
    if options.explicit:
        explicit_checks(config)
    engine = wasmtime.Engine(config)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    module = wasmtime.Module.deserialize_file(engine, options.module)
    wasi = wasmtime.WasiConfig()
    wasi.argv = [options.module, *options.arguments]
    wasi.env = [variable.split("=", 1) for variable in options.env]
    wasi.inherit_stdin()
    wasi.inherit_stdout()
    wasi.inherit_stderr()
    for grant in options.dir:
        host, guest = grant.removesuffix(":ro").split("::")
        wasi.preopen_dir(host, guest, not grant.endswith(":ro"))
    store = wasmtime.Store(engine)
    store.set_wasi(wasi)

    status = 0
    start, processor_start = time.perf_counter(), time.process_time()
    try:
        linker.instantiate(store, module).exports(store)["_start"](store)
    except wasmtime.ExitTrap as end:
        status = end.code
    seconds, processor_seconds = time.perf_counter() - start, time.process_time() - processor_start
    with open(options.seconds, "w") as file:
        file.write(f"{seconds} {processor_seconds}\n")
    return status


sys.exit(main())
