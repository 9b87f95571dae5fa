//! Whether the cases together show everything: each operator that compiles, each proposal that does not.
//!
//! The lists are the parser's and the compiler's own, so that a proposal that becomes supported
//! asks for its cases by itself.

use crate::case::Case;
use crate::failure;
use libtest_mimic::Failed;
use std::collections::BTreeSet;
use wasmc_compiler::Proposal;
use wasmparser::{Operator, Parser, Payload};

macro_rules! list_operators {
    ($(@$group:ident $operator:ident $({ $($argument:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        /// The parser's group and name of every operator.
        const OPERATORS: &[(&str, &str)] = &[$((stringify!($group), stringify!($operator)),)*];
    };
}
wasmparser::for_each_operator!(list_operators);

/// Decoded, so that the validator can refuse it: no proposal gives `select` several results yet.
const NEVER_VALID: &[&str] = &["TypedSelectMulti"];

/// Fails when an operator of a supported proposal is in no case that compiles.
pub fn check_operators(cases: &[Case]) -> Result<(), Failed> {
    let mut shown = BTreeSet::new();
    for case in cases.iter().filter(|case| !case.expects_error()) {
        collect_operators(&case.binary()?, &mut shown)?;
    }
    let mut missing = Vec::new();
    for (group, operator) in OPERATORS {
        let is_supported = match proposal_of(group)? {
            Some(proposal) => proposal.is_supported(),
            None => true,
        };
        if is_supported && !shown.contains(*operator) && !NEVER_VALID.contains(operator) {
            missing.push(*operator);
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(format!("no case has {}", missing.join(", ")).into()) }
}

/// Fails when no case in `error/` is refused for a proposal that is not supported.
pub fn check_proposals(cases: &[Case]) -> Result<(), Failed> {
    let refused: BTreeSet<String> =
        cases.iter().filter(|case| case.expects_error()).flat_map(failure::refused_proposals).collect();
    let missing: Vec<&str> = Proposal::ALL
        .iter()
        .filter(|proposal| !proposal.is_supported())
        .map(|proposal| proposal.title())
        .filter(|title| !refused.contains(*title))
        .collect();
    if missing.is_empty() { Ok(()) } else { Err(format!("no case is refused for {}", missing.join(", ")).into()) }
}

fn collect_operators(binary: &[u8], shown: &mut BTreeSet<String>) -> Result<(), Failed> {
    for payload in Parser::new(0).parse_all(binary) {
        if let Payload::CodeSectionEntry(body) = payload? {
            for operator in body.get_operators_reader()? {
                shown.insert(variant_name(&operator?));
            }
        }
    }
    Ok(())
}

/// `I32Load { .. }` as `I32Load`.
fn variant_name(operator: &Operator<'_>) -> String {
    let debug = format!("{operator:?}");
    debug.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// The proposal of one of the parser's groups; none for those of WebAssembly 1.0.
fn proposal_of(group: &str) -> Result<Option<Proposal>, Failed> {
    Ok(Some(match group {
        "mvp" => return Ok(None),
        "sign_extension" => Proposal::SignExtension,
        "saturating_float_to_int" => Proposal::SaturatingFloatToInt,
        "bulk_memory" => Proposal::BulkMemory,
        "reference_types" => Proposal::ReferenceTypes,
        "simd" => Proposal::Simd,
        "relaxed_simd" => Proposal::RelaxedSimd,
        "tail_call" => Proposal::TailCall,
        "function_references" => Proposal::FunctionReferences,
        "gc" => Proposal::GarbageCollection,
        "exceptions" => Proposal::Exceptions,
        "legacy_exceptions" => Proposal::LegacyExceptions,
        "threads" => Proposal::Threads,
        "shared_everything_threads" => Proposal::SharedEverythingThreads,
        "wide_arithmetic" => Proposal::WideArithmetic,
        "stack_switching" => Proposal::StackSwitching,
        "custom_descriptors" => Proposal::CustomDescriptors,
        "memory_control" => Proposal::MemoryControl,
        other => return Err(format!("the parser's group `{other}` belongs to no known proposal").into()),
    }))
}
