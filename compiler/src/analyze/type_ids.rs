//! Numbers for types: equal types of all modules of a program have equal numbers.
//!
//! Types are equal when their recursion groups are, and groups are equal when they read the same after
//! each mention of a type was replaced: one inside the group by its position there, one of an earlier
//! type by that type's number (WebAssembly core specification, section 3.1.2 "Rolling and Unrolling").
//! ```text
//! (type $a (func))                      number 1
//! (type $b (func (param (ref $a))))     number 2: (func (param (ref 1)))
//! (type $c (func))                      number 1
//! (type $d (func (param (ref $c))))     number 2: (func (param (ref 1)))
//! (type $e (func (param (ref $e))))     number 3: (func (param (ref first of the group)))
//! ```

use crate::module::{FuncType, Module, TypeIndex};
use cranelift_entity::{EntityRef, PrimaryMap};
use std::collections::HashMap;
use std::ops::Range;

/// The numbers given so far, from 1 on.
#[derive(Debug, Default)]
pub struct TypeIds {
    /// The number of the first type of each recursion group; the others follow.
    groups: HashMap<Vec<Canonical>, u64>,
    /// The largest number given.
    last: u64,
}

/// A type that says the same in every module.
#[derive(PartialEq, Eq, Hash, Debug)]
struct Canonical {
    /// The type with every mention of another replaced by the same index.
    shape: FuncType,
    /// What was replaced, in order.
    mentions: Vec<Mention>,
}

/// A type mentioned by a type.
#[derive(PartialEq, Eq, Hash, Debug)]
enum Mention {
    /// Of the same recursion group, by its position in it.
    Inside(usize),
    /// An earlier one, by its number.
    Outside(u64),
}

impl TypeIds {
    /// The number of each type of a module.
    pub(super) fn intern(&mut self, module: &Module<'_>) -> PrimaryMap<TypeIndex, u64> {
        let mut ids = PrimaryMap::with_capacity(module.types.len());
        for group in &module.recursion_groups {
            self.intern_group(&module.types, group.clone(), &mut ids);
        }
        ids
    }

    /// Numbers the types of one recursion group; those before it have theirs.
    fn intern_group(
        &mut self,
        types: &PrimaryMap<TypeIndex, FuncType>,
        group: Range<usize>,
        ids: &mut PrimaryMap<TypeIndex, u64>,
    ) {
        let size = group.len() as u64;
        let canonical = group.clone().map(|index| canonical(&types[TypeIndex::new(index)], &group, ids)).collect();
        let next = self.last + 1;
        let first = *self.groups.entry(canonical).or_insert(next);
        if first == next {
            self.last += size;
        }
        ids.extend(first..first + size);
    }
}

fn canonical(ty: &FuncType, group: &Range<usize>, ids: &PrimaryMap<TypeIndex, u64>) -> Canonical {
    let mut mentions = Vec::new();
    let shape = ty.map_indices(|index| {
        mentions.push(match index.index().checked_sub(group.start) {
            Some(position) => Mention::Inside(position),
            None => Mention::Outside(ids[index]),
        });
        TypeIndex::new(0)
    });
    Canonical { shape, mentions }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::module::{HeapType, RefType, ValueType};

    const I32: ValueType = ValueType::I32;

    fn reference(index: usize) -> ValueType {
        ValueType::Ref(RefType { nullable: false, heap: HeapType::Concrete(TypeIndex::new(index)) })
    }

    fn takes(parameters: &[ValueType]) -> FuncType {
        FuncType { parameters: parameters.into(), results: Box::new([]) }
    }

    /// The numbers of `groups` of types, in the order of the types.
    fn numbers(type_ids: &mut TypeIds, groups: &[&[FuncType]]) -> Vec<u64> {
        let types: PrimaryMap<TypeIndex, FuncType> = groups.concat().into_iter().collect();
        let mut ids = PrimaryMap::new();
        for group in groups {
            let start = ids.len();
            type_ids.intern_group(&types, start..start + group.len(), &mut ids);
        }
        ids.values().copied().collect()
    }

    #[test]
    fn types_are_equal_whatever_their_index() {
        let mut type_ids = TypeIds::default();
        let types = [takes(&[]), takes(&[reference(0)]), takes(&[]), takes(&[reference(2)]), takes(&[reference(3)])];
        let alone: Vec<&[FuncType]> = types.iter().map(std::slice::from_ref).collect();
        assert_eq!(numbers(&mut type_ids, &alone), [1, 2, 1, 2, 3]);
        let others = [takes(&[I32]), takes(&[]), takes(&[reference(1)])];
        let alone: Vec<&[FuncType]> = others.iter().map(std::slice::from_ref).collect();
        assert_eq!(numbers(&mut type_ids, &alone), [4, 1, 2]);
    }

    #[test]
    fn a_type_may_mention_itself() {
        let mut type_ids = TypeIds::default();
        let first = numbers(&mut type_ids, &[&[takes(&[])], &[takes(&[I32, reference(1)])]]);
        let second = numbers(&mut type_ids, &[&[takes(&[I32, reference(0)])], &[takes(&[I32, reference(0)])]]);
        assert_eq!((first, second), (vec![1, 2], vec![2, 3]));
    }

    #[test]
    fn groups_are_equal_as_wholes() {
        let mut type_ids = TypeIds::default();
        let pair = |first, second| [takes(&[I32, reference(second)]), takes(&[reference(first)])];
        let twice = numbers(&mut type_ids, &[&pair(0, 1), &pair(2, 3)]);
        assert_eq!(twice, [1, 2, 1, 2]);
        let [first, second] = pair(1, 0);
        let turned = numbers(&mut type_ids, &[&[second, first]]);
        assert_eq!(turned, [3, 4]);
        let alone = numbers(&mut type_ids, &[&[takes(&[I32, reference(0)])], &[takes(&[reference(1)])]]);
        assert_eq!(alone, [5, 6]);
    }
}
