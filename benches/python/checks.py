"""How wasmtime is told to compare every access to memory with the bound."""


def explicit_checks(config):
    """Leaves no address space behind a memory that would catch what lies outside."""
    config.memory_reservation = 0
    config.memory_guard_size = 0
