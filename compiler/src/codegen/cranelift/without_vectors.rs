//! Refuses vectors where the processor has none. Only RISC-V has such processors: on them, an operator on vectors would be a
//! few dozen instructions, which is not what somebody wrote it for.

use crate::error::{Error, UnsupportedError};
use crate::module::Proposal;
use cranelift_codegen::ir::{Function, Inst};

/// Fails when `func` computes with vectors.
///
/// # Errors
/// [`Error::Unsupported`] with the first operator that does, and the flag that helps.
pub(super) fn refuse_vectors(func: &Function) -> Result<(), Error> {
    if !func.dfg.values().any(|value| func.dfg.value_type(value).is_vector()) {
        return Ok(());
    }
    let has_vector = |inst: &Inst| {
        let mut values = func.dfg.inst_values(*inst).chain(func.dfg.inst_results(*inst).iter().copied());
        values.any(|value| func.dfg.value_type(value).is_vector())
    };
    let mut insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    let place = insts.find(has_vector).map(|inst| func.srcloc(inst)).filter(|place| !place.is_default());
    Err(Error::Unsupported(UnsupportedError {
        proposals: vec![Proposal::Simd.title().to_owned()],
        detail: "the baseline of RISC-V has no vectors: `--cpu rv64gcv` compiles for processors that have them"
            .to_owned(),
        offset: place.map_or(0, |place| place.bits() as usize),
    }))
}
