//! Whether an export is what an import asks for (WebAssembly core specification, section 3.3,
//! "Matching", for external types).

use crate::abi::{EXTERN_MUTABLE, ExternKind, ExternType, value_type};

/// Whether something of type `export` fits `import`. The size that a memory (in pages) or a table
/// has by now is `size`.
pub(crate) fn fits(export: &ExternType, size: u64, import: &ExternType) -> bool {
    // The flags are what has to be the same: mutable or not, the type of indices, shared or not.
    if export.kind != import.kind || export.flags != import.flags {
        return false;
    }
    let is_same = export.content == import.content;
    let has_limits = size >= import.minimum && export.maximum <= import.maximum;
    match import.kind {
        kind if kind == ExternKind::Table as u32 => is_same && has_limits,
        kind if kind == ExternKind::Memory as u32 => export.page_size_log2 == import.page_size_log2 && has_limits,
        kind if kind == ExternKind::Global as u32 && import.flags & EXTERN_MUTABLE == 0 => {
            value_type::matches(export.content, import.content)
        }
        _ => is_same,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::value_type::{
        HEAP_CONCRETE, HEAP_EXTERN, HEAP_FUNC, HEAP_NO_EXTERN, HEAP_NO_FUNC, matches, reference,
    };
    use crate::abi::{EXTERN_INDEX64, EXTERN_SHARED, ValueCode};

    const I32: u64 = ValueCode::I32 as u64;
    const I64: u64 = ValueCode::I64 as u64;

    fn external(kind: ExternKind, flags: u32, content: u64) -> ExternType {
        ExternType { kind: kind as u32, flags, content, minimum: 0, maximum: u64::MAX, page_size_log2: 16 }
    }

    fn limited(kind: ExternKind, minimum: u64, maximum: Option<u64>) -> ExternType {
        ExternType { minimum, maximum: maximum.unwrap_or(u64::MAX), ..external(kind, 0, 0) }
    }

    #[test]
    fn a_reference_fits_a_wider_one() {
        let wider = [
            (reference(false, HEAP_FUNC), reference(true, HEAP_FUNC)),
            (reference(false, HEAP_CONCRETE + 3), reference(false, HEAP_FUNC)),
            (reference(false, HEAP_CONCRETE + 3), reference(true, HEAP_CONCRETE + 3)),
            (reference(true, HEAP_CONCRETE), reference(true, HEAP_FUNC)),
            (reference(true, HEAP_NO_FUNC), reference(true, HEAP_FUNC)),
            (reference(true, HEAP_NO_FUNC), reference(true, HEAP_CONCRETE + 7)),
            (reference(true, HEAP_NO_EXTERN), reference(true, HEAP_EXTERN)),
        ];
        for (sub, sup) in wider {
            assert!(matches(sub, sub) && matches(sup, sup) && matches(sub, sup), "{sub:#x} {sup:#x}");
            assert!(!matches(sup, sub), "{sup:#x} {sub:#x}");
        }
    }

    #[test]
    fn types_of_other_families_do_not_fit() {
        let types = [
            I32,
            I64,
            ValueCode::V128 as u64,
            reference(true, HEAP_FUNC),
            reference(true, HEAP_EXTERN),
            reference(true, HEAP_NO_EXTERN),
        ];
        for (position, sub) in types.into_iter().enumerate() {
            for sup in types.into_iter().take(position) {
                assert!(!matches(sup, sub), "{sup:#x} {sub:#x}");
            }
        }
        assert!(!matches(reference(true, HEAP_CONCRETE + 1), reference(true, HEAP_CONCRETE + 2)));
        assert!(!matches(reference(true, HEAP_NO_EXTERN), reference(true, HEAP_FUNC)));
    }

    #[test]
    fn functions_have_equal_types() {
        let function = |number| external(ExternKind::Function, 0, number);
        assert!(fits(&function(4), 0, &function(4)));
        assert!(!fits(&function(4), 0, &function(5)));
        assert!(!fits(&function(4), 0, &external(ExternKind::Global, 0, 4)));
    }

    #[test]
    fn only_constant_globals_may_be_narrower() {
        let constant = |content| external(ExternKind::Global, 0, content);
        let variable = |content| external(ExternKind::Global, EXTERN_MUTABLE, content);
        let (narrow, wide) = (reference(false, HEAP_CONCRETE), reference(true, HEAP_FUNC));
        assert!(fits(&constant(I32), 0, &constant(I32)));
        assert!(!fits(&constant(I32), 0, &constant(I64)));
        assert!(fits(&constant(narrow), 0, &constant(wide)));
        assert!(!fits(&constant(wide), 0, &constant(narrow)));
        assert!(fits(&variable(wide), 0, &variable(wide)));
        assert!(!fits(&variable(narrow), 0, &variable(wide)));
        assert!(!fits(&variable(I32), 0, &constant(I32)));
        assert!(!fits(&constant(I32), 0, &variable(I32)));
    }

    #[test]
    fn limits_are_those_of_now_and_of_the_declaration() {
        for kind in [ExternKind::Memory, ExternKind::Table] {
            let fits = |export, size, import| fits(&export, size, &import);
            let at_least = |minimum| limited(kind, minimum, None);
            let between = |minimum, maximum| limited(kind, minimum, Some(maximum));
            assert!(fits(at_least(1), 1, at_least(1)));
            assert!(fits(at_least(1), 1, at_least(0)));
            assert!(!fits(at_least(1), 1, at_least(2)));
            // It has grown.
            assert!(fits(at_least(1), 2, at_least(2)));
            assert!(!fits(at_least(1), 1, between(1, 9)));
            assert!(fits(between(1, 8), 1, between(1, 9)));
            assert!(fits(between(1, 9), 1, between(0, 9)));
            assert!(!fits(between(1, 10), 1, between(1, 9)));
            assert!(fits(between(1, 10), 1, at_least(1)));
        }
    }

    #[test]
    fn memories_and_tables_are_of_one_kind() {
        let memory = |flags| external(ExternKind::Memory, flags, 0);
        for flags in [0, EXTERN_INDEX64, EXTERN_SHARED] {
            assert!(fits(&memory(flags), 0, &memory(flags)));
            assert!(!fits(&memory(flags), 0, &memory(flags ^ EXTERN_SHARED)));
            assert!(!fits(&memory(flags), 0, &memory(flags ^ EXTERN_INDEX64)));
        }
        let small_pages = ExternType { page_size_log2: 0, ..memory(0) };
        assert!(!fits(&small_pages, 0, &memory(0)));
        let table = |content| external(ExternKind::Table, 0, content);
        assert!(fits(&table(reference(true, HEAP_FUNC)), 0, &table(reference(true, HEAP_FUNC))));
        // A table can be written to, so narrower elements do not fit.
        assert!(!fits(&table(reference(false, HEAP_FUNC)), 0, &table(reference(true, HEAP_FUNC))));
        assert!(!fits(&table(reference(true, HEAP_FUNC)), 0, &memory(0)));
    }
}
