//! The contract between generated code and the runtime library.
//!
//! Everything that both sides must agree on is declared here, once: trap codes, the records the
//! compiler writes into an object, the fields of an instance, the helpers that generated code
//! calls and the WASI functions an import may name. The compiler reads this file to lay out data
//! and to derive signatures; the runtime compiles it. No other file repeats a number or a name
//! of it.
//!
//! All records are `repr(C)` for a 64-bit little-endian target. In the compiler they are never
//! instantiated: `core::mem::offset_of!` gives the offsets it writes at.

use core::mem::{offset_of, size_of};
use core::sync::atomic::AtomicU64;

mod core_dump;
mod external;
mod processor;
pub mod script;
mod source_map;

pub use core_dump::*;
pub use external::*;
pub use processor::*;
pub use source_map::*;

/// Bytes in a WebAssembly page, unless a memory declares another size (WebAssembly core specification,
/// section 4.2.8).
pub const PAGE_SIZE: u64 = 65536;

/// Bytes in the largest page that a kernel may use, processor by processor: what is mapped begins and ends at multiples
/// of it, so that the same program runs on a kernel with smaller pages.
pub mod page {
    /// x86-64 has no choice.
    pub const X86_64: u64 = 4 << 10;
    /// AArch64 has pages of 4, 16 or 64 KiB.
    pub const AARCH64: u64 = 64 << 10;
    /// RISC-V has no choice.
    pub const RISCV64: u64 = 4 << 10;
    /// Windows hands out addresses in multiples of this on every processor.
    pub const WINDOWS: u64 = 64 << 10;
    /// What the runtime is compiled for.
    pub const OWN: u64 = if cfg!(windows) {
        WINDOWS
    } else if cfg!(target_arch = "aarch64") {
        AARCH64
    } else if cfg!(target_arch = "riscv64") {
        RISCV64
    } else {
        X86_64
    };
}

/// The exit status of a program that trapped, as a shell reports a process ended by `SIGABRT`.
pub const TRAP_EXIT_STATUS: i32 = 134;

/// The exit status of a program that could not start: no memory, a bad argument, a grant that
/// does not exist.
pub const STARTUP_EXIT_STATUS: i32 = 125;

/// The exit status of a program whose command line does not fit the function it runs.
pub const USAGE_EXIT_STATUS: i32 = 2;

/// Bytes of stack between the limit that generated code compares with and the end of the stack:
/// room for the runtime and for functions without a check.
pub const STACK_RED_ZONE: usize = 64 << 10;

/// Bytes of address space below the stack that stay empty, so that a frame of any size faults there.
pub const STACK_CLEARANCE: usize = 256 << 20;

/// The symbol of the [`Program`] record that the compiler writes into every executable.
pub const PROGRAM_SYMBOL: &str = "wasmc_program";

/// The code that a signal handler returns to, where it is the runtime's and not the kernel's. This name is how gdb knows
/// it.
pub const SIGNAL_RETURN_SYMBOL: &str = "__restore_rt";

macro_rules! trap_codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $message:literal;)*) => {
        /// Why a program stopped. The numbers are written into trap tables and never reused.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum TrapCode { $($(#[$doc])* $name = $number,)* }

        impl TrapCode {
            /// Every code, in the order of its number.
            pub const ALL: &'static [TrapCode] = &[$(TrapCode::$name,)*];

            /// The words the specification's test suite uses for this trap.
            pub const fn message(self) -> &'static str {
                match self { $(TrapCode::$name => $message,)* }
            }

            /// The code with this number, if there is one.
            pub const fn from_number(number: u8) -> Option<TrapCode> {
                match number { $($number => Some(TrapCode::$name),)* _ => None }
            }
        }
    };
}

trap_codes! {
    /// The `unreachable` instruction was executed.
    Unreachable = 1, "unreachable";
    /// A memory access, or a bulk memory operation, reached past the end of a memory.
    MemoryOutOfBounds = 2, "out of bounds memory access";
    /// A table instruction reached past the end of a table or element segment.
    TableOutOfBounds = 3, "out of bounds table access";
    /// `call_indirect` with an index past the end of the table.
    UndefinedElement = 4, "undefined element";
    /// `call_indirect` on a null table element.
    UninitializedElement = 5, "uninitialized element";
    /// `call_indirect` on a function of another type.
    IndirectCallTypeMismatch = 6, "indirect call type mismatch";
    /// Division or remainder by zero.
    IntegerDivideByZero = 7, "integer divide by zero";
    /// `INT_MIN / -1`, or a float too large for the integer it is truncated to.
    IntegerOverflow = 8, "integer overflow";
    /// A NaN was truncated to an integer.
    InvalidConversionToInteger = 9, "invalid conversion to integer";
    /// A function's frame would not fit into the stack that `--stack-size` gave.
    CallStackExhausted = 10, "call stack exhausted";
    /// A null reference was dereferenced.
    NullReference = 11, "null reference";
    /// An atomic access whose address is not a multiple of its size.
    UnalignedAtomic = 12, "unaligned atomic";
    /// An import that nothing provides was called (`--stub-imports`).
    MissingImport = 13, "call of an import that nothing provides";
    /// An exception that no handler caught.
    UncaughtException = 14, "uncaught exception";
    /// `memory.atomic.wait32` or `memory.atomic.wait64` on a memory that is not shared.
    ExpectedSharedMemory = 15, "expected shared memory";
}

/// A read-only run of `length` elements in the executable.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Slice<T> {
    /// The first element; may be null when `length` is 0.
    pub start: *const T,
    /// How many elements.
    pub length: usize,
}

