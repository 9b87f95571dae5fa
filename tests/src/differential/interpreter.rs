//! Runs a subject in the interpreter and writes down what happens.

use super::generate::FUEL;
use super::inspector::{REFUEL, SUBJECT, digest_of, inspector};
use super::model::{Event, REPORT};
use super::part::{FUEL_EXPORT, Part};
use super::subject::{PROVIDER, Subject};
use super::transcript::{Ran, Transcript, binary_module};
use super::values::{Random, is_null, text};
use std::fmt;
use wasmc_compiler::Proposal;
use wasmi::errors::{ErrorKind, HostError, InstantiationError, TableError};
use wasmi::{
    Caller, CompilationMode, Config, Engine, Error, Func, Global, Instance, Linker, Module, Store, TrapCode, Val,
    ValType,
};

/// Times that each function is called, with other arguments.
const CALLS: usize = 2;
/// Frames that the interpreter may have: more than there is fuel for.
const MOST_FRAMES: usize = 3 * FUEL as usize;
/// Bytes of the interpreter's stack.
const STACK: usize = 64 << 20;

/// A subject in the interpreter.
struct Session {
    store: Store<Ran>,
    linker: Linker<Ran>,
    random: Random,
    transcript: Transcript,
    instances: Vec<Running>,
}

/// A part that has been instantiated.
struct Running {
    /// What the script calls it.
    name: String,
    instance: Instance,
    fuel: Global,
}

/// Why there is no transcript.
#[derive(Debug)]
pub enum Unfit {
    /// The interpreter refuses it: `generate` and it do not agree on what is allowed.
    Refused(String),
    /// It did what depends on who runs it.
    Nondeterministic,
}

/// Does everything with `subject` that the script shall do. `name` begins the names that the script uses.
///
/// # Errors
/// When what it does cannot be compared.
pub fn interpret(subject: &Subject, name: &str) -> Result<Transcript, Unfit> {
    let engine = Engine::new(&config());
    let mut session = Session {
        store: Store::new(&engine, Ran::default()),
        linker: linker(&engine).map_err(|error| Unfit::Refused(error.to_string()))?,
        random: Random::new(subject.seed),
        transcript: Transcript::default(),
        instances: Vec::new(),
    };
    for (position, part) in subject.parts.iter().enumerate() {
        if !session.instantiate(part, format!("${name}{}", ["a", "b"][position]))? {
            break;
        }
    }
    for position in 0..session.instances.len() {
        session.call_all(position, &subject.parts[position])?;
    }
    for position in 0..session.instances.len() {
        session.look_at(position, &subject.parts[position]);
    }
    session.transcript.ran = *session.store.data();
    Ok(session.transcript)
}

/// A trap that a model raises.
#[derive(Debug)]
struct ModelTrap(&'static str);

impl fmt::Display for ModelTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl HostError for ModelTrap {}

/// Provides what models report to.
fn linker(engine: &Engine) -> Result<Linker<Ran>, Error> {
    let mut linker = Linker::new(engine);
    let (module, name) = REPORT;
    linker.func_wrap(module, name, |mut caller: Caller<'_, Ran>, event: i32| -> Result<(), Error> {
        let ran = caller.data_mut();
        match Event::ALL.get(event as usize) {
            Some(Event::Atomic) => ran.atomic += 1,
            Some(Event::Relaxed) => ran.relaxed += 1,
            Some(Event::Reference) => ran.references += 1,
            Some(Event::Unaligned) => return Err(Error::host(ModelTrap("unaligned atomic"))),
            Some(Event::Unshared) => return Err(Error::host(ModelTrap("expected shared memory"))),
            None => return Err(Error::new("a model reports what does not exist")),
        }
        Ok(())
    })?;
    Ok(linker)
}

fn config() -> Config {
    let mut config = Config::default();
    let on = Proposal::is_supported;
    config
        .compilation_mode(CompilationMode::Eager)
        .set_max_stack_height(STACK)
        .set_max_recursion_depth(MOST_FRAMES)
        .wasm_custom_page_sizes(on(Proposal::CustomPageSizes))
        .wasm_wide_arithmetic(on(Proposal::WideArithmetic));
    config
}

impl Session {
    /// Whether there is an instance afterwards.
    fn instantiate(&mut self, part: &Part, name: String) -> Result<bool, Unfit> {
        let refused = |error: Error| Unfit::Refused(error.to_string());
        let module = Module::new(self.linker.engine(), &part.model).map_err(refused)?;
        let instance = match self.linker.instantiate_and_start(&mut self.store, &module) {
            Ok(instance) => instance,
            Err(error) => {
                self.trap(&binary_module("", &part.binary), &error)?;
                return Ok(false);
            }
        };
        self.transcript.push(binary_module(&name, &part.binary));
        self.transcript.push(format!("(register \"{PROVIDER}\" {name})"));
        self.transcript.push(format!("(register \"{SUBJECT}\" {name})"));
        self.transcript.push(format!("(module {name}i\n{})", inspector(part, FUEL)).replace('\n', " "));

        let exports: Vec<_> = instance.exports(&self.store).map(|export| export.name().to_owned()).collect();
        for export in exports {
            if let Some(item) = instance.get_export(&self.store, &export) {
                // Only the first part provides imports, and names of parts are never defined twice.
                let _ = self.linker.define(PROVIDER, &export, item);
            }
        }
        let missing = || Unfit::Refused("the fuel is not exported".to_owned());
        let fuel = instance.get_global(&self.store, FUEL_EXPORT).ok_or_else(missing)?;
        self.instances.push(Running { name, instance, fuel });
        Ok(true)
    }

