//! Local variables (WebAssembly core specification, section 2.4.4).

use super::builder::Builder;
use super::function::FunctionLowering;

pub(super) fn get<B: Builder>(f: &mut FunctionLowering<'_, B>, index: u32) {
    let value = f.builder.local_get(f.first_local + index);
    f.push(value);
}

pub(super) fn set<B: Builder>(f: &mut FunctionLowering<'_, B>, index: u32) {
    let value = f.pop();
    f.builder.local_set(f.first_local + index, value);
}

pub(super) fn tee<B: Builder>(f: &mut FunctionLowering<'_, B>, index: u32) {
    let value = f.pop();
    f.builder.local_set(f.first_local + index, value);
    f.push(value);
}