impl<T> Slice<T> {
    /// The slice as Rust knows it.
    ///
    /// # Safety
    /// The record must have been written by the compiler for elements of type `T`.
    pub unsafe fn get<'a>(&self) -> &'a [T] {
        if self.length == 0 {
            return &[];
        }
        // SAFETY: the caller vouches for the record; it lies in the executable, which outlives 'a.
        unsafe { core::slice::from_raw_parts(self.start, self.length) }
    }
}

/// One linear memory of an instance. Generated code reads `base` and `byte_length`; only the
/// runtime writes them.
#[derive(Debug)]
#[repr(C)]
pub struct Memory {
    /// Address of byte 0.
    pub base: *mut u8,
    /// Current size in bytes, a multiple of the page size. Another thread may make a shared memory grow.
    pub byte_length: AtomicU64,
    /// The size in bytes that `memory.grow` never exceeds: the declared maximum, or the limit of
    /// the index type.
    pub maximum: u64,
    /// Bytes of address space from `base` on that are already reserved for this memory.
    pub reserved: u64,
    /// Base-2 logarithm of the page size.
    pub page_size_log2: u32,
    /// A set of the `MEMORY_*` flags.
    pub flags: u32,
}

/// What lies behind the [`Memory`] of one that is neither guarded nor shared: for each `n`, the last index from which `n + 1`
/// bytes are in bounds, `byte_length - (n + 1)`, negative where there is none. Generated code compares an index with them, so that
/// it need not add up where an access ends.
pub type LastIndices = [i64; LASTS];

/// Fields rarely end further behind an index.
pub const LASTS: usize = 128;

/// `Memory::flags`: generated code has the base as an immediate, so the memory must not move.
pub const MEMORY_FIXED: u32 = 1;
/// `Memory::flags`: out-of-bounds accesses are caught by the guard region, whose whole range is
/// [`GUARD_RESERVATION`] bytes.
pub const MEMORY_GUARDED: u32 = 2;
/// `Memory::flags`: several threads may use the memory. Its maximum is reserved, so it never moves.
pub const MEMORY_SHARED: u32 = 4;
/// `Memory::flags`: its indices have 64 bits.
pub const MEMORY_64: u32 = 8;

/// Bytes of address space behind a guarded memory: every `index + offset` of 32-bit memories
/// (each below 2³²) and the widest access beyond it.
pub const GUARD_RESERVATION: u64 = (8 << 30) + PAGE_SIZE;

/// Bytes of address space below memory 0 of a static executable that stay empty: generated code accesses what lies at a
/// constant distance before an index that was in bounds without a check, where that may be below 0.
pub const CLEARANCE_BELOW: u64 = 64 << 10;

/// One table of an instance. An element is a nullable reference: the address of a [`FuncRef`] for
/// `funcref`, an opaque word for `externref`; null is 0.
#[derive(Debug)]
#[repr(C)]
pub struct Table {
    /// The first element.
    pub elements: *mut usize,
    /// Current number of elements.
    pub length: u64,
    /// The number of elements that `table.grow` never exceeds.
    pub maximum: u64,
    /// Elements for which storage exists at `elements`.
    pub capacity: u64,
}

/// What a non-null `funcref` points to.
#[derive(Debug)]
#[repr(C)]
pub struct FuncRef {
    /// Entry point in the convention of internal calls.
    pub code: *const u8,
    /// The instance to pass in dynamic mode; unused in static mode.
    pub instance: *mut Instance,
    /// The function's type: equal numbers, equal types.
    pub type_id: u64,
}

/// An element of a table that never changes: what a [`FuncRef`] holds, in place.
#[derive(Debug)]
#[repr(C)]
pub struct TableEntry {
    /// Entry point in the convention of internal calls; null for a null reference.
    pub code: *const u8,
    /// The function's type, or [`NO_TYPE`] for a null reference.
    pub type_id: u64,
}

/// The `type_id` of a null [`TableEntry`]; the ids of types start at 1.
pub const NO_TYPE: u64 = 0;

/// The fixed head of an instance's state. The memories, tables, globals, function references and
/// segment lengths of the module follow at offsets that the compiler chose.
#[derive(Debug)]
#[repr(C)]
pub struct Instance {
    /// The module this is an instance of.
    pub module: *const Module,
    /// The lowest stack pointer a function's frame may reach (dynamic mode; in static mode it is
    /// an immediate).
    pub stack_limit: usize,
    /// The memory that WASI calls address: the one exported as `memory`, else memory 0, else null.
    pub wasi_memory: *mut Memory,
    /// The instance made before this one; null for the first.
    pub previous: *mut Instance,
}

/// One memory as the module declares it.
#[derive(Debug)]
#[repr(C)]
pub struct MemoryPlan {
    /// Byte offset of the [`Memory`] in the instance.
    pub instance_offset: u32,
    /// `MEMORY_*` flags.
    pub flags: u32,
    /// Base-2 logarithm of the page size.
    pub page_size_log2: u32,
    /// Keeps the fields below at their natural alignment.
    pub padding: u32,
    /// Finds address space for it: one of the symbols `*_MEMORY_SYMBOL`. A reference from the record, so that a program
    /// links only what its memories need.
    pub reserve: ReserveMemory,
    /// The address that `base` must have ([`MEMORY_FIXED`]), or 0.
    pub fixed_base: usize,
    /// Initial size in bytes.
    pub minimum: u64,
    /// Maximum size in bytes.
    pub maximum: u64,
    /// Initial contents: disjoint, in ascending order, inside `minimum` rounded up to whole pages of the target.
    pub image: Slice<ImageExtent>,
}

/// Fills in `base` and `reserved` of a memory; gives whether the system has as much address space.
pub type ReserveMemory = unsafe extern "C" fn(plan: *const MemoryPlan, memory: *mut Memory) -> bool;

