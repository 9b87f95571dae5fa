//! The monsters: one function makes one. Limits of validation are wasmparser's, which are those of browsers.

use crate::binary::{I32, I64, V128, custom, function, module, number, section};
use crate::monster::Monster;
use libtest_mimic::Trial;
use std::fmt::Write;
use wasmc_compiler::to_binary;

const EXPLICIT: &[&str] = &["--memory-checks=explicit"];
const GUARD: &[&str] = &["--memory-checks=guard"];
const UNOPTIMISED: &[&str] = &["-O0"];
const INVOKE: &[&str] = &["--invoke=run"];
const INVOKE_UNOPTIMISED: &[&str] = &["--invoke=run", "-O0"];
const INVOKE_DYNAMIC: &[&str] = &["--invoke=run", "--instances=dynamic"];

pub fn trials() -> Vec<Trial> {
    let monsters = vec![
        Monster::new("100000 functions", || functions(100_000)).with(INVOKE).prints("100000\n"),
        Monster::new("1000001 functions", || functions(1_000_001)).refused("functions count"),
        Monster::new("1000000 locals", || locals(1_000_000)).refused("too many locals"),
        Monster::new("50000 locals", || locals(50_000)).with(INVOKE).prints("0\n"),
        Monster::new("50000 locals", || locals(50_000)).with(INVOKE_UNOPTIMISED).prints("0\n"),
        Monster::new("20000 locals that meet", || locals_that_meet(20_000)).with(INVOKE),
        Monster::new("20000 locals that meet", || locals_that_meet(20_000)).with(INVOKE_UNOPTIMISED),
        Monster::new("50000 locals that meet", || locals_that_meet(50_000)).with(INVOKE),
        Monster::new("500 locals through 500 loops", || locals_through_loops(500, 500)).with(INVOKE).prints("1\n"),
        Monster::new("2000 locals through 1000 loops", || locals_through_loops(2_000, 1_000)).with(INVOKE),
        Monster::new("2000 locals through 1000 loops", || locals_through_loops(2_000, 1_000)).with(INVOKE_UNOPTIMISED),
        Monster::new("br_table of 1000000", || br_table(1_000_000)).with(INVOKE).prints("7\n"),
        Monster::new("br_table of 1000000", || br_table(1_000_000)).with(INVOKE_UNOPTIMISED).prints("7\n"),
        Monster::new("br_table to 10000 blocks", || br_table_to_blocks(10_000)).with(INVOKE).prints("7\n"),
        Monster::new("br_table with 1000 operands to 1000 blocks", || operands_to_blocks(1_000, 1_000)),
        Monster::new("100000 br_if with 1000 operands", || operands_of_br_if(1_000, 100_000)),
        Monster::new("500000 br_if with 1000 operands", || operands_of_br_if(1_000, 500_000)),
        Monster::new("10000 blocks of 1000 parameters", || parameters_of_blocks(1_000, 10_000)),
        Monster::new("100000 blocks", || nested(100_000, Nest::Block)).with(INVOKE).prints("7\n"),
        Monster::new("100000 blocks", || nested(100_000, Nest::Block)).with(INVOKE_UNOPTIMISED).prints("7\n"),
        Monster::new("100000 loops", || nested(100_000, Nest::Loop)).with(INVOKE).prints("7\n"),
        Monster::new("100000 loops", || nested(100_000, Nest::Loop)).with(INVOKE_UNOPTIMISED).prints("7\n"),
        Monster::new("100000 ifs", || nested(100_000, Nest::If)).with(INVOKE).prints("7\n"),
        Monster::new("100000 ifs", || nested(100_000, Nest::If)).with(INVOKE_UNOPTIMISED).prints("7\n"),
        Monster::new("100000 dead blocks", || nested(100_000, Nest::Dead)).with(INVOKE).prints("7\n"),
        Monster::new("text nested 100000 deep", || nested_text(100_000)),
        Monster::new("text of 100000 folded blocks", || folded(100_000, "(block ", ")")),
        Monster::new("text of 100000 folded ifs", || folded(100_000, "(if (i32.const 1) (then ", "))")),
        Monster::new("text of 100000 parentheses", || vec![b'('; 100_000]).refused("input.wasm"),
        Monster::new("text of 100000 comments", || "(;".repeat(100_000).into_bytes()).refused("input.wasm"),
        Monster::new("a line of 7 MB", || straight_line(7_000_000)).with(INVOKE).prints("0\n"),
        Monster::new("a line of 7 MB", || straight_line(7_000_000)).with(INVOKE_UNOPTIMISED).prints("0\n"),
        Monster::new("a line of 7 MB with memory", || memory_line(7_000_000)).with(INVOKE),
        Monster::new("a line of 1 MB of calls", || calls(1_000_000)).with(INVOKE).prints("0\n"),
        Monster::new("a line of 240000 vector operators", || vector_line(240_000)).with(INVOKE).prints("0\n"),
        Monster::new("a line of 490000 vector operators", || vector_line(490_000)).with(INVOKE).prints("0\n"),
        Monster::new("a line of 2000000 vector operators", || vector_line(2_000_000))
            .with(INVOKE)
            .refused("vector operators"),
        Monster::new("50000 vectors in locals", || vector_locals(50_000)).with(INVOKE).prints("49999\n"),
        Monster::new("50000 vectors in locals", || vector_locals(50_000)).with(INVOKE_UNOPTIMISED).prints("49999\n"),
        Monster::new("an expression of 1000000 operands", || operands(1_000_000)).with(INVOKE).prints("1000000\n"),
        Monster::new("an expression 1000000 deep", || chain(1_000_000)).with(INVOKE).prints("1000000\n"),
        Monster::new("100000 data segments", || data_segments(100_000)).with(INVOKE).prints("9\n"),
        Monster::new("100000 data segments", || data_segments(100_000)).with(INVOKE_DYNAMIC).prints("9\n"),
        Monster::new("data segments over each other", || data_over_data(10_000)).with(INVOKE).prints("9\n"),
        Monster::new("sparse data segments", sparse_data).with(INVOKE).prints("9\n"),
        Monster::new("data of 64 MB", || large_data(64 << 20)).with(INVOKE).prints("9\n"),
        Monster::new("100000 element segments", || element_segments(100_000, 100_000)).with(INVOKE).prints("7\n"),
        Monster::new("100000 element segments", || element_segments(100_000, 100_000))
            .with(INVOKE_DYNAMIC)
            .prints("7\n"),
        Monster::new("10000000 table elements", || table(10_000_000)).with(INVOKE).prints("7\n"),
        Monster::new("10000001 table elements", || table(10_000_001)).with(INVOKE),
        Monster::new("4294967295 table elements", || table(u32::MAX.into())).with(INVOKE),
        Monster::new("4 GiB of memory", || memory(65_536, 0)).with(GUARD).stops(134, "unreachable"),
        Monster::new("4 GiB of memory", || memory(65_536, 0)).with(EXPLICIT).stops(134, "unreachable"),
        Monster::new("65537 pages", || memory(65_537, 0)).refused("memory size"),
        Monster::new("100 memories", || memories(100, "")).with(GUARD).stops(134, "unreachable"),
        Monster::new("100 memories", || memories(100, "")).with(EXPLICIT).stops(134, "unreachable"),
        Monster::new("100 memories of 64 bits", || memories(100, "i64")).stops(134, "unreachable"),
        Monster::new("101 memories", || memories(101, "")).refused("memories count"),
        Monster::new("data at the end of 4 GiB", || memory(65_536, u32::MAX)).with(GUARD).stops(134, "unreachable"),
        Monster::new("data at the end of 4 GiB", || memory(65_536, u32::MAX)).with(EXPLICIT).stops(134, "unreachable"),
        Monster::new("data behind the end", || memory(1, 65_536)).stops(134, "out of bounds memory access"),
        Monster::new("1000 parameters and results", || values(1_000)).with(INVOKE).prints("999\n"),
        Monster::new("1000 parameters and results", || values(1_000)).with(INVOKE_UNOPTIMISED).prints("999\n"),
        Monster::new("1001 parameters", || values(1_001)).refused("params size"),
        Monster::new("100000 types", || types(100_000)),
        Monster::new("100000 imports", || imports(100_000)).with(&["--stub-imports"]),
        Monster::new("100000 imports", || imports(100_000)).refused("imports that nothing provides"),
        Monster::new("100000 exports", || exports(100_000)),
        Monster::new("100000 exports to choose from", || exports(100_000)).with(&["--invoke=none"]).refused("none"),
        Monster::new("100000 globals", || globals(100_000)).with(INVOKE).prints("99999\n"),
        Monster::new("strange names", strange_names).stops(134, "unreachable"),
        Monster::new("a name of 1 MB", || names(&[&[b'n'; 1 << 20]])).stops(134, "unreachable"),
        Monster::new("the same name 1000 times", || names(&[b"twice".as_slice(); 1000])).stops(134, "unreachable"),
        Monster::new("20000 names that are almost of C++", almost_mangled).stops(134, "unreachable"),
        Monster::new("names that become long ones", swelling_names).stops(134, "unreachable"),
        Monster::new("names that are symbols of the runtime", runtime_names).stops(134, "unreachable"),
        Monster::new("names that are not UTF-8", || names(&[b"\xff\xfe", b"\xc3", b"ok"])).stops(134, "unreachable"),
        Monster::new("garbage in the name section", garbage_names).stops(134, "unreachable"),
        Monster::new("garbage in custom sections", garbage_sections).stops(134, "unreachable"),
        Monster::new("a custom section of 64 MB", large_section).stops(134, "unreachable"),
        Monster::new("a start that traps", start_traps).stops(134, "unreachable"),
        Monster::new("a start that does not end its recursion", start_recurses).stops(134, "call stack exhausted"),
        Monster::new("a vector count of 4294967295", huge_count).refused("input.wasm"),
        Monster::new("64 MB of zeros", || vec![0; 64 << 20]).refused("input.wasm"),
        Monster::new("64 MB of text", || vec![b' '; 64 << 20]),
        Monster::new("100000 functions", || functions(100_000)).with(&["-O0", "--invoke=run"]).prints("100000\n"),
        Monster::new("100 references to each of 20000 functions", || references(20_000)).with(INVOKE).prints("7\n"),
        Monster::new("a line of 7 MB", || straight_line(7_000_000)).with(UNOPTIMISED).refused("_start"),
    ];
    monsters.into_iter().map(Monster::trial).collect()
}

