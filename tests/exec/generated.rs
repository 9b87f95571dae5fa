//! Cases too large to be written by hand.

use std::fmt::Write;
use wasmc_tests::Case;

/// All of them.
pub fn cases() -> Result<Vec<Case>, String> {
    Ok(vec![
        Case::parse("generated/large_frame", large_frame())?,
        Case::parse("generated/br_table", br_table())?,
        Case::parse("generated/many_values", many_values())?,
        Case::parse("generated/many_locals", many_locals())?,
        Case::parse("generated/many_functions", many_functions())?,
        Case::parse("generated/long_image", long_image())?,
        Case::parse("generated/constant_lengths", constant_lengths())?,
    ])
}

/// A function that keeps 40 000 values across its call of itself: a frame of more than 256 KiB. It must not step over the
/// empty space below the stack, nor start the signal handler on a stack that is full.
fn large_frame() -> String {
    const VALUES: u32 = 40_000;
    let loads: String =
        (0..VALUES).map(|value| format!("(i64.load offset={} (local.get 0))\n", value % 8000 * 8)).collect();
    let sums = "i64.xor\n".repeat(VALUES as usize - 1);
    format!(
        ";; invoke: run\n\
         ;; run: 0\n\
         ;; stdout: 0\n\
         ;; run: 5\n\
         ;; stdout: 0\n\
         ;; run: 1000000\n\
         ;; trap: call stack exhausted\n\
         (module (memory 1)\n\
           (func $deep (param i32 i32) (result i64)\n\
             (if (result i64) (local.get 1) (then {loads} (drop (call $deep (local.get 0) (i32.sub (local.get 1) (i32.const 1)))) {sums})\n\
               (else (i64.const 0))))\n\
           (func (export \"run\") (param i32) (result i64) (call $deep (i32.const 0) (local.get 0))))\n"
    )
}

/// 10 000 targets, each reached by its index, and the default by every other index.
fn br_table() -> String {
    const TARGETS: usize = 10_000;
    let mut text = String::from(";; invoke: pick\n");
    for index in [0, 1, 17, TARGETS - 1] {
        let _ = writeln!(text, ";; run: {index}\n;; stdout: {}", index * 3);
    }
    for index in ["10000", "-1", "0x80000000", "2147483647"] {
        let _ = writeln!(text, ";; run: {index}\n;; stdout: -7");
    }
    text.push_str("(module (func (export \"pick\") (param i32) (result i32)\n(block $default\n");
    (0..TARGETS).for_each(|_| text.push_str("block "));
    text.push_str("(br_table ");
    (0..TARGETS).for_each(|target| {
        let _ = write!(text, "{target} ");
    });
    text.push_str("$default (local.get 0))\n");
    for target in 0..TARGETS {
        let _ = writeln!(text, "end (return (i32.const {}))", target * 3);
    }
    text.push_str(") (i32.const -7)))\n");
    text
}

/// 200 parameters and 200 results of all types, through a direct and an indirect call, out in reverse order.
fn many_values() -> String {
    const VALUES: usize = 200;
    let ty = |value: usize| ["i32", "i64", "f32", "f64"][value % 4];
    let parameters: String = (0..VALUES).map(|value| ty(value).to_owned() + " ").collect();
    let results: String = (0..VALUES).rev().map(|value| ty(value).to_owned() + " ").collect();
    let constants: String = (0..VALUES).map(|value| format!("({}.const {value}) ", ty(value))).collect();
    let locals: String = (0..VALUES).rev().map(|value| format!("(local.get {value}) ")).collect();
    let mut text = String::from(";; invoke: run\n;; run:\n");
    // Reversed twice.
    (0..VALUES).for_each(|value| {
        let _ = writeln!(text, ";; stdout: {value}");
    });
    let _ = write!(
        text,
        "(module\n\
         (type $forth (func (param {parameters}) (result {results})))\n\
         (type $back (func (param {results}) (result {parameters})))\n\
         (table funcref (elem $back))\n\
         (func $forth (type $forth) {locals})\n\
         (func $back (type $back) {locals})\n\
         (func (export \"run\") (result {parameters})\n\
           {constants} (call $forth) (i32.const 0) (call_indirect (type $back))))\n"
    );
    text
}

/// More locals than there are registers by far; each keeps its value. `hostile` has as many as a function may have.
fn many_locals() -> String {
    const LOCALS: u64 = 2_000;
    let sets: String = (1..=LOCALS).map(|local| format!("(local.set {local} (i64.const {local}))\n")).collect();
    let sums: String = (1..=LOCALS).map(|local| format!("(local.get {local}) i64.add\n")).collect();
    let sum = LOCALS * (LOCALS + 1) / 2;
    format!(
        ";; invoke: run\n;; run: 1\n;; stdout: {sum}\n;; run: 0\n;; stdout: 0\n\
         (module (func (export \"run\") (param i32) (result i64) (local {})\n\
         (if (local.get 0) (then {sets})) (i64.const 0) {sums}))\n",
        "i64 ".repeat(LOCALS as usize)
    )
}