/// The [`ReserveMemory`] of a guarded memory.
pub const RESERVE_GUARDED_MEMORY_SYMBOL: &str = "wasmc_reserve_guarded_memory";
/// That of a shared memory without a guard region.
pub const RESERVE_SHARED_MEMORY_SYMBOL: &str = "wasmc_reserve_shared_memory";
/// That of any other memory: its pages are accessible at once.
pub const ALLOCATE_MEMORY_SYMBOL: &str = "wasmc_allocate_memory";

/// A run of initial bytes of a memory.
#[derive(Debug)]
#[repr(C)]
pub struct ImageExtent {
    /// Byte offset in the memory: a multiple of the largest [`page`] when the bytes may be mapped.
    pub offset: u64,
    /// The bytes. When there are [`IMAGE_MAP_THRESHOLD`] of them or more, they start and end at
    /// addresses that are multiples of the largest [`page`], share no page with anything else, and
    /// are the only reference to it, so the runtime may move their pages.
    pub bytes: Slice<u8>,
}

/// Extents of at least this many bytes are mapped copy-on-write instead of copied.
pub const IMAGE_MAP_THRESHOLD: u64 = 64 * 1024;

/// One table as the module declares it.
#[derive(Debug)]
#[repr(C)]
pub struct TablePlan {
    /// Byte offset of the [`Table`] in the instance.
    pub instance_offset: u32,
    /// Keeps the fields below at their natural alignment.
    pub padding: u32,
    /// Initial number of elements.
    pub minimum: u64,
    /// Maximum number of elements.
    pub maximum: u64,
}

/// Makes the tables of a new instance. Gives null, or the first one that the system has no memory for.
pub type MakeTables = unsafe extern "C" fn(module: *const Module, instance: *mut Instance) -> *const TablePlan;

/// The [`MakeTables`].
pub const MAKE_TABLES_SYMBOL: &str = "wasmc_make_tables";

/// The element of a segment that stands for `ref.null`.
pub const NULL_ELEMENT: u32 = u32::MAX;

/// Everything about a module that does not change while it runs.
#[derive(Debug)]
#[repr(C)]
pub struct Module {
    /// The module's name for messages: from its name section, else the input file's.
    pub name: Slice<u8>,
    /// The state of a fresh instance: copied to a new instance, or (static mode) already in place.
    /// Holds everything except memories and tables with storage and the fields of [`Instance`].
    pub template: Slice<u8>,
    /// Copies it: the symbol [`COPY_TEMPLATE_SYMBOL`], or null in static mode, which does not link that.
    pub copy_template: Option<CopyTemplate>,
    /// Memories that this module defines.
    pub memories: Slice<MemoryPlan>,
    /// Tables that this module defines.
    pub tables: Slice<TablePlan>,
    /// Makes them: the symbol [`MAKE_TABLES_SYMBOL`], or null when there are none, so that nobody else links it.
    pub make_tables: Option<MakeTables>,
    /// Byte offset in the instance of the memory WASI calls address, or `u64::MAX`.
    pub wasi_memory_offset: u64,
    /// Byte offset in the instance of the function references, whose `instance` the runtime fills in.
    pub funcrefs_offset: u64,
    /// How many function references the instance has.
    pub funcrefs_count: u64,
    /// What other instances of the program have to provide. Empty when the compiler bound every
    /// import.
    pub imports: Slice<Import>,
    /// What other instances of the program, and a script, may use. Empty when there are no others.
    pub exports: Slice<Export>,
    /// Generated code that finishes instantiation: segments that need evaluation, in the order of
    /// the specification, then the start function. Null when there is nothing to do.
    pub instantiate: Option<unsafe extern "C" fn(instance: *mut Instance)>,
    /// What a trap or a backtrace looks up.
    pub code: CodeMap,
}

/// New memory for an instance, with the template in it and the instance in each function reference; null when the system
/// has none.
pub type CopyTemplate = unsafe extern "C" fn(module: *const Module) -> *mut Instance;

/// The [`CopyTemplate`].
pub const COPY_TEMPLATE_SYMBOL: &str = "wasmc_copy_template";

/// Where generated code lies and what its addresses mean. Offsets count bytes from `start`.
#[derive(Debug)]
#[repr(C)]
pub struct CodeMap {
    /// The machine code of all functions.
    pub start: *const u8,
    /// Its length in bytes.
    pub length: usize,
    /// Code offsets at which functions start, ascending.
    pub function_starts: Slice<u32>,
    /// For each of them, its index in the module ([`SYNTHETIC_FUNCTION`] for code that no function
    /// of the module stands behind).
    pub function_indices: Slice<u32>,
    /// For each of them, where its entries start in `entries`; one more at the end.
    pub entry_offsets: Slice<u32>,
    /// What is known about instructions that trap or call, as [`crate::code_map`] describes.
    pub entries: Slice<u8>,
    /// For each of them, where its name starts in `names`; one more at the end.
    pub name_offsets: Slice<u32>,
    /// All names as messages show them, UTF-8, one after the other; an empty name means there is none.
    pub names: Slice<u8>,
    /// Which source lines the entries come from; null when nobody knows.
    pub sources: *const SourceMap,
}

/// The index of code that the compiler added: trampolines, instantiation.
pub const SYNTHETIC_FUNCTION: u32 = u32::MAX;

/// A function that the runtime calls with its arguments in memory: `values` holds them one per
/// 8 bytes (16 for `v128`), and takes the results the same way. The trampoline converts between
/// this and the convention of internal calls.
pub type ArrayTrampoline = unsafe extern "C" fn(instance: *mut Instance, values: *mut u64);

