"""Runs a WASI program under the reference engine: the `wasmtime` package from PyPI.

    run_wasmtime.py [--dir HOST::GUEST[:ro]]... [--env NAME=VALUE]... MODULE [ARGUMENT]...

The flags are those of `wasmc run`. The exit status is the program's own; a trap is reported on standard
error and ends with 134, as in an executable made by wasmc.
"""

import argparse
import sys

import wasmtime


def parse_arguments():
    parser = argparse.ArgumentParser(description="Runs a WASI program under wasmtime.")
    parser.add_argument("--dir", action="append", default=[], metavar="HOST::GUEST[:ro]")
    parser.add_argument("--env", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("module")
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    return parser.parse_args()


def configure(options):
    config = wasmtime.WasiConfig()
    config.argv = [options.module, *options.arguments]
    config.env = [variable.split("=", 1) for variable in options.env]
    config.inherit_stdin()
    config.inherit_stdout()
    config.inherit_stderr()
    for grant in options.dir:
        host, guest = grant.removesuffix(":ro").split("::")
        config.preopen_dir(host, guest, not grant.endswith(":ro"))
    return config


def main():
    options = parse_arguments()
    engine = wasmtime.Engine()
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    store = wasmtime.Store(engine)
    store.set_wasi(configure(options))
    module = wasmtime.Module.from_file(engine, options.module)
    start = linker.instantiate(store, module).exports(store)["_start"]
    try:
        start(store)
    except wasmtime.ExitTrap as status:
        return status.code
    except wasmtime.Trap as trap:
        print(trap, file=sys.stderr)
        return 134
    return 0


if __name__ == "__main__":
    sys.exit(main())
