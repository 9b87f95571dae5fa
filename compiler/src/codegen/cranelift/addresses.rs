//! Where the address of the instance is made, after the optimiser.
//!
//! The optimiser makes an address once and keeps it: that of the instance, which holds the globals, from the first use of the
//! shadow stack's pointer to the last one, at the end of the function. One of fifteen registers is worth more than the one
//! instruction that makes the address, as it is for other constants, which Cranelift treats so itself. In a loop that calls
//! nothing it is worth the register: there, it is mostly bounds that are read. Addresses of tables
//! stay where they are: what loops use is made before them.

use super::names;
use crate::analyze::Symbol;
use cranelift_codegen::Context;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::flowgraph::ControlFlowGraph;
use cranelift_codegen::ir::{
    Block, ExternalName, Function, GlobalValue, GlobalValueData, InstBuilder, InstructionData, Value, types,
};
use cranelift_codegen::loop_analysis::{Loop, LoopAnalysis};
use std::collections::{HashMap, HashSet};

/// Lets the address of the instance be alive in no more than straight code, or a loop without calls. Needs the control flow
/// graph of `context`.
pub(super) fn make_instance_address_anew(context: &mut Context) {
    let Some(instance) = context.func.global_values.keys().find(|global| is_instance(&context.func, *global)) else {
        return;
    };
    context.compute_domtree();
    context.compute_loop_analysis();
    let Context { func, cfg, domtree, loop_analysis, .. } = context;
    let calling = loops_with_calls(func, loop_analysis);
    let quiet_loop = |block| loop_analysis.innermost_loop(block).filter(|innermost| !calling.contains(innermost));
    let mut before_loops: HashMap<Loop, Value> = HashMap::new();
    let mut in_straight_code = None;
    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        if !follows_in_straight_code(func, cfg, block) {
            in_straight_code = None;
        }
        let mut next = func.layout.first_inst(block);
        while let Some(inst) = next {
            next = func.layout.next_inst(inst);
            let Some(address) = func.dfg.inst_values(inst).find(|value| is_address(func, *value, instance)) else {
                continue;
            };
            let definition = func.dfg.value_def(address).unwrap_inst();
            if func.layout.inst_block(definition) == Some(block) {
                continue;
            }
            let around = quiet_loop(block);
            let before = around.and_then(|around| domtree.idom(loop_analysis.loop_header(around)));
            let (made, place) = match (around, before.and_then(|before| func.layout.last_inst(before))) {
                (Some(around), Some(end)) => (before_loops.get(&around).copied(), end),
                _ => (in_straight_code, inst),
            };
            let here =
                made.unwrap_or_else(|| FuncCursor::new(func).at_inst(place).ins().symbol_value(types::I64, instance));
            match around {
                Some(around) if place != inst => _ = before_loops.insert(around, here),
                _ => in_straight_code = Some(here),
            }
            func.dfg.map_inst_values(inst, |value| if value == address { here } else { value });
        }
    }
}

/// The loops in which something is called.
fn loops_with_calls(func: &Function, loops: &LoopAnalysis) -> HashSet<Loop> {
    let mut calling = HashSet::new();
    for block in func.layout.blocks() {
        if func.layout.block_insts(block).any(|inst| func.dfg.insts[inst].opcode().is_call()) {
            let innermost = loops.innermost_loop(block);
            calling.extend(std::iter::successors(innermost, |inner| loops.loop_parent(*inner)));
        }
    }
    calling
}

/// Whether nothing but what lies before `block` leads to it, and nearly always leads to it.
fn follows_in_straight_code(func: &Function, cfg: &ControlFlowGraph, block: Block) -> bool {
    let mut predecessors = cfg.pred_iter(block);
    let (Some(only), None) = (predecessors.next(), predecessors.next()) else { return false };
    let is_before = func.layout.prev_block(block) == Some(only.block);
    is_before && cfg.succ_iter(only.block).all(|next| next == block || func.layout.is_cold(next))
}

fn is_instance(func: &Function, global: GlobalValue) -> bool {
    match &func.global_values[global] {
        GlobalValueData::Symbol { name: ExternalName::User(name), .. } => {
            names::decode(&func.params.user_named_funcs()[*name]) == Symbol::Instance
        }
        _ => false,
    }
}

/// Whether `value` is the address of `global`.
fn is_address(func: &Function, value: Value, global: GlobalValue) -> bool {
    func.dfg.value_def(value).inst().is_some_and(|definition| {
        matches!(func.dfg.insts[definition], InstructionData::UnaryGlobalValue { global_value, .. } if global_value == global)
    })
}