/// A module written as text, which must be well-formed.
fn text(text: impl AsRef<str>) -> Vec<u8> {
    match to_binary(text.as_ref().as_bytes()) {
        Ok(binary) => binary.into_owned(),
        Err(error) => panic!("this file writes text that is not well-formed: {error}"),
    }
}

/// A command whose start traps, with `items` beside it.
fn trapping(items: &str) -> Vec<u8> {
    text(format!("(module {items} (func (export \"_start\") unreachable))"))
}

/// Text of `count` items.
fn repeat(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", item(number));
        text
    })
}

/// Functions that each add their number; the last but one is called.
fn functions(count: usize) -> Vec<u8> {
    let functions = repeat(count - 1, |number| match number {
        0 => "(func (result i32) (i32.const 1))".to_owned(),
        number => format!("(func (param i32) (result i32) (i32.add (i32.const {number}) (local.get 0)))"),
    });
    let run = format!("(func (export \"run\") (result i32) (call {} (i32.const 2)))", count - 2);
    text(format!("(module {functions} {run})"))
}

/// Locals in one group, of which the last is read.
fn locals(count: u32) -> Vec<u8> {
    function(&[(count, I32)], &[&[0x20], number(count - 1).as_slice()].concat())
}

/// Locals that are set on one of two ways and read behind both: each needs a value of its own where the ways meet.
fn locals_that_meet(count: u32) -> Vec<u8> {
    // local.get 0, if
    let mut body = vec![0x20, 0, 0x04, 0x40];
    for local in 0..count {
        // i32.const 5, local.set
        body.extend([0x41, 5, 0x21]);
        body.extend(number(local));
    }
    // end, i32.const 0
    body.extend([0x0b, 0x41, 0]);
    for local in 0..count {
        // local.get, i32.add
        body.push(0x20);
        body.extend(number(local));
        body.push(0x6a);
    }
    function(&[(count, I32)], &body)
}

