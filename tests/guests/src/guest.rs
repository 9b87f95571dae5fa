//! The list of programs, and what there is to know about each.

use std::path::PathBuf;

use crate::build::clang::CProgram;
use crate::build::go::GoProgram;
use crate::build::rust::RustProgram;
use crate::build::{assemblyscript, clang, go, rust};
use crate::{Error, Run, programs};

/// A program that tests and benches compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Guest {
    /// `puts("hello")` in C: the least that a program weighs.
    Hello,
    /// C: files, directories, links, clocks, randomness, standard streams, arguments and environment.
    FileIo,
    /// C: every call of WASI, made past the C library.
    Calls,
    /// Go: every call of WASI, made through its library wherever that makes it.
    CallsGo,
    /// Rust: likewise.
    CallsRust,
    /// C: forty ways to leave the granted directories.
    Sandbox,
    /// SQLite: 100 000 rows, in memory and in a file.
    Sqlite,
    /// Lua 5.4, whose errors end the program: there is no `longjmp` in WebAssembly without exceptions.
    Lua,
    /// Lua 5.4 transformed by Binaryen's Asyncify: errors are caught and coroutines yield.
    LuaAsyncify,
    /// QuickJS, a JavaScript engine.
    QuickJs,
    /// zstd, compressing and decompressing.
    Zstd,
    /// bzip2, compressing and decompressing.
    Bzip2,
    /// A JPEG codec.
    Jpeg,
    /// Oniguruma, a backtracking engine of regular expressions.
    Regex,
    /// C: products and factorizations of dense matrices, without vector instructions.
    Matrices,
    /// C: the same with vector instructions.
    MatricesSimd,
    /// C: grids computed from neighbouring points, without vector instructions.
    Stencils,
    /// C: the same with vector instructions.
    StencilsSimd,
    /// C: bodies that attract each other.
    NBody,
    /// C: lists, small matrices, a state machine and checksums, like CoreMark.
    Integers,
    /// C: functions that call themselves.
    Recursion,
    /// C: calls through tables.
    Dispatch,
    /// C: an interpreter of bytecode, one loop around a large `switch`.
    Interpreter,
    /// C: many small allocations, trees, hash tables and lists.
    Pointers,
    /// C: copies and fills, large and small.
    Copies,
    /// Go with its scheduler and garbage collector.
    Go,
    /// Go: an HTTP server. It has no runs: whoever starts it talks to it.
    GoServer,
    /// Rust with its standard library.
    Rust,
    /// Rust: a JSON document parsed, changed and written.
    RustJson,
    /// Rust: collections, sorts, iterators and trait objects.
    RustCollections,
    /// AssemblyScript with its garbage collector.
    AssemblyScript,
}