    /// Adds the assertion that `action` traps.
    fn trap(&mut self, action: &str, error: &Error) -> Result<(), Unfit> {
        if let Some(ModelTrap(message)) = error.downcast_ref() {
            self.transcript.push_trap(action, message, None);
            return Ok(());
        }
        let code = match error.kind() {
            ErrorKind::Instantiation(InstantiationError::ElementSegmentDoesNotFit { .. })
            | ErrorKind::Table(TableError::CopyOutOfBounds) => TrapCode::TableOutOfBounds,
            kind => kind.as_trap_code().ok_or_else(|| Unfit::Refused(error.to_string()))?,
        };
        let (message, other) = match code {
            TrapCode::UnreachableCodeReached => ("unreachable", None),
            TrapCode::MemoryOutOfBounds => ("out of bounds memory access", None),
            TrapCode::TableOutOfBounds => ("out of bounds table access", Some("undefined element")),
            TrapCode::IndirectCallToNull => ("uninitialized element", None),
            TrapCode::IntegerDivisionByZero => ("integer divide by zero", None),
            TrapCode::IntegerOverflow => ("integer overflow", None),
            TrapCode::BadConversionToInteger => ("invalid conversion to integer", None),
            TrapCode::BadSignature => ("indirect call type mismatch", None),
            _ => return Err(Unfit::Nondeterministic),
        };
        self.transcript.push_trap(action, message, other);
        Ok(())
    }

    /// Calls every function of an instance.
    fn call_all(&mut self, position: usize, part: &Part) -> Result<(), Unfit> {
        for index in 0..part.functions.len() {
            let name = format!("f{index}");
            let Some(function) = self.instances[position].instance.get_func(&self.store, &name) else { continue };
            for _ in 0..CALLS {
                self.call(position, &name, function)?;
            }
        }
        Ok(())
    }

    fn call(&mut self, position: usize, name: &str, function: Func) -> Result<(), Unfit> {
        self.refuel();
        let ty = function.ty(&self.store);
        let mut arguments = Vec::new();
        for ty in ty.params() {
            arguments.push(self.random.value(*ty, &mut self.store));
        }
        let mut results: Vec<Val> = ty.results().iter().map(|ty: &ValType| Val::default(*ty)).collect();
        let outcome = function.call(&mut self.store, &arguments, &mut results);
        let action = format!("(invoke {} \"{name}\"{})", self.instances[position].name, self.texts(&arguments));
        match outcome {
            Ok(()) => {
                let results = self.texts(&results);
                self.transcript.push(format!("(assert_return {action}{results})"));
            }
            Err(error) => self.trap(&action, &error)?,
        }
        Ok(())
    }

    fn texts(&self, values: &[Val]) -> String {
        values.iter().map(|value| format!(" {}", text(value, &self.store))).collect()
    }

    /// Gives new fuel to the instances that need it.
    fn refuel(&mut self) {
        for running in &self.instances {
            if matches!(running.fuel.get(&self.store), Val::I32(fuel) if fuel as u32 > FUEL / 2) {
                continue;
            }
            // The global is a mutable `i32`.
            let _ = running.fuel.set(&mut self.store, Val::I32(FUEL as i32));
            self.transcript.push(format!("(invoke {}i \"{REFUEL}\")", running.name));
        }
    }

    /// Asserts the whole state of an instance.
    fn look_at(&mut self, position: usize, part: &Part) {
        let Running { name, instance, fuel } = &self.instances[position];
        let store = &self.store;
        let mut globals = vec![(FUEL_EXPORT.to_owned(), *fuel)];
        for index in 0..part.globals.len() {
            let export = format!("g{index}");
            globals.extend(instance.get_global(store, &export).map(|global| (export, global)));
        }
        let mut digests = Vec::new();
        for index in 0..part.memories.len() {
            let export = format!("m{index}");
            let Some(memory) = instance.get_memory(store, &export) else { continue };
            digests.push((export, digest_of(memory.data(store).iter().copied())));
        }
        for index in 0..part.tables.len() {
            let export = format!("t{index}");
            let Some(table) = instance.get_table(store, &export) else { continue };
            let null_at = |index| table.get(store, u64::from(index)).is_some_and(|element| is_null(&element));
            digests.push((export, digest_of((0..table.size(store) as u32).map(|index| u8::from(null_at(index))))));
        }
        for (export, global) in globals {
            let value = text(&global.get(store), store);
            self.transcript.push(format!("(assert_return (get {name} \"{export}\") {value})"));
        }
        for (export, sum) in digests {
            let assertion = format!("(assert_return (invoke {name}i \"{export}\") (i64.const {}))", sum as i64);
            self.transcript.push(assertion);
        }
    }
}
