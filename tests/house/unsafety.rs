//! The fence around the runtime: no standard library, one place for the operating system, and a reason for each `unsafe`.

use crate::source::{code_of, lines, none, read, rust};
use std::path::Path;

const RUNTIME: &str = "runtime-lib/src";
const SYSTEM: &str = "runtime-lib/src/sys";

#[test]
fn the_runtime_has_no_standard_library() {
    let text = read(Path::new("runtime-lib/src/lib.rs"));
    assert!(text.lines().any(|line| line == "#![no_std]"), "runtime-lib/src/lib.rs must say `#![no_std]`");
    let mut sources = rust(RUNTIME);
    // Tests run on the machine that builds and may use what it has.
    sources.iter_mut().for_each(|(_, text)| text.truncate(text.find("#[cfg(test)]").unwrap_or(text.len())));
    let breaches = lines(&sources, |_, line| {
        ["std::", "extern crate", "alloc::"].iter().any(|word| {
            line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    });
    none(breaches, "What every executable carries must not pull in `std` or an allocator: use `core`, or map pages.");
}

#[test]
fn only_sys_talks_to_the_operating_system() {
    let breaches = lines(&rust(RUNTIME), |path, line| {
        let is_system = ["rustix::", "windows_sys::", "asm!", "naked_asm!", "syscall", "libc::"]
            .iter()
            .any(|word| line.contains(word));
        !path.starts_with(SYSTEM) && is_system
    });
    none(breaches, "Put system calls and assembly into a file of `runtime-lib/src/sys/`, the same for every platform.");
}

#[test]
fn nobody_else_writes_assembly() {
    let mut breaches = Vec::new();
    for folder in ["compiler", "cli"] {
        breaches.extend(lines(&rust(folder), |_, line| line.contains("asm!(")));
    }
    none(breaches, "Assembly belongs into `runtime-lib/src/sys/`.");
}

#[test]
fn every_unsafe_block_has_its_reason() {
    let mut breaches = Vec::new();
    for (path, text) in rust(RUNTIME) {
        let all: Vec<&str> = text.lines().collect();
        for (position, line) in all.iter().enumerate() {
            let code = code_of(line);
            let opens = code.contains("unsafe {") || code.trim_start().starts_with("unsafe impl");
            if opens && !has_reason(&all, position) {
                breaches.push(format!("{}:{}: {}", path.display(), position + 1, line.trim()));
            }
        }
    }
    none(breaches, "Write `// SAFETY:` and why it is sound, above the statement that has the `unsafe` block.");
}

/// Whether the comment nearest above a line, within the statement it belongs to, gives a reason.
fn has_reason(lines: &[&str], position: usize) -> bool {
    /// Lines of a statement before its `unsafe` block, and of the comment above it.
    const NEAREST: usize = 12;
    let above = lines[..=position].iter().rev().take(NEAREST);
    above.clone().any(|line| line.trim_start().starts_with("// SAFETY:"))
}

#[test]
fn no_lint_is_switched_off_in_silence() {
    let mut breaches = Vec::new();
    for folder in ["runtime-lib/src", "compiler/src", "cli/src"] {
        breaches.extend(lines(&rust(folder), |_, line| {
            let is_allow = line.contains("allow(") && !line.contains("reason = ");
            is_allow
                && ["undocumented_unsafe_blocks", "unsafe_op_in_unsafe_fn", "missing_docs", "warnings"]
                    .iter()
                    .any(|lint| line.contains(lint))
        }));
    }
    none(breaches, "Write the comment that the lint asks for, or say in `reason = \"…\"` why nobody misses it.");
}
