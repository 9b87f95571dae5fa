//! Pointers into linear memory, so that debuggers follow them.
//!
//! A pointer of the module has 32 bits and counts from the start of linear memory. There are two ways to say so:
//!
//! * A variable that is a pointer gets a location that computes an address of the machine, and a type of that size. So whatever a
//!   debugger can do with a pointer, it can do with this one, save to change it.
//! * A pointer in memory, such as a member, stays what it is. But a type may say itself where its objects are
//!   (`DW_AT_data_location`, DWARF 5, section 5.18.1): so far above the address that led to it as linear memory lies,
//!   unless that is an address of the machine already. gdb heeds that for structures and arrays to which a pointer has led it, and
//!   for nothing that it finds by itself. So a type of which there are both has two entries.

use gimli::constants as dw;
use gimli::write::{AttributeValue, Expression, Unit, UnitEntryId};
use std::collections::{HashMap, HashSet};

/// Lets the pointers of `unit` lead into the memory that starts at this address.
pub(super) fn translate(unit: &mut Unit, memory: u64) {
    let entries = entries(unit);
    let by_value = types_by_value(unit, &entries);
    let mut native = NativePointers { unit, known: HashMap::new(), targets: HashSet::new() };
    entries.iter().for_each(|entry| native.retype(*entry));
    let native_targets = native.targets;
    let is_small = |entry: &UnitEntryId| is_pointer(unit.get(*entry).tag());
    let pointers: Vec<UnitEntryId> = entries.into_iter().filter(is_small).collect();
    let mut pointees = Pointees { unit, memory, by_value, native_targets, known: HashMap::new(), pointers, void: None };
    while let Some(pointer) = pointees.pointers.pop() {
        let pointee = match type_of(pointees.unit, pointer) {
            Some(target) => pointees.pointee(target),
            None => pointees.void(),
        };
        pointees.unit.get_mut(pointer).set(dw::DW_AT_type, AttributeValue::UnitRef(pointee));
    }
}

/// Whether entries with this tag are types of pointers.
pub(super) fn is_pointer(tag: gimli::DwTag) -> bool {
    matches!(tag, dw::DW_TAG_pointer_type | dw::DW_TAG_reference_type | dw::DW_TAG_rvalue_reference_type)
}

/// Whether it is another name, or another quality, of a type.
pub(super) fn is_alias(tag: gimli::DwTag) -> bool {
    matches!(
        tag,
        dw::DW_TAG_typedef
            | dw::DW_TAG_const_type
            | dw::DW_TAG_volatile_type
            | dw::DW_TAG_restrict_type
            | dw::DW_TAG_atomic_type
    )
}

/// Whether debuggers ask a type with this tag where its objects are. gdb 13 ends when it finds that another one says so.
fn is_object(tag: gimli::DwTag) -> bool {
    matches!(tag, dw::DW_TAG_structure_type | dw::DW_TAG_class_type | dw::DW_TAG_union_type | dw::DW_TAG_array_type)
}

/// Whether entries with this tag have locations of their own.
pub(super) fn is_variable(tag: gimli::DwTag) -> bool {
    matches!(tag, dw::DW_TAG_variable | dw::DW_TAG_formal_parameter)
}

/// All entries of a unit.
fn entries(unit: &Unit) -> Vec<UnitEntryId> {
    let mut entries = vec![unit.root()];
    let mut next = 0;
    while let Some(entry) = entries.get(next) {
        entries.extend(unit.get(*entry).children());
        next += 1;
    }
    entries
}

fn type_of(unit: &Unit, entry: UnitEntryId) -> Option<UnitEntryId> {
    match unit.get(entry).get(dw::DW_AT_type) {
        Some(AttributeValue::UnitRef(target)) => Some(*target),
        _ => None,
    }
}

/// Types that something else than a pointer has: a variable, a member, an element.
fn types_by_value(unit: &Unit, entries: &[UnitEntryId]) -> HashSet<UnitEntryId> {
    let mut by_value = HashSet::new();
    for entry in entries {
        let tag = unit.get(*entry).tag();
        if is_pointer(tag) || is_alias(tag) {
            continue;
        }
        let mut target = type_of(unit, *entry);
        while let Some(ty) = target.filter(|ty| by_value.insert(*ty)) {
            target = if is_alias(unit.get(ty).tag()) { type_of(unit, ty) } else { None };
        }
    }
    by_value
}

