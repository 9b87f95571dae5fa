//! 64-bit Arm processors.

use super::Family;
use crate::options::CpuBaseline;

/// What Armv8.1-A adds of features that Cranelift can use: atomic instructions.
const V8_1: &[&str] = &["has_lse"];

pub(super) static FAMILY: Family = Family {
    // Armv8.0-A has floating-point and vector instructions, and none of what can be switched on.
    baselines: &[(CpuBaseline::Armv8A, &[]), (CpuBaseline::Armv8_1A, V8_1)],
    known: &["has_lse", "has_fp16", "has_dotprod"],
    needed: &[],
    native,
};

#[cfg(target_arch = "aarch64")]
fn native() -> Vec<&'static str> {
    let detected = [
        ("has_lse", std::arch::is_aarch64_feature_detected!("lse")),
        ("has_fp16", std::arch::is_aarch64_feature_detected!("fp16")),
        ("has_dotprod", std::arch::is_aarch64_feature_detected!("dotprod")),
    ];
    detected.into_iter().filter(|(_, present)| *present).map(|(name, _)| name).collect()
}

/// Never called: the machine is of another architecture.
#[cfg(not(target_arch = "aarch64"))]
fn native() -> Vec<&'static str> {
    Vec::new()
}