/// Locals that are read inside and set behind many nested loops: each loop needs a value for each of them.
fn locals_through_loops(count: u32, loops: usize) -> Vec<u8> {
    let mut body = [0x03, 0x40].repeat(loops);
    for local in 0..count {
        // local.get, i32.const 1, i32.add, local.set
        body.push(0x20);
        body.extend(number(local));
        body.extend([0x41, 1, 0x6a, 0x21]);
        body.extend(number(local));
    }
    // local.get 0, i32.eqz, br_if 0, end: local 0 is 1 by now, so no loop runs twice.
    body.extend([0x20, 0, 0x45, 0x0d, 0, 0x0b].repeat(loops));
    body.extend([0x20, 0]);
    function(&[(count, I32)], &body)
}

/// Entries that all lead out.
fn br_table(count: u32) -> Vec<u8> {
    // block, i32.const 3, br_table
    let mut body = vec![0x02, 0x40, 0x41, 3, 0x0e];
    body.extend(number(count));
    body.extend(vec![0; count as usize + 1]);
    // end, i32.const 7
    body.extend([0x0b, 0x41, 7]);
    function(&[], &body)
}

/// Entries that lead to as many blocks.
fn br_table_to_blocks(count: u32) -> Vec<u8> {
    let mut body = [0x02, 0x40].repeat(count as usize);
    body.extend([0x41, 3, 0x0e]);
    body.extend(number(count - 1));
    (0..count).for_each(|target| body.extend(number(target)));
    body.extend(vec![0x0b; count as usize]);
    body.extend([0x41, 7]);
    function(&[], &body)
}