/// Gives variables that are pointers types of the machine's size.
struct NativePointers<'a> {
    unit: &'a mut Unit,
    /// The native twin of a type.
    known: HashMap<UnitEntryId, UnitEntryId>,
    /// What native pointers lead to, and what that is another name of.
    targets: HashSet<UnitEntryId>,
}

impl NativePointers<'_> {
    fn retype(&mut self, variable: UnitEntryId) {
        let entry = self.unit.get(variable);
        let parent = entry.parent().map(|parent| self.unit.get(parent).tag());
        // What a variable of a class is declared as, its definition is.
        let is_static = entry.tag() == dw::DW_TAG_member && entry.get(dw::DW_AT_external).is_some();
        if !(is_variable(entry.tag()) || is_static) || parent == Some(dw::DW_TAG_subroutine_type) {
            return;
        }
        let Some(ty) = type_of(self.unit, variable) else { return };
        let (chain, last) = aliases(self.unit, ty);
        if !is_pointer(self.unit.get(last).tag()) || is_function_pointer(self.unit, last) {
            return;
        }
        if let Some(target) = type_of(self.unit, last) {
            let (names, target) = aliases(self.unit, target);
            self.targets.extend(names);
            self.targets.insert(target);
        }
        let mut native = self.twin(last);
        self.unit.get_mut(native).set(dw::DW_AT_byte_size, AttributeValue::Data1(size_of::<u64>() as u8));
        for alias in chain.into_iter().rev() {
            let twin = self.twin(alias);
            self.unit.get_mut(twin).set(dw::DW_AT_type, AttributeValue::UnitRef(native));
            native = twin;
        }
        self.unit.get_mut(variable).set(dw::DW_AT_type, AttributeValue::UnitRef(native));
    }

    fn twin(&mut self, ty: UnitEntryId) -> UnitEntryId {
        if let Some(twin) = self.known.get(&ty) {
            return *twin;
        }
        let entry = self.unit.get(ty);
        let (tag, parent) = (entry.tag(), entry.parent().unwrap_or(self.unit.root()));
        let attributes: Vec<_> = entry.attrs().map(|attribute| (attribute.name(), attribute.get().clone())).collect();
        let twin = self.unit.add(parent, tag);
        for (name, value) in attributes {
            self.unit.get_mut(twin).set(name, value);
        }
        self.known.insert(ty, twin);
        twin
    }
}

/// Whether a pointer is an index of a table.
fn is_function_pointer(unit: &Unit, pointer: UnitEntryId) -> bool {
    let target = type_of(unit, pointer).map(|target| aliases(unit, target).1);
    target.is_some_and(|target| unit.get(target).tag() == dw::DW_TAG_subroutine_type)
}

/// The names and qualities of a type, outermost first, and what they are those of.
fn aliases(unit: &Unit, ty: UnitEntryId) -> (Vec<UnitEntryId>, UnitEntryId) {
    /// Nobody writes so many; a loop has more.
    const MOST: usize = 64;
    let mut chain = Vec::new();
    let mut last = ty;
    while is_alias(unit.get(last).tag())
        && let Some(target) = type_of(unit, last).filter(|_| chain.len() < MOST)
    {
        chain.push(last);
        last = target;
    }
    (chain, last)
}

struct Pointees<'a> {
    unit: &'a mut Unit,
    memory: u64,
    by_value: HashSet<UnitEntryId>,
    native_targets: HashSet<UnitEntryId>,
    /// The entries that pointers to these types are to lead to.
    known: HashMap<UnitEntryId, UnitEntryId>,
    /// Pointers that are still to be led there.
    pointers: Vec<UnitEntryId>,
    /// What pointers to nothing in particular lead to.
    void: Option<UnitEntryId>,
}

