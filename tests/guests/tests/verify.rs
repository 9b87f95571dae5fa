//! Holds every guest against the reference engine: what wasmtime makes of the module must be what the native twin does, or
//! the text that is fixed. So a difference that wasmc shows later is wasmc's.

use wasmc_guests::{Error, Expected, Guest, Outcome, Run};

fn verify(guest: Guest) {
    for run in guest.runs() {
        match outcomes(&run) {
            Ok((expected, actual)) => assert_eq!(expected.difference(&actual), None, "{run}"),
            Err(Error::Missing(missing)) => return eprintln!("{}: not run: needs {missing}", guest.name()),
            Err(error) => panic!("{run}: {error}"),
        }
    }
}

fn outcomes(run: &Run) -> Result<(Outcome, Outcome), Error> {
    let scratch =
        std::env::temp_dir().join(format!("guests-verify-{}-{}-{}", std::process::id(), run.guest.name(), run.name));
    let expected = run.expected(&scratch)?;
    let mut actual = match run.expected {
        // That was wasmtime's outcome already, with the differences where they are said to be.
        Expected::LikeReference(_) => expected.clone(),
        Expected::LikeNative | Expected::Fixed(_) => run.under_reference(&scratch)?,
    };
    if expected.status > 125 && expected.status != 134 {
        // wasmtime refuses such an exit status; the rest is still worth comparing.
        actual.status = expected.status;
    }
    std::fs::remove_dir_all(scratch)?;
    Ok((expected, actual))
}

macro_rules! verify_each {
    ($($test:ident: $guest:ident,)*) => {
        $(
            #[test]
            fn $test() {
                verify(Guest::$guest);
            }
        )*

        #[test]
        fn no_guest_is_left_out() {
            assert_eq!([$(Guest::$guest),*], Guest::ALL);
        }
    };
}

verify_each! {
    hello: Hello,
    fileio: FileIo,
    calls: Calls,
    calls_go: CallsGo,
    calls_rust: CallsRust,
    sandbox: Sandbox,
    sqlite: Sqlite,
    lua: Lua,
    lua_asyncify: LuaAsyncify,
    quickjs: QuickJs,
    zstd: Zstd,
    bzip2: Bzip2,
    jpeg: Jpeg,
    regex: Regex,
    matrices: Matrices,
    matrices_simd: MatricesSimd,
    stencils: Stencils,
    stencils_simd: StencilsSimd,
    nbody: NBody,
    integers: Integers,
    recursion: Recursion,
    dispatch: Dispatch,
    interpreter: Interpreter,
    pointers: Pointers,
    copies: Copies,
    go: Go,
    go_server: GoServer,
    rust: Rust,
    rust_json: RustJson,
    rust_collections: RustCollections,
    assemblyscript: AssemblyScript,
}
