//! Does what the commands of a thread say.

use super::places::Places;
use super::report;
use super::values::Values;
use crate::abi::script::{Command, CommandKind, NO_INSTANCE, Script};
use crate::abi::{Export, ExternKind, Instance, Module, TrapCode};
use crate::instance::{self, Refusal};
use crate::link::{self, Mismatch};
use crate::memory::Image;
use crate::sys::stack::Stack;
use crate::sys::thread::{self, Thread};
use crate::{start, trap};
use core::ptr::NonNull;

/// Why a command gave no values.
pub(super) enum Failure {
    /// Generated code trapped.
    Trap(TrapCode),
    /// An import cannot be bound.
    Unlinkable(Mismatch),
    /// The system does not have what it takes.
    Refused(Refusal),
    /// The system does not give a thread.
    NoThread,
    /// What an earlier command should have made is not there.
    Missing,
}

/// What all threads of a script work on.
#[derive(Clone, Copy)]
pub(super) struct Shared {
    pub(super) script: &'static Script,
    pub(super) instances: Places<Instance>,
    pub(super) threads: Places<Thread>,
}

/// One thread of a script.
pub(super) struct Performer {
    shared: Shared,
    /// Where it runs.
    stack: &'static Stack,
    /// What the command in hand passed, and then what came back.
    values: Values,
}

impl Performer {
    pub(super) fn new(shared: Shared, stack: &'static Stack) -> Performer {
        Performer { shared, stack, values: Values::new() }
    }

    /// Performs the commands in order, and reports each before the next.
    pub(super) fn perform_all(&mut self, commands: &[Command]) {
        for command in commands {
            let outcome = self.perform(command);
            // SAFETY: the compiler wrote the command.
            unsafe { report::write(command, &outcome, &self.values) };
        }
    }

    fn perform(&mut self, command: &Command) -> Result<(), Failure> {
        // SAFETY: the compiler wrote the command, and made sure that arguments and results are
        // those of the export.
        unsafe {
            match command.kind {
                kind if kind == CommandKind::Instantiate as u32 => self.instantiate(command),
                kind if kind == CommandKind::Invoke as u32 => self.invoke(command),
                kind if kind == CommandKind::Get as u32 => self.get(command),
                kind if kind == CommandKind::StartThread as u32 => self.start_thread(command),
                kind if kind == CommandKind::WaitThread as u32 => self.wait_thread(command),
                _ => Err(Failure::Missing),
            }
        }
    }

    unsafe fn instantiate(&mut self, command: &Command) -> Result<(), Failure> {
        // SAFETY: the compiler wrote the records; in static mode each module has one command, and
        // its storage is for that alone.
        unsafe {
            let (module, providers): (&'static Module, _) = (&*command.module, command.providers.get());
            if providers.iter().any(|number| *number != NO_INSTANCE && self.shared.instances.get(*number).is_none()) {
                return Err(Failure::Missing);
            }
            let provider = |position: usize| self.shared.instances.get(*providers.get(position)?);
            link::check(module, provider).map_err(Failure::Unlinkable)?;
            let image = if module.copy_template.is_some() { Image::Kept } else { Image::Consumed };
            let instance = instance::create(module, image, self.stack).map_err(Failure::Refused)?;
            link::bind(module, instance, provider).map_err(Failure::Unlinkable)?;
            if let Some(finish) = module.instantiate {
                trap::catch(self.stack, || finish(instance)).map_err(Failure::Trap)?;
            }
            self.shared.instances.set(command.instance, NonNull::new(instance));
            Ok(())
        }
    }

    unsafe fn invoke(&mut self, command: &Command) -> Result<(), Failure> {
        // SAFETY: the compiler wrote the records; there is room for the arguments and the results
        // of any function.
        unsafe {
            let (instance, export) = self.find(command, ExternKind::Function)?;
            let call = export.call.ok_or(Failure::Missing)?;
            self.values.put(command.arguments.get());
            let values = self.values.as_mut_ptr();
            trap::catch(self.stack, || call(instance.as_ptr(), values)).map_err(Failure::Trap)
        }
    }

    unsafe fn get(&mut self, command: &Command) -> Result<(), Failure> {
        // SAFETY: the compiler wrote the records; the command's one result is of the global's type.
        unsafe {
            let (instance, export) = self.find(command, ExternKind::Global)?;
            let code = command.results.get().first().ok_or(Failure::Missing)?;
            self.values.load(link::address_of(instance, export), *code);
            Ok(())
        }
    }

    unsafe fn start_thread(&mut self, command: &Command) -> Result<(), Failure> {
        let shared = self.shared;
        // SAFETY: the compiler wrote the records; what threads share is made for that.
        unsafe {
            let thread = shared.script.threads.get().get(command.instance as usize).ok_or(Failure::Missing)?;
            let started = thread::start(thread.stack_top, start::program().stack_size, move |stack| {
                Performer::new(shared, stack).perform_all(thread.commands.get());
            });
            shared.threads.set(command.instance, Some(started.ok_or(Failure::NoThread)?.into()));
            Ok(())
        }
    }

    unsafe fn wait_thread(&mut self, command: &Command) -> Result<(), Failure> {
        let thread = self.shared.threads.get(command.instance).ok_or(Failure::Missing)?;
        // SAFETY: threads stay.
        unsafe { thread.as_ref() }.wait();
        Ok(())
    }

    /// What the command uses, which is of that kind.
    unsafe fn find(
        &self,
        command: &Command,
        kind: ExternKind,
    ) -> Result<(NonNull<Instance>, &'static Export), Failure> {
        let instance = self.shared.instances.get(command.instance).ok_or(Failure::Missing)?;
        // SAFETY: the compiler wrote the command; numbered instances are complete.
        let export = unsafe { link::find_export(instance, command.name.get()) };
        let export = export.filter(|export| export.ty.kind == kind as u32).ok_or(Failure::Missing)?;
        Ok((instance, export))
    }
}
