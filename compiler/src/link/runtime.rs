//! The runtime archives that the build embedded.

use crate::options::Target;

/// Archive bytes at an alignment that lets the linker read members in place.
#[repr(C, align(16))]
struct Aligned<T: ?Sized>(T);

static X86_64_LINUX: &Aligned<[u8]> =
    &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/libwasmc_runtime-x86_64-linux.a")));

/// The static archive of the runtime for `target`.
pub(super) fn archive(target: Target) -> &'static [u8] {
    match target {
        Target::X86_64Linux => &X86_64_LINUX.0,
    }
}

/// The targets whose runtime is inside this build, and the bytes of each archive.
pub fn available_targets() -> Vec<(Target, usize)> {
    Target::ALL.iter().map(|target| (*target, archive(*target).len())).collect()
}
