//! The words of a script for a trap, as trap codes.

use wasmc_runtime::abi::TrapCode;

/// Words of the suite for traps that wasmc calls something else.
const OTHER_WORDS: &[(&str, TrapCode)] = &[("null function reference", TrapCode::NullReference)];

/// The traps that `message` stands for. The suite abbreviates (`undefined`) and adds detail
/// (`uninitialized element 7`).
pub(super) fn named(message: &str) -> Vec<TrapCode> {
    let own = TrapCode::ALL.iter().map(|code| (code.message(), *code));
    own.chain(OTHER_WORDS.iter().copied())
        .filter(|(words, _)| !message.is_empty() && (words.starts_with(message) || message.starts_with(words)))
        .map(|(_, code)| code)
        .collect()
}
