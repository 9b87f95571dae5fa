//! From directives to commands: compiles the modules, follows the names, and decides what needs no
//! program to decide.

use super::command::{Command, Pattern, ScriptPlan, ThreadPlan};
use super::modules::{Definition, Interface, ModuleCompiler};
use super::report::{Directive, Verdict};
use super::scope::{InstanceNumber, Scope};
use super::{traps, values};
use crate::error::Error;
use crate::module::Features;
use crate::options::Options;
use crate::pipeline::Observer;
use std::collections::HashMap;
use std::rc::Rc;
use wasmc_runtime::abi::script::{CommandKind, NO_INSTANCE, Outcome, SPECTEST, Value};
use wasmc_runtime::abi::{TrapCode, ValueCode};
use wast::token::{Id, Span};
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, WastRet, WastThread};

const SPECTEST_TEXT: &str = include_str!("spectest.wat");

/// The state of compiling one script.
pub(super) struct ScriptBuilder<'a> {
    modules: ModuleCompiler<'a>,
    /// What is known of each instance, or why its module did not compile.
    instances: Vec<Result<Rc<Interface>, Verdict>>,
    definitions: HashMap<String, Rc<Definition>>,
    latest_definition: Option<Rc<Definition>>,
    scope: Scope,
    /// The commands of the thread in hand.
    commands: Vec<Command>,
    threads: Vec<ThreadPlan>,
    thread_names: HashMap<String, u32>,
    next_command: u32,
    directives: Vec<Directive>,
    /// Offsets at which the lines of the script start.
    lines: Vec<usize>,
    spectest: String,
}

/// What has to come of a command.
struct Expectation {
    outcome: Outcome,
    traps: Vec<TrapCode>,
    patterns: Vec<Pattern>,
    text: String,
}

impl Expectation {
    fn success() -> Expectation {
        Expectation { outcome: Outcome::Values, traps: Vec::new(), patterns: Vec::new(), text: "success".to_owned() }
    }

    fn trap(message: &str) -> Result<Expectation, String> {
        let traps = traps::named(message);
        if traps.is_empty() {
            return Err(format!("wasmc has no trap \"{message}\""));
        }
        let text = format!("the trap \"{message}\"");
        Ok(Expectation { outcome: Outcome::Trap, traps, patterns: Vec::new(), text })
    }
}