/// How a guest is made.
enum Source {
    C(&'static CProgram),
    Go(&'static GoProgram),
    Rust(&'static RustProgram),
    AssemblyScript,
}

impl Guest {
    /// All of them.
    pub const ALL: [Self; 31] = [
        Self::Hello,
        Self::FileIo,
        Self::Calls,
        Self::CallsGo,
        Self::CallsRust,
        Self::Sandbox,
        Self::Sqlite,
        Self::Lua,
        Self::LuaAsyncify,
        Self::QuickJs,
        Self::Zstd,
        Self::Bzip2,
        Self::Jpeg,
        Self::Regex,
        Self::Matrices,
        Self::MatricesSimd,
        Self::Stencils,
        Self::StencilsSimd,
        Self::NBody,
        Self::Integers,
        Self::Recursion,
        Self::Dispatch,
        Self::Interpreter,
        Self::Pointers,
        Self::Copies,
        Self::Go,
        Self::GoServer,
        Self::Rust,
        Self::RustJson,
        Self::RustCollections,
        Self::AssemblyScript,
    ];

    /// A name for messages and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.source() {
            Source::C(program) => program.name,
            Source::Go(program) => program.name,
            Source::Rust(program) => program.name,
            Source::AssemblyScript => "assemblyscript",
        }
    }

    /// Returns the path of the module, which is built the first time.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where a tool is not installed.
    pub fn wasm(self) -> Result<PathBuf, Error> {
        match self.source() {
            Source::C(program) => clang::wasm(program),
            Source::Go(program) => go::wasm(program),
            Source::Rust(program) => rust::wasm(program),
            Source::AssemblyScript => assemblyscript::wasm(),
        }
    }

    /// Returns the path of the native twin, which is built the first time.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] where a tool is not installed, [`Error::NoTwin`] for a guest that has none.
    pub fn native(self) -> Result<PathBuf, Error> {
        match self.source() {
            Source::C(program) => clang::native(program),
            Source::Rust(program) => rust::native(program)?.ok_or(Error::NoTwin(self)),
            Source::Go(_) | Source::AssemblyScript => Err(Error::NoTwin(self)),
        }
    }

    /// What there is for it to do.
    #[must_use]
    pub fn runs(self) -> Vec<Run> {
        match self {
            Self::Hello => programs::hello::runs(),
            Self::FileIo => programs::fileio::runs(),
            Self::Calls => programs::calls::runs(),
            Self::CallsGo => programs::calls::go_runs(),
            Self::CallsRust => programs::calls::rust_runs(),
            Self::Sandbox => programs::sandbox::runs(),
            Self::Sqlite => programs::sqlite::runs(),
            Self::Lua => programs::lua::runs(),
            Self::LuaAsyncify => programs::lua::asyncify_runs(),
            Self::QuickJs => programs::quickjs::runs(),
            Self::Zstd => programs::zstd::runs(),
            Self::Bzip2 => programs::bzip2::runs(),
            Self::Jpeg => programs::jpeg::runs(),
            Self::Regex => programs::regex::runs(),
            Self::Matrices => programs::kernels::runs(self, "2", "70"),
            Self::MatricesSimd => programs::kernels::runs(self, "2", "90"),
            Self::Stencils => programs::kernels::runs(self, "4", "400"),
            Self::StencilsSimd => programs::kernels::runs(self, "4", "400"),
            Self::NBody => programs::kernels::runs(self, "1", "120"),
            Self::Integers => programs::kernels::runs(self, "1", "25"),
            Self::Recursion => programs::kernels::runs(self, "2", "350"),
            Self::Dispatch => programs::kernels::runs(self, "1", "150"),
            Self::Interpreter => programs::kernels::runs(self, "1", "130"),
            Self::Pointers => programs::kernels::runs(self, "1", "20"),
            Self::Copies => programs::kernels::runs(self, "1", "60"),
            Self::Go => programs::go::runs(),
            Self::GoServer => Vec::new(),
            Self::Rust => programs::rust::runs(),
            Self::RustJson => programs::rust::timed(self, &["300", "3"], &["3000", "60"]),
            Self::RustCollections => programs::rust::timed(self, &["2000", "2"], &["20000", "40"]),
            Self::AssemblyScript => programs::assemblyscript::runs(),
        }
    }

    /// The extensions of WebAssembly 1.0 without which its module is invalid, by the names of their proposals. A test
    /// keeps this true.
    #[must_use]
    pub fn features(self) -> &'static [&'static str] {
        match self {
            Self::Hello | Self::FileIo | Self::Calls | Self::Sandbox => &[],
            Self::Matrices | Self::Stencils | Self::NBody | Self::Recursion => &[],
            Self::Integers | Self::Interpreter | Self::Pointers => &[],
            Self::Jpeg | Self::Regex => &["reference-types", "sign-extension"],
            Self::MatricesSimd | Self::StencilsSimd => &["simd"],
            Self::Bzip2 | Self::Dispatch => &["reference-types"],
            Self::Copies => &["bulk-memory"],
            Self::LuaAsyncify => &["sign-extension"],
            // The linker writes the table of `call_indirect` with room to spare, which 1.0 does not allow.
            Self::Sqlite | Self::Lua | Self::QuickJs | Self::Zstd => &["reference-types", "sign-extension"],
            Self::Go | Self::CallsGo | Self::GoServer | Self::AssemblyScript => {
                &["bulk-memory", "saturating-float-to-int", "sign-extension"]
            }
            Self::CallsRust | Self::RustJson | Self::RustCollections => {
                &["bulk-memory", "reference-types", "sign-extension"]
            }
            Self::Rust => &["bulk-memory", "reference-types", "saturating-float-to-int", "sign-extension"],
        }
    }

    fn source(self) -> Source {
        match self {
            Self::Hello => Source::C(&programs::hello::PROGRAM),
            Self::FileIo => Source::C(&programs::fileio::PROGRAM),
            Self::Calls => Source::C(&programs::calls::PROGRAM),
            Self::CallsGo => Source::Go(&programs::calls::GO),
            Self::CallsRust => Source::Rust(&programs::calls::RUST),
            Self::Sandbox => Source::C(&programs::sandbox::PROGRAM),
            Self::Sqlite => Source::C(&programs::sqlite::PROGRAM),
            Self::Lua => Source::C(&programs::lua::PROGRAM),
            Self::LuaAsyncify => Source::C(&programs::lua::ASYNCIFY),
            Self::QuickJs => Source::C(&programs::quickjs::PROGRAM),
            Self::Zstd => Source::C(&programs::zstd::PROGRAM),
            Self::Bzip2 => Source::C(&programs::bzip2::PROGRAM),
            Self::Jpeg => Source::C(&programs::jpeg::PROGRAM),
            Self::Regex => Source::C(&programs::regex::PROGRAM),
            Self::Matrices => Source::C(&programs::kernels::MATRICES),
            Self::MatricesSimd => Source::C(&programs::kernels::MATRICES_SIMD),
            Self::Stencils => Source::C(&programs::kernels::STENCILS),
            Self::StencilsSimd => Source::C(&programs::kernels::STENCILS_SIMD),
            Self::NBody => Source::C(&programs::kernels::NBODY),
            Self::Integers => Source::C(&programs::kernels::INTEGERS),
            Self::Recursion => Source::C(&programs::kernels::RECURSION),
            Self::Dispatch => Source::C(&programs::kernels::DISPATCH),
            Self::Interpreter => Source::C(&programs::kernels::INTERPRETER),
            Self::Pointers => Source::C(&programs::kernels::POINTERS),
            Self::Copies => Source::C(&programs::kernels::COPIES),
            Self::Go => Source::Go(&programs::go::PROGRAM),
            Self::GoServer => Source::Go(&programs::go::SERVER),
            Self::Rust => Source::Rust(&programs::rust::PROGRAM),
            Self::RustJson => Source::Rust(&programs::rust::JSON),
            Self::RustCollections => Source::Rust(&programs::rust::COLLECTIONS),
            Self::AssemblyScript => Source::AssemblyScript,
        }
    }
}