/// The type of a value as [`Invocation`] and messages name it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum ValueCode {
    /// `i32`
    I32 = 1,
    /// `i64`
    I64 = 2,
    /// `f32`
    F32 = 3,
    /// `f64`
    F64 = 4,
    /// `v128`
    V128 = 5,
    /// Any reference.
    Reference = 6,
}

/// An exported function that the program runs.
#[derive(Debug)]
#[repr(C)]
pub struct Invocation {
    /// Its export name, UTF-8.
    pub name: Slice<u8>,
    /// How to call it.
    pub call: Option<ArrayTrampoline>,
    /// A [`ValueCode`] for each parameter.
    pub parameters: Slice<u8>,
    /// A [`ValueCode`] for each result.
    pub results: Slice<u8>,
}

/// Runs `Program::entry` of an instance that is ready, and gives the exit status.
pub type RunFunction = unsafe extern "C" fn(program: *const Program, instance: *mut Instance) -> i32;

/// The [`RunFunction`] of a command: it takes and gives nothing.
pub const RUN_COMMAND_SYMBOL: &str = "wasmc_run_command";
/// The [`RunFunction`] of an export that takes its arguments from the command line and whose
/// results are printed.
pub const RUN_INVOCATION_SYMBOL: &str = "wasmc_run_invocation";
/// The same, without the code for floating-point numbers, for an export that has none in its type.
pub const RUN_INTEGER_INVOCATION_SYMBOL: &str = "wasmc_run_integer_invocation";

/// An executable: one module, what to run of it, and what it may touch.
#[derive(Debug)]
#[repr(C)]
pub struct Program {
    /// The module to instantiate.
    pub module: *const Module,
    /// `_initialize` of a reactor; its `call` is null otherwise.
    pub initialize: Invocation,
    /// `_start` of a command, or the export that `--invoke` names.
    pub entry: Invocation,
    /// Runs `entry`: the one of the symbols `RUN_*_SYMBOL`. A reference from the record, so that a
    /// program links only the one it needs.
    pub run: RunFunction,
    /// A set of the `PROGRAM_*` flags.
    pub flags: u64,
    /// The address one past the highest byte of the wasm stack, or 0 to let the kernel choose.
    pub stack_top: usize,
    /// Its size in bytes, a multiple of the largest [`page`].
    pub stack_size: usize,
    /// Bytes below it that are memory, too, a multiple of the largest [`page`]: on systems that describe a fault on the
    /// stack of the fault, where a frame may just have been found not to fit.
    pub stack_landing: usize,
    /// Directories the program was granted at build time.
    pub directories: Slice<DirectoryGrant>,
    /// Environment variables it was granted at build time.
    pub variables: Slice<VariableGrant>,
    /// The sockets it finds open; null when it never accepts a connection, or no socket can be granted.
    pub sockets: *const Sockets,
    /// What it needs of the processor; null when the baseline is enough.
    pub requirements: *const Requirements,
    /// How to write a core dump; null when the program never does.
    pub core_dump: *const CoreDump,
}

/// `Program::flags`: grants cannot be widened at start-up.
pub const PROGRAM_SEALED: u64 = 1;
/// `Program::flags`: the whole environment of the process is granted.
pub const PROGRAM_INHERIT_ENVIRONMENT: u64 = 2;

/// A host directory and the name the program knows it by.
#[derive(Debug)]
#[repr(C)]
pub struct DirectoryGrant {
    /// Path on the host; ends in a NUL that `length` does not count.
    pub host: Slice<u8>,
    /// Path as the program sees it, UTF-8.
    pub guest: Slice<u8>,
    /// 1 when nothing below it may be changed.
    pub read_only: u64,
}

/// An environment variable.
#[derive(Debug)]
#[repr(C)]
pub struct VariableGrant {
    /// `NAME=VALUE`, or `NAME` alone: then the value comes from the process's environment.
    pub text: Slice<u8>,
}

/// The listening sockets of a program.
#[derive(Debug)]
#[repr(C)]
pub struct Sockets {
    /// Opens them, before anything of the module runs: the symbol [`OPEN_SOCKETS_SYMBOL`]. A reference from the
    /// record, so that only a program that has sockets links what they need.
    pub open: unsafe extern "C" fn(sockets: *const Sockets),
    /// Those granted at build time, in the order of their descriptors.
    pub listeners: Slice<ListenerGrant>,
}

/// [`Sockets::open`].
pub const OPEN_SOCKETS_SYMBOL: &str = "wasmc_open_sockets";

/// A TCP socket that listens.
#[derive(Debug)]
#[repr(C)]
pub struct ListenerGrant {
    /// `ADDR:PORT`, ASCII: a number of IPv4, or one of IPv6 in brackets.
    pub address: Slice<u8>,
}

/// How a value crosses the boundary between generated code and the runtime: always in the
/// platform's C convention.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum AbiType {
    /// A 32-bit integer.
    I32,
    /// A 64-bit integer or a pointer.
    I64,
}

/// Rust types that may stand in the signature of a helper.
pub trait AbiValue {
    /// What the compiler passes for it.
    const TYPE: AbiType;
}

impl AbiValue for u32 {
    const TYPE: AbiType = AbiType::I32;
}
impl AbiValue for i32 {
    const TYPE: AbiType = AbiType::I32;
}
impl AbiValue for u64 {
    const TYPE: AbiType = AbiType::I64;
}
impl AbiValue for i64 {
    const TYPE: AbiType = AbiType::I64;
}
impl AbiValue for usize {
    const TYPE: AbiType = AbiType::I64;
}
impl<T> AbiValue for *const T {
    const TYPE: AbiType = AbiType::I64;
}
impl<T> AbiValue for *mut T {
    const TYPE: AbiType = AbiType::I64;
}

