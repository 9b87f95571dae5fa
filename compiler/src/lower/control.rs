//! Control instructions (WebAssembly core specification, section 2.4.8): structured blocks become
//! basic blocks whose parameters carry the operands that cross an edge.

use super::builder::{Builder, Type};
use super::cold::Unlikely;
use super::function::{FunctionLowering, Mark};
use super::signature::machine_types;
use crate::module::{FuncType, TypeIndex};
use std::collections::HashMap;
use wasmparser::{BlockType, BrTable};

/// An enclosing block.
pub(super) struct Frame<B: Builder> {
    kind: FrameKind<B>,
    /// Where control continues after the block; its parameters are the block's results.
    end: B::Block,
    /// Whether anything jumps to `end`.
    end_has_predecessor: bool,
    /// Whether anything that is likely to run does.
    end_is_warm: bool,
    /// Operands on the stack below the block's own.
    height: usize,
    /// How many values a branch to this block carries.
    branch_arity: usize,
    result_arity: usize,
    /// What was known on entry.
    known: Mark,
}

enum FrameKind<B: Builder> {
    Function,
    Block,
    Loop { header: B::Block },
    If { otherwise: B::Block, otherwise_is_cold: bool, arguments: Vec<B::Value>, has_else: bool },
}

/// Opens the frame that a `return` and the last `end` leave.
pub(super) fn enter_function<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: &FuncType) {
    let end = f.builder.create_block(&machine_types(&ty.results));
    let arity = ty.results.len();
    push_frame(f, FrameKind::Function, end, 0, arity, arity);
}

pub(super) fn block<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: BlockType) {
    let ty = block_type(f, ty);
    let end = f.builder.create_block(&ty.results);
    let height = f.stack.len() - ty.parameters.len();
    push_frame(f, FrameKind::Block, end, height, ty.results.len(), ty.results.len());
}

pub(super) fn loop_<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: BlockType) {
    let ty = block_type(f, ty);
    let header = f.create_successor(&ty.parameters, false);
    let end = f.builder.create_block(&ty.results);
    let arguments = f.pop_many(ty.parameters.len());
    f.builder.jump(header, &arguments);
    f.builder.switch_to(header);
    let height = f.stack.len();
    push_frame(f, FrameKind::Loop { header }, end, height, ty.parameters.len(), ty.results.len());
    f.stack.extend(f.builder.block_parameters(header));
}

pub(super) fn if_<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: BlockType) {
    let condition = f.pop();
    let ty = block_type(f, ty);
    let then = f.create_successor(&[], f.unlikely == Some(Unlikely::Taken));
    let otherwise = f.create_successor(&[], f.unlikely == Some(Unlikely::NotTaken));
    let otherwise_is_cold = f.is_cold || f.unlikely == Some(Unlikely::NotTaken);
    let end = f.builder.create_block(&ty.results);
    f.builder.branch(condition, (then, &[]), (otherwise, &[]));
    f.builder.seal(then);
    f.builder.seal(otherwise);
    f.builder.switch_to(then);
    let height = f.stack.len() - ty.parameters.len();
    let arguments = f.stack[height..].to_vec();
    let kind = FrameKind::If { otherwise, otherwise_is_cold, arguments, has_else: false };
    push_frame(f, kind, end, height, ty.results.len(), ty.results.len());
    f.is_cold |= f.unlikely == Some(Unlikely::Taken);
}

/// `else`: the first arm is done, whether or not its end is reachable.
pub(super) fn else_<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    leave_arm(f);
    let frame = f.frames.last_mut().expect("validated: `else` ends the arm of an `if`");
    let height = frame.height;
    let known = frame.known;
    if let FrameKind::If { otherwise, otherwise_is_cold, arguments, has_else } = &mut frame.kind {
        *has_else = true;
        f.is_cold = *otherwise_is_cold;
        f.builder.switch_to(*otherwise);
        f.stack.truncate(height);
        f.stack.append(arguments);
    }
    f.forget_since(known);
    f.reachable = true;
}