/// `count` values of type i32 as a type.
fn many_i32(count: usize) -> String {
    "i32 ".repeat(count)
}

/// Entries that carry operands to as many blocks, ten times.
fn operands_to_blocks(operands: usize, blocks: usize) -> Vec<u8> {
    let constants = "i32.const 1 ".repeat(operands);
    let targets = repeat(blocks, |number| number.to_string());
    let open = "(block (type $many) ".repeat(blocks);
    let close = ")".repeat(blocks);
    let table = format!("{open} {constants} (br_table {targets} (local.get 0)) {close} {}", "drop ".repeat(operands));
    let tables = table.repeat(10);
    text(format!(
        "(module (type $many (func (result {}))) (func (export \"_start\") (local i32) {tables}))",
        many_i32(operands)
    ))
}

/// Conditional branches that each carry the same operands.
fn operands_of_br_if(operands: usize, branches: usize) -> Vec<u8> {
    text(format!(
        "(module (type $many (func (result {}))) (func (export \"_start\") (local i32) (block (type $many) {} {}) {}))",
        many_i32(operands),
        "i32.const 1 ".repeat(operands),
        "(br_if 0 (local.get 0)) ".repeat(branches),
        "drop ".repeat(operands),
    ))
}

/// Nested loops that all take and give the same operands.
fn parameters_of_blocks(parameters: usize, loops: usize) -> Vec<u8> {
    text(format!(
        "(module (type $many (func (param {0}) (result {0}))) (func (export \"_start\") (local i32) {1} {2} {3} {4}))",
        many_i32(parameters),
        "i32.const 1 ".repeat(parameters),
        "loop (type $many) ".repeat(loops),
        "(br_if 0 (local.get 0)) end ".repeat(loops),
        "drop ".repeat(parameters),
    ))
}

/// What is nested.
enum Nest {
    Block,
    Loop,
    If,
    Dead,
}

fn nested(depth: usize, nest: Nest) -> Vec<u8> {
    let open: &[u8] = match nest {
        Nest::Block | Nest::Dead => &[0x02, 0x40],
        Nest::Loop => &[0x03, 0x40],
        Nest::If => &[0x41, 1, 0x04, 0x40],
    };
    let mut body = match nest {
        // block, br 0: what follows cannot run.
        Nest::Dead => vec![0x02, 0x40, 0x0c, 0],
        _ => Vec::new(),
    };
    body.extend(open.repeat(depth));
    body.extend(vec![0x0b; depth]);
    if matches!(nest, Nest::Dead) {
        body.push(0x0b);
    }
    body.extend([0x41, 7]);
    function(&[], &body)
}

/// A folded expression in the text format.
fn nested_text(depth: usize) -> Vec<u8> {
    let text = format!(
        "(module (func (export \"_start\") (drop {}(i32.const 1){})))",
        "(i32.eqz ".repeat(depth),
        ")".repeat(depth)
    );
    text.into_bytes()
}

/// Folded instructions in the text format.
fn folded(depth: usize, open: &str, close: &str) -> Vec<u8> {
    format!("(module (func (export \"_start\") {}{}))", open.repeat(depth), close.repeat(depth)).into_bytes()
}

