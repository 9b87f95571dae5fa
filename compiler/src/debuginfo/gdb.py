# What gdb is to know of a program that wasmc has built (wasmc build -g): pointers into linear memory, and commands to look at
# memories, globals and tables. gdb reads it from the program, if `auto-load safe-path` names that.

import gdb


def state(name):
    """The variable of this name in the unit that describes the instance."""
    symbol = gdb.lookup_global_symbol(name)
    return symbol.value() if symbol else None


def memory():
    """The address of memory 0's first byte, and its size."""
    record = state("__wasm_memory_0")
    if record is None:
        raise gdb.GdbError("the program has no memory of its own")
    return int(record["base"]), int(record["byte_length"])


def read(address, length):
    """Bytes of linear memory; fewer where it ends."""
    base, size = memory()
    length = max(0, min(length, size - address))
    return bytes(gdb.selected_inferior().read_memory(base + address, length)) if length else b""


def text_at(address, limit=200):
    """The C string at an address of linear memory, quoted."""
    raw = read(address, limit + 1)
    text, end, _ = raw.partition(b"\0")
    quoted = text[:limit].decode("utf-8", "backslashreplace").replace("\\", "\\\\").replace('"', '\\"')
    quoted = "".join(c if c.isprintable() else "\\%03o" % ord(c) for c in quoted)
    return '"%s"%s' % (quoted, "" if end else "...")


def is_wasm_pointer(ty):
    ty = ty.strip_typedefs()
    return ty.code in (gdb.TYPE_CODE_PTR, gdb.TYPE_CODE_REF) and ty.sizeof == 4


def pointee(value):
    """What a pointer in linear memory leads to."""
    target = value.type.strip_typedefs().target()
    return gdb.Value(read(int(value), target.sizeof), target)


class Pointer:
    """A pointer that lies in linear memory."""

    SCALARS = (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_FLT, gdb.TYPE_CODE_ENUM, gdb.TYPE_CODE_BOOL, gdb.TYPE_CODE_CHAR)

    def __init__(self, value):
        self.value = value

    def to_string(self):
        address = int(self.value)
        target = self.value.type.strip_typedefs().target().strip_typedefs()
        shown = "(%s) 0x%x" % (self.value.type, address)
        try:
            if address == 0:
                return shown
            if target.code == gdb.TYPE_CODE_FUNC:
                return "(%s) element %d of a table" % (self.value.type, address)
            if target.code in (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_CHAR) and target.sizeof == 1:
                return "0x%x %s" % (address, text_at(address))
            if target.code in self.SCALARS:
                return "%s -> %s" % (shown, pointee(self.value))
        except (gdb.error, ValueError, TypeError):
            pass
        return shown


def printer(value):
    return Pointer(value) if is_wasm_pointer(value.type) else None


class Follow(gdb.Function):
    """$wasm(POINTER): what a pointer that lies in linear memory leads to."""

    def __init__(self):
        super().__init__("wasm")

    def invoke(self, value):
        if not is_wasm_pointer(value.type):
            return value.dereference()
        return pointee(value)


class Wasm(gdb.Command):
    """Look at the instance of a program that wasmc has built: memory, globals, tables."""

    def __init__(self):
        super().__init__("wasm", gdb.COMMAND_DATA, gdb.COMPLETE_NONE, True)


class Memory(gdb.Command):
    """wasm memory OFFSET [LENGTH]: bytes of memory 0, 64 where no length is given."""

    def __init__(self):
        super().__init__("wasm memory", gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def invoke(self, argument, from_tty):
        words = gdb.string_to_argv(argument)
        if not 1 <= len(words) <= 2:
            raise gdb.GdbError("wasm memory OFFSET [LENGTH]")
        offset = int(gdb.parse_and_eval(words[0]))
        length = int(gdb.parse_and_eval(words[1])) if len(words) > 1 else 64
        _, size = memory()
        if not 0 <= offset < size:
            raise gdb.GdbError("memory 0 has 0x%x bytes" % size)
        contents = read(offset, length)
        for start in range(0, len(contents), 16):
            row = contents[start : start + 16]
            digits = " ".join("%02x" % byte for byte in row)
            letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
            print("0x%08x  %-47s  %s" % (offset + start, digits, letters))


class Globals(gdb.Command):
    """wasm globals: each global, its type and its value."""

    def __init__(self):
        super().__init__("wasm globals", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        count = int(state("__wasm_globals"))
        for index in range(count):
            value = state("__wasm_global_%d" % index)
            if value is None:
                print("%d: imported" % index)
            elif value.type.code == gdb.TYPE_CODE_INT:
                print("%d: %s = %d (0x%x)" % (index, value.type, int(value), int(value) % (1 << 8 * value.type.sizeof)))
            else:
                print("%d: %s = %s" % (index, value.type, value))


class Tables(gdb.Command):
    """wasm tables: each table and the functions in it."""

    def __init__(self):
        super().__init__("wasm tables", gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        for index in range(int(state("__wasm_tables"))):
            table = state("__wasm_table_%d" % index)
            if table is None:
                print("%d: imported" % index)
            elif table.type.code == gdb.TYPE_CODE_ARRAY:
                low, high = table.type.range()
                print("%d: %d elements, never changes" % (index, high - low + 1))
                self.elements(int(table[i]["code"]) for i in range(low, high + 1))
            else:
                length = int(table["length"])
                print("%d: %d elements" % (index, length))
                # A reference is the address of a record that begins with that of the code.
                entries = (int(table["elements"][i]) for i in range(length))
                self.elements(self.code(entry) for entry in entries)

    @staticmethod
    def code(reference):
        if reference == 0:
            return 0
        word = bytes(gdb.selected_inferior().read_memory(reference, 8))
        return int.from_bytes(word, "little")

    @staticmethod
    def elements(addresses):
        for index, address in enumerate(addresses):
            if address:
                block = gdb.block_for_pc(address)
                name = block.function.name if block and block.function else gdb.execute("info symbol 0x%x" % address, False, True)
                print("  %d: %s" % (index, name.split(" in section")[0].strip()))


gdb.pretty_printers.append(printer)
Follow()
Wasm()
Memory()
Globals()
Tables()
