//! Reads the sections in order; the validator sees each one first.

use super::features::Failure;
use super::types::{func_type, global_type, memory_type, ref_type, table_type};
use super::{bodies, branch_hints, constant, limits, names};
use crate::module::{
    BranchHints, CustomSection, DataSegment, ElementItems, ElementSegment, Export, ExternalIndex, Features, FuncIndex,
    Global, GlobalIndex, Import, ImportType, MemoryIndex, Module, Names, Proposal, RefType, Section, SegmentMode,
    Table, TableIndex, TagIndex, TypeIndex,
};
use cranelift_entity::PrimaryMap;
use std::ops::Range;
use wasmparser::{
    CompositeInnerType, DataKind, ElementKind, ExternalKind, KnownCustom, Parser, Payload, TableInit, TypeRef,
    ValidPayload, Validator,
};

/// Reads `binary` while `validator` checks it.
pub(super) fn read<'a>(binary: &'a [u8], name: &str, features: Features) -> Result<Module<'a>, Failure> {
    let mut validator = Validator::new_with_features(Proposal::features(|proposal| features.contains(proposal)));
    // What can be declared cannot always be executed.
    let executable = Proposal::features(|proposal| features.contains(proposal) && proposal.is_supported());
    let mut module = Module {
        name: name.to_owned(),
        bytes: binary,
        types: PrimaryMap::new(),
        recursion_groups: Vec::new(),
        imports: Vec::new(),
        functions: PrimaryMap::new(),
        imported_functions: 0,
        tables: PrimaryMap::new(),
        imported_tables: 0,
        memories: PrimaryMap::new(),
        imported_memories: 0,
        globals: PrimaryMap::new(),
        imported_globals: 0,
        tags: PrimaryMap::new(),
        imported_tags: 0,
        exports: Vec::new(),
        start: None,
        elements: PrimaryMap::new(),
        data: PrimaryMap::new(),
        bodies: Vec::new(),
        names: Names::default(),
        branch_hints: BranchHints::default(),
        custom_sections: Vec::new(),
        sections: Vec::new(),
    };
    let mut functions = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        let payload = payload?;
        if let ValidPayload::Func(mut function, body) = validator.payload(&payload)? {
            function.features = executable;
            functions.push((function, body));
        }
        if !features.contains(Proposal::Memory64) {
            limits::check(&payload, binary)?;
        }
        record_section(&mut module, &payload);
        read_payload(&mut module, payload)?;
    }
    module.bodies = bodies::validate(functions)?;
    if let Some(name) = module.names.module {
        module.name = name.to_owned();
    }
    Ok(module)
}

fn read_payload<'a>(module: &mut Module<'a>, payload: Payload<'a>) -> Result<(), Failure> {
    match payload {
        Payload::TypeSection(reader) => read_types(module, reader),
        Payload::ImportSection(reader) => read_imports(module, reader),
        Payload::FunctionSection(reader) => {
            for ty in reader {
                module.functions.push(TypeIndex::from_u32(ty?));
            }
            Ok(())
        }
        Payload::TableSection(reader) => read_tables(module, reader),
        Payload::MemorySection(reader) => {
            for ty in reader {
                module.memories.push(memory_type(ty?));
            }
            Ok(())
        }
        Payload::GlobalSection(reader) => read_globals(module, reader),
        Payload::TagSection(reader) => {
            for tag in reader {
                module.tags.push(TypeIndex::from_u32(tag?.func_type_idx));
            }
            Ok(())
        }
        Payload::ExportSection(reader) => read_exports(module, reader),
        Payload::StartSection { func, .. } => {
            module.start = Some(FuncIndex::from_u32(func));
            Ok(())
        }
        Payload::ElementSection(reader) => read_elements(module, reader),
        Payload::DataSection(reader) => read_data(module, reader),
        Payload::CustomSection(reader) => {
            match reader.as_known() {
                KnownCustom::Name(reader) => names::read(reader, &mut module.names),
                KnownCustom::BranchHints(reader) => module.branch_hints = branch_hints::read(reader),
                _ => module.custom_sections.push(CustomSection { name: reader.name(), bytes: reader.data() }),
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn read_types(module: &mut Module<'_>, reader: wasmparser::TypeSectionReader<'_>) -> Result<(), Failure> {
    for group in reader.into_iter_with_offsets() {
        let (offset, group) = group?;
        let unsupported = |detail: &str| Failure::Unsupported {
            proposal: Proposal::GarbageCollection,
            detail: detail.to_owned(),
            offset,
        };
        let start = module.types.len();
        for ty in group.into_types() {
            let CompositeInnerType::Func(function) = &ty.composite_type.inner else {
                return Err(unsupported("a struct, array or continuation type"));
            };
            if !ty.is_final || ty.supertype_idx.is_some() {
                return Err(unsupported("a type with subtypes"));
            }
            module.types.push(func_type(function, offset)?);
        }
        module.recursion_groups.push(start..module.types.len());
    }
    Ok(())
}

fn read_imports<'a>(module: &mut Module<'a>, reader: wasmparser::ImportSectionReader<'a>) -> Result<(), Failure> {
    let offset = reader.range().start;
    for import in reader.into_imports() {
        let import = import?;
        let ty = match import.ty {
            TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                let ty = TypeIndex::from_u32(ty);
                module.functions.push(ty);
                module.imported_functions += 1;
                ImportType::Function(ty)
            }
            TypeRef::Table(ty) => {
                let ty = table_type(ty, offset)?;
                module.tables.push(Table { ty, initial: None });
                module.imported_tables += 1;
                ImportType::Table(ty)
            }
            TypeRef::Memory(ty) => {
                let ty = memory_type(ty);
                module.memories.push(ty);
                module.imported_memories += 1;
                ImportType::Memory(ty)
            }
            TypeRef::Global(ty) => {
                let ty = global_type(ty, offset)?;
                module.globals.push(Global { ty, initial: None });
                module.imported_globals += 1;
                ImportType::Global(ty)
            }
            TypeRef::Tag(tag) => {
                let ty = TypeIndex::from_u32(tag.func_type_idx);
                module.tags.push(ty);
                module.imported_tags += 1;
                ImportType::Tag(ty)
            }
        };
        module.imports.push(Import { module: import.module, name: import.name, ty });
    }
    Ok(())
}

fn read_tables(module: &mut Module<'_>, reader: wasmparser::TableSectionReader<'_>) -> Result<(), Failure> {
    for table in reader.into_iter_with_offsets() {
        let (offset, table) = table?;
        let initial = match &table.init {
            TableInit::RefNull => None,
            TableInit::Expr(expr) => Some(constant::read(expr)?),
        };
        module.tables.push(Table { ty: table_type(table.ty, offset)?, initial });
    }
    Ok(())
}

fn read_globals(module: &mut Module<'_>, reader: wasmparser::GlobalSectionReader<'_>) -> Result<(), Failure> {
    for global in reader.into_iter_with_offsets() {
        let (offset, global) = global?;
        let initial = Some(constant::read(&global.init_expr)?);
        module.globals.push(Global { ty: global_type(global.ty, offset)?, initial });
    }
    Ok(())
}

fn read_exports<'a>(module: &mut Module<'a>, reader: wasmparser::ExportSectionReader<'a>) -> Result<(), Failure> {
    for export in reader {
        let export = export?;
        let index = match export.kind {
            ExternalKind::Func | ExternalKind::FuncExact => ExternalIndex::Function(FuncIndex::from_u32(export.index)),
            ExternalKind::Table => ExternalIndex::Table(TableIndex::from_u32(export.index)),
            ExternalKind::Memory => ExternalIndex::Memory(MemoryIndex::from_u32(export.index)),
            ExternalKind::Global => ExternalIndex::Global(GlobalIndex::from_u32(export.index)),
            ExternalKind::Tag => ExternalIndex::Tag(TagIndex::from_u32(export.index)),
        };
        module.exports.push(Export { name: export.name, index });
    }
    Ok(())
}