/// `end`: continues after the innermost block.
pub(super) fn end<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let frame = f.frames.last().expect("validated: `end` ends a block");
    if !needs_end_block(frame) {
        // Control only falls through: the operands stay where they are.
        let frame = f.frames.pop().expect("it was there a line ago");
        if let FrameKind::Loop { header } = frame.kind {
            f.builder.seal(header);
        }
        if matches!(frame.kind, FrameKind::Function) && f.reachable {
            let results = f.pop_many(frame.result_arity);
            f.builder.ret(&results);
        }
        return;
    }
    leave_arm(f);
    let mut frame = f.frames.pop().expect("it was there a line ago");
    f.forget_since(frame.known);
    if let FrameKind::If { otherwise, otherwise_is_cold, arguments, has_else: false } = &frame.kind {
        // Without `else` the parameters are the results.
        f.builder.switch_to(*otherwise);
        f.builder.jump(frame.end, arguments);
        frame.end_has_predecessor = true;
        frame.end_is_warm |= !otherwise_is_cold;
    }
    if let FrameKind::Loop { header } = frame.kind {
        f.builder.seal(header);
    }
    f.builder.seal(frame.end);
    f.stack.truncate(frame.height);
    f.reachable = frame.end_has_predecessor;
    f.is_cold = !frame.end_is_warm;
    if f.reachable {
        if f.is_cold {
            f.builder.set_cold(frame.end);
        }
        f.builder.switch_to(frame.end);
        let results = f.builder.block_parameters(frame.end);
        if matches!(frame.kind, FrameKind::Function) {
            f.builder.ret(&results);
        } else {
            f.stack.extend(results);
        }
    }
}

/// An `if` joins two arms; any other block only those that branched to its end.
fn needs_end_block<B: Builder>(frame: &Frame<B>) -> bool {
    frame.end_has_predecessor || matches!(frame.kind, FrameKind::If { .. })
}

/// Jumps from the end of a reachable arm to the end of its block.
fn leave_arm<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    if !f.reachable {
        return;
    }
    let frame = f.frames.last_mut().expect("validated: an arm has a block");
    let results = f.stack.split_off(f.stack.len() - frame.result_arity);
    f.builder.jump(frame.end, &results);
    frame.end_has_predecessor = true;
    frame.end_is_warm |= !f.is_cold;
}

pub(super) fn br<B: Builder>(f: &mut FunctionLowering<'_, B>, depth: u32) {
    let (target, arity) = branch_target(f, depth, f.is_cold);
    f.branch_operands += arity;
    let arguments = f.pop_many(arity);
    f.builder.jump(target, &arguments);
    end_of_path(f);
}

pub(super) fn br_if<B: Builder>(f: &mut FunctionLowering<'_, B>, depth: u32) {
    let condition = f.pop();
    let arguments = branch_operands(f, depth);
    branch_or_go_on(f, condition, true, depth, &arguments);
}

/// The top operands, as many as a branch to `depth` carries; they stay on the stack.
pub(super) fn branch_operands<B: Builder>(f: &FunctionLowering<'_, B>, depth: u32) -> Vec<B::Value> {
    let frame = &f.frames[f.frames.len() - 1 - depth as usize];
    f.stack[f.stack.len() - frame.branch_arity..].to_vec()
}

/// Branches with `arguments` when `condition` (an integer) is not 0, or when it is 0 if not `when`;
/// otherwise goes on in a new block.
pub(super) fn branch_or_go_on<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    condition: B::Value,
    when: bool,
    depth: u32,
    arguments: &[B::Value],
) {
    let is_exit_unlikely = f.unlikely == Some(Unlikely::NotTaken) && !is_loop(f, depth);
    let next = f.create_successor(&[], is_exit_unlikely);
    // An unlikely edge is a block of its own, so that it can lie elsewhere than the block it leads to.
    let edge = (f.unlikely == Some(Unlikely::Taken)).then(|| f.create_successor(&[], true));
    let (target, arity) = branch_target(f, depth, f.is_cold || edge.is_some());
    f.branch_operands += arity;
    let taken = edge.map_or((target, arguments), |edge| (edge, &[][..]));
    let (then, otherwise) = if when { (taken, (next, &[][..])) } else { ((next, &[][..]), taken) };
    f.builder.branch(condition, then, otherwise);
    f.builder.seal(next);
    if let Some(edge) = edge {
        f.builder.seal(edge);
        f.builder.switch_to(edge);
        f.builder.jump(target, arguments);
    }
    f.builder.switch_to(next);
    f.is_cold |= is_exit_unlikely;
}