impl Pointees<'_> {
    fn void(&mut self) -> UnitEntryId {
        *self.void.get_or_insert_with(|| {
            let root = self.unit.root();
            let void = self.unit.add(root, dw::DW_TAG_unspecified_type);
            self.unit.get_mut(void).set(dw::DW_AT_name, AttributeValue::String(b"void".to_vec()));
            void
        })
    }

    /// The entry of a type for what pointers lead to.
    fn pointee(&mut self, ty: UnitEntryId) -> UnitEntryId {
        let (chain, last) = aliases(self.unit, ty);
        let mut pointee = self.object(last);
        for alias in chain.into_iter().rev() {
            let entry = match self.known.get(&alias) {
                Some(known) => *known,
                None if self.is_shared(alias) => self.copy(alias),
                None => alias,
            };
            self.known.insert(alias, entry);
            self.unit.get_mut(entry).set(dw::DW_AT_type, AttributeValue::UnitRef(pointee));
            pointee = entry;
        }
        pointee
    }

    /// Whether somebody else has this type, too.
    fn is_shared(&self, ty: UnitEntryId) -> bool {
        self.native_targets.contains(&ty) || self.by_value.contains(&ty)
    }

    fn object(&mut self, ty: UnitEntryId) -> UnitEntryId {
        if let Some(known) = self.known.get(&ty) {
            return *known;
        }
        if self.unit.get(ty).get(dw::DW_AT_declaration).is_some() {
            return ty;
        }
        let is_object = is_object(self.unit.get(ty).tag());
        let is_shared = self.native_targets.contains(&ty) || (is_object && self.by_value.contains(&ty));
        let entry = if is_shared { self.copy(ty) } else { ty };
        self.known.insert(ty, entry);
        if is_object {
            let location = AttributeValue::Exprloc(data_location(self.memory));
            self.unit.get_mut(entry).set(dw::DW_AT_data_location, location);
        }
        entry
    }

    /// Adds a second entry of a type, beside the first one: its members, too, but not what is merely declared in its scope.
    fn copy(&mut self, ty: UnitEntryId) -> UnitEntryId {
        let Some(parent) = self.unit.get(ty).parent() else { return ty };
        let mut copies = HashMap::new();
        let mut pending = vec![(ty, parent)];
        while let Some((original, parent)) = pending.pop() {
            let tag = self.unit.get(original).tag();
            let copy = self.unit.add(parent, tag);
            copies.insert(original, copy);
            if is_pointer(tag) {
                self.pointers.push(copy);
            }
            let children = self.unit.get(original).children().copied();
            let belongs = |child: &UnitEntryId| !is_scoped(self.unit.get(*child).tag());
            let mut children: Vec<_> = children.filter(belongs).map(|child| (child, copy)).collect();
            // The last one pushed is the first one copied.
            children.reverse();
            pending.extend(children);
        }
        for (original, copy) in &copies {
            let attributes: Vec<_> =
                self.unit.get(*original).attrs().map(|attribute| (attribute.name(), attribute.get().clone())).collect();
            for (name, value) in attributes {
                let value = match value {
                    // A type that refers to itself by value is nonsense: these are discriminants of variants.
                    AttributeValue::UnitRef(target) => {
                        AttributeValue::UnitRef(copies.get(&target).copied().unwrap_or(target))
                    }
                    value => value,
                };
                self.unit.get_mut(*copy).set(name, value);
            }
        }
        copies[&ty]
    }
}

/// What stands in a type's scope, and is no part of its objects.
fn is_scoped(tag: gimli::DwTag) -> bool {
    matches!(tag, dw::DW_TAG_subprogram | dw::DW_TAG_typedef | dw::DW_TAG_enumeration_type) || is_object(tag)
}

fn data_location(memory: u64) -> Expression {
    let mut out = Expression::new();
    out.op(dw::DW_OP_push_object_address);
    out.op(dw::DW_OP_dup);
    out.op_constu(memory);
    out.op(dw::DW_OP_ge);
    let branch = out.op_bra();
    out.op_plus_uconst(memory);
    let end = out.next_index();
    out.set_target(branch, end);
    out
}
