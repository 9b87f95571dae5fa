//! What the interpreter gets in place of a module: without the operators that it does not know, or for which it need
//! not choose the results that wasmc does. Each becomes what it does here, in operators that leave no choice.

mod atomics;
mod relaxed;

use super::atomic::Atomic;
use super::references::Sites;
use super::rewrite::{Additions, Body, Result, Rules, rewrite};
use wasm_encoder::MemoryType;
use wasmparser::Operator;

/// The function that models tell of events: its module and its name.
pub const REPORT: (&str, &str) = ("model", "report");

/// What a model reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Event {
    /// An atomic operator begins.
    Atomic,
    /// A relaxed vector operator begins.
    Relaxed,
    /// What wasmc gets calls through a typed reference here.
    Reference,
    /// It is a trap: "unaligned atomic".
    Unaligned,
    /// It is a trap: "expected shared memory".
    Unshared,
}

impl Event {
    /// All, in the order of their numbers.
    pub const ALL: [Event; 5] = [Event::Atomic, Event::Relaxed, Event::Reference, Event::Unaligned, Event::Unshared];
}

/// The model of `binary`, in which the calls at `sites` go through references.
///
/// # Errors
/// When it is no module.
pub fn model(binary: &[u8], sites: &Sites) -> Result<Vec<u8>> {
    let additions = Additions { import: Some(REPORT), ..Additions::default() };
    rewrite(binary, &additions, &mut Model { sites: sites.each() })
}

struct Model<S> {
    sites: S,
}

impl<S: Iterator<Item = bool>> Rules for Model<S> {
    fn operator(&mut self, operator: &Operator<'_>, encoded: &[u8], body: &mut Body<'_>) {
        if let Operator::Call { .. } | Operator::ReturnCall { .. } = operator
            && self.sites.next() == Some(true)
        {
            report(Event::Reference, body);
        }
        if let Some(atomic) = Atomic::decode(encoded) {
            report(Event::Atomic, body);
            atomics::write(&atomic, body);
        } else if relaxed::is_relaxed(operator) {
            report(Event::Relaxed, body);
            relaxed::write(operator, body);
        } else {
            body.copy(encoded);
        }
    }

    fn memory(&self, ty: MemoryType) -> MemoryType {
        MemoryType { shared: false, ..ty }
    }
}

/// The report of a trap does not return.
fn report(event: Event, body: &mut Body<'_>) {
    // The function is the last of those that are imported.
    let function = body.shape.imported_functions;
    body.emit().i32_const(event as i32).call(function);
}
