//! The records of `wasmc_runtime::abi::script`, and the program that runs them, as an object.

use super::Writer;
use super::records::{Records, read_only, stack_landing};
use super::section::{Place, SectionName, Target};
use crate::analyze::{self, script_stack};
use crate::error::Error;
use crate::options::Options;
use crate::script::{Command, Pattern, ScriptPlan};
use crate::target::Target as Platform;
use std::mem::{offset_of, size_of};
use wasmc_runtime::abi::script::{PatternKind, RUN_SCRIPT_SYMBOL, SCRIPT_SYMBOL, Value};
use wasmc_runtime::abi::{PROGRAM_SYMBOL, Program, script};

/// Writes the object of a script: its commands and the `abi::Program` that runs them. The modules
/// are in objects of their own.
///
/// # Errors
/// [`Error::Environment`] when the stack is out of range, [`Error::Bug`] when a value does not fit
/// its field in the format.
pub fn write_script(plan: &ScriptPlan, options: &Options) -> Result<Vec<u8>, Error> {
    let mut records = Records::default();
    let record = records.add_script(plan, options.target);
    let program = records.add_script_program(plan, options)?;
    let mut writer = Writer::new(options.target);
    writer.add_contents(records.read_only, SectionName::ReadOnly);
    writer.add_global(SCRIPT_SYMBOL, SectionName::ReadOnly, record);
    writer.add_global(PROGRAM_SYMBOL, SectionName::ReadOnly, program);
    writer.add_relocations()?;
    writer.object.write().map_err(|error| Error::bug("writing the object", error))
}

impl Records {
    fn add_script(&mut self, plan: &ScriptPlan, target: Platform) -> u64 {
        let commands = self.add_commands(&plan.commands);
        let threads: Vec<(Place, usize)> =
            plan.threads.iter().map(|thread| self.add_commands(&thread.commands)).collect();
        let start = self.reserve_records::<script::Thread>(threads.len());
        for (position, (place, count)) in threads.iter().enumerate() {
            let thread = start + (position * size_of::<script::Thread>()) as u64;
            let out = &mut self.read_only;
            out.put_slice(thread + offset_of!(script::Thread, commands) as u64, *place, *count);
            let stack_top = analyze::thread_stack_top(target, position as u32);
            out.put_u64(thread + offset_of!(script::Thread, stack_top) as u64, stack_top);
        }
        let record = self.reserve_records::<script::Script>(1);
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_slice(field(offset_of!(script::Script, commands)), commands.0, commands.1);
        out.put_slice(field(offset_of!(script::Script, threads)), read_only(start), threads.len());
        out.put_u64(field(offset_of!(script::Script, instances)), u64::from(plan.instances));
        record
    }

    fn add_script_program(&mut self, plan: &ScriptPlan, options: &Options) -> Result<u64, Error> {
        let stack = script_stack(options)?;
        let requirements = self.add_requirements(options)?;
        let record = self.reserve_records::<Program>(1);
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_address(field(offset_of!(Program, module)), Target::External(plan.spectest.clone()));
        out.put_address(field(offset_of!(Program, run)), Target::External(RUN_SCRIPT_SYMBOL.to_owned()));
        out.put_u64(field(offset_of!(Program, stack_top)), stack.top);
        out.put_u64(field(offset_of!(Program, stack_size)), stack.size);
        let landing = stack_landing(options.target, plan.largest_frame);
        out.put_u64(field(offset_of!(Program, stack_landing)), landing);
        if let Some(requirements) = requirements {
            out.put_address(field(offset_of!(Program, requirements)), Target::Place(requirements));
        }
        Ok(record)
    }

