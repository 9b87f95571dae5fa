//! Linking: gives a new instance what it imports from others (WebAssembly core specification,
//! section 4.7.2).
//!
//! Each import has a slot in the instance. Binding copies the reference of a function into it, and
//! writes the address of anything else, so generated code reaches both without knowing the other
//! instance.

use crate::abi::{Export, ExternKind, ExternType, FuncRef, Import, Instance, Memory, Module, Table};
use crate::{instance, matching, memory};
use core::ptr::NonNull;

/// Why an import cannot be bound, in the words of the specification's test suite.
#[derive(Clone, Copy)]
pub(crate) enum Mismatch {
    /// Nothing of that name is provided.
    Unknown,
    /// What is provided has another type.
    Incompatible,
}

impl Mismatch {
    pub(crate) fn message(self) -> &'static str {
        match self {
            Mismatch::Unknown => "unknown import",
            Mismatch::Incompatible => "incompatible import type",
        }
    }
}

/// Checks that every import of `module` can be bound. `provider` gives the instance that provides
/// the import at a position, if there is one.
///
/// # Errors
/// The first import that cannot.
///
/// # Safety
/// The compiler wrote the record; the providers are complete instances.
pub(crate) unsafe fn check(
    module: &Module,
    provider: impl Fn(usize) -> Option<NonNull<Instance>>,
) -> Result<(), Mismatch> {
    // SAFETY: the caller vouches for both.
    unsafe {
        module.imports.get().iter().enumerate().try_for_each(|(position, import)| {
            let _ = resolve(import, provider(position))?;
            Ok(())
        })
    }
}

/// Binds the imports of `instance`, a new one of `module` that [`check`] has passed with the same
/// providers.
///
/// # Errors
/// As those of [`check`].
///
/// # Safety
/// As for [`check`]; nobody uses `instance` yet.
pub(crate) unsafe fn bind(
    module: &Module,
    instance: *mut Instance,
    provider: impl Fn(usize) -> Option<NonNull<Instance>>,
) -> Result<(), Mismatch> {
    // SAFETY: the caller vouches for the records; the slots lie in the instance, and have the types
    // that the contract gives them.
    unsafe {
        module.imports.get().iter().enumerate().try_for_each(|(position, import)| {
            let item = resolve(import, provider(position))?;
            let slot = instance.byte_add(import.instance_offset as usize);
            if import.ty.kind == ExternKind::Function as u32 {
                slot.cast::<FuncRef>().copy_from_nonoverlapping(item.cast().as_ptr(), 1);
            } else {
                slot.cast::<NonNull<u8>>().write(item);
            }
            Ok(())
        })
    }
}

/// The address of what `provider` has for `import`.
unsafe fn resolve(import: &Import, provider: Option<NonNull<Instance>>) -> Result<NonNull<u8>, Mismatch> {
    let provider = provider.ok_or(Mismatch::Unknown)?;
    // SAFETY: the caller vouches for the records.
    unsafe {
        let export = find_export(provider, import.name.get()).ok_or(Mismatch::Unknown)?;
        let item = address_of(provider, export);
        let ty = declared_type(export, item);
        if matching::fits(ty, current_size(ty, item), &import.ty) { Ok(item) } else { Err(Mismatch::Incompatible) }
    }
}

/// The export of that name.
///
/// # Safety
/// The instance is complete.
pub(crate) unsafe fn find_export(instance: NonNull<Instance>, name: &[u8]) -> Option<&'static Export> {
    // SAFETY: the compiler wrote the records, and they never change.
    unsafe {
        let module: &'static Module = &*(*instance.as_ptr()).module;
        module.exports.get().iter().find(|export| export.name.get() == name)
    }
}

/// Where an exported item is: a [`FuncRef`], a [`Memory`], a [`Table`] or the value of a global.
///
/// # Safety
/// The instance is complete, and `export` one of its.
pub(crate) unsafe fn address_of(instance: NonNull<Instance>, export: &Export) -> NonNull<u8> {
    // SAFETY: the offset lies in the instance.
    unsafe {
        let place = instance.cast::<u8>().add(export.instance_offset as usize);
        if export.imported == 1 { place.cast::<NonNull<u8>>().read() } else { place }
    }
}

/// The type that `item` was made with: an import that is exported again may have asked for less.
unsafe fn declared_type(export: &'static Export, item: NonNull<u8>) -> &'static ExternType {
    if export.imported == 0 {
        return &export.ty;
    }
    instance::all()
        .find_map(|instance| {
            // SAFETY: instances in the list are complete.
            unsafe {
                let exports: &'static [Export] = (*instance.as_ref().module).exports.get();
                exports.iter().find(|candidate| {
                    candidate.imported == 0
                        && candidate.ty.kind == export.ty.kind
                        && address_of(instance, candidate) == item
                })
            }
        })
        .map_or(&export.ty, |export| &export.ty)
}

/// The size that a memory (in pages) or a table has by now; 0 for anything else.
unsafe fn current_size(ty: &ExternType, item: NonNull<u8>) -> u64 {
    // SAFETY: the kind says what the item is.
    unsafe {
        match ty.kind {
            kind if kind == ExternKind::Memory as u32 => {
                let memory = item.cast::<Memory>().as_ref();
                memory::current_length(memory) >> memory.page_size_log2
            }
            kind if kind == ExternKind::Table as u32 => item.cast::<Table>().as_ref().length,
            _ => 0,
        }
    }
}
