//! From what Cranelift says about a function's machine code to the function's part of the code map.

use cranelift_codegen::ir::{SourceLoc, TrapCode as IrTrapCode};
use cranelift_codegen::{Final, MachBufferFinalized};
use wasmc_runtime::abi::TrapCode;
use wasmc_runtime::code_map::{Encoder, Entry, NO_OPERATOR};

/// The entries of the function in `buffer`, whose body begins at `body`: instructions that trap, calls, and
/// `with_accesses` also accesses to guarded memory. Those are several times as many, and the runtime
/// recognises their faults without an entry.
pub(super) fn encode(buffer: &MachBufferFinalized<Final>, body: u32, with_accesses: bool) -> Vec<u8> {
    let traps = buffer.traps().iter().filter_map(|trap| match trap_code(trap.code) {
        None => with_accesses.then_some((trap.offset, None)),
        code => Some((trap.offset, code)),
    });
    // `Entry` speaks of a call's last byte.
    let calls = buffer.call_sites().map(|call| (call.ret_addr - 1, None));
    let mut instructions: Vec<(u32, Option<TrapCode>)> = traps.chain(calls).collect();
    // Both are in order, and a stable sort merges what is.
    instructions.sort_by_key(|(offset, _)| *offset);

    let mut locations = buffer.get_srclocs_sorted();
    let mut encoder = Encoder::default();
    let mut entries = Vec::new();
    for (code_offset, trap) in instructions {
        while let [first, rest @ ..] = locations
            && first.end <= code_offset
        {
            locations = rest;
        }
        let location = locations.first().filter(|location| location.start <= code_offset);
        let location = location.map_or(SourceLoc::default(), |location| location.loc);
        let wasm_offset = if location.is_default() { NO_OPERATOR } else { location.bits().wrapping_sub(body) };
        if trap.is_some() || wasm_offset != NO_OPERATOR {
            encoder.append(Entry { code_offset, wasm_offset, trap }, &mut entries);
        }
    }
    entries
}

/// The trap that an instruction raises; `None` for accesses to guarded memory, which the runtime
/// recognises by their address.
fn trap_code(code: IrTrapCode) -> Option<TrapCode> {
    match code {
        IrTrapCode::INTEGER_OVERFLOW => Some(TrapCode::IntegerOverflow),
        IrTrapCode::INTEGER_DIVISION_BY_ZERO => Some(TrapCode::IntegerDivideByZero),
        IrTrapCode::BAD_CONVERSION_TO_INTEGER => Some(TrapCode::InvalidConversionToInteger),
        IrTrapCode::STACK_OVERFLOW => Some(TrapCode::CallStackExhausted),
        IrTrapCode::HEAP_OUT_OF_BOUNDS => None,
        user => TrapCode::from_number(user.as_raw().get()),
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::{CodeIndex, World, analyze};
    use crate::codegen::compile_functions;
    use crate::options::{Emit, MemoryChecks, Options};
    use crate::parse::{parse, to_binary};
    use crate::pipeline::Silent;
    use crate::target::Target;
    use cranelift_entity::EntityRef;
    use wasmc_runtime::abi::TrapCode;
    use wasmc_runtime::code_map::{Entry, body_and_entries};

    const CALL: u8 = 0x10;
    const UNREACHABLE: u8 = 0x00;
    const I32_STORE: u8 = 0x36;
    const UNDEFINED_INSTRUCTION: [u8; 2] = [0x0f, 0x0b];
    const NEAR_CALL: u8 = 0xe8;

    /// Calls and stores before the operator that traps, and again behind it.
    const HALF: usize = 3000;

    /// A function whose trap has much code before and behind it.
    struct LongFunction {
        body: Vec<u8>,
        code: Vec<u8>,
        entries: Vec<Entry>,
    }

    impl LongFunction {
        fn compile(debug: bool) -> LongFunction {
            let half = "(call $other) (i32.store (local.get 0) (i32.const 1))".repeat(HALF);
            // Without the call, Cranelift would make one conditional trap of branch and trap, at the branch.
            let text = format!(
                "(module (memory 1) (func $other)
                   (func (param i32) {half} (if (local.get 0) (then (call $other) unreachable)) {half}))"
            );
            let options = Options {
                target: Target::ALL[0],
                emit: Emit::Object,
                memory_checks: MemoryChecks::Guard,
                debug,
                ..Options::default()
            };
            let binary = to_binary(text.as_bytes()).expect("a module");
            let module = parse(&binary, "test", options.features).expect("a valid module");
            let plan = analyze(&module, &mut World::closed(options.target), &options).expect("a plan");
            let code = compile_functions(&module, &plan, None, &options, None, &Silent).expect("code");
            let (index, range) = code.ranges.iter().max_by_key(|(_, range)| range.length).expect("functions");
            let start = code.entry_offsets[index] as usize;
            let end = code.entry_offsets.get(CodeIndex::new(index.index() + 1));
            let end = end.map_or(code.entries.len(), |end| *end as usize);
            let (body, entries) = body_and_entries(&code.entries[start..end]).expect("entries");
            LongFunction {
                body: binary[body as usize..].to_vec(),
                code: code.text[range.start as usize..][..range.length as usize].to_vec(),
                entries: entries.collect(),
            }
        }

        fn operator(&self, entry: &Entry) -> u8 {
            self.body[entry.wasm_offset as usize]
        }
    }

    #[test]
    fn entries_name_the_instruction_and_the_operator() {
        let function = LongFunction::compile(false);
        assert!(function.entries.is_sorted_by(|first, second| first.code_offset < second.code_offset));
        for entry in &function.entries {
            let place = entry.code_offset as usize;
            match entry.trap {
                // The displacement of a call has four bytes; the entry speaks of the last.
                None => assert_eq!((function.code[place - 4], function.operator(entry)), (NEAR_CALL, CALL)),
                Some(code) => {
                    assert_eq!(function.code[place..place + 2], UNDEFINED_INSTRUCTION);
                    assert!(code != TrapCode::Unreachable || function.operator(entry) == UNREACHABLE);
                }
            }
        }
    }

    #[test]
    fn a_trap_in_the_middle_of_a_long_function_has_an_entry() {
        let function = LongFunction::compile(false);
        let traps = function.entries.iter().filter(|entry| entry.trap == Some(TrapCode::Unreachable));
        let [trap] = traps.collect::<Vec<_>>()[..] else { panic!("not one trap") };
        let calls = || function.entries.iter().filter(|entry| entry.trap.is_none());
        let before = calls().filter(|call| call.wasm_offset < trap.wasm_offset).count();
        assert_eq!((before, calls().count()), (HALF + 1, 2 * HALF + 1));
    }

    #[test]
    fn guarded_accesses_have_entries_on_request() {
        let stores = |function: LongFunction| {
            function.entries.iter().filter(|entry| function.operator(entry) == I32_STORE).count()
        };
        assert_eq!(stores(LongFunction::compile(false)), 0);
        assert_eq!(stores(LongFunction::compile(true)), 2 * HALF);
    }
}
