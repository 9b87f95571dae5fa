//! A compiled function as bytes, and back.
//!
//! ```text
//! frame size, alignment                         u32 each
//! machine code                                  length u32, bytes
//! references out of it                          count u32; offset u32, kind u8, symbol u32 u32, addend i64
//! entries of the code map                       length u32, bytes
//! steps of the frame                            0, or 1 and a count u32; offset u32, kind u8, what was saved
//! what else debuggers want to know              as `debug` has it
//! ```
//!
//! Wasm offsets count from the function's body, which moves when one before it changes. Whoever reads this may be given
//! anything: what does not make sense is no function.

use super::debug;
use crate::analyze::{Plan, Symbol};
use crate::codegen::compiled::{CompiledFunction, Relocation, RelocationKind};
use crate::codegen::cranelift::{numbers_of_symbol, symbol_of_numbers};
use crate::codegen::frame::{FrameStep, FrameSteps};
use crate::module::Body;
use wasmc_runtime::code_map::Entries;

/// What to keep of `function`, whose body is `body`; nothing when it has to do with code elsewhere in the module.
pub(super) fn encode(function: &CompiledFunction, body: &Body) -> Option<Vec<u8>> {
    let CompiledFunction { code, alignment, relocations, entries, frame_size, frame_steps, locations, locals, listing } =
        function;
    if listing.is_some() || !are_inside(entries, body) {
        return None;
    }
    let mut out = Vec::with_capacity(code.len() + entries.len() + 21 * relocations.len() + 64);
    put_u32(&mut out, *frame_size);
    put_u32(&mut out, *alignment);
    put_bytes(&mut out, code);
    put_u32(&mut out, relocations.len() as u32);
    for relocation in relocations {
        let (namespace, index) = numbers_of_symbol(relocation.symbol);
        put_u32(&mut out, relocation.offset);
        out.push(position(&RelocationKind::ALL, relocation.kind)?);
        put_u32(&mut out, namespace);
        put_u32(&mut out, index);
        out.extend(relocation.addend.to_le_bytes());
    }
    put_bytes(&mut out, entries);
    match frame_steps {
        None => out.push(0),
        Some(steps) => {
            out.push(1);
            put_steps(&mut out, steps);
        }
    }
    debug::encode(locations, locals, body, &mut out)?;
    Some(out)
}

/// The function that [`encode`] made `bytes` of, whose body is `body`; nothing when they are not from there, or
/// name what `plan` does not have.
pub(super) fn decode(bytes: &[u8], body: &Body, plan: &Plan) -> Option<CompiledFunction> {
    let mut input = Input { bytes };
    let frame_size = input.u32()?;
    let alignment = input.u32().filter(|alignment| alignment.is_power_of_two() && *alignment <= MOST_ALIGNED)?;
    let code = input.bytes()?.to_vec();
    let relocations = relocations(&mut input, &code, plan)?;
    let entries = input.bytes().filter(|entries| are_inside(entries, body))?.to_vec();
    let frame_steps = match input.u8()? {
        0 => None,
        1 => Some(steps(&mut input)?),
        _ => return None,
    };
    let (locations, locals) = debug::decode(&mut input, body, code.len())?;
    input.bytes.is_empty().then_some(CompiledFunction {
        code,
        alignment,
        relocations,
        entries,
        frame_size,
        frame_steps,
        locations,
        locals,
        listing: None,
    })
}

/// More than any function asks for.
const MOST_ALIGNED: u32 = 4096;

fn relocations(input: &mut Input<'_>, code: &[u8], plan: &Plan) -> Option<Vec<Relocation>> {
    let count = input.u32()?;
    let mut relocations = Vec::new();
    for _ in 0..count {
        let offset = input.u32()?;
        let kind = *RelocationKind::ALL.get(usize::from(input.u8()?))?;
        let symbol = symbol_of_numbers(input.u32()?, input.u32()?).filter(|symbol| is_known(*symbol, plan))?;
        let addend = input.u64()? as i64;
        if offset as usize + kind.width() > code.len() {
            return None;
        }
        relocations.push(Relocation { offset, kind, symbol, addend });
    }
    Some(relocations)
}

/// Whether the module still has the code that is meant. Whoever writes the object looks for all other symbols.
fn is_known(symbol: Symbol, plan: &Plan) -> bool {
    match symbol {
        Symbol::Code(code) => plan.code.is_valid(code),
        _ => true,
    }
}

/// Whether all of the entries speak of operators in the body.
fn are_inside(entries: &[u8], body: &Body) -> bool {
    Entries::new(entries).all(|entry| (entry.wasm_offset as usize) < body.range.len())
}

