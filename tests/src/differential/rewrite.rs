//! A module, operator by operator, into another one: rules say what takes the place of each operator.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, Encode, EntityType, Function, GlobalSection, GlobalType, ImportSection,
    InstructionSink, MemoryType, Module, SectionId, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{FuncType, FunctionBody, Operator, Parser, Payload, TypeRef};

/// Not to be rewritten, because it is no module.
pub type Result<T> = std::result::Result<T, Error>;

/// What takes the place of an operator, and of a memory's type.
pub trait Rules {
    /// Writes what takes the place of `operator`, of which `encoded` is the translation as it stands.
    fn operator(&mut self, operator: &Operator<'_>, encoded: &[u8], body: &mut Body<'_>);

    /// What takes the place of a memory's type.
    fn memory(&self, ty: MemoryType) -> MemoryType {
        ty
    }
}

/// What a module gets besides, behind what it has of the kind.
#[derive(Default)]
pub struct Additions {
    /// A function of one `i32` to import: its module and its name.
    pub import: Option<(&'static str, &'static str)>,
    pub tables: Vec<(TableType, ConstExpr)>,
    pub globals: Vec<(GlobalType, ConstExpr)>,
}

/// How many there are of each kind, and of which types; imported ones come first.
#[derive(Default)]
pub struct Shape {
    pub types: Vec<FuncType>,
    /// Indices of types.
    pub functions: Vec<u32>,
    pub imported_functions: u32,
    pub memories: Vec<wasmparser::MemoryType>,
    pub tables: u32,
    pub globals: u32,
}

impl Shape {
    /// # Errors
    /// When `binary` is no module.
    pub fn of(binary: &[u8]) -> Result<Shape> {
        let mut shape = Shape::default();
        for payload in Parser::new(0).parse_all(binary) {
            match payload? {
                Payload::TypeSection(section) => {
                    shape.types = section.into_iter_err_on_gc_types().collect::<wasmparser::Result<_>>()?;
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        shape.import(import?.ty);
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        shape.functions.push(ty?);
                    }
                }
                Payload::MemorySection(section) => {
                    for ty in section {
                        shape.memories.push(ty?);
                    }
                }
                Payload::TableSection(section) => shape.tables += section.count(),
                Payload::GlobalSection(section) => shape.globals += section.count(),
                _ => {}
            }
        }
        Ok(shape)
    }

    fn import(&mut self, ty: TypeRef) {
        match ty {
            TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                self.functions.push(ty);
                self.imported_functions += 1;
            }
            TypeRef::Memory(ty) => self.memories.push(ty),
            TypeRef::Table(_) => self.tables += 1,
            TypeRef::Global(_) => self.globals += 1,
            TypeRef::Tag(_) => {}
        }
    }
}

/// A function's body as it is written, and what rules have to know about it.
pub struct Body<'s> {
    pub shape: &'s Shape,
    /// Types of locals, parameters and added ones too.
    locals: Vec<ValType>,
    scratch: Vec<(ValType, usize, u32)>,
    code: Vec<u8>,
}

impl Body<'_> {
    /// Where operators are written.
    pub fn emit(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.code)
    }

    /// Writes an operator that is encoded already.
    pub fn copy(&mut self, encoded: &[u8]) {
        self.code.extend(encoded);
    }

    /// A new local.
    pub fn local(&mut self, ty: ValType) -> u32 {
        self.locals.push(ty);
        self.locals.len() as u32 - 1
    }

    /// The local for values of a type that nobody needs behind the operator; there are several, by number.
    pub fn scratch(&mut self, ty: ValType, number: usize) -> u32 {
        let known = self.scratch.iter().find(|known| (known.0, known.1) == (ty, number));
        if let Some(known) = known {
            return known.2;
        }
        let local = self.local(ty);
        self.scratch.push((ty, number, local));
        local
    }

    /// Moves the topmost values of the stack to scratch locals 0, 1 …
    pub fn pop(&mut self, types: &[ValType]) -> Vec<u32> {
        let locals: Vec<u32> = types.iter().enumerate().map(|(number, ty)| self.scratch(*ty, number)).collect();
        for local in locals.iter().rev() {
            self.emit().local_set(*local);
        }
        locals
    }

    /// `if`, without parameters and results.
    pub fn begin_if(&mut self) {
        self.emit().if_(BlockType::Empty);
    }
}

