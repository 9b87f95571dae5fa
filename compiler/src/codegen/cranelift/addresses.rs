//! The address of the instance, made again in each block, after the optimiser.
//!
//! The optimiser makes an address once and keeps it: that of the instance, which holds the globals, from the first use of the
//! shadow stack's pointer to the last one, at the end of the function. One of fifteen registers is worth more than the one
//! instruction that makes the address, as it is for other constants, which Cranelift treats so itself. Addresses of tables
//! stay where they are: what loops use is made before them.

use super::names;
use crate::analyze::Symbol;
use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::{
    Block, ExternalName, Function, GlobalValue, GlobalValueData, InstBuilder, InstructionData, Value, types,
};

/// Lets the address of the instance be alive in no more than one block at a time.
pub(super) fn make_instance_address_in_each_block(func: &mut Function) {
    let Some(instance) = func.global_values.keys().find(|global| is_instance(func, *global)) else { return };
    let blocks: Vec<Block> = func.layout.blocks().collect();
    for block in blocks {
        let mut made = None;
        let mut next = func.layout.first_inst(block);
        while let Some(inst) = next {
            next = func.layout.next_inst(inst);
            let Some(address) = func.dfg.inst_values(inst).find(|value| is_address(func, *value, instance)) else {
                continue;
            };
            let definition = func.dfg.value_def(address).unwrap_inst();
            if func.layout.inst_block(definition) != Some(block) {
                let make = || FuncCursor::new(func).at_inst(inst).ins().symbol_value(types::I64, instance);
                let here = *made.get_or_insert_with(make);
                func.dfg.map_inst_values(inst, |value| if value == address { here } else { value });
            }
        }
    }
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
