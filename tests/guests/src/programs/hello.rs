//! `puts("hello")`.

use crate::build::clang::{CProgram, Wasi};
use crate::{Guest, Run};

pub(crate) const PROGRAM: CProgram =
    CProgram { name: "hello", driver: "hello.c", headers: &[], library: None, flags: &[], wasi: Wasi::PLAIN };

pub(crate) fn runs() -> Vec<Run> {
    vec![Run::new(Guest::Hello, "puts")]
}