/// Rewrites `binary`.
///
/// # Errors
/// When it is no module.
pub fn rewrite(binary: &[u8], additions: &Additions, rules: &mut impl Rules) -> Result<Vec<u8>> {
    let shape = Shape::of(binary)?;
    let defined = shape.imported_functions as usize;
    let mut rewriter = Rewriter { rules, additions, shape: &shape, next: defined };
    let mut module = Module::new();
    rewriter.parse_core_module(&mut module, Parser::new(0), binary)?;
    Ok(module.finish())
}

struct Rewriter<'a, R> {
    rules: &'a mut R,
    additions: &'a Additions,
    shape: &'a Shape,
    /// The function whose body comes next.
    next: usize,
}

impl<R: Rules> Rewriter<'_, R> {
    fn add_import(&self, imports: &mut ImportSection) {
        if let Some((module, name)) = self.additions.import {
            imports.import(module, name, EntityType::Function(self.shape.types.len() as u32));
        }
    }

    fn add_tables(&self, tables: &mut TableSection) {
        for (ty, init) in &self.additions.tables {
            tables.table_with_init(*ty, init);
        }
    }
}

impl<R: Rules> Reencode for Rewriter<'_, R> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32> {
        let is_behind_import = self.additions.import.is_some() && function >= self.shape.imported_functions;
        Ok(function + u32::from(is_behind_import))
    }

    fn memory_type(&mut self, ty: wasmparser::MemoryType) -> Result<MemoryType> {
        Ok(self.rules.memory(ty.into()))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: wasmparser::TypeSectionReader<'_>,
    ) -> Result<()> {
        utils::parse_type_section(self, types, section)?;
        if self.additions.import.is_some() {
            types.ty().function([ValType::I32], []);
        }
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Result<()> {
        utils::parse_import_section(self, imports, section)?;
        self.add_import(imports);
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: wasmparser::TableSectionReader<'_>,
    ) -> Result<()> {
        utils::parse_table_section(self, tables, section)?;
        self.add_tables(tables);
        Ok(())
    }

    /// Every module has a global section: the fuel is in it.
    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: wasmparser::GlobalSectionReader<'_>,
    ) -> Result<()> {
        utils::parse_global_section(self, globals, section)?;
        for (ty, init) in &self.additions.globals {
            globals.global(*ty, init);
        }
        Ok(())
    }

    /// Writes the sections that the module does not have.
    fn intersperse_section_hook(
        &mut self,
        module: &mut Module,
        after: Option<SectionId>,
        before: Option<SectionId>,
    ) -> Result<()> {
        let place = |section: Option<SectionId>| match section {
            None => None,
            Some(SectionId::Type) => Some(0),
            Some(SectionId::Import) => Some(1),
            Some(SectionId::Function) => Some(2),
            Some(SectionId::Table) => Some(3),
            Some(_) => Some(4),
        };
        let (after, before) = (place(after), place(before).unwrap_or(4));
        let misses = |section: u32| after < Some(section) && section < before;
        if misses(1) && self.additions.import.is_some() {
            let mut imports = ImportSection::new();
            self.add_import(&mut imports);
            module.section(&imports);
        }
        if misses(3) && !self.additions.tables.is_empty() {
            let mut tables = TableSection::new();
            self.add_tables(&mut tables);
            module.section(&tables);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, function: FunctionBody<'_>) -> Result<()> {
        let ty = &self.shape.types[self.shape.functions[self.next] as usize];
        self.next += 1;
        let mut locals = Vec::new();
        for ty in ty.params() {
            locals.push(self.val_type(*ty)?);
        }
        let parameters = locals.len();
        for declaration in function.get_locals_reader()? {
            let (count, ty) = declaration?;
            let ty = self.val_type(ty)?;
            locals.extend((0..count).map(|_| ty));
        }
        let mut body = Body { shape: self.shape, locals, scratch: Vec::new(), code: Vec::new() };
        let mut encoded = Vec::new();
        for operator in function.get_operators_reader()? {
            let operator = operator?;
            encoded.clear();
            self.instruction(operator.clone())?.encode(&mut encoded);
            self.rules.operator(&operator, &encoded, &mut body);
        }
        let mut written = Function::new_with_locals_types(body.locals[parameters..].iter().copied());
        written.raw(body.code);
        code.function(&written);
        Ok(())
    }
}