/// Each of 20 000 functions calls the one before it; a trap in the first has all of them in its backtrace.
fn many_functions() -> String {
    const FUNCTIONS: usize = 20_000;
    let mut text = format!(
        ";; invoke: run\n\
         ;; run: 1\n\
         ;; stdout: {}\n\
         ;; run: 0\n\
         ;; trap: integer divide by zero\n\
         ;; stderr: wasm backtrace:\n\
         ;; stderr:     0: [..]0x[..] - many_functions!f0\n\
         ;; stderr:     1: [..]0x[..] - many_functions!f1\n\
         ;; stderr: ...\n\
         (module (func $f0 (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))\n",
        FUNCTIONS + 1
    );
    for function in 1..=FUNCTIONS {
        let _ = writeln!(
            text,
            "(func $f{function} (param i32) (result i32) (i32.add (i32.const 1) (call $f{} (local.get 0))))",
            function - 1
        );
    }
    let _ = writeln!(text, "(export \"run\" (func $f{FUNCTIONS})))");
    text
}

/// Initial contents long enough to be mapped, with short segments beside and over them, and growth afterwards.
fn long_image() -> String {
    const LENGTH: usize = 200_000;
    let bytes: String = (0..LENGTH).map(|position| char::from(b'a' + (position % 26) as u8)).collect();
    let last = bytes.as_bytes()[LENGTH - 1];
    format!(
        ";; invoke: run\n;; run:\n\
         ;; stdout: {first}\n;; stdout: {last}\n;; stdout: 0\n;; stdout: 33\n;; stdout: 0\n;; stdout: 8\n;; stdout: {first}\n;; stdout: 0\n\
         (module (memory 8)\n\
           (data (i32.const 5000) \"{bytes}\")\n\
           (data (i32.const 70000) \"!\")\n\
           (data (i32.const 524287) \"?\")\n\
           (func (export \"run\") (result i32 i32 i32 i32 i32 i32 i32 i32)\n\
             (i32.load8_u (i32.const 5000))\n\
             (i32.load8_u (i32.const {end}))\n\
             (i32.load8_u (i32.const {behind}))\n\
             (i32.load8_u (i32.const 70000))\n\
             (i32.load8_u (i32.const 4999))\n\
             (memory.grow (i32.const 100))\n\
             (i32.load8_u (i32.const 5000))\n\
             (i32.load8_u (i32.const 7077887))))\n",
        first = b'a',
        end = 5000 + LENGTH - 1,
        behind = 5000 + LENGTH,
    )
}

/// `memory.copy` and `memory.fill` of each constant length up to 72, at all distances at which the ranges overlap. Every byte
/// around the target is compared with what it has to be; the result is how many operations went wrong.
fn constant_lengths() -> String {
    const LENGTHS: usize = 73;
    let operations = |name: &str, operand: &str| -> (String, String) {
        let function = |length| {
            let operator = if name == "copy" { "memory.copy" } else { "memory.fill" };
            format!(
                "(func ${name}{length} (type $operation) ({operator} (local.get 0) {operand} (i32.const {length})))\n"
            )
        };
        ((0..LENGTHS).map(function).collect(), (0..LENGTHS).map(|length| format!("${name}{length} ")).collect())
    };
    let (copies, copy_names) = operations("copy", "(local.get 1)");
    let (fills, fill_names) = operations("fill", "(local.get 1)");
    let (sets, set_names) = operations("set", "(i32.const 0x1fe)");
    format!(
        ";; invoke: run
;; stdout: 0
(module
  (memory 1)
  (type $operation (func (param $to i32) (param $operand i32)))
  (table funcref (elem {copy_names} {fill_names} {set_names}))
  {copies} {fills} {sets}
  ;; What is in memory before an operation.
  (func $byte (param $at i32) (result i32)
    (i32.and (i32.add (i32.mul (local.get $at) (i32.const 7)) (i32.const 3)) (i32.const 255)))
  ;; Whether an operation makes anything else of the target than $first, $first + $step …
  (func $is_wrong (param $operation i32) (param $operand i32) (param $length i32) (param $first i32) (param $step i32)
    (result i32)
    (local $at i32) (local $is_wrong i32)
    (loop $next
      (i32.store8 (local.get $at) (call $byte (local.get $at)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 400))))
    (call_indirect (type $operation) (i32.const 200) (local.get $operand) (local.get $operation))
    (local.set $at (i32.const 0))
    (loop $next
      (if (i32.ne
            (i32.load8_u (local.get $at))
            (if (result i32) (i32.lt_u (i32.sub (local.get $at) (i32.const 200)) (local.get $length))
              (then (i32.and (i32.const 255) (i32.add (local.get $first)
                (i32.mul (local.get $step) (i32.sub (local.get $at) (i32.const 200))))))
              (else (call $byte (local.get $at)))))
        (then (local.set $is_wrong (i32.const 1))))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 1))) (i32.const 400))))
    (local.get $is_wrong))
  (func (export \"run\") (result i32)
    (local $length i32) (local $from i32) (local $wrong i32)
    (loop $next
      (local.set $from (i32.const 120))
      (loop $distance
        (local.set $wrong (i32.add (local.get $wrong) (call $is_wrong
          (local.get $length) (local.get $from) (local.get $length) (call $byte (local.get $from)) (i32.const 7))))
        (br_if $distance (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 1))) (i32.const 280))))
      (local.set $wrong (i32.add (local.get $wrong) (i32.add
        (call $is_wrong (i32.add (local.get $length) (i32.const {LENGTHS}))
          (i32.const 0x2a9) (local.get $length) (i32.const 0xa9) (i32.const 0))
        (call $is_wrong (i32.add (local.get $length) (i32.const {}))
          (i32.const 0) (local.get $length) (i32.const 0xfe) (i32.const 0)))))
      (br_if $next (i32.lt_u (local.tee $length (i32.add (local.get $length) (i32.const 1))) (i32.const {LENGTHS}))))
    (local.get $wrong)))
",
        2 * LENGTHS
    )
}
