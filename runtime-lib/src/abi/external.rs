//! Imports and exports of modules that are instantiated together: their names, their types, and
//! when one fits the other.

use super::{ArrayTrampoline, Slice, ValueCode};

/// An import that is bound when its module is instantiated.
#[derive(Debug)]
#[repr(C)]
pub struct Import {
    /// First name, UTF-8.
    pub module: Slice<u8>,
    /// Second name, UTF-8.
    pub name: Slice<u8>,
    /// What it must be.
    pub ty: ExternType,
    /// Byte offset in the instance of what binding fills in: a [`FuncRef`] for a function, for
    /// anything else the address of the [`Memory`], the [`Table`], the value of the global or the tag.
    pub instance_offset: u64,
}

/// An export.
#[derive(Debug)]
#[repr(C)]
pub struct Export {
    /// Its name, UTF-8.
    pub name: Slice<u8>,
    /// What it is.
    pub ty: ExternType,
    /// Byte offset in the instance: of a [`FuncRef`], a [`Memory`], a [`Table`] or the value of a
    /// global; or, when `imported` is 1, of the address of one of the last three.
    pub instance_offset: u64,
    /// Whether the item itself is imported.
    pub imported: u64,
    /// How to call a function.
    pub call: Option<ArrayTrampoline>,
}

/// The kinds of [`ExternType`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum ExternKind {
    /// A function: `content` is its type number.
    Function = 0,
    /// A table: `content` is the [`value_type`] of its elements; limits in elements.
    Table = 1,
    /// A memory: limits in pages.
    Memory = 2,
    /// A global: `content` is its [`value_type`].
    Global = 3,
    /// A tag: `content` is its type number. What is bound is the address of its place in the
    /// instance that defines it, which tells tags apart.
    Tag = 4,
}

/// The type of an import or export (WebAssembly core specification, section 2.3.16).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct ExternType {
    /// An [`ExternKind`].
    pub kind: u32,
    /// A set of the `EXTERN_*` flags.
    pub flags: u32,
    /// As `kind` says.
    pub content: u64,
    /// Limits: the minimum.
    pub minimum: u64,
    /// Limits: the maximum, or `u64::MAX` where none is declared.
    pub maximum: u64,
    /// Base-2 logarithm of a memory's page size.
    pub page_size_log2: u64,
}

/// `ExternType::flags`: a global can be set.
pub const EXTERN_MUTABLE: u32 = 1;
/// `ExternType::flags`: the indices of a memory or table are 64 bits wide.
pub const EXTERN_INDEX64: u32 = 2;
/// `ExternType::flags`: several threads may use a memory.
pub const EXTERN_SHARED: u32 = 4;

/// The type of a value as one word: a [`ValueCode`] in the low byte; for a reference, whether null
/// is one of its values in bit 8 and what it refers to from bit 32 on: one of the `HEAP_*` numbers,
/// or [`HEAP_CONCRETE`] and the number of a function type.
pub mod value_type {
    use super::ValueCode;

    /// Null is one of its values.
    pub const NULLABLE: u64 = 1 << 8;
    /// Any function.
    pub const HEAP_FUNC: u64 = 0;
    /// Something of the host's.
    pub const HEAP_EXTERN: u64 = 1;
    /// No function.
    pub const HEAP_NO_FUNC: u64 = 2;
    /// Nothing of the host's.
    pub const HEAP_NO_EXTERN: u64 = 3;
    /// A function of the type whose number is added to this.
    pub const HEAP_CONCRETE: u64 = 1 << 16;
    /// Where the heap type starts.
    const HEAP_SHIFT: u32 = 32;

    /// The word for a reference.
    pub const fn reference(nullable: bool, heap: u64) -> u64 {
        ValueCode::Reference as u64 | if nullable { NULLABLE } else { 0 } | heap << HEAP_SHIFT
    }

    /// Whether every value of `sub` is one of `sup` (WebAssembly core specification, section 3.3.3).
    pub const fn matches(sub: u64, sup: u64) -> bool {
        if sub == sup {
            return true;
        }
        let reference = ValueCode::Reference as u64;
        if sub & 0xff != reference || sup & 0xff != reference {
            return false;
        }
        if sub & NULLABLE != 0 && sup & NULLABLE == 0 {
            return false;
        }
        let (sub, sup) = (sub >> HEAP_SHIFT, sup >> HEAP_SHIFT);
        sub == sup
            || match sup {
                HEAP_FUNC => sub == HEAP_NO_FUNC || sub >= HEAP_CONCRETE,
                HEAP_EXTERN => sub == HEAP_NO_EXTERN,
                HEAP_CONCRETE.. => sub == HEAP_NO_FUNC,
                _ => false,
            }
    }
}
