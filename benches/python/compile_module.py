"""Compiles a module with wasmtime, the yardstick for compile time and memory.

    compile_module.py MODULE OUTPUT

Prints one JSON object:

    seconds             for reading, an engine, the module, its serialized form and writing: what `wasmtime compile` does
    processor_seconds   what all threads spent on it
    peak_bytes          the largest resident size, above that of the interpreter with the library loaded

The optimisation level is Cranelift's `speed`, as for `wasmc -O2`, on all processors.
"""

import json
import sys
import time

import wasmtime


def resident(field):
    """VmRSS, what is resident now, or VmHWM, the most that ever was; in bytes."""
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(field + ":"):
                return int(line.split()[1]) * 1024
    raise RuntimeError(f"/proc/self/status has no {field}")


def main():
    path, output = sys.argv[1:]
    before = resident("VmRSS")
    start, processor_start = time.perf_counter(), time.process_time()
    with open(path, "rb") as file:
        binary = file.read()
    config = wasmtime.Config()
    config.cranelift_opt_level = "speed"
    config.parallel_compilation = True
    serialized = wasmtime.Module(wasmtime.Engine(config), binary).serialize()
    with open(output, "wb") as file:
        file.write(serialized)
    seconds = time.perf_counter() - start
    processor_seconds = time.process_time() - processor_start
    peak = resident("VmHWM") - before
    print(json.dumps({"seconds": seconds, "processor_seconds": processor_seconds, "peak_bytes": peak}))


main()