/// Instructions that depend on each other, one after the other.
fn straight_line(length: usize) -> Vec<u8> {
    // local.get 0, i32.const 1, i32.mul, local.set 0
    function(&[(1, I32)], &[[0x20, 0, 0x41, 1, 0x6c, 0x21, 0].repeat(length / 7).as_slice(), &[0x20, 0]].concat())
}

/// Loads and stores one after the other.
fn memory_line(length: usize) -> Vec<u8> {
    // local.get 0, local.get 0, i64.load offset=8, i64.store offset=16, local.get 0, i32.const 8, i32.add, local.set 0
    let step = [0x20, 0, 0x20, 0, 0x29, 3, 8, 0x37, 3, 16, 0x20, 0, 0x41, 0, 0x6a, 0x21, 0];
    function(&[(1, I32), (1, I64)], &[step.repeat(length / step.len()).as_slice(), &[0x20, 0]].concat())
}

/// The operator that becomes the most instructions, one after the other.
fn vector_line(count: usize) -> Vec<u8> {
    // i32.const 0, v128.load; i32x4.trunc_sat_f32x4_u; i32x4.extract_lane 0
    let body = [&[0x41, 0, 0xfd, 0, 0, 0], [0xfd, 0xf9, 1].repeat(count).as_slice(), &[0xfd, 0x1b, 0]].concat();
    function(&[], &body)
}

/// Locals that are all alive: each has one more in its lanes than the one before.
fn vector_locals(count: u32) -> Vec<u8> {
    // i32.const 0, v128.load, local.set 0
    let mut body = vec![0x41, 0, 0xfd, 0, 0, 0, 0x21, 0];
    for local in 1..count {
        // local.get, i32.const 1, i32x4.splat, i32x4.add, local.set
        let next = [&[0x20], number(local - 1).as_slice(), &[0x41, 1, 0xfd, 0x11, 0xfd, 0xae, 1, 0x21]].concat();
        body.extend([next, number(local)].concat());
    }
    // The greatest of all, from the first to the last: local.get, i32x4.max_u
    body.extend([0x20, 0]);
    for local in 1..count {
        body.extend([&[0x20], number(local).as_slice(), &[0xfd, 0xb9, 1]].concat());
    }
    body.extend([0xfd, 0x1b, 0]);
    function(&[(count, V128)], &body)
}

/// Calls one after the other.
fn calls(length: usize) -> Vec<u8> {
    text(format!(
        "(module (func $f (param i32) (result i32) (local.get 0)) (func (export \"run\") (result i32) (i32.const 0) {}))",
        "call $f ".repeat(length / 2)
    ))
}

/// All operands first, then all additions.
fn operands(count: usize) -> Vec<u8> {
    // A load gives a value that nobody knows: i32.const 0, i32.load8_u, i32.eqz
    let body = [[0x41, 0, 0x2d, 0, 0, 0x45].repeat(count), vec![0x6a; count - 1]].concat();
    function(&[], &body)
}

/// Each addition takes the one before.
fn chain(count: usize) -> Vec<u8> {
    let step = [0x41, 0, 0x2d, 0, 0, 0x45, 0x6a];
    function(&[], &[&[0x41, 0], step.repeat(count).as_slice()].concat())
}

/// Segments of one byte, of which the last is read.
fn data_segments(count: usize) -> Vec<u8> {
    let segments = repeat(count, |number| {
        format!("(data (i32.const {}) \"{}\")", number * 3, if number + 1 == count { "\\09" } else { "x" })
    });
    text(format!(
        "(module (memory 10) {segments} (func (export \"run\") (result i32) (i32.load8_u (i32.const {}))))",
        (count - 1) * 3
    ))
}

/// Segments of 256 bytes that each cover most of the one before.
fn data_over_data(count: usize) -> Vec<u8> {
    let segments = repeat(count, |number| format!("(data (i32.const {number}) \"{}\")", "\\09".repeat(256)));
    text(format!("(module (memory 10) {segments} (func (export \"run\") (result i32) (i32.load8_u (i32.const 77))))"))
}