fn put_steps(out: &mut Vec<u8>, steps: &FrameSteps) {
    put_u32(out, steps.len() as u32);
    for (offset, step) in steps {
        put_u32(out, *offset);
        match step {
            FrameStep::Pushed => out.push(0),
            FrameStep::Established => out.push(1),
            FrameStep::Saved { register, below_caller } => {
                out.push(2);
                put_u32(out, u32::from(*register));
                put_u32(out, *below_caller);
            }
        }
    }
}

fn steps(input: &mut Input<'_>) -> Option<FrameSteps> {
    let count = input.u32()?;
    let mut steps = FrameSteps::new();
    for _ in 0..count {
        let offset = input.u32()?;
        let step = match input.u8()? {
            0 => FrameStep::Pushed,
            1 => FrameStep::Established,
            2 => FrameStep::Saved { register: input.u32()?.try_into().ok()?, below_caller: input.u32()? },
            _ => return None,
        };
        steps.push((offset, step));
    }
    Some(steps)
}

fn position<T: PartialEq>(all: &[T], one: T) -> Option<u8> {
    all.iter().position(|candidate| *candidate == one)?.try_into().ok()
}

pub(super) fn put_u32(out: &mut Vec<u8>, number: u32) {
    out.extend(number.to_le_bytes());
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_u32(out, bytes.len() as u32);
    out.extend(bytes);
}

/// What is left to read.
pub(super) struct Input<'a> {
    bytes: &'a [u8],
}

impl<'a> Input<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(*self.take(4)?.first_chunk()?))
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(*self.take(8)?.first_chunk()?))
    }

    fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = self.u32()?;
        self.take(length as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::{CodeIndex, World, analyze};
    use crate::module::Module;
    use crate::options::Options;
    use crate::parse::{parse, to_binary};
    use cranelift_entity::EntityRef;
    use wasmc_runtime::code_map::{Encoder, Entry, NO_OPERATOR};

    const MODULE: &str = "(module (func $callee) (func (call $callee) unreachable))";

    fn with_plan(test: impl FnOnce(&Module<'_>, &Plan)) {
        let options = Options { emit: crate::options::Emit::Object, ..Options::default() };
        let binary = to_binary(MODULE.as_bytes()).expect("a module");
        let module = parse(&binary, "test", options.features).expect("a valid module");
        let plan = analyze(&module, &mut World::closed(options.target), &options).expect("a plan");
        test(&module, &plan);
    }

    /// A function with something of everything, with an operator of `body` at each of its entries.
    fn function(body: &Body) -> CompiledFunction {
        let mut entries = Vec::new();
        let mut encoder = Encoder::default();
        for (code_offset, wasm_offset) in [(1, 1), (3, NO_OPERATOR), (7, body.range.len() as u32 - 1)] {
            encoder.append(Entry { code_offset, wasm_offset, trap: None }, &mut entries);
        }
        let symbol = Symbol::Code(CodeIndex::new(1));
        let relocation = |kind| Relocation { offset: 2, kind, symbol, addend: -4 };
        CompiledFunction {
            code: (0..20).collect(),
            alignment: 16,
            relocations: RelocationKind::ALL.map(relocation).to_vec(),
            entries,
            frame_size: 48,
            frame_steps: Some(vec![
                (1, FrameStep::Pushed),
                (4, FrameStep::Established),
                (9, FrameStep::Saved { register: 3, below_caller: 24 }),
            ]),
            ..CompiledFunction::default()
        }
    }

    #[test]
    fn a_function_comes_back_as_it_was() {
        with_plan(|module, plan| {
            let body = &module.bodies[1];
            let bytes = encode(&function(body), body).expect("bytes");
            let show = |function| format!("{function:?}");
            assert_eq!(show(decode(&bytes, body, plan)), show(Some(function(body))));
        });
    }

    #[test]
    fn what_points_out_of_the_body_is_not_kept() {
        with_plan(|module, _| {
            let [callee, caller] = &module.bodies[..] else { panic!("two functions") };
            assert!(encode(&function(caller), callee).is_none());
        });
    }

    #[test]
    fn damage_is_an_absent_function_or_a_function_within_its_bounds() {
        with_plan(|module, plan| {
            let body = &module.bodies[1];
            let bytes = encode(&function(body), body).expect("bytes");
            for length in 0..bytes.len() {
                assert!(decode(&bytes[..length], body, plan).is_none(), "{length} of {} bytes", bytes.len());
            }
            for position in 0..bytes.len() {
                for bit in 0..8 {
                    let mut damaged = bytes.clone();
                    damaged[position] ^= 1 << bit;
                    let Some(function) = decode(&damaged, body, plan) else { continue };
                    for relocation in &function.relocations {
                        assert!(relocation.offset as usize + relocation.kind.width() <= function.code.len());
                        assert!(is_known(relocation.symbol, plan));
                    }
                }
            }
        });
    }
}