fn read_elements(module: &mut Module<'_>, reader: wasmparser::ElementSectionReader<'_>) -> Result<(), Failure> {
    for segment in reader.into_iter_with_offsets() {
        let (offset, segment) = segment?;
        let mode = match &segment.kind {
            ElementKind::Passive => SegmentMode::Passive,
            ElementKind::Declared => SegmentMode::Declared,
            ElementKind::Active { table_index, offset_expr } => SegmentMode::Active {
                target: TableIndex::from_u32(table_index.unwrap_or(0)),
                offset: constant::read(offset_expr)?,
            },
        };
        let (ty, items) = match segment.items {
            wasmparser::ElementItems::Functions(reader) => {
                let items = reader.into_iter().map(|item| item.map(FuncIndex::from_u32)).collect::<Result<_, _>>()?;
                (RefType::FUNC, ElementItems::Functions(items))
            }
            wasmparser::ElementItems::Expressions(ty, reader) => {
                let items = reader.into_iter().map(|item| constant::read(&item?)).collect::<Result<_, _>>()?;
                (ref_type(ty, offset)?, ElementItems::Expressions(items))
            }
        };
        module.elements.push(ElementSegment { ty, mode, items });
    }
    Ok(())
}

fn read_data<'a>(module: &mut Module<'a>, reader: wasmparser::DataSectionReader<'a>) -> Result<(), Failure> {
    for segment in reader {
        let segment = segment?;
        let mode = match &segment.kind {
            DataKind::Passive => SegmentMode::Passive,
            DataKind::Active { memory_index, offset_expr } => SegmentMode::Active {
                target: MemoryIndex::from_u32(*memory_index),
                offset: constant::read(offset_expr)?,
            },
        };
        module.data.push(DataSegment { mode, bytes: segment.data });
    }
    Ok(())
}

/// Notes the section's name and size for those who ask what a module is made of.
fn record_section(module: &mut Module<'_>, payload: &Payload<'_>) {
    let (name, range): (&str, Range<usize>) = match payload {
        Payload::TypeSection(reader) => ("type", reader.range()),
        Payload::ImportSection(reader) => ("import", reader.range()),
        Payload::FunctionSection(reader) => ("function", reader.range()),
        Payload::TableSection(reader) => ("table", reader.range()),
        Payload::MemorySection(reader) => ("memory", reader.range()),
        Payload::GlobalSection(reader) => ("global", reader.range()),
        Payload::TagSection(reader) => ("tag", reader.range()),
        Payload::ExportSection(reader) => ("export", reader.range()),
        Payload::StartSection { range, .. } => ("start", range.clone()),
        Payload::ElementSection(reader) => ("element", reader.range()),
        Payload::DataCountSection { range, .. } => ("data count", range.clone()),
        Payload::CodeSectionStart { range, .. } => ("code", range.clone()),
        Payload::DataSection(reader) => ("data", reader.range()),
        Payload::CustomSection(reader) => {
            let name = format!("custom {:?}", reader.name());
            module.sections.push(Section { name, range: reader.range() });
            return;
        }
        _ => return,
    };
    module.sections.push(Section { name: name.to_owned(), range });
}
