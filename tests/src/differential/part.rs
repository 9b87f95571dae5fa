//! One module of a subject, and what others have to know of it.

use super::model::model;
use super::references::{Sites, introduce};
use super::rewrite;
use super::values::Random;
use std::fmt::Write;
use wasm_encoder::{ExportKind, ExportSection, Module, RawSection, SectionId};
use wasmparser::{FuncType, GlobalType, MemoryType, Parser, RefType, TableType, ValType, Validator, WasmFeatures};

/// The exported global that counts down to the end of a module.
pub const FUEL_EXPORT: &str = "fuel";

/// A module with short export names: `f0`, `t0`, `m0` and `g0` for the first function, table, memory and global.
pub struct Part {
    /// The module that wasmc gets.
    pub binary: Vec<u8>,
    /// The one that the interpreter gets; it does the same.
    pub model: Vec<u8>,
    /// The types of its functions, imported ones first, and so on for the others.
    pub functions: Vec<FuncType>,
    /// Types of its tables.
    pub tables: Vec<TableType>,
    /// Types of its memories.
    pub memories: Vec<MemoryType>,
    /// Types of its globals but the last, which is the fuel.
    pub globals: Vec<GlobalType>,
}

impl Part {
    /// Exports everything that `binary` has; its last global is the fuel. `random` decides about references in it.
    ///
    /// # Errors
    /// When it is not a valid module.
    pub fn new(binary: &[u8], random: Random) -> rewrite::Result<Part> {
        let types = Validator::new_with_features(WasmFeatures::all()).validate_all(binary)?;
        let types = types.as_ref();
        let function = |index| types[types.core_function_at(index)].unwrap_func().clone();
        let mut part = Part {
            binary: Vec::new(),
            model: Vec::new(),
            functions: (0..types.function_count()).map(function).collect(),
            tables: (0..types.table_count()).map(|index| types.table_at(index)).collect(),
            memories: (0..types.memory_count()).map(|index| types.memory_at(index)).collect(),
            globals: (0..types.global_count().saturating_sub(1)).map(|index| types.global_at(index)).collect(),
        };
        let exporting = part.export_all(binary)?;
        let sites = Sites::choose(&exporting, random)?;
        part.binary = introduce(&exporting, &sites)?;
        part.model = model(&exporting, &sites)?;
        Ok(part)
    }

    fn export_all(&self, binary: &[u8]) -> wasmparser::Result<Vec<u8>> {
        let mut exports = ExportSection::new();
        let kinds = [
            (ExportKind::Func, "f", self.functions.len()),
            (ExportKind::Table, "t", self.tables.len()),
            (ExportKind::Memory, "m", self.memories.len()),
            (ExportKind::Global, "g", self.globals.len()),
        ];
        for (kind, letter, count) in kinds {
            for index in 0..count as u32 {
                exports.export(&format!("{letter}{index}"), kind, index);
            }
        }
        exports.export(FUEL_EXPORT, ExportKind::Global, self.globals.len() as u32);

        let mut module = Module::new();
        let mut pending = Some(exports);
        for payload in Parser::new(0).parse_all(binary) {
            let Some((id, range)) = payload?.as_section() else { continue };
            // Everything from the start function on stands behind the exports.
            if id >= SectionId::Export as u8
                && id != SectionId::Tag as u8
                && let Some(exports) = pending.take()
            {
                module.section(&exports);
            }
            if id != SectionId::Export as u8 {
                module.section(&RawSection { id, data: &binary[range] });
            }
        }
        if let Some(exports) = pending {
            module.section(&exports);
        }
        Ok(module.finish())
    }

    /// A module that imports, from `provider`, everything that this one exports.
    pub fn as_imports(&self, provider: &str) -> String {
        let mut text = "(module\n".to_owned();
        for (index, ty) in self.functions.iter().enumerate() {
            let _ = writeln!(text, "  (import \"{provider}\" \"f{index}\" (func{}))", function_type(ty));
        }
        for (index, ty) in self.tables.iter().enumerate() {
            let _ = writeln!(text, "  (import \"{provider}\" \"t{index}\" (table {}))", table_type(ty));
        }
        // The generator does not know page sizes in what it imports.
        let memories = self.memories.iter().enumerate().filter(|(_, ty)| ty.page_size_log2.is_none());
        for (index, ty) in memories {
            let _ = writeln!(text, "  (import \"{provider}\" \"m{index}\" (memory {}))", memory_type(ty));
        }
        for (index, ty) in self.globals.iter().enumerate() {
            let _ = writeln!(text, "  (import \"{provider}\" \"g{index}\" (global {}))", global_type(ty));
        }
        text.push(')');
        text
    }
}

fn function_type(ty: &FuncType) -> String {
    let mut text = String::new();
    for (keyword, types) in [("param", ty.params()), ("result", ty.results())] {
        for ty in types {
            let _ = write!(text, " ({keyword} {ty})");
        }
    }
    text
}

/// The type of a table, without its size, which may have changed.
pub(super) fn table_type(ty: &TableType) -> String {
    let index = if ty.table64 { "i64 " } else { "" };
    format!("{index}0 {}", reference_type(ty.element_type))
}

fn reference_type(ty: RefType) -> &'static str {
    if ty == RefType::EXTERNREF { "externref" } else { "funcref" }
}

/// The type of a memory, without its size. Those that are shared have a maximum in any case.
pub(super) fn memory_type(ty: &MemoryType) -> String {
    let mut text = if ty.memory64 { "i64 0".to_owned() } else { "0".to_owned() };
    if let (true, Some(maximum)) = (ty.shared, ty.maximum) {
        let _ = write!(text, " {maximum} shared");
    }
    if let Some(log2) = ty.page_size_log2 {
        let _ = write!(text, " (pagesize {})", 1u64 << log2);
    }
    text
}

fn global_type(ty: &GlobalType) -> String {
    let value = match ty.content_type {
        ValType::Ref(ty) => reference_type(ty).to_owned(),
        ty => ty.to_string(),
    };
    if ty.mutable { format!("(mut {value})") } else { value }
}