/// One byte in each sixteenth page of 4 GiB: the image in the file must not be as large as the memory.
fn sparse_data() -> Vec<u8> {
    let segments = repeat(4096, |number| format!("(data (i32.const {}) \"\\09\")", number << 20));
    text(format!(
        "(module (memory 65536) {segments} (func (export \"run\") (result i32) (i32.load8_u (i32.const 0x7ff00000))))"
    ))
}

/// One large segment.
fn large_data(length: u32) -> Vec<u8> {
    let code = b"\x01\x0d\0\x41\xff\xff\xff\x1f\x2d\0\0\x1a\x41\x09\x0b";
    let data = [&[1, 0, 0x41, 0, 0x0b], number(length).as_slice(), vec![b'd'; length as usize].as_slice()].concat();
    module(&[
        section(1, &[1, 0x60, 0, 1, I32]),
        section(3, &[1, 0]),
        section(5, &[&[1, 0], number(length / 65536).as_slice()].concat()),
        section(7, b"\x01\x03run\0\0"),
        section(10, code),
        section(11, &data),
    ])
}

/// Segments of one element each.
fn element_segments(count: usize, elements: usize) -> Vec<u8> {
    let segments = repeat(count, |number| format!("(elem (i32.const {}) $f)", number % elements));
    text(format!(
        "(module (table {elements} funcref) {segments} (func $f (result i32) (i32.const 7))
           (func (export \"run\") (result i32) (call_indirect (result i32) (i32.const {}))))",
        count / 2
    ))
}

/// A table of which one element is used.
fn table(count: u64) -> Vec<u8> {
    text(format!(
        "(module (table {count} funcref) (elem (i32.const {last}) $f) (func $f (result i32) (i32.const 7))
           (func (export \"run\") (result i32) (call_indirect (result i32) (i32.const {last}))))",
        last = count - 1
    ))
}

/// Memories of one page, with this type of index.
fn memories(count: usize, index: &str) -> Vec<u8> {
    trapping(&repeat(count, |_| format!("(memory {index} 1)")))
}

/// A memory, with a byte at an address unless that is 0.
fn memory(pages: u32, address: u32) -> Vec<u8> {
    let data = if address == 0 { String::new() } else { format!("(data (i32.const {address}) \"x\")") };
    trapping(&format!("(memory {pages}) {data}"))
}

/// A function that takes and gives so many values, and gives them on.
fn values(count: usize) -> Vec<u8> {
    text(format!(
        "(module (type $many (func (param {types}) (result {types})))
           (func $many (type $many) {gets})
           (func (export \"run\") (result i32) (local i32)
             {constants} (call $many) (local.set 0) {drops} (local.get 0)))",
        types = many_i32(count),
        gets = repeat(count, |number| format!("local.get {number}")),
        constants = repeat(count, |number| format!("i32.const {number}")),
        drops = "drop ".repeat(count - 1),
    ))
}

/// Types that all differ.
fn types(count: usize) -> Vec<u8> {
    trapping(&repeat(count, |number| {
        let parameters: String = (0..17).map(|bit| if number >> bit & 1 == 1 { "i32 " } else { "i64 " }).collect();
        format!("(type (func (param {parameters})))")
    }))
}

fn imports(count: usize) -> Vec<u8> {
    trapping(&repeat(count, |number| format!("(import \"env\" \"f{number}\" (func (param i32)))")))
}

fn exports(count: usize) -> Vec<u8> {
    trapping(&repeat(count, |number| format!("(func (export \"f{number}\"))")))
}

fn globals(count: usize) -> Vec<u8> {
    let globals = repeat(count, |number| format!("(global (mut i32) (i32.const {number}))"));
    text(format!("(module {globals} (func (export \"run\") (result i32) (global.get {})))", count - 1))
}

/// Functions that are all in a table that changes.
fn references(count: usize) -> Vec<u8> {
    let functions = repeat(count, |number| format!("(func $f{number} (result i32) (i32.const 7))"));
    let elements = repeat(count * 100, |number| format!("$f{}", number % count));
    text(format!(
        "(module {functions} (table funcref (elem {elements}))
           (func (export \"run\") (result i32)
             (table.set 0 (i32.const 0) (table.get 0 (i32.const 99)))
             (call_indirect (result i32) (i32.const {}))))",
        count * 100 - 1
    ))
}

/// A command that traps, whose functions have these names.
fn names(names: &[&[u8]]) -> Vec<u8> {
    let count = number(names.len() as u32 + 1);
    let functions = [count.as_slice(), vec![0; names.len() + 1].as_slice()].concat();
    let mut code = count.clone();
    // The first function traps, the others do nothing.
    code.extend([3, 0, 0x00, 0x0b]);
    code.extend([2, 0, 0x0b].repeat(names.len()));
    let mut map = number(names.len() as u32);
    for (index, name) in names.iter().enumerate() {
        map.extend(number(index as u32));
        map.extend(number(name.len() as u32));
        map.extend(*name);
    }
    module(&[
        section(1, &[1, 0x60, 0, 0]),
        section(3, &functions),
        section(7, b"\x01\x06_start\0\0"),
        section(10, &code),
        custom(b"name", &section(1, &map)),
    ])
}

fn strange_names() -> Vec<u8> {
    names(&[
        b"with\0NUL",
        b"",
        b"\n\r\t\x1b[31m",
        "\u{202e}\u{feff}\u{10ffff}".as_bytes(),
        b"a@plt",
        b".text",
        b"\\\"$%",
        b"_start",
        &[b'x'; 70_000],
    ])
}

/// Each is parsed again and again, in another way, before it turns out to be no name.
fn almost_mangled() -> Vec<u8> {
    let patterns = ["SaIJEfSaSa1f", "dtSaI1fSaIJE1Sa1", "fSaIJEf", "XcvT_I", "N1aI"];
    let mangled: Vec<String> = (10..50)
        .flat_map(|count| patterns.map(|pattern| format!("_Z1fv1Sa1{}", pattern.repeat(count))))
        .cycle()
        .take(20_000)
        .collect();
    names(&mangled.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// Each part of them stands for two of the part before.
fn swelling_names() -> Vec<u8> {
    let cpp =
        (0..30).fold("_Z1fI1aIiiE".to_owned(), |name, number| name + &format!("1bIS{number}_S{number}_E")) + "Evv";
    let rust = "_RIC1aTuu".to_owned() + &"TB5_B5_E".repeat(100) + "EE";
    let both = [cpp.as_bytes(), rust.as_bytes()];
    names(&both.repeat(1000))
}

fn runtime_names() -> Vec<u8> {
    names(&[
        b"wasmc_program",
        b"_start",
        b"main",
        b"memcpy",
        b"wasmc_memory_grow",
        b"__bss_start",
        b"rust_begin_unwind",
    ])
}

fn garbage_names() -> Vec<u8> {
    let good = names(&[b"f"]);
    let sections = [
        custom(b"name", &[1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1]),
        custom(b"name", &section(1, &[0xff, 0xff, 0xff, 0xff, 0x0f])),
        // Functions that do not exist, twice, and in the wrong order.
        custom(b"name", &section(1, &[3, 0x90, 0x4e, 1, b'a', 0, 1, b'b', 0, 1, b'c'])),
        custom(b"name", &[77, 3, 1, 2, 3]),
        custom(b"name", &section(2, &[1, 0, 0xff, 0xff, 0xff, 0xff, 0x0f])),
        custom(b"name", &section(0, &[5, b'a'])),
    ];
    [good, sections.concat()].concat()
}

fn garbage_sections() -> Vec<u8> {
    let names: [&[u8]; 9] = [
        b".debug_info",
        b".debug_line",
        b".debug_abbrev",
        b"producers",
        b"target_features",
        b"linking",
        b"reloc.CODE",
        b"dylink.0",
        b"",
    ];
    let sections: Vec<Vec<u8>> = names.iter().map(|name| custom(name, &[0xff; 100])).collect();
    [names_of_nothing(), sections.concat()].concat()
}

fn names_of_nothing() -> Vec<u8> {
    names(&[])
}

fn large_section() -> Vec<u8> {
    [names_of_nothing(), custom(b"large", &vec![0xaa; 64 << 20])].concat()
}

fn start_traps() -> Vec<u8> {
    text("(module (start $f) (func $f unreachable) (func (export \"_start\")))")
}

fn start_recurses() -> Vec<u8> {
    text("(module (start $f) (func $f (call $f)) (func (export \"_start\")))")
}

fn huge_count() -> Vec<u8> {
    module(&[section(1, &[1, 0x60, 0, 0]), section(3, &[0xff, 0xff, 0xff, 0xff, 0x0f])])
}
