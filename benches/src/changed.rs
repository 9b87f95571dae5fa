//! A module as it is after a function of it was edited: a little longer, so that all code behind it has moved.

use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{CodeSection, Instruction, Module};
use wasmc_guests::Error;
use wasmparser::{FunctionBody, Parser};

/// The module `binary`, with `operators` more that do nothing in the function in the middle of its code.
pub(crate) fn changed(binary: &[u8], operators: usize) -> Result<Vec<u8>, Error> {
    let payloads = Parser::new(0).parse_all(binary).flatten();
    let functions = payloads.filter(|payload| matches!(payload, wasmparser::Payload::CodeSectionEntry(_))).count();
    let mut edit = Edit { position: functions / 2, operators, next: 0 };
    let mut module = Module::new();
    edit.parse_core_module(&mut module, Parser::new(0), binary).map_err(|error| Error::Failed(error.to_string()))?;
    Ok(module.finish())
}

struct Edit {
    position: usize,
    operators: usize,
    /// The function that comes next.
    next: usize,
}

impl Reencode for Edit {
    type Error = Infallible;

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), reencode::Error<Infallible>> {
        let mut function = utils::new_function_with_parsed_locals(self, &body)?;
        if self.next == self.position {
            for _ in 0..self.operators {
                function.instruction(&Instruction::Nop);
            }
        }
        self.next += 1;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}
