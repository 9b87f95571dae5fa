//! The instance as variables, for the commands of `gdb.py`, and for people: `__wasm_memory_0`, `__wasm_global_3`, `__wasm_table_0`.

use super::{Program, TABLES};
use crate::analyze::{GlobalPlan, TablePlan};
use crate::module::ConstOp;
use crate::options::InstanceMode;
use gimli::constants as dw;
use gimli::write::{Address, AttributeValue, Dwarf, Expression, LineProgram, Unit, UnitEntryId};
use wasmc_runtime::abi;

/// Adds the unit; nothing for code that any number of instances share.
pub(super) fn add(program: &Program<'_>, dwarf: &mut Dwarf) {
    if program.plan.instances != InstanceMode::Static {
        return;
    }
    let id = dwarf.units.add(Unit::new(super::units::ENCODING, LineProgram::none()));
    let mut state = State::new(dwarf.units.get_mut(id));
    state.add_memories(program);
    state.add_globals(program);
    state.add_tables(program);
}

struct State<'a> {
    unit: &'a mut Unit,
    u64: UnitEntryId,
}

impl<'a> State<'a> {
    fn new(unit: &'a mut Unit) -> State<'a> {
        let root = unit.root();
        let entry = unit.get_mut(root);
        entry.set(dw::DW_AT_name, string("WebAssembly instance"));
        entry.set(dw::DW_AT_language, AttributeValue::Language(dw::DW_LANG_C11));
        let mut state = State { unit, u64: root };
        state.u64 = state.base_type("u64", dw::DW_ATE_unsigned, 8);
        state
    }

    fn add(&mut self, parent: UnitEntryId, tag: gimli::DwTag, name: &str) -> UnitEntryId {
        let entry = self.unit.add(parent, tag);
        self.unit.get_mut(entry).set(dw::DW_AT_name, string(name));
        entry
    }

    fn base_type(&mut self, name: &str, encoding: gimli::DwAte, bytes: u8) -> UnitEntryId {
        let entry = self.add(self.unit.root(), dw::DW_TAG_base_type, name);
        let new = self.unit.get_mut(entry);
        new.set(dw::DW_AT_encoding, AttributeValue::Encoding(encoding));
        new.set(dw::DW_AT_byte_size, AttributeValue::Data1(bytes));
        entry
    }

    /// A structure of 64-bit words, some of which have other types.
    fn structure(&mut self, name: &str, size: usize, members: &[(&str, usize, UnitEntryId)]) -> UnitEntryId {
        let entry = self.add(self.unit.root(), dw::DW_TAG_structure_type, name);
        self.unit.get_mut(entry).set(dw::DW_AT_byte_size, AttributeValue::Udata(size as u64));
        for (name, offset, ty) in members {
            let member = self.add(entry, dw::DW_TAG_member, name);
            let new = self.unit.get_mut(member);
            new.set(dw::DW_AT_type, AttributeValue::UnitRef(*ty));
            new.set(dw::DW_AT_data_member_location, AttributeValue::Udata(*offset as u64));
        }
        entry
    }

    fn pointer(&mut self, target: UnitEntryId) -> UnitEntryId {
        let root = self.unit.root();
        let entry = self.unit.add(root, dw::DW_TAG_pointer_type);
        let new = self.unit.get_mut(entry);
        new.set(dw::DW_AT_byte_size, AttributeValue::Data1(8));
        new.set(dw::DW_AT_type, AttributeValue::UnitRef(target));
        entry
    }

    fn variable(&mut self, name: &str, ty: UnitEntryId, address: Address) {
        let entry = self.add(self.unit.root(), dw::DW_TAG_variable, name);
        let mut location = Expression::new();
        location.op_addr(address);
        let new = self.unit.get_mut(entry);
        new.set(dw::DW_AT_external, AttributeValue::FlagPresent);
        new.set(dw::DW_AT_type, AttributeValue::UnitRef(ty));
        new.set(dw::DW_AT_location, AttributeValue::Exprloc(location));
    }

    fn constant(&mut self, name: &str, ty: UnitEntryId, value: AttributeValue) {
        let entry = self.add(self.unit.root(), dw::DW_TAG_variable, name);
        let new = self.unit.get_mut(entry);
        new.set(dw::DW_AT_external, AttributeValue::FlagPresent);
        new.set(dw::DW_AT_type, AttributeValue::UnitRef(ty));
        new.set(dw::DW_AT_const_value, value);
    }

    fn add_memories(&mut self, program: &Program<'_>) {
        let byte = self.base_type("u8", dw::DW_ATE_unsigned, 1);
        let bytes = self.pointer(byte);
        let members = [
            ("base", std::mem::offset_of!(abi::Memory, base), bytes),
            ("byte_length", std::mem::offset_of!(abi::Memory, byte_length), self.u64),
        ];
        let memory = self.structure("wasm_memory", size_of::<abi::Memory>(), &members);
        for (index, offset) in &program.plan.layout.memories {
            if !program.module.is_imported_memory(index) {
                self.variable(&format!("__wasm_memory_{}", index.as_u32()), memory, program.instance(*offset));
            }
        }
    }

    fn add_globals(&mut self, program: &Program<'_>) {
        let i32_type = self.base_type("i32", dw::DW_ATE_signed, 4);
        let i64_type = self.base_type("i64", dw::DW_ATE_signed, 8);
        let f32_type = self.base_type("f32", dw::DW_ATE_float, 4);
        let f64_type = self.base_type("f64", dw::DW_ATE_float, 8);
        let reference = self.base_type("ref", dw::DW_ATE_unsigned, 8);
        let count = program.plan.globals.len() as u64;
        self.constant("__wasm_globals", self.u64, AttributeValue::Udata(count));
        for (index, plan) in &program.plan.globals {
            use wasmparser::ValType;
            let ty = match super::machine_value(program.module.globals[index].ty.value) {
                ValType::I32 => i32_type,
                ValType::I64 => i64_type,
                ValType::F32 => f32_type,
                ValType::F64 => f64_type,
                ValType::V128 => continue,
                ValType::Ref(_) => reference,
            };
            let name = format!("__wasm_global_{}", index.as_u32());
            match (plan, program.plan.layout.globals[index]) {
                (GlobalPlan::Stored { .. }, Some(offset)) => self.variable(&name, ty, program.instance(offset)),
                (GlobalPlan::Constant(ConstOp::I32(value)), _) => {
                    self.constant(&name, ty, AttributeValue::Sdata((*value).into()));
                }
                (GlobalPlan::Constant(ConstOp::I64(value)), _) => {
                    self.constant(&name, ty, AttributeValue::Sdata(*value));
                }
                (GlobalPlan::Constant(ConstOp::F32(bits)), _) => {
                    self.constant(&name, ty, AttributeValue::Data4(*bits));
                }
                (GlobalPlan::Constant(ConstOp::F64(bits)), _) => {
                    self.constant(&name, ty, AttributeValue::Data8(*bits));
                }
                _ => {}
            }
        }
    }

    fn add_tables(&mut self, program: &Program<'_>) {
        let words = self.pointer(self.u64);
        let members = [
            ("elements", std::mem::offset_of!(abi::Table, elements), words),
            ("length", std::mem::offset_of!(abi::Table, length), self.u64),
        ];
        let table = self.structure("wasm_table", size_of::<abi::Table>(), &members);
        let members = [("code", std::mem::offset_of!(abi::TableEntry, code), self.u64)];
        let entry = self.structure("wasm_table_entry", size_of::<abi::TableEntry>(), &members);
        let count = program.plan.tables.len() as u64;
        self.constant("__wasm_tables", self.u64, AttributeValue::Udata(count));
        for (index, plan) in &program.plan.tables {
            let name = format!("__wasm_table_{}", index.as_u32());
            match plan {
                TablePlan::ReadOnly(entries) if !entries.is_empty() => {
                    let root = self.unit.root();
                    let array = self.unit.add(root, dw::DW_TAG_array_type);
                    self.unit.get_mut(array).set(dw::DW_AT_type, AttributeValue::UnitRef(entry));
                    let range = self.unit.add(array, dw::DW_TAG_subrange_type);
                    let new = self.unit.get_mut(range);
                    new.set(dw::DW_AT_count, AttributeValue::Udata(entries.len() as u64));
                    let address = Address::Symbol { symbol: TABLES + index.as_u32() as usize, addend: 0 };
                    self.variable(&name, array, address);
                }
                TablePlan::ReadOnly(_) => {}
                TablePlan::Mutable => {
                    let offset = program.plan.layout.tables[index].filter(|_| !program.module.is_imported_table(index));
                    if let Some(offset) = offset {
                        self.variable(&name, table, program.instance(offset));
                    }
                }
            }
        }
    }
}

fn string(text: &str) -> AttributeValue {
    AttributeValue::String(text.as_bytes().to_vec())
}
