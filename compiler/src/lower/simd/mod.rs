//! Vector instructions (WebAssembly core specification, section 2.4.2).

mod arithmetic;
mod dispatch;
mod lanes;
mod memory;
mod relaxed;

pub(super) use dispatch::dispatch;
