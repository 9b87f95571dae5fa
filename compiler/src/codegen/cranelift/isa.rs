//! The instruction set and settings that the options ask for.

use super::cpu;
use crate::error::Error;
use crate::options::{OptLevel, Options};
use crate::target::{Architecture, OperatingSystem};
use cranelift_codegen::ir::{Function, Inst, Opcode};
use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use wasmc_runtime::abi::CpuFeature;

/// The target, configured in two ways.
pub(in crate::codegen) struct Isas {
    usual: OwnedTargetIsa,
    frugal: OwnedTargetIsa,
    has_vectors: bool,
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
        let usual = isa(options, options.opt_level)?;
        // Other processors have them always, and no setting of this name.
        let is_missing = |setting: &settings::Value| setting.name == "has_v" && setting.as_bool() == Some(false);
        let has_vectors = !usual.isa_flags().iter().any(is_missing);
        Ok(Isas { usual, frugal: isa(options, OptLevel::O0)?, has_vectors })
    }

    /// What generated code may use beyond the baseline.
    pub(in crate::codegen) fn required_features(&self) -> Vec<CpuFeature> {
        let settings = self.usual.isa_flags();
        let is_on = |feature: &CpuFeature| {
            let name = format!("has_{}", feature.name());
            settings.iter().any(|setting| setting.name == name && setting.as_bool() == Some(true))
        };
        CpuFeature::ALL.iter().copied().filter(is_on).collect()
    }

    /// Everything about the configuration that machine code depends on, and the release of Cranelift.
    pub(in crate::codegen) fn description(&self) -> String {
        let describe = |isa: &dyn TargetIsa| {
            let settings: Vec<String> = isa.isa_flags().iter().map(ToString::to_string).collect();
            format!("{} {} {}", isa.triple(), isa.flags(), settings.join(" "))
        };
        let release = cranelift_codegen::VERSION;
        format!("cranelift {release}\n{}\n{}", describe(self.usual.as_ref()), describe(self.frugal.as_ref()))
    }

    /// Whether the processor has vectors.
    pub(super) fn has_vectors(&self) -> bool {
        self.has_vectors
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
    let system = match (options.target.system, options.target.architecture) {
        (OperatingSystem::Linux, _) => "unknown-linux",
        (OperatingSystem::MacOs, _) => "apple-darwin",
        (OperatingSystem::Windows, Architecture::X86_64) => "pc-windows-msvc",
        // Cranelift does not know that Windows passes arguments there as everybody does.
        (OperatingSystem::Windows, Architecture::Aarch64 | Architecture::Riscv64) => "unknown-linux",
    };
    let triple = format!("{}-{system}", options.target.architecture.name());
    let mut builder = isa::lookup_by_name(&triple).map_err(|error| bug(&error))?;
    cpu::select(&mut builder, options.target, &options.cpu)?;
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
    // Steps of the prologue, from which `.eh_frame` is made.
    flags.set("unwind_info", "true")?;
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
