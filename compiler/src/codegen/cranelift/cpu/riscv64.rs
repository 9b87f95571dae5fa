//! RISC-V processors.

use super::Family;
use crate::options::CpuBaseline;

/// What is on wherever Linux runs, beside RV64G, which cannot be switched off: instructions of two bytes.
const GC: &[&str] = &["has_zca", "has_zcd"];
/// With vectors.
const GCV: &[&str] = &["has_zca", "has_zcd", "has_v"];
/// What of the profile RVA22U64 Cranelift can use.
const RVA22: &[&str] = &["has_zca", "has_zcd", "has_zba", "has_zbb", "has_zbs"];
/// What of RVA23U64.
const RVA23: &[&str] =
    &["has_zca", "has_zcd", "has_zba", "has_zbb", "has_zbs", "has_v", "has_zcb", "has_zfa", "has_zicond", "has_zvbb"];

pub(super) static FAMILY: Family = Family {
    baselines: &[
        (CpuBaseline::Rv64Gc, GC),
        (CpuBaseline::Rv64Gcv, GCV),
        (CpuBaseline::Rva22, RVA22),
        (CpuBaseline::Rva23, RVA23),
    ],
    known: &[
        "has_v",
        "has_zba",
        "has_zbb",
        "has_zbs",
        "has_zbc",
        "has_zbkb",
        "has_zicond",
        "has_zfa",
        "has_zcb",
        "has_zvbb",
    ],
    needed: &["m", "a", "f", "d", "zicsr", "zifencei"],
    native,
};

/// The baseline: what more there is, a stable compiler cannot ask.
fn native() -> Vec<&'static str> {
    GC.to_vec()
}