#[cfg(feature = "archive")]
macro_rules! export_helper {
    // Assembly defines the symbol itself: a function around it would build a frame.
    ($(#[$doc:meta])* $symbol:ident($($arg:ident: $ty:ty),*) => sys) => {
        const _: unsafe extern "C" fn($($ty),*) = crate::sys::$symbol;
    };
    ($(#[$doc:meta])* $symbol:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)? => $module:ident::$function:ident) => {
        $(#[$doc])*
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $symbol($($arg: $ty),*) $(-> $ret)? {
            // SAFETY: generated code passes what the declaration asks for.
            unsafe { crate::$module::$function($($arg),*) }
        }
    };
}

macro_rules! helpers {
    ($($(#[$doc:meta])* $name:ident = $symbol:ident => $module:ident$(::$function:ident)?($($arg:ident: $ty:ty),*) $(-> $ret:ty)?;)*) => {
        /// A runtime function that generated code calls. A helper that traps does not return.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum Helper { $($(#[$doc])* $name,)* }

        impl Helper {
            /// Every helper.
            pub const ALL: &'static [Helper] = &[$(Helper::$name,)*];

            /// The symbol the archive defines.
            pub const fn symbol(self) -> &'static str {
                match self { $(Helper::$name => stringify!($symbol),)* }
            }

            /// The types of its parameters, in order.
            pub const fn parameters(self) -> &'static [AbiType] {
                match self { $(Helper::$name => &[$(<$ty as AbiValue>::TYPE,)*],)* }
            }

            /// The type of its result, if it has one.
            pub const fn result(self) -> Option<AbiType> {
                match self { $(Helper::$name => {
                    let result: &[AbiType] = &[$(<$ret as AbiValue>::TYPE,)?];
                    if result.is_empty() { None } else { Some(result[0]) }
                })* }
            }
        }

        #[cfg(feature = "archive")]
        mod exported_helpers {
            use super::*;
            $(export_helper! { $(#[$doc])* $symbol($($arg: $ty),*) $(-> $ret)? => $module$(::$function)? })*
        }
    };
}

helpers! {
    /// `memory.grow`: grows by `delta` pages; gives the old size in pages, or `u64::MAX`.
    MemoryGrow = wasmc_memory_grow => memory::grow(memory: *mut Memory, delta: u64) -> u64;
    /// `memory.copy` between ranges that generated code has checked; they may overlap.
    MemoryCopy = wasmc_memory_copy => sys(target: *mut u8, source: *const u8, length: usize);
    /// `memory.fill` of a range that generated code has checked, with the low byte of `value`.
    MemoryFill = wasmc_memory_fill => sys(target: *mut u8, value: u32, length: usize);
    /// `memory.init` from a segment of `segment_length` bytes (0 once dropped).
    MemoryInit = wasmc_memory_init => memory::init(memory: *const Memory, segment: *const u8, segment_length: u64, target: u64, source: u64, length: u64);
    /// `table.grow`: grows by `delta` elements of `value`; gives the old length, or `u64::MAX`.
    TableGrow = wasmc_table_grow => table::grow(table: *mut Table, value: u64, delta: u64) -> u64;
    /// `table.fill`.
    TableFill = wasmc_table_fill => table::fill(table: *const Table, target: u64, value: u64, length: u64);
    /// `table.copy` from `source_table` to `target_table` (they may be the same).
    TableCopy = wasmc_table_copy => table::copy(target_table: *const Table, source_table: *const Table, target: u64, source: u64, length: u64);
    /// `table.init` from a segment of indices into `funcrefs` ([`NULL_ELEMENT`] is null).
    TableInitFunctions = wasmc_table_init_functions => table::init_functions(table: *const Table, segment: *const u32, segment_length: u64, funcrefs: *const FuncRef, target: u64, source: u64, length: u64);
    /// `table.init` from a segment of evaluated references.
    TableInitReferences = wasmc_table_init_references => table::init_references(table: *const Table, segment: *const usize, segment_length: u64, target: u64, source: u64, length: u64);
    /// An import that nothing provides was called: traps with its name, `length` bytes at `name`.
    MissingImport = wasmc_missing_import => trap::missing_import(name: *const u8, length: u64);
    /// Traps with a [`TrapCode`] that generated code cannot raise in place.
    RaiseTrap = wasmc_raise_trap => trap::raise_number(code: u32);
    /// `memory.grow` of a shared memory, which another thread may use, and make grow, at the same time.
    MemoryGrowShared = wasmc_memory_grow_shared => memory::grow_shared(memory: *const Memory, delta: u64) -> u64;
    /// `memory.atomic.wait32` at `index + offset`, for `timeout` nanoseconds or, below 0, without end: 0 when woken, 1
    /// when the value is not `expected`, 2 when the time is over.
    AtomicWait32 = wasmc_atomic_wait32 => atomic::wait32(memory: *const Memory, index: u64, offset: u64, expected: u32, timeout: i64) -> u32;
    /// `memory.atomic.wait64` likewise.
    AtomicWait64 = wasmc_atomic_wait64 => atomic::wait64(memory: *const Memory, index: u64, offset: u64, expected: u64, timeout: i64) -> u32;
    /// `memory.atomic.notify`: wakes up to `count` threads that wait at `index + offset`; gives how many.
    AtomicNotify = wasmc_atomic_notify => atomic::notify(memory: *const Memory, index: u64, offset: u64, count: u32) -> u32;
}

macro_rules! wasi_parameters {
    ($($name:ident: $ty:ty),*) => { &[$(<$ty as AbiValue>::TYPE,)*] };
}

#[cfg(feature = "archive")]
macro_rules! export_wasi_call {
    ($(#[$doc:meta])* $symbol:ident ($($name:ident: $ty:ty),*) $(-> $ret:ident)? => $module:ident::$function:ident) => {
        $(#[$doc])*
        #[unsafe(no_mangle)]
        pub(super) unsafe extern "C" fn $symbol(instance: *const Instance $(, $name: $ty)*) $(-> $ret)? {
            // SAFETY: generated code passes its instance, whose memory is in place.
            let guest = unsafe { crate::wasi::Guest::of(instance) };
            crate::wasi::answer(crate::wasi::$module::$function(guest $(, $name)*))
        }
    };
}

#[cfg(feature = "archive")]
macro_rules! export_traced_call {
    ($symbol:expr, $call:ident, $import:ident ($($name:ident: $ty:ty),*)) => {
        mod $import {
            use crate::wasi::trace::Traced;

            const WORDS: &str = concat!(stringify!($import) $(, " ", stringify!($name))*, " ");
            // Constants of these sizes share a section, all of which every program would carry.
            const _: () = assert!(WORDS.len() != 16 && WORDS.len() != 32);

            static TRACED: Traced = Traced::new(
                super::super::exported_wasi_calls::$call as *const (),
                WORDS,
                &[$(<$ty as crate::abi::AbiValue>::TYPE),*],
            );
            crate::sys::trace::traced_entry!($symbol, TRACED);
        }
    };
}

/// The end of the symbol of a traced call of `wasi_unstable`.
macro_rules! unstable_trace_name {
    ($unstable:ident $import:ident) => {
        concat!("unstable_", stringify!($import))
    };
}

macro_rules! wasi_calls {
    ($($(#[$doc:meta])* $name:ident = $import:ident $arguments:tt $(-> $ret:ident)?
        as $symbol:ident => $module:ident::$function:ident
        $(, unstable $unstable:ident => $unstable_module:ident::$unstable_function:ident)?;)*) => {
        /// A function of WASI preview 1. Its symbol takes the instance first, then the parameters of
        /// the import.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum WasiCall { $($(#[$doc])* $name,)* }

        impl WasiCall {
            /// Every call of the specification, in its order. What the parameters are called decides how a trace shows
            /// them.
            pub const ALL: &'static [WasiCall] = &[$(WasiCall::$name,)*];

            /// The name of the import.
            pub const fn import_name(self) -> &'static str {
                match self { $(WasiCall::$name => stringify!($import),)* }
            }

            /// The symbol the archive defines for `wasi_snapshot_preview1`.
            pub const fn symbol(self) -> &'static str {
                match self { $(WasiCall::$name => stringify!($symbol),)* }
            }

            /// The symbol for `wasi_unstable`: another one only where layouts or numbers differ.
            pub const fn unstable_symbol(self) -> &'static str {
                match self { $(WasiCall::$name => {
                    let symbols: &[&str] = &[stringify!($symbol) $(, stringify!($unstable))?];
                    symbols[symbols.len() - 1]
                })* }
            }

            /// The symbol of the same with a line on standard error for each call, if the person who starts the program
            /// asks for it.
            pub const fn traced_symbol(self) -> &'static str {
                match self { $(WasiCall::$name => concat!("wasmc_trace_", stringify!($import)),)* }
            }

            /// That of `wasi_unstable`.
            pub const fn unstable_traced_symbol(self) -> &'static str {
                match self { $(WasiCall::$name => {
                    let symbols: &[&str] = &[
                        concat!("wasmc_trace_", stringify!($import))
                        $(, concat!("wasmc_trace_", unstable_trace_name!($unstable $import)))?
                    ];
                    symbols[symbols.len() - 1]
                })* }
            }

            /// The types of the import's parameters.
            pub const fn parameters(self) -> &'static [AbiType] {
                match self { $(WasiCall::$name => wasi_parameters! $arguments,)* }
            }

            /// The type of its result, if it has one.
            pub const fn result(self) -> Option<AbiType> {
                match self { $(WasiCall::$name => {
                    let result: &[AbiType] = &[$(<$ret as AbiValue>::TYPE,)?];
                    if result.is_empty() { None } else { Some(result[0]) }
                })* }
            }

            /// The call that an import of this name asks for.
            pub fn from_import_name(name: &str) -> Option<WasiCall> {
                WasiCall::ALL.iter().copied().find(|call| call.import_name() == name)
            }
        }

        #[cfg(feature = "archive")]
        mod exported_wasi_calls {
            use super::Instance;
            $(
                export_wasi_call! { $(#[$doc])* $symbol $arguments $(-> $ret)? => $module::$function }
                $(export_wasi_call! { $unstable $arguments -> u32 => $unstable_module::$unstable_function })?
            )*
        }

        #[cfg(feature = "archive")]
        mod traced_wasi_calls {
            $(export_traced_call! {
                concat!("wasmc_trace_", stringify!($import)), $symbol, $import $arguments
            })*
        }

        #[cfg(feature = "archive")]
        mod traced_unstable_wasi_calls {
            $($(export_traced_call! {
                concat!("wasmc_trace_unstable_", stringify!($import)), $unstable, $import $arguments
            })?)*
        }
    };
}

wasi_calls! {
    /// Writes the addresses of the arguments and their bytes.
    ArgsGet = args_get(argv: u32, buffer: u32) -> u32
        as wasmc_wasi_args_get => args::get;
    /// How many arguments there are and how many bytes they take.
    ArgsSizesGet = args_sizes_get(result: u32, bytes: u32) -> u32
        as wasmc_wasi_args_sizes_get => args::sizes;
    /// Writes the addresses of the environment variables and their bytes.
    EnvironGet = environ_get(environ: u32, buffer: u32) -> u32
        as wasmc_wasi_environ_get => environ::get;
    /// How many environment variables there are and how many bytes they take.
    EnvironSizesGet = environ_sizes_get(result: u32, bytes: u32) -> u32
        as wasmc_wasi_environ_sizes_get => environ::sizes;
    /// The resolution of a clock in nanoseconds.
    ClockResGet = clock_res_get(clock: u32, result64: u32) -> u32
        as wasmc_wasi_clock_res_get => clock::resolution;
    /// The time of a clock in nanoseconds.
    ClockTimeGet = clock_time_get(clock: u32, precision: u64, result64: u32) -> u32
        as wasmc_wasi_clock_time_get => clock::time;
    /// Announces how a range of a file will be used.
    FdAdvise = fd_advise(fd: u32, offset: u64, length: u64, advice: u32) -> u32
        as wasmc_wasi_fd_advise => storage::advise;
    /// Reserves room for a range of a file.
    FdAllocate = fd_allocate(fd: u32, offset: u64, length: u64) -> u32
        as wasmc_wasi_fd_allocate => storage::allocate;
    /// Closes a descriptor.
    FdClose = fd_close(fd: u32) -> u32
        as wasmc_wasi_fd_close => descriptor::close;
    /// Writes a file's data to its device.
    FdDatasync = fd_datasync(fd: u32) -> u32
        as wasmc_wasi_fd_datasync => storage::data_sync;
    /// The kind, flags and rights of a descriptor.
    FdFdstatGet = fd_fdstat_get(fd: u32, fdstat: u32) -> u32
        as wasmc_wasi_fd_fdstat_get => fdstat::get;
    /// Sets the flags of a descriptor.
    FdFdstatSetFlags = fd_fdstat_set_flags(fd: u32, fdflags: u32) -> u32
        as wasmc_wasi_fd_fdstat_set_flags => fdstat::set_flags;
    /// Gives up rights of a descriptor.
    FdFdstatSetRights = fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) -> u32
        as wasmc_wasi_fd_fdstat_set_rights => fdstat::set_rights;
    /// The attributes of an open file.
    FdFilestatGet = fd_filestat_get(fd: u32, filestat: u32) -> u32
        as wasmc_wasi_fd_filestat_get => filestat::get,
        unstable wasmc_wasi_unstable_fd_filestat_get => filestat::get_unstable;
    /// Sets the size of an open file.
    FdFilestatSetSize = fd_filestat_set_size(fd: u32, size: u64) -> u32
        as wasmc_wasi_fd_filestat_set_size => filestat::set_size;
    /// Sets the times of an open file.
    FdFilestatSetTimes = fd_filestat_set_times(fd: u32, accessed: u64, modified: u64, fstflags: u32) -> u32
        as wasmc_wasi_fd_filestat_set_times => filestat::set_times;
    /// Reads at an offset.
    FdPread = fd_pread(fd: u32, iovs: u32, count: u32, offset: u64, result: u32) -> u32
        as wasmc_wasi_fd_pread => transfer::read_at;
    /// Describes a preopened directory.
    FdPrestatGet = fd_prestat_get(fd: u32, prestat: u32) -> u32
        as wasmc_wasi_fd_prestat_get => prestat::get;
    /// The name of a preopened directory.
    FdPrestatDirName = fd_prestat_dir_name(fd: u32, buffer: u32, length: u32) -> u32
        as wasmc_wasi_fd_prestat_dir_name => prestat::directory_name;
    /// Writes at an offset.
    FdPwrite = fd_pwrite(fd: u32, iovs: u32, count: u32, offset: u64, result: u32) -> u32
        as wasmc_wasi_fd_pwrite => transfer::write_at;
    /// Reads.
    FdRead = fd_read(fd: u32, iovs: u32, count: u32, result: u32) -> u32
        as wasmc_wasi_fd_read => transfer::read;
    /// Reads directory entries.
    FdReaddir = fd_readdir(fd: u32, buffer: u32, length: u32, cookie: u64, result: u32) -> u32
        as wasmc_wasi_fd_readdir => directory::read;
    /// Renames a descriptor.
    FdRenumber = fd_renumber(from: u32, to: u32) -> u32
        as wasmc_wasi_fd_renumber => descriptor::renumber;
    /// Moves the offset of a descriptor.
    FdSeek = fd_seek(fd: u32, offset: i64, whence: u32, result64: u32) -> u32
        as wasmc_wasi_fd_seek => position::seek,
        unstable wasmc_wasi_unstable_fd_seek => position::seek_unstable;
    /// Writes a file's data and attributes to its device.
    FdSync = fd_sync(fd: u32) -> u32
        as wasmc_wasi_fd_sync => storage::sync;
    /// The offset of a descriptor.
    FdTell = fd_tell(fd: u32, result64: u32) -> u32
        as wasmc_wasi_fd_tell => position::tell;
    /// Writes.
    FdWrite = fd_write(fd: u32, iovs: u32, count: u32, result: u32) -> u32
        as wasmc_wasi_fd_write => transfer::write;
    /// Makes a directory.
    PathCreateDirectory = path_create_directory(fd: u32, path: u32, length: u32) -> u32
        as wasmc_wasi_path_create_directory => path_entry::create_directory;
    /// The attributes of a path.
    PathFilestatGet = path_filestat_get(fd: u32, lookup: u32, path: u32, length: u32, filestat: u32) -> u32
        as wasmc_wasi_path_filestat_get => path_filestat::get,
        unstable wasmc_wasi_unstable_path_filestat_get => path_filestat::get_unstable;
    /// Sets the times of a path.
    PathFilestatSetTimes = path_filestat_set_times(fd: u32, lookup: u32, path: u32, length: u32, accessed: u64, modified: u64, fstflags: u32) -> u32
        as wasmc_wasi_path_filestat_set_times => path_filestat::set_times;
    /// Makes a hard link.
    PathLink = path_link(old_fd: u32, lookup: u32, old_path: u32, old_length: u32, new_fd: u32, new_path: u32, new_length: u32) -> u32
        as wasmc_wasi_path_link => path_link::link;
    /// Opens a path.
    PathOpen = path_open(fd: u32, lookup: u32, path: u32, length: u32, oflags: u32, rights: u64, inheriting: u64, fdflags: u32, result: u32) -> u32
        as wasmc_wasi_path_open => path_open::open;
    /// Reads a symbolic link.
    PathReadlink = path_readlink(fd: u32, path: u32, length: u32, buffer: u32, size: u32, result: u32) -> u32
        as wasmc_wasi_path_readlink => path_link::read;
    /// Removes a directory.
    PathRemoveDirectory = path_remove_directory(fd: u32, path: u32, length: u32) -> u32
        as wasmc_wasi_path_remove_directory => path_entry::remove_directory;
    /// Renames a path.
    PathRename = path_rename(old_fd: u32, old_path: u32, old_length: u32, new_fd: u32, new_path: u32, new_length: u32) -> u32
        as wasmc_wasi_path_rename => path_entry::rename;
    /// Makes a symbolic link.
    PathSymlink = path_symlink(old_path: u32, old_length: u32, fd: u32, new_path: u32, new_length: u32) -> u32
        as wasmc_wasi_path_symlink => path_link::symlink;
    /// Removes a file.
    PathUnlinkFile = path_unlink_file(fd: u32, path: u32, path_length: u32) -> u32
        as wasmc_wasi_path_unlink_file => path_entry::unlink_file;
    /// Waits for clocks and descriptors.
    PollOneoff = poll_oneoff(subscriptions: u32, events: u32, count: u32, result: u32) -> u32
        as wasmc_wasi_poll_oneoff => poll::oneoff,
        unstable wasmc_wasi_unstable_poll_oneoff => poll::oneoff_unstable;
    /// Ends the process.
    ProcExit = proc_exit(status: u32)
        as wasmc_wasi_proc_exit => proc::exit;
    /// Sends the process a signal.
    ProcRaise = proc_raise(signal: u32) -> u32
        as wasmc_wasi_proc_raise => proc::raise;
    /// Gives up the processor.
    SchedYield = sched_yield() -> u32
        as wasmc_wasi_sched_yield => proc::sched_yield;
    /// Fills a buffer with random bytes.
    RandomGet = random_get(buffer: u32, length: u32) -> u32
        as wasmc_wasi_random_get => random::get;
    /// Accepts a connection.
    SockAccept = sock_accept(fd: u32, fdflags: u32, result: u32) -> u32
        as wasmc_wasi_sock_accept => sock::accept;
    /// Receives from a socket.
    SockRecv = sock_recv(fd: u32, iovs: u32, count: u32, riflags: u32, result: u32, roflags: u32) -> u32
        as wasmc_wasi_sock_recv => sock::receive;
    /// Sends to a socket.
    SockSend = sock_send(fd: u32, iovs: u32, count: u32, siflags: u32, result: u32) -> u32
        as wasmc_wasi_sock_send => sock::send;
    /// Shuts down one or both directions of a socket.
    SockShutdown = sock_shutdown(fd: u32, sdflags: u32) -> u32
        as wasmc_wasi_sock_shutdown => sock::shutdown;
}

/// Byte offsets of the fields that generated code reads, so that no code generator counts bytes.
pub mod offsets {
    use super::*;

    /// [`Memory::base`]
    pub const MEMORY_BASE: u32 = offset_of!(Memory, base) as u32;
    /// [`Memory::byte_length`]
    pub const MEMORY_BYTE_LENGTH: u32 = offset_of!(Memory, byte_length) as u32;
    /// Size of a [`Memory`]
    pub const MEMORY_SIZE: u32 = size_of::<Memory>() as u32;
    /// Size of [`LastIndices`]
    pub const LAST_INDICES_SIZE: u32 = size_of::<LastIndices>() as u32;
    /// [`Table::elements`]
    pub const TABLE_ELEMENTS: u32 = offset_of!(Table, elements) as u32;
    /// [`Table::length`]
    pub const TABLE_LENGTH: u32 = offset_of!(Table, length) as u32;
    /// Size of a [`Table`]
    pub const TABLE_SIZE: u32 = size_of::<Table>() as u32;
    /// [`FuncRef::code`]
    pub const FUNCREF_CODE: u32 = offset_of!(FuncRef, code) as u32;
    /// [`FuncRef::instance`]
    pub const FUNCREF_INSTANCE: u32 = offset_of!(FuncRef, instance) as u32;
    /// [`FuncRef::type_id`]
    pub const FUNCREF_TYPE_ID: u32 = offset_of!(FuncRef, type_id) as u32;
    /// Size of a [`FuncRef`]
    pub const FUNCREF_SIZE: u32 = size_of::<FuncRef>() as u32;
    /// [`TableEntry::code`]
    pub const TABLE_ENTRY_CODE: u32 = offset_of!(TableEntry, code) as u32;
    /// [`TableEntry::type_id`]
    pub const TABLE_ENTRY_TYPE_ID: u32 = offset_of!(TableEntry, type_id) as u32;
    /// Size of a [`TableEntry`]
    pub const TABLE_ENTRY_SIZE: u32 = size_of::<TableEntry>() as u32;
    /// [`Instance::stack_limit`]
    pub const INSTANCE_STACK_LIMIT: u32 = offset_of!(Instance, stack_limit) as u32;
    /// Size of the [`Instance`] head
    pub const INSTANCE_SIZE: u32 = size_of::<Instance>() as u32;
}
