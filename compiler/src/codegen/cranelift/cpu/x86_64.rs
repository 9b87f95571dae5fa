//! The processors of AMD and Intel.

use super::Family;
use crate::options::CpuBaseline;

/// Features of x86-64-v2 that Cranelift can use, by its names.
const V2: &[&str] = &["has_cmpxchg16b", "has_popcnt", "has_sse3", "has_ssse3", "has_sse41", "has_sse42"];
/// Those of x86-64-v3.
const V3: &[&str] = &[
    "has_cmpxchg16b",
    "has_popcnt",
    "has_sse3",
    "has_ssse3",
    "has_sse41",
    "has_sse42",
    "has_avx",
    "has_avx2",
    "has_bmi1",
    "has_bmi2",
    "has_fma",
    "has_lzcnt",
];

pub(super) static FAMILY: Family = Family {
    baselines: &[(CpuBaseline::X86_64V2, V2), (CpuBaseline::X86_64V3, V3)],
    known: V3,
    // What rounding a float (SSE 4.1) and choosing bytes (SSSE 3) are made of.
    needed: &["sse41", "sse4.1", "ssse3"],
    native,
};

#[cfg(target_arch = "x86_64")]
fn native() -> Vec<&'static str> {
    let detected = [
        ("has_cmpxchg16b", is_x86_feature_detected!("cmpxchg16b")),
        ("has_popcnt", is_x86_feature_detected!("popcnt")),
        ("has_sse3", is_x86_feature_detected!("sse3")),
        ("has_ssse3", is_x86_feature_detected!("ssse3")),
        ("has_sse41", is_x86_feature_detected!("sse4.1")),
        ("has_sse42", is_x86_feature_detected!("sse4.2")),
        ("has_avx", is_x86_feature_detected!("avx")),
        ("has_avx2", is_x86_feature_detected!("avx2")),
        ("has_bmi1", is_x86_feature_detected!("bmi1")),
        ("has_bmi2", is_x86_feature_detected!("bmi2")),
        ("has_fma", is_x86_feature_detected!("fma")),
        ("has_lzcnt", is_x86_feature_detected!("lzcnt")),
        ("has_avx512bitalg", is_x86_feature_detected!("avx512bitalg")),
        ("has_avx512dq", is_x86_feature_detected!("avx512dq")),
        ("has_avx512vl", is_x86_feature_detected!("avx512vl")),
        ("has_avx512vbmi", is_x86_feature_detected!("avx512vbmi")),
        ("has_avx512f", is_x86_feature_detected!("avx512f")),
    ];
    detected.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect()
}

/// Never called: the machine is of another architecture.
#[cfg(not(target_arch = "x86_64"))]
fn native() -> Vec<&'static str> {
    Vec::new()
}
