//! The modules of a script: each to an object of its own, in a world that they share.

use crate::analyze::{World, analyze};
use crate::codegen::compile_functions;
use crate::error::{Error, InputError};
use crate::module::{ExternalIndex, Features, Module, value_code};
use crate::object::write_object;
use crate::options::{InstanceMode, Options};
use crate::parse::parse;
use crate::pipeline::Observer;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasmc_runtime::abi::ValueCode;
use wast::QuoteWat;

/// What a module in a message is called.
const MODULE_NAME: &str = "module";

/// A module that instances can be made of.
pub(super) struct Definition {
    /// The module's bytes, or why there are none.
    binary: Result<Vec<u8>, String>,
    /// The one compilation that serves all instances, when there are several (dynamic mode).
    compiled: RefCell<Option<Rc<Interface>>>,
}

impl Definition {
    pub(super) fn new(module: &mut QuoteWat<'_>) -> Definition {
        Definition { binary: module.encode().map_err(|error| error.message()), compiled: RefCell::new(None) }
    }

    /// Whether it is a module that wasmc compiles.
    pub(super) fn check(&self, features: Features) -> Result<(), Error> {
        parse(self.binary()?, MODULE_NAME, features).map(|_| ())
    }

    fn binary(&self) -> Result<&[u8], Error> {
        self.binary.as_deref().map_err(|message| Error::Input(InputError::Text { message: message.clone() }))
    }
}

/// What others need to know of a module.
#[derive(Debug)]
pub(super) struct Interface {
    /// The symbol of its record.
    pub(super) symbol: String,
    /// The first name of each import.
    pub(super) import_modules: Vec<String>,
    /// Exported functions.
    pub(super) functions: HashMap<String, FunctionInterface>,
    /// Exported globals.
    pub(super) globals: HashMap<String, ValueCode>,
}

/// The type of an exported function.
#[derive(Debug)]
pub(super) struct FunctionInterface {
    pub(super) parameters: Vec<ValueCode>,
    pub(super) results: Vec<ValueCode>,
}

/// Compiles modules and keeps their objects.
pub(super) struct ModuleCompiler<'a> {
    options: &'a Options,
    observer: &'a dyn Observer,
    world: World,
    objects: Vec<Vec<u8>>,
    largest_frame: u32,
}

impl<'a> ModuleCompiler<'a> {
    pub(super) fn new(options: &'a Options, observer: &'a dyn Observer) -> ModuleCompiler<'a> {
        ModuleCompiler { options, observer, world: World::open(options.target), objects: Vec::new(), largest_frame: 0 }
    }

    /// Bytes of the largest frame of a function so far.
    pub(super) fn largest_frame(&self) -> u32 {
        self.largest_frame
    }

    pub(super) fn into_objects(self) -> Vec<Vec<u8>> {
        self.objects
    }

    /// What modules may use.
    pub(super) fn features(&self) -> Features {
        self.options.features
    }

    /// From now on, modules run on this thread of the script, or on the first.
    pub(super) fn enter_thread(&mut self, thread: Option<u32>) {
        self.world.enter_thread(thread);
    }

    /// The code for one more instance of `definition`. In static mode each instance has its own.
    pub(super) fn instance_of(&mut self, definition: &Definition) -> Result<Rc<Interface>, Error> {
        if let Some(interface) = definition.compiled.borrow().as_ref() {
            return Ok(Rc::clone(interface));
        }
        let interface = Rc::new(self.compile(definition.binary()?, self.options.features)?);
        if self.options.instances == InstanceMode::Dynamic {
            definition.compiled.replace(Some(Rc::clone(&interface)));
        }
        Ok(interface)
    }

    /// Compiles one module, which may use `features`.
    pub(super) fn compile(&mut self, binary: &[u8], features: Features) -> Result<Interface, Error> {
        let module = parse(binary, MODULE_NAME, features)?;
        let plan = analyze(&module, &mut self.world, self.options)?;
        let code = compile_functions(&module, &plan, None, self.options, None, self.observer)?;
        self.largest_frame = self.largest_frame.max(code.largest_frame);
        let object = write_object(&module, &plan, code, None, self.options)?;
        self.objects.push(object);
        Ok(interface(&module, plan.symbol))
    }
}

fn interface(module: &Module<'_>, symbol: String) -> Interface {
    let mut interface = Interface {
        symbol,
        import_modules: module.imports.iter().map(|import| import.module.to_owned()).collect(),
        functions: HashMap::new(),
        globals: HashMap::new(),
    };
    for export in &module.exports {
        match export.index {
            ExternalIndex::Function(function) => {
                let ty = module.function_type(function);
                let codes = |types: &[_]| types.iter().copied().map(value_code).collect();
                let ty = FunctionInterface { parameters: codes(&ty.parameters), results: codes(&ty.results) };
                interface.functions.insert(export.name.to_owned(), ty);
            }
            ExternalIndex::Global(global) => {
                interface.globals.insert(export.name.to_owned(), value_code(module.globals[global].ty.value));
            }
            ExternalIndex::Table(_) | ExternalIndex::Memory(_) | ExternalIndex::Tag(_) => {}
        }
    }
    interface
}
