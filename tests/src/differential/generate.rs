//! Bytes in, a random valid module out.

use super::tame::tame;
use arbitrary::Unstructured;
use wasm_smith::{Config, InstructionKind, InstructionKinds, MemoryOffsetChoices, Module};
use wasmc_compiler::Proposal;

/// Iterations, calls, and bytes of bulk operations before a module ends with `unreachable`: so few that no stack does.
pub const FUEL: u32 = 4000;
/// Most bytes of a memory: 16 pages of the usual size.
const MOST_MEMORY: u64 = 1 << 20;
/// Most elements of a table.
const MOST_ELEMENTS: u64 = 1000;
/// Memories, and tables, of a module.
const MOST_OF_A_KIND: usize = 3;

/// What a module is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// It is compiled, and may need whatever wasmc compiles.
    Compile,
    /// It runs here and in the interpreter, ends, and does the same each time.
    Run,
}

/// The module that `bytes` stand for. Imports are among those of the module `available`, or there are none.
///
/// # Errors
/// When the bytes stand for none.
pub fn generate(
    bytes: &mut Unstructured<'_>,
    purpose: Purpose,
    available: Option<Vec<u8>>,
) -> arbitrary::Result<Vec<u8>> {
    let config = config(bytes, purpose, available)?;
    let mut module = Module::new(config, bytes)?;
    if purpose == Purpose::Run {
        module.ensure_termination(FUEL).map_err(|_| arbitrary::Error::IncorrectFormat)?;
    }
    let binary = module.to_bytes();
    if purpose == Purpose::Compile {
        return Ok(binary);
    }
    tame(&binary).map_err(|_| arbitrary::Error::IncorrectFormat)
}

fn config(
    bytes: &mut Unstructured<'_>,
    purpose: Purpose,
    available_imports: Option<Vec<u8>>,
) -> arbitrary::Result<Config> {
    let runs = purpose == Purpose::Run;
    let is_importing = available_imports.is_some();
    let on = Proposal::is_supported;
    // Neither the interpreter nor a model of its has these.
    let compiled = |proposal: Proposal| !runs && on(proposal);
    Ok(Config {
        allowed_instructions: instructions(bytes)?,
        available_imports,
        bulk_memory_enabled: on(Proposal::BulkMemory),
        canonicalize_nans: runs,
        custom_descriptors_enabled: compiled(Proposal::CustomDescriptors),
        custom_page_sizes_enabled: on(Proposal::CustomPageSizes),
        // Code that may trap rarely gets far.
        disallow_traps: runs && bytes.ratio(1, 2)?,
        exceptions_enabled: compiled(Proposal::Exceptions),
        extended_const_enabled: on(Proposal::ExtendedConst),
        gc_enabled: compiled(Proposal::GarbageCollection),
        generate_custom_sections: !runs,
        max_data_segments: 8,
        max_element_segments: 8,
        max_elements: 20,
        max_funcs: if runs { 10 } else { 30 },
        // A part exports everything under names of its own.
        max_exports: if runs { 0 } else { 100 },
        max_globals: 12,
        max_imports: if is_importing { 12 } else { 0 },
        max_instructions: bytes.int_in_range(10..=if runs { 150 } else { 600 })?,
        max_memories: if on(Proposal::MultiMemory) { MOST_OF_A_KIND } else { 1 },
        max_memory32_bytes: if runs { MOST_MEMORY } else { 1 << 32 },
        max_memory64_bytes: if runs { MOST_MEMORY.into() } else { 1 << 33 },
        max_table_elements: if runs { MOST_ELEMENTS } else { 1_000_000 },
        max_tables: if on(Proposal::ReferenceTypes) { MOST_OF_A_KIND } else { 1 },
        max_type_size: 200,
        max_types: 20,
        memory64_enabled: on(Proposal::Memory64),
        // Growth ends at the module's own limit, not at what the machine has.
        memory_max_size_required: runs,
        // Mostly within the memory, or little would be read and written.
        memory_offset_choices: MemoryOffsetChoices(80, 18, 2),
        min_funcs: 4,
        min_types: 4,
        min_memories: if on(Proposal::MultiMemory) { bytes.int_in_range(0..=2)? } else { bytes.int_in_range(0..=1)? },
        multi_value_enabled: on(Proposal::MultiValue),
        reference_types_enabled: on(Proposal::ReferenceTypes),
        relaxed_simd_enabled: on(Proposal::RelaxedSimd),
        saturating_float_to_int_enabled: on(Proposal::SaturatingFloatToInt),
        shared_everything_threads_enabled: compiled(Proposal::SharedEverythingThreads),
        sign_extension_ops_enabled: on(Proposal::SignExtension),
        simd_enabled: on(Proposal::Simd),
        table_max_size_required: runs,
        tail_call_enabled: on(Proposal::TailCall),
        threads_enabled: on(Proposal::Threads),
        wide_arithmetic_enabled: on(Proposal::WideArithmetic),
        ..Config::default()
    })
}

/// All instructions, or those about one subject, or all but jumps: behind the first jump that is not conditional
/// the generator goes on writing what nobody reaches.
fn instructions(bytes: &mut Unstructured<'_>) -> arbitrary::Result<InstructionKinds> {
    const SUBJECTS: [InstructionKind; 4] =
        [InstructionKind::Memory, InstructionKind::Numeric, InstructionKind::Table, InstructionKind::Vector];
    const STRAIGHT: [InstructionKind; 7] = [
        InstructionKind::Memory,
        InstructionKind::Numeric,
        InstructionKind::Parametric,
        InstructionKind::Reference,
        InstructionKind::Table,
        InstructionKind::Variable,
        InstructionKind::Vector,
    ];
    let subject = *bytes.choose(&SUBJECTS)?;
    let needed = [InstructionKind::NumericInt, InstructionKind::Variable, InstructionKind::Parametric, subject];
    Ok(match bytes.int_in_range(0..=3)? {
        0 => InstructionKinds::all(),
        1 => InstructionKinds::new(&STRAIGHT),
        2 => InstructionKinds::new(&needed),
        _ => InstructionKinds::new(&[&needed[..], &[InstructionKind::Control]].concat()),
    })
}
