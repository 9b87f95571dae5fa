//! Numbers for function types: equal types of all modules of a program have equal numbers.

use crate::module::{FuncType, TypeIndex};
use cranelift_entity::PrimaryMap;
use std::collections::HashMap;

/// The numbers given so far, from 1 on.
#[derive(Debug, Default)]
pub struct TypeIds {
    numbers: HashMap<FuncType, u64>,
}

impl TypeIds {
    /// The number of each type of a module.
    pub(super) fn intern(&mut self, types: &PrimaryMap<TypeIndex, FuncType>) -> PrimaryMap<TypeIndex, u64> {
        types
            .values()
            .map(|ty| {
                let next = self.numbers.len() as u64 + 1;
                *self.numbers.entry(ty.clone()).or_insert(next)
            })
            .collect()
    }
}
