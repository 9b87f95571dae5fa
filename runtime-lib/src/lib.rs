//! What an executable made by wasmc carries: process start, linear memory, tables, traps and WASI,
//! on nothing but the operating system's own calls.
//!
//! [`abi`] is the contract with generated code; with [`code_map`], the form of one of its tables, it
//! is all that the compiler uses of this crate. The rest is compiled, once per target, into the
//! static archive that the compiler links. `start` is the file to read first.
#![no_std]

pub mod abi;
pub mod code_map;

#[cfg(feature = "archive")]
mod atomic;
#[cfg(feature = "archive")]
mod backtrace;
#[cfg(feature = "archive")]
mod core_dump;
#[cfg(feature = "archive")]
mod environment;
#[cfg(feature = "archive")]
mod frames;
#[cfg(feature = "archive")]
mod instance;
#[cfg(feature = "archive")]
mod invoke;
#[cfg(feature = "archive")]
mod link;
#[cfg(feature = "archive")]
mod lock;
#[cfg(any(feature = "archive", test))]
mod matching;
#[cfg(feature = "archive")]
mod memory;
#[cfg(feature = "archive")]
mod message;
#[cfg(feature = "archive")]
mod requirements;
#[cfg(any(feature = "archive", test))]
mod script;
#[cfg(feature = "archive")]
mod source_map;
#[cfg(feature = "archive")]
mod start;
#[cfg(feature = "archive")]
mod sys;
#[cfg(feature = "archive")]
mod table;
#[cfg(feature = "archive")]
mod trap;
#[cfg(feature = "archive")]
mod waiters;
#[cfg(feature = "archive")]
mod wasi;
