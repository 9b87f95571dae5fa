//! The runtime archives that the build embedded.

use crate::error::Error;
use crate::target::Target;

/// Archive bytes at an alignment that lets the linker read members in place.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

/// An archive of the build script's; empty where it could not be made.
macro_rules! embed {
    ($file:literal) => {{
        static ARCHIVE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $file)));
        &ARCHIVE.0
    }};
}

/// The archive for each target that the build script knows, by the target's name.
static ARCHIVES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/archives.rs"));

/// The archive of a target, if it is inside.
fn archive(target: Target) -> Option<&'static [u8]> {
    let (_, archive) = ARCHIVES.iter().find(|(name, _)| *name == target.name)?;
    Some(*archive).filter(|archive| !archive.is_empty())
}

/// The static archive of the runtime for `target`, which executables are linked with.
///
/// # Errors
/// [`Error::Environment`] when it is not inside this build.
pub fn runtime_archive(target: Target) -> Result<&'static [u8], Error> {
    archive(target).ok_or_else(|| missing(target))
}

/// What to say when it is not.
fn missing(target: Target) -> Error {
    let triple = target.triples.last().copied().unwrap_or(target.name);
    Error::environment(format!(
        "this wasmc was built without the runtime library for {}: run `rustup target add {triple}`, or have the sources of the \
         standard library installed (on Debian: rust-web-src), and build wasmc again; `--emit obj` works without it",
        target.name
    ))
}

/// The targets whose runtime is inside this build, and the bytes of each archive.
pub fn available_targets() -> Vec<(Target, usize)> {
    Target::ALL.iter().filter_map(|target| Some((*target, archive(*target)?.len()))).collect()
}
