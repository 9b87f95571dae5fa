//! Single lanes and their order.

use crate::lower::builder::Builder;
use crate::lower::function::FunctionLowering;
use crate::lower::vector::{Extension, Lane, Shape};

pub(super) fn splat<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape) {
    let scalar = f.pop();
    let vector = f.builder.vector_splat(shape, scalar);
    f.push(vector);
}

/// `extract_lane`, and `extract_lane_u` where lanes are narrow.
pub(super) fn extract<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, index: u8) {
    extract_with(f, shape, index, Extension::Unsigned);
}

/// `extract_lane_s`.
pub(super) fn extract_signed<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, index: u8) {
    extract_with(f, shape, index, Extension::Signed);
}

fn extract_with<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, index: u8, extension: Extension) {
    let vector = f.pop();
    let scalar = f.builder.vector_extract(Lane { shape, index }, extension, vector);
    f.push(scalar);
}

pub(super) fn replace<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, index: u8) {
    let scalar = f.pop();
    let vector = f.pop();
    let vector = f.builder.vector_replace(Lane { shape, index }, vector, scalar);
    f.push(vector);
}

pub(super) fn shuffle<B: Builder>(f: &mut FunctionLowering<'_, B>, bytes: [u8; 16]) {
    let right = f.pop();
    let left = f.pop();
    let vector = f.builder.vector_shuffle(bytes, left, right);
    f.push(vector);
}
