//! Test scripts, the `.wast` files of the specification's test suite: a script's text in, one
//! executable out that carries all of its modules and assertions and runs them natively.
//!
//! What a text or a validator decides (`assert_malformed`, `assert_invalid`) is decided here. The
//! rest becomes commands (`wasmc_runtime::abi::script`) that the executable runs in order, each
//! followed by a line on its standard output; [`Script::read_report`] turns those lines back into
//! one verdict for each directive.

mod builder;
mod command;
mod modules;
mod report;
mod scope;
mod traps;
mod values;

pub use command::{Command, Pattern, ScriptPlan};
pub use report::{Directive, DirectiveResult, Verdict};

use crate::error::{Error, InputError};
use crate::object::write_script;
use crate::options::Options;
use crate::pipeline::{self, Observer};
use builder::ScriptBuilder;
use wast::Wast;
use wast::lexer::Lexer;
use wast::parser::{self, ParseBuffer};

/// A compiled script.
pub struct Script {
    /// The program; `None` when nothing of the script is left to run.
    pub executable: Option<Vec<u8>>,
    /// Its directives, in order.
    pub directives: Vec<Directive>,
}

/// Compiles the script `source`. Of `options`, those count that say how to compile a module.
///
/// # Errors
/// [`Error::Input`] when the script itself cannot be read; a module in it that does not compile is a
/// verdict instead. [`Error::Bug`] when the executable cannot be made.
pub fn build_script(source: &str, options: &Options, observer: &dyn Observer) -> Result<Script, Error> {
    let pool = pipeline::thread_pool(options)?;
    pool.install(|| {
        let unreadable = |mut error: wast::Error| {
            error.set_text(source);
            Error::Input(InputError::Text { message: error.to_string() })
        };
        let mut lexer = Lexer::new(source);
        // Names that look like others are one of the things the suite tests.
        lexer.allow_confusing_unicode(true);
        let buffer = ParseBuffer::new_with_lexer(lexer).map_err(unreadable)?;
        let wast: Wast<'_> = parser::parse(&buffer).map_err(unreadable)?;

        let mut builder = ScriptBuilder::new(source, options, observer)?;
        builder.run(wast.directives);
        let (plan, mut objects, directives) = builder.finish();
        if plan.is_empty() {
            return Ok(Script { executable: None, directives });
        }
        objects.push(write_script(&plan, options)?);
        let executable = crate::link::link(objects, options, observer)?;
        Ok(Script { executable: Some(executable), directives })
    })
}
