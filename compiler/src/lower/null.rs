//! Null references: which ones are known not to be null, and how the others are found out.
//!
//! A reference that is read through needs no check where the hardware's fault on page 0 is the trap
//! (`NullChecks::Guarded`); elsewhere it is compared once:
//! ```text
//! v5 = load.i64 user11 aligned readonly v2      ; guarded: null reference
//!
//! trapz v2, user11                              ; explicit
//! v5 = load.i64 notrap aligned readonly v2
//! ```

use super::builder::{Access, Builder, Region};
use super::function::FunctionLowering;
use crate::analyze::NullChecks;
use crate::module::{RefType, ValueType};
use std::collections::HashSet;
use std::hash::Hash;
use wasmc_runtime::abi::TrapCode;

/// References that are known not to be null. What is learnt in a block holds until its end.
pub(super) struct NonNull<V> {
    known: HashSet<V>,
    /// What to forget at the end of each block.
    learnt: Vec<V>,
}

impl<V> Default for NonNull<V> {
    fn default() -> NonNull<V> {
        NonNull { known: HashSet::new(), learnt: Vec::new() }
    }
}

impl<V: Copy + Eq + Hash> NonNull<V> {
    /// A point to return to.
    pub(super) fn mark(&self) -> usize {
        self.learnt.len()
    }

    /// Forgets what was learnt since `mark`.
    pub(super) fn forget_since(&mut self, mark: usize) {
        for reference in self.learnt.drain(mark..) {
            self.known.remove(&reference);
        }
    }

    /// `reference` is not null from here on.
    pub(super) fn learn(&mut self, reference: V) {
        if self.known.insert(reference) {
            self.learnt.push(reference);
        }
    }

    fn contains(&self, reference: V) -> bool {
        self.known.contains(&reference)
    }
}

/// Learns what the type of a value says about it.
pub(super) fn learn_type<B: Builder>(f: &mut FunctionLowering<'_, B>, value: B::Value, ty: ValueType) {
    if let ValueType::Ref(RefType { nullable: false, .. }) = ty {
        f.non_null.learn(value);
    }
}

/// Traps with `code` when `reference` is null.
pub(super) fn check<B: Builder>(f: &mut FunctionLowering<'_, B>, reference: B::Value, code: TrapCode) {
    if !f.non_null.contains(reference) {
        f.builder.trap_unless(reference, code);
        f.non_null.learn(reference);
    }
}

/// How to read what `reference` refers to, which is the trap `code` when it is null. What is read
/// must lie near the address that a reference is.
pub(super) fn access<B: Builder>(f: &mut FunctionLowering<'_, B>, reference: B::Value, code: TrapCode) -> Access {
    match f.plan.null_checks {
        NullChecks::Guarded if !f.non_null.contains(reference) => {
            Access { region: Region::Constant, may_fault: Some(code) }
        }
        _ => {
            check(f, reference, code);
            Access::trusted(Region::Constant)
        }
    }
}
