"""Compiles a module with wasmtime, the yardstick for compile time and memory.

    compile_module.py [--explicit] MODULE OUTPUT

With `--explicit` every access to memory is compared with the bound, as with wasmc's `--memory-checks explicit`.

Prints one JSON object:

    seconds             for reading, an engine, the module, its serialized form and writing: what `wasmtime compile` does
    processor_seconds   what all threads spent on it
    peak_bytes          the largest resident size, above that of the interpreter with the library loaded

The optimisation level is Cranelift's `speed`, as for `wasmc -O2`, on all processors.
"""

import argparse
import json
import time

import wasmtime

from checks import explicit_checks


def resident(field):
    """VmRSS, what is resident now, or VmHWM, the most that ever was; in bytes."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    raise RuntimeError(f"/proc/self/status has no {field}")


def parse_arguments():
    parser = argparse.ArgumentParser(description="Compiles a module with wasmtime.")
    parser.add_argument("--explicit", action="store_true")
    parser.add_argument("module")
    parser.add_argument("output")
    return parser.parse_args()


def main():
    options = parse_arguments()
    before = resident("VmRSS")
    start, processor_start = time.perf_counter(), time.process_time()
    with open(options.module, "rb") as file:
        binary = file.read()
    config = wasmtime.Config()
    config.cranelift_opt_level = "speed"
    config.parallel_compilation = True
    if options.explicit:
        explicit_checks(config)
    serialized = wasmtime.Module(wasmtime.Engine(config), binary).serialize()
    with open(options.output, "wb") as file:
        file.write(serialized)
    seconds = time.perf_counter() - start
    processor_seconds = time.process_time() - processor_start
    peak = resident("VmHWM") - before
    print(json.dumps({"seconds": seconds, "processor_seconds": processor_seconds, "peak_bytes": peak}))


main()
