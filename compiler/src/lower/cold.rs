//! Which blocks are unlikely to run: those that a branch hint says so of, and those that only they lead to.
//! They are laid out behind the others.
//!
//! ```text
//! (@metadata.code.branch_hint "\00") if      brif v0, block1, block2
//!   …                                        block1 cold:
//! end                                        block2:
//! ```

use super::builder::{Builder, Type};
use super::function::FunctionLowering;

/// The unlikely way at a branch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unlikely {
    /// The condition holds.
    Taken,
    /// The condition does not hold.
    NotTaken,
}

impl Unlikely {
    /// What a hint says that the branch is likely to be taken, or likely not to be.
    pub(super) fn from_hint(is_likely_taken: bool) -> Unlikely {
        if is_likely_taken { Unlikely::NotTaken } else { Unlikely::Taken }
    }
}

impl<B: Builder> FunctionLowering<'_, B> {
    /// A block that the current one leads to: as cold as this one, or more.
    pub(super) fn create_successor(&mut self, parameters: &[Type], is_unlikely: bool) -> B::Block {
        let block = self.builder.create_block(parameters);
        if self.is_cold || is_unlikely {
            self.builder.set_cold(block);
        }
        block
    }
}