    fn add_commands(&mut self, commands: &[Command]) -> (Place, usize) {
        let parts: Vec<CommandParts> = commands.iter().map(|command| self.add_command_parts(command)).collect();
        let start = self.reserve_records::<script::Command>(commands.len());
        for (position, (command, parts)) in commands.iter().zip(parts).enumerate() {
            let record = start + (position * size_of::<script::Command>()) as u64;
            let field = |offset: usize| record + offset as u64;
            let out = &mut self.read_only;
            out.put_u32(field(offset_of!(script::Command, number)), command.number);
            out.put_u32(field(offset_of!(script::Command, kind)), command.kind as u32);
            out.put_u32(field(offset_of!(script::Command, instance)), command.instance);
            out.put_u32(field(offset_of!(script::Command, outcome)), command.outcome as u32);
            let traps = command.traps.iter().fold(0, |set, code| set | 1u64 << *code as u8);
            out.put_u64(field(offset_of!(script::Command, traps)), traps);
            if let Some(module) = &command.module {
                out.put_address(field(offset_of!(script::Command, module)), Target::External(module.clone()));
            }
            out.put_slice(field(offset_of!(script::Command, providers)), parts.providers, command.providers.len());
            out.put_slice(field(offset_of!(script::Command, name)), parts.name, command.name.len());
            out.put_slice(field(offset_of!(script::Command, arguments)), parts.arguments, command.arguments.len());
            out.put_slice(field(offset_of!(script::Command, results)), parts.results, command.results.len());
            out.put_slice(field(offset_of!(script::Command, expected)), parts.expected, command.expected.len());
        }
        (read_only(start), commands.len())
    }

    fn add_command_parts(&mut self, command: &Command) -> CommandParts {
        let results: Vec<u8> = command.results.iter().map(|code| *code as u8).collect();
        CommandParts {
            providers: self.append_u32s(command.providers.iter().copied()),
            name: self.append_bytes(command.name.as_bytes(), 1),
            arguments: self.add_values(&command.arguments),
            results: self.append_bytes(&results, 1),
            expected: self.add_patterns(&command.expected),
        }
    }

    fn add_values(&mut self, values: &[Value]) -> Place {
        let start = self.reserve_records::<Value>(values.len());
        for (position, value) in values.iter().enumerate() {
            let record = start + (position * size_of::<Value>()) as u64;
            let bits = record + offset_of!(Value, bits) as u64;
            self.read_only.put_u64(bits, value.bits[0]);
            self.read_only.put_u64(bits + 8, value.bits[1]);
            self.read_only.put_u64(record + offset_of!(Value, code) as u64, value.code);
        }
        read_only(start)
    }

    fn add_patterns(&mut self, patterns: &[Pattern]) -> Place {
        let alternatives: Vec<Option<Place>> = patterns
            .iter()
            .map(|pattern| match pattern {
                Pattern::Either(patterns) => Some(self.add_patterns(patterns)),
                _ => None,
            })
            .collect();
        let start = self.reserve_records::<script::Pattern>(patterns.len());
        for (position, (pattern, alternatives)) in patterns.iter().zip(alternatives).enumerate() {
            let record = start + (position * size_of::<script::Pattern>()) as u64;
            let field = |offset: usize| record + offset as u64;
            let out = &mut self.read_only;
            let kind = match pattern {
                Pattern::Lanes { bytes, bits, rules, .. } => {
                    out.put_u32(field(offset_of!(script::Pattern, lane_bytes)), *bytes);
                    out.put_u64(field(offset_of!(script::Pattern, bits)), bits[0]);
                    out.put_u64(field(offset_of!(script::Pattern, bits)) + 8, bits[1]);
                    for (lane, rule) in rules.iter().enumerate() {
                        out.put_u8(field(offset_of!(script::Pattern, rules)) + lane as u64, *rule as u8);
                    }
                    PatternKind::Lanes
                }
                Pattern::NonNull => PatternKind::NonNull,
                Pattern::Either(patterns) => {
                    if let Some(place) = alternatives {
                        out.put_slice(field(offset_of!(script::Pattern, alternatives)), place, patterns.len());
                    }
                    PatternKind::Either
                }
            };
            out.put_u32(field(offset_of!(script::Pattern, kind)), kind as u32);
        }
        read_only(start)
    }
}

/// Where the parts of a command are that have a length of their own.
struct CommandParts {
    providers: Place,
    name: Place,
    arguments: Place,
    results: Place,
    expected: Place,
}