impl<'a> ScriptBuilder<'a> {
    /// # Errors
    /// [`Error::Bug`] when the host module does not compile.
    pub(super) fn new(
        source: &str,
        options: &'a Options,
        observer: &'a dyn Observer,
    ) -> Result<ScriptBuilder<'a>, Error> {
        let mut modules = ModuleCompiler::new(options, observer);
        let spectest = wat::parse_str(SPECTEST_TEXT).map_err(|error| Error::bug("the module spectest", error))?;
        let spectest = modules.compile(&spectest, Features::supported())?;
        let mut scope = Scope::default();
        scope.register("spectest", SPECTEST);
        Ok(ScriptBuilder {
            modules,
            spectest: spectest.symbol.clone(),
            instances: vec![Ok(Rc::new(spectest))],
            definitions: HashMap::new(),
            latest_definition: None,
            scope,
            commands: Vec::new(),
            threads: Vec::new(),
            thread_names: HashMap::new(),
            next_command: 0,
            directives: Vec::new(),
            lines: std::iter::once(0).chain(source.match_indices('\n').map(|(offset, _)| offset + 1)).collect(),
        })
    }

    /// The commands, the objects of the modules, and the directives.
    pub(super) fn finish(self) -> (ScriptPlan, Vec<Vec<u8>>, Vec<Directive>) {
        let plan = ScriptPlan {
            commands: self.commands,
            threads: self.threads,
            instances: self.instances.len() as u32,
            largest_frame: self.modules.largest_frame(),
            spectest: self.spectest,
        };
        (plan, self.modules.into_objects(), self.directives)
    }

    pub(super) fn run(&mut self, directives: Vec<WastDirective<'_>>) {
        for directive in directives {
            self.directive(directive);
        }
    }

    fn directive(&mut self, directive: WastDirective<'_>) {
        let span = directive.span();
        let (keyword, verdict) = match directive {
            WastDirective::Module(module) => ("module", self.module(module)),
            WastDirective::ModuleDefinition(module) => ("module definition", self.definition(module)),
            WastDirective::ModuleInstance { instance, module, .. } => {
                ("module instance", self.instance(instance.map(|id| id.name()), module.map(|id| id.name())))
            }
            WastDirective::AssertMalformed { module, .. } => ("assert_malformed", self.refused(module)),
            WastDirective::AssertMalformedCustom { module, .. } => ("assert_malformed_custom", self.refused(module)),
            WastDirective::AssertInvalid { module, .. } => ("assert_invalid", self.refused(module)),
            WastDirective::AssertInvalidCustom { module, .. } => ("assert_invalid_custom", self.refused(module)),
            WastDirective::Register { name, module, .. } => ("register", self.register(name, module)),
            WastDirective::Invoke(invoke) => ("invoke", self.invoke(&invoke, Ok(Expectation::success()))),
            WastDirective::AssertTrap { exec, message, .. } => {
                ("assert_trap", self.execute(exec, Expectation::trap(message)))
            }
            WastDirective::AssertReturn { exec, results, .. } => {
                ("assert_return", self.execute(exec, self.values(&results)))
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                ("assert_exhaustion", self.invoke(&call, Expectation::trap(message)))
            }
            WastDirective::AssertUnlinkable { module, message, .. } => {
                ("assert_unlinkable", self.unlinkable(QuoteWat::Wat(module), message))
            }
            WastDirective::AssertException { exec, .. } => {
                ("assert_exception", self.execute(exec, Expectation::trap(TrapCode::UncaughtException.message())))
            }
            WastDirective::AssertSuspension { .. } => {
                ("assert_suspension", Verdict::Unsupported("stack switching".to_owned()))
            }
            WastDirective::Thread(thread) => return self.thread(thread),
            WastDirective::Wait { thread, .. } => ("wait", self.wait(thread)),
        };
        self.record(span, keyword, verdict);
    }

    fn record(&mut self, span: Span, keyword: &'static str, verdict: Verdict) {
        let line = self.lines.partition_point(|start| *start <= span.offset());
        self.directives.push(Directive { line, keyword, verdict });
    }

    /// `(module …)`: a definition and an instance of it.
    fn module(&mut self, mut module: QuoteWat<'_>) -> Verdict {
        let name = module.name().map(|id| id.name().to_owned());
        let definition = Rc::new(Definition::new(&mut module));
        self.define(name.as_deref(), &definition);
        self.instantiate(name.as_deref(), &definition, Expectation::success())
    }

    fn definition(&mut self, mut module: QuoteWat<'_>) -> Verdict {
        let name = module.name().map(|id| id.name().to_owned());
        let definition = Rc::new(Definition::new(&mut module));
        self.define(name.as_deref(), &definition);
        match definition.check(self.modules.features()) {
            Ok(()) => Verdict::Passed,
            Err(error) => refusal(&error),
        }
    }

    fn define(&mut self, name: Option<&str>, definition: &Rc<Definition>) {
        if let Some(name) = name {
            self.definitions.insert(name.to_owned(), Rc::clone(definition));
        }
        self.latest_definition = Some(Rc::clone(definition));
    }

    /// `(module instance $instance $module)`.
    fn instance(&mut self, instance: Option<&str>, module: Option<&str>) -> Verdict {
        let definition = match module {
            Some(name) => self.definitions.get(name).cloned(),
            None => self.latest_definition.clone(),
        };
        match definition {
            Some(definition) => self.instantiate(instance, &definition, Expectation::success()),
            None => Verdict::Failed("there is no module definition of this name".to_owned()),
        }
    }

    /// Compiles a module and makes an instance of it, which takes the next number.
    fn instantiate(&mut self, name: Option<&str>, definition: &Definition, expectation: Expectation) -> Verdict {
        let number = self.instances.len() as InstanceNumber;
        self.scope.enter(name, number);
        let interface = match self.modules.instance_of(definition) {
            Ok(interface) => interface,
            Err(error) => {
                let verdict = refusal(&error);
                self.instances.push(Err(verdict.clone()));
                return verdict;
            }
        };
        let providers =
            interface.import_modules.iter().map(|module| self.scope.provider(module).unwrap_or(NO_INSTANCE)).collect();
        let module = Some(interface.symbol.clone());
        self.instances.push(Ok(interface));
        self.command(expectation, |command| {
            command.kind = CommandKind::Instantiate;
            command.instance = number;
            command.module = module;
            command.providers = providers;
        })
    }

    /// `assert_malformed` and `assert_invalid`: the module must be refused as bad input.
    fn refused(&mut self, mut module: QuoteWat<'_>) -> Verdict {
        match Definition::new(&mut module).check(self.modules.features()) {
            Ok(()) => Verdict::Failed("expected an error; the module compiles".to_owned()),
            // What only a later proposal makes valid is not valid here.
            Err(Error::Input(_) | Error::Unsupported(_)) => Verdict::Passed,
            Err(error) => refusal(&error),
        }
    }

    fn unlinkable(&mut self, mut module: QuoteWat<'_>, message: &str) -> Verdict {
        let expectation = Expectation {
            outcome: Outcome::Unlinkable,
            text: format!("the link error \"{message}\""),
            ..Expectation::success()
        };
        self.aside(|builder| {
            let definition = Definition::new(&mut module);
            builder.instantiate(None, &definition, expectation)
        })
    }

    /// Does something after which the latest instance is the one that it was before.
    fn aside(&mut self, act: impl FnOnce(&mut Self) -> Verdict) -> Verdict {
        let current = self.scope.find(None);
        let verdict = act(self);
        self.scope.restore(current);
        verdict
    }

    fn register(&mut self, name: &str, module: Option<Id<'_>>) -> Verdict {
        match self.scope.find(module.map(|id| id.name())) {
            Some(instance) => {
                self.scope.register(name, instance);
                Verdict::Passed
            }
            None => Verdict::Failed("there is no instance of this name".to_owned()),
        }
    }

    fn execute(&mut self, execute: WastExecute<'_>, expectation: Result<Expectation, String>) -> Verdict {
        match execute {
            WastExecute::Invoke(invoke) => self.invoke(&invoke, expectation),
            WastExecute::Get { module, global, .. } => self.get(module, global, expectation),
            WastExecute::Wat(module) => match expectation {
                Ok(expectation) => self.aside(|builder| {
                    let definition = Definition::new(&mut QuoteWat::Wat(module));
                    builder.instantiate(None, &definition, expectation)
                }),
                Err(reason) => Verdict::Failed(reason),
            },
        }
    }

    fn invoke(&mut self, invoke: &WastInvoke<'_>, expectation: Result<Expectation, String>) -> Verdict {
        let (instance, interface) = match self.target(invoke.module) {
            Ok(target) => target,
            Err(verdict) => return verdict,
        };
        let Some(ty) = interface.functions.get(invoke.name) else {
            return Verdict::Failed(format!("the module exports no function \"{}\"", invoke.name));
        };
        let arguments: Option<Vec<Value>> = invoke.args.iter().map(values::argument).collect();
        let Some(arguments) = arguments else {
            return Verdict::Unsupported("values of the garbage collection proposal".to_owned());
        };
        let codes: Vec<u64> = ty.parameters.iter().map(|code| *code as u64).collect();
        if !arguments.iter().map(|argument| argument.code).eq(codes) {
            return Verdict::Failed(format!("\"{}\" does not take these arguments", invoke.name));
        }
        self.access(CommandKind::Invoke, instance, invoke.name, (arguments, ty.results.clone()), expectation)
    }

    fn get(&mut self, module: Option<Id<'_>>, name: &str, expectation: Result<Expectation, String>) -> Verdict {
        let (instance, interface) = match self.target(module) {
            Ok(target) => target,
            Err(verdict) => return verdict,
        };
        match interface.globals.get(name) {
            Some(code) => self.access(CommandKind::Get, instance, name, (Vec::new(), vec![*code]), expectation),
            None => Verdict::Failed(format!("the module exports no global \"{name}\"")),
        }
    }

    /// Calls or reads an export that is known to exist and to take these arguments.
    fn access(
        &mut self,
        kind: CommandKind,
        instance: InstanceNumber,
        name: &str,
        (arguments, results): (Vec<Value>, Vec<ValueCode>),
        expectation: Result<Expectation, String>,
    ) -> Verdict {
        let mut expectation = match expectation {
            Ok(expectation) => expectation,
            Err(reason) => return Verdict::Failed(reason),
        };
        if expectation.outcome == Outcome::Values {
            let is_any = expectation.text == Expectation::success().text;
            if !is_any && !values::fit(&expectation.patterns, &results) {
                return Verdict::Failed(format!("\"{name}\" gives values of other types"));
            }
            if !is_any {
                expectation.text = values::display_patterns(&expectation.patterns);
            }
        }
        self.command(expectation, |command| {
            command.kind = kind;
            command.instance = instance;
            command.name = name.to_owned();
            command.arguments = arguments;
            command.results = results;
        })
    }

    /// The instance that a directive means.
    fn target(&self, name: Option<Id<'_>>) -> Result<(InstanceNumber, Rc<Interface>), Verdict> {
        let Some(number) = self.scope.find(name.map(|id| id.name())) else {
            return Err(Verdict::Failed("there is no instance of this name".to_owned()));
        };
        match &self.instances[number as usize] {
            Ok(interface) => Ok((number, Rc::clone(interface))),
            Err(Verdict::Unsupported(proposals)) => Err(Verdict::Unsupported(proposals.clone())),
            Err(_) => Err(Verdict::Failed("the module it needs did not compile".to_owned())),
        }
    }

    fn values(&self, results: &[WastRet<'_>]) -> Result<Expectation, String> {
        let patterns: Option<Vec<Pattern>> = results.iter().map(values::pattern).collect();
        let patterns = patterns.ok_or("values of the garbage collection proposal")?;
        Ok(Expectation { patterns, text: String::new(), ..Expectation::success() })
    }

    /// `(thread $name (shared (module $shared)) …)`.
    fn thread(&mut self, thread: WastThread<'_>) {
        let number = self.threads.len() as u32;
        self.threads.push(ThreadPlan::default());
        self.thread_names.insert(thread.name.name().to_owned(), number);
        let verdict = self.command(Expectation::success(), |command| {
            command.kind = CommandKind::StartThread;
            command.instance = number;
        });
        self.record(thread.span, "thread", verdict);

        let mut inner = Scope::default();
        inner.register("spectest", SPECTEST);
        if let Some(shared) = thread.shared_module
            && let Some(instance) = self.scope.find(Some(shared.name()))
        {
            inner.name(shared.name(), instance);
        }
        let outer = std::mem::replace(&mut self.scope, inner);
        let commands = std::mem::take(&mut self.commands);
        self.modules.enter_thread(Some(number));
        self.run(thread.directives);
        self.modules.enter_thread(None);
        self.threads[number as usize].commands = std::mem::replace(&mut self.commands, commands);
        self.scope = outer;
    }

    fn wait(&mut self, thread: Id<'_>) -> Verdict {
        match self.thread_names.get(thread.name()).copied() {
            Some(number) => self.command(Expectation::success(), |command| {
                command.kind = CommandKind::WaitThread;
                command.instance = number;
            }),
            None => Verdict::Failed("there is no thread of this name".to_owned()),
        }
    }

    /// Adds the command that `fill` completes.
    fn command(&mut self, expectation: Expectation, fill: impl FnOnce(&mut Command)) -> Verdict {
        let number = self.next_command;
        self.next_command += 1;
        let mut command = Command {
            number,
            kind: CommandKind::Invoke,
            instance: NO_INSTANCE,
            outcome: expectation.outcome,
            traps: expectation.traps,
            module: None,
            providers: Vec::new(),
            name: String::new(),
            arguments: Vec::new(),
            results: Vec::new(),
            expected: expectation.patterns,
        };
        fill(&mut command);
        self.commands.push(command);
        Verdict::Command { number, expected: expectation.text }
    }
}

/// Why a module did not compile.
fn refusal(error: &Error) -> Verdict {
    match error {
        Error::Unsupported(error) => Verdict::Unsupported(error.proposals.join(", ")),
        error => Verdict::Failed(format!("the module does not compile: {error}")),
    }
}
