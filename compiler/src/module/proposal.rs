//! The proposals that changed WebAssembly after 1.0, and which of them wasmc compiles.

use wasmparser::WasmFeatures;

macro_rules! proposals {
    ($($name:ident = $flag:ident, $title:literal, $supported:literal;)*) => {
        /// A proposal, by the name under which the community group lists it.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
        pub enum Proposal { $(#[doc = $title] $name,)* }

        impl Proposal {
            /// Every proposal, those that are part of a standard first.
            pub const ALL: &'static [Proposal] = &[$(Proposal::$name,)*];

            /// The proposal's name in words.
            pub fn title(self) -> &'static str {
                match self { $(Proposal::$name => $title,)* }
            }

            /// Whether modules that use it compile.
            pub fn is_supported(self) -> bool {
                match self { $(Proposal::$name => $supported,)* }
            }

            /// The validator's name of its flag, `BULK_MEMORY`.
            fn flag(self) -> &'static str {
                match self { $(Proposal::$name => stringify!($flag),)* }
            }

            /// The validator's flag for it.
            pub fn feature(self) -> WasmFeatures {
                match self { $(Proposal::$name => WasmFeatures::$flag,)* }
            }
        }
    };
}

proposals! {
    MutableGlobals = MUTABLE_GLOBAL, "mutable globals", true;
    SaturatingFloatToInt = SATURATING_FLOAT_TO_INT, "saturating float-to-int conversions", true;
    SignExtension = SIGN_EXTENSION, "sign-extension operators", true;
    MultiValue = MULTI_VALUE, "multi-value", true;
    ReferenceTypes = REFERENCE_TYPES, "reference types", true;
    BulkMemory = BULK_MEMORY, "bulk memory operations", true;
    ExtendedConst = EXTENDED_CONST, "extended constant expressions", true;
    Simd = SIMD, "fixed-width SIMD", true;
    RelaxedSimd = RELAXED_SIMD, "relaxed SIMD", true;
    TailCall = TAIL_CALL, "tail calls", true;
    FunctionReferences = FUNCTION_REFERENCES, "typed function references", true;
    GarbageCollection = GC, "garbage collection", false;
    Memory64 = MEMORY64, "64-bit memories and tables", true;
    MultiMemory = MULTI_MEMORY, "multiple memories", true;
    Exceptions = EXCEPTIONS, "exception handling", false;
    Threads = THREADS, "threads and atomics", true;
    SharedEverythingThreads = SHARED_EVERYTHING_THREADS, "shared-everything threads", false;
    CustomPageSizes = CUSTOM_PAGE_SIZES, "custom page sizes", true;
    WideArithmetic = WIDE_ARITHMETIC, "wide arithmetic", true;
    StackSwitching = STACK_SWITCHING, "stack switching", false;
    LegacyExceptions = LEGACY_EXCEPTIONS, "legacy exception handling", false;
    CustomDescriptors = CUSTOM_DESCRIPTORS, "custom descriptors", false;
    MemoryControl = MEMORY_CONTROL, "memory control", false;
}

impl Proposal {
    /// The name by which command lines know it: `bulk-memory`.
    pub fn name(self) -> String {
        self.flag().to_ascii_lowercase().replace('_', "-")
    }

    /// Whether modules may declare, import and export what it adds, though not use it where it is not
    /// supported.
    pub fn is_declarable(self) -> bool {
        self.is_supported() || matches!(self, Proposal::Exceptions | Proposal::GarbageCollection)
    }

    /// The flags of the proposals for which `keep` holds, on top of WebAssembly 1.0.
    pub fn features(keep: impl Fn(Proposal) -> bool) -> WasmFeatures {
        let base = WasmFeatures::FLOATS | WasmFeatures::GC_TYPES;
        Proposal::ALL.iter().filter(|proposal| keep(**proposal)).fold(base, |set, proposal| set | proposal.feature())
    }
}
