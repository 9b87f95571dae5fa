//! The instruction set and settings that the options ask for.

use crate::error::Error;
use crate::options::{Cpu, CpuBaseline, OptLevel, Options, Target};
use cranelift_codegen::ir::{Function, Inst, Opcode};
use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};

/// Features of x86-64-v2 that Cranelift can use, by its names.
const X86_64_V2: &[&str] = &["has_cmpxchg16b", "has_popcnt", "has_sse3", "has_ssse3", "has_sse41", "has_sse42"];
/// What x86-64-v3 adds.
const X86_64_V3: &[&str] = &["has_avx", "has_avx2", "has_bmi1", "has_bmi2", "has_fma", "has_lzcnt"];

/// What rounding a float (SSE 4.1) and choosing bytes (SSSE 3) are made of; without them Cranelift would
/// call a library.
const NEEDED: &[&str] = &["sse41", "sse4.1", "ssse3"];

/// The target, configured in two ways.
pub(in crate::codegen) struct Isas {
    usual: OwnedTargetIsa,
    frugal: OwnedTargetIsa,
}

/// Above this, the optimising register allocator takes minutes and gigabytes; well below it, it takes
/// as long as other functions of the size. Measured with N locals that meet in M blocks, as the sum
/// of N² over the M blocks: 8 million take 3 s, 125 million over 100 s.
const MOST_MEETING_VALUES: u64 = 20_000_000;

/// Above this, the optimiser and its register allocator take gigabytes: 1.8 KB for an instruction,
/// and up to 7 KB for one on vectors, many of which become several of the processor's.
const MOST_INSTRUCTIONS: usize = 1_000_000;
/// The same for instructions on vectors, casts not counted.
const MOST_VECTOR_INSTRUCTIONS: usize = 250_000;

impl Isas {
    /// Configures the target as `options` ask.
    ///
    /// # Errors
    /// [`Error::Environment`] when `--cpu` names a feature that does not exist.
    pub(in crate::codegen) fn new(options: &Options) -> Result<Isas, Error> {
        Ok(Isas { usual: isa(options, options.opt_level)?, frugal: isa(options, OptLevel::O0)? })
    }

    /// The configuration that was asked for.
    pub(super) fn usual(&self) -> &dyn TargetIsa {
        self.usual.as_ref()
    }

    /// The configuration to compile `func` with: one that takes little time and memory where the usual
    /// one would take too much. Depends on nothing but the function.
    pub(super) fn for_function(&self, func: &Function) -> &dyn TargetIsa {
        let values_in = |block| func.dfg.num_block_params(block) as u64;
        let meeting: u64 = func.dfg.blocks.iter().map(|block| values_in(block) * values_in(block)).sum();
        if meeting > MOST_MEETING_VALUES || is_long(func) { self.frugal.as_ref() } else { self.usual.as_ref() }
    }
}

fn is_long(func: &Function) -> bool {
    let instructions = func.dfg.num_insts();
    instructions > MOST_INSTRUCTIONS
        || (instructions > MOST_VECTOR_INSTRUCTIONS && vector_instructions(func) > MOST_VECTOR_INSTRUCTIONS)
}

fn vector_instructions(func: &Function) -> usize {
    let makes_vector = |inst: &Inst| {
        let result = func.dfg.inst_results(*inst).first();
        func.dfg.insts[*inst].opcode() != Opcode::Bitcast
            && result.is_some_and(|result| func.dfg.value_type(*result).is_vector())
    };
    func.layout.blocks().flat_map(|block| func.layout.block_insts(block)).filter(makes_vector).count()
}

fn isa(options: &Options, opt_level: OptLevel) -> Result<OwnedTargetIsa, Error> {
    let bug = |error: &dyn std::fmt::Display| Error::bug("code generator set-up", error);
    let flags = settings::Flags::new(shared_flags(opt_level).map_err(|error| bug(&error))?);
    let mut builder = match options.target {
        Target::X86_64Linux => isa::lookup_by_name("x86_64-unknown-linux").map_err(|error| bug(&error))?,
    };
    select_cpu(&mut builder, &options.cpu)?;
    builder.finish(flags).map_err(|error| bug(&error))
}

fn shared_flags(opt_level: OptLevel) -> settings::SetResult<settings::Builder> {
    let mut flags = settings::builder();
    let level = match opt_level {
        OptLevel::O0 => "none",
        OptLevel::O1 | OptLevel::O2 => "speed",
        OptLevel::Os => "speed_and_size",
    };
    flags.set("opt_level", level)?;
    if opt_level == OptLevel::O0 {
        flags.set("regalloc_algorithm", "single_pass")?;
    }
    // Backtraces and profilers walk frames by their pointers.
    flags.set("preserve_frame_pointers", "true")?;
    flags.set("unwind_info", "false")?;
    // Frames are checked against the stack's limit in the prologue.
    flags.set("enable_probestack", "false")?;
    // Static executables: every address is within 2 GiB of the code.
    flags.set("is_pic", "false")?;
    flags.set("enable_verifier", if cfg!(debug_assertions) { "true" } else { "false" })?;
    // WebAssembly asks for one of two NaN patterns only where no operand is a NaN; hardware does that.
    flags.set("enable_nan_canonicalization", "false")?;
    // There is no secret of another tenant in the process to be speculated at.
    flags.set("enable_heap_access_spectre_mitigation", "false")?;
    flags.set("enable_table_access_spectre_mitigation", "false")?;
    // C calls of the runtime may pass and return 128-bit values one day; internal ones return many.
    flags.set("enable_multi_ret_implicit_sret", "true")?;
    Ok(flags)
}

fn select_cpu(builder: &mut isa::Builder, cpu: &Cpu) -> Result<(), Error> {
    let baseline: Vec<&str> = match cpu.baseline {
        CpuBaseline::Portable | CpuBaseline::X86_64V2 => X86_64_V2.to_vec(),
        CpuBaseline::X86_64V3 => [X86_64_V2, X86_64_V3].concat(),
        CpuBaseline::Native => host_features(),
    };
    for feature in baseline {
        builder.enable(feature).map_err(|error| Error::bug("code generator set-up", error))?;
    }
    for (feature, enabled) in &cpu.features {
        if !enabled && NEEDED.contains(&feature.as_str()) {
            return Err(Error::environment(format!("generated code needs `{feature}`: it cannot be switched off")));
        }
        let setting = format!("has_{}", feature.replace(['.', '-'], "").to_ascii_lowercase());
        let value = if *enabled { "true" } else { "false" };
        builder.set(&setting, value).map_err(|_| unknown_feature(feature))?;
    }
    Ok(())
}

fn unknown_feature(feature: &str) -> Error {
    let known = [X86_64_V2, X86_64_V3].concat();
    let known: Vec<&str> = known.iter().filter_map(|name| name.strip_prefix("has_")).collect();
    Error::environment(format!("unknown cpu feature `{feature}`; known ones include {}", known.join(", ")))
}

/// What the machine that compiles has.
#[cfg(target_arch = "x86_64")]
fn host_features() -> Vec<&'static str> {
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

/// A machine of another architecture has none of these.
#[cfg(not(target_arch = "x86_64"))]
fn host_features() -> Vec<&'static str> {
    Vec::new()
}