/// `br_table`. A target that takes operands is reached through a block of its own that passes them.
pub(super) fn br_table<B: Builder>(f: &mut FunctionLowering<'_, B>, table: &BrTable<'_>) -> wasmparser::Result<()> {
    let index = f.pop();
    if table.is_empty() {
        br(f, table.default());
        return Ok(());
    }
    let (_, arity) = branch_target(f, table.default(), f.is_cold);
    let arguments = f.pop_many(arity);
    let mut edges: HashMap<u32, B::Block> = HashMap::new();
    let mut passing = Vec::new();
    let mut targets = Vec::with_capacity(table.len() as usize);
    for depth in table.targets().chain([Ok(table.default())]) {
        let depth = depth?;
        let edge = match edges.get(&depth) {
            Some(edge) => *edge,
            None => {
                let (target, _) = branch_target(f, depth, f.is_cold);
                let edge = if arity == 0 { target } else { f.create_successor(&[], false) };
                if arity > 0 {
                    passing.push((edge, target));
                }
                edges.insert(depth, edge);
                edge
            }
        };
        targets.push(edge);
    }
    let default = targets.pop().expect("the default was pushed last");
    f.builder.switch(index, &targets, default);
    f.branch_operands += passing.len() * arity;
    for (edge, target) in passing {
        f.builder.seal(edge);
        f.builder.switch_to(edge);
        f.builder.jump(target, &arguments);
    }
    end_of_path(f);
    Ok(())
}

pub(super) fn return_<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let arity = f.frames[0].result_arity;
    let results = f.pop_many(arity);
    f.builder.ret(&results);
    end_of_path(f);
}

/// What follows, up to the end of the block, cannot run.
pub(super) fn end_of_path<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    f.reachable = false;
    f.skipped_blocks = 0;
}

/// Where a branch to `depth` goes and how many values it carries; the edge to there `is_cold` or not.
fn branch_target<B: Builder>(f: &mut FunctionLowering<'_, B>, depth: u32, is_cold: bool) -> (B::Block, usize) {
    let position = f.frames.len() - 1 - depth as usize;
    let frame = &mut f.frames[position];
    match frame.kind {
        FrameKind::Loop { header } => (header, frame.branch_arity),
        _ => {
            frame.end_has_predecessor = true;
            frame.end_is_warm |= !is_cold;
            (frame.end, frame.branch_arity)
        }
    }
}

/// Whether a branch to `depth` begins another round: what follows it runs once in the end, however unlikely each time.
fn is_loop<B: Builder>(f: &FunctionLowering<'_, B>, depth: u32) -> bool {
    matches!(f.frames[f.frames.len() - 1 - depth as usize].kind, FrameKind::Loop { .. })
}

fn push_frame<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    kind: FrameKind<B>,
    end: B::Block,
    height: usize,
    branch_arity: usize,
    result_arity: usize,
) {
    let known = f.mark();
    let frame =
        Frame { kind, end, end_has_predecessor: false, end_is_warm: false, height, branch_arity, result_arity, known };
    f.frames.push(frame);
}

struct BlockSignature {
    parameters: Vec<Type>,
    results: Vec<Type>,
}

fn block_type<B: Builder>(f: &FunctionLowering<'_, B>, ty: BlockType) -> BlockSignature {
    match ty {
        BlockType::Empty => BlockSignature { parameters: Vec::new(), results: Vec::new() },
        BlockType::Type(ty) => {
            let result = match ty {
                wasmparser::ValType::I32 => Type::I32,
                wasmparser::ValType::I64 | wasmparser::ValType::Ref(_) => Type::I64,
                wasmparser::ValType::F32 => Type::F32,
                wasmparser::ValType::F64 => Type::F64,
                wasmparser::ValType::V128 => Type::V128,
            };
            BlockSignature { parameters: Vec::new(), results: vec![result] }
        }
        BlockType::FuncType(index) => {
            let ty = &f.module.types[TypeIndex::from_u32(index)];
            BlockSignature { parameters: machine_types(&ty.parameters), results: machine_types(&ty.results) }
        }
    }
}
