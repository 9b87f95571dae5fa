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
    /// Go with its scheduler and garbage collector.
    Go,
    /// Go: an HTTP server. It has no runs: whoever starts it talks to it.
    GoServer,
    /// Rust with its standard library.
    Rust,
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
    pub const ALL: [Self; 15] = [
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
        Self::Go,
        Self::GoServer,
        Self::Rust,
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
    /// [`Error::Missing`] where a tool is not installed, [`Error::NoTwin`] for a guest that is not written in C.
    pub fn native(self) -> Result<PathBuf, Error> {
        match self.source() {
            Source::C(program) => clang::native(program),
            Source::Go(_) | Source::Rust(_) | Source::AssemblyScript => Err(Error::NoTwin(self)),
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
            Self::Go => programs::go::runs(),
            Self::GoServer => Vec::new(),
            Self::Rust => programs::rust::runs(),
            Self::AssemblyScript => programs::assemblyscript::runs(),
        }
    }

    /// The extensions of WebAssembly 1.0 without which its module is invalid, by the names of their proposals. A test
    /// keeps this true.
    #[must_use]
    pub fn features(self) -> &'static [&'static str] {
        match self {
            Self::Hello | Self::FileIo | Self::Calls | Self::Sandbox => &[],
            Self::LuaAsyncify => &["sign-extension"],
            // The linker writes the table of `call_indirect` with room to spare, which 1.0 does not allow.
            Self::Sqlite | Self::Lua | Self::QuickJs | Self::Zstd => &["reference-types", "sign-extension"],
            Self::Go | Self::CallsGo | Self::GoServer | Self::AssemblyScript => {
                &["bulk-memory", "saturating-float-to-int", "sign-extension"]
            }
            Self::CallsRust => &["bulk-memory", "reference-types", "sign-extension"],
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
            Self::Go => Source::Go(&programs::go::PROGRAM),
            Self::GoServer => Source::Go(&programs::go::SERVER),
            Self::Rust => Source::Rust(&programs::rust::PROGRAM),
            Self::AssemblyScript => Source::AssemblyScript,
        }
    }
}
