//! [`Builder`] on `cranelift-frontend`, which makes SSA values of locals.

use super::convention::{CConvention, convert_signature};
use super::debug::LocalValues;
use super::isa::Isas;
use super::merge_checks::Check;
use super::{atomic, names, range, wide};
use crate::analyze::Symbol;
use crate::lower::{
    Access, AtomicOp, AtomicWidth, BinaryOp, BoundsCheck, Builder, Callee, CompareOp, ConvertOp, LoadOp, Local, Region,
    Signature, StoreOp, Type, UnaryOp, WideBinaryOp, WideMultiplyOp,
};
use crate::target::Architecture;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{
    self, AliasRegionData, Block, BlockArg, ExtFuncData, ExternalName, GlobalValueData, InstBuilder, JumpTableData,
    MemFlagsData, SourceLoc, StackSlot, StackSlotData, StackSlotKind, Value, types,
};
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::settings::OptLevel;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use std::borrow::Cow;
use std::collections::HashMap;
use wasmc_runtime::abi::TrapCode;

/// Builds one function of Cranelift IR.
pub(super) struct CraneliftBuilder<'a> {
    pub(super) inner: FunctionBuilder<'a>,
    entry: Block,
    c_convention: CConvention,
    pub(super) architecture: Architecture,
    has_vectors: bool,
    /// Nothing that is emitted will be simplified.
    is_final: bool,
    /// Zero extensions that the block in hand has already, where nobody else finds the second one of a value.
    extensions: HashMap<Value, Value>,
    regions: HashMap<Region, ir::AliasRegion>,
    locals: Vec<LocalHome>,
    /// What the place of a local holds, and in which block that is known.
    loaded: HashMap<Local, (Block, Value)>,
    /// What is reported of them, where somebody asked.
    local_values: Option<LocalValues>,
    /// The operator in hand.
    offset: u32,
    functions: HashMap<Symbol, ir::FuncRef>,
    addresses: HashMap<Symbol, ir::GlobalValue>,
    signatures: HashMap<Signature, ir::SigRef>,
    bounds_checks: Vec<Check>,
}

impl<'a> CraneliftBuilder<'a> {
    /// Starts a function of this signature.
    pub(super) fn new(
        func: &'a mut ir::Function,
        signature: &Signature,
        context: &'a mut FunctionBuilderContext,
        isas: &Isas,
        architecture: Architecture,
    ) -> CraneliftBuilder<'a> {
        let c_convention = CConvention::of(isas.usual(), architecture);
        func.signature = convert_signature(signature, c_convention);
        let mut inner = FunctionBuilder::new(func, context);
        let entry = inner.create_block();
        inner.append_block_params_for_function_params(entry);
        inner.switch_to_block(entry);
        inner.seal_block(entry);
        CraneliftBuilder {
            inner,
            entry,
            c_convention,
            architecture,
            has_vectors: isas.has_vectors(),
            is_final: isas.usual().flags().opt_level() == OptLevel::None,
            extensions: HashMap::new(),
            regions: HashMap::new(),
            locals: Vec::new(),
            loaded: HashMap::new(),
            local_values: None,
            offset: 0,
            functions: HashMap::new(),
            addresses: HashMap::new(),
            signatures: HashMap::new(),
            bounds_checks: Vec::new(),
        }
    }

    /// Has what debuggers want to know of locals reported.
    pub(super) fn report_locals(&mut self) {
        self.local_values = Some(LocalValues::default());
    }

    /// Ends the function; gives the bounds checks in it, and what was reported of its locals.
    pub(super) fn finish(self, isa: &dyn TargetIsa) -> (Vec<Check>, Option<LocalValues>) {
        self.inner.finalize(isa.frontend_config());
        (self.bounds_checks, self.local_values)
    }

    fn import_signature(&mut self, signature: &Signature) -> ir::SigRef {
        if let Some(known) = self.signatures.get(signature) {
            return *known;
        }
        let imported = self.inner.import_signature(convert_signature(signature, self.c_convention));
        self.signatures.insert(signature.clone(), imported);
        imported
    }

    fn import_function(&mut self, symbol: Symbol, signature: &Signature) -> ir::FuncRef {
        if let Some(known) = self.functions.get(&symbol) {
            return *known;
        }
        let signature = self.import_signature(signature);
        let name = self.inner.func.declare_imported_user_function(names::encode(symbol));
        let data = ExtFuncData { name: ExternalName::User(name), signature, colocated: true, patchable: false };
        let imported = self.inner.import_function(data);
        self.functions.insert(symbol, imported);
        imported
    }

    /// The flags of an access to so many bytes.
    pub(super) fn flags(&mut self, access: Access, bytes: u32) -> MemFlagsData {
        let is_aligned = match access.region {
            Region::Memory(_) => false,
            // What the runtime shares lies at multiples of 8.
            Region::Instance => bytes <= 8,
            _ => true,
        };
        let flags = if is_aligned {
            MemFlagsData::trusted()
        } else {
            MemFlagsData::new().with_endianness(ir::Endianness::Little)
        };
        let flags = flags.with_trap_code(access.may_fault.map(fault_code));
        match access.region {
            Region::Constant => return flags.with_readonly(),
            Region::InstanceConstant => return flags.with_readonly().with_can_move(),
            _ => {}
        }
        if self.is_final {
            // The optimiser alone asks which accesses may be to the same place.
            return flags;
        }
        let regions = &mut self.inner.func.dfg.alias_regions;
        let insert = || regions.insert(region_data(access.region));
        flags.with_alias_region(Some(*self.regions.entry(access.region).or_insert_with(insert)))
    }
}

/// Where a local is.
#[derive(Clone, Copy)]
enum LocalHome {
    /// In whatever value it was given last.
    Values(Variable),
    /// In a place on the stack, from the start of the function to its end: code that is not optimised is for looking at, and
    /// is made faster so.
    Slot(StackSlot, ir::Type),
}

/// A type in Cranelift's terms.
pub(super) fn ir_type(ty: Type) -> ir::Type {
    match ty {
        Type::I32 => types::I32,
        Type::I64 => types::I64,
        Type::F32 => types::F32,
        Type::F64 => types::F64,
        Type::V128 => types::I8X16,
    }
}

/// Globals past this one share a region: a function has room for some thousand kinds of access.
const LAST_GLOBAL_WITH_REGION: u32 = 4095;

fn region_data(region: Region) -> AliasRegionData {
    const KINDS: u32 = 8;
    let (kind, index, description): (u32, u32, Cow<'static, str>) = match region {
        Region::Memory(index) => (0, index, format!("memory {index}").into()),
        Region::TableElements(index) => (1, index, format!("table {index}").into()),
        Region::Descriptors => (2, 0, "descriptors".into()),
        Region::Global(index) => {
            let index = index.min(LAST_GLOBAL_WITH_REGION);
            (3, index, format!("global {index}").into())
        }
        Region::Instance => (4, 0, "instance".into()),
        Region::Constant | Region::InstanceConstant => (5, 0, "constant".into()),
    };
    AliasRegionData { user_id: index * KINDS + kind, description }
}

pub(super) fn trap_code(code: TrapCode) -> ir::TrapCode {
    ir::TrapCode::unwrap_user(code as u8)
}

/// The code of a fault. Those of linear memory have one that needs no entry in the code map.
fn fault_code(code: TrapCode) -> ir::TrapCode {
    if code == TrapCode::MemoryOutOfBounds { ir::TrapCode::HEAP_OUT_OF_BOUNDS } else { trap_code(code) }
}

fn block_arguments(values: &[Value]) -> Vec<BlockArg> {
    values.iter().copied().map(BlockArg::Value).collect()
}

impl Builder for CraneliftBuilder<'_> {
    type Value = Value;
    type Block = Block;

    fn set_offset(&mut self, offset: u32) {
        self.offset = offset;
        self.inner.set_srcloc(SourceLoc::new(offset));
    }

    fn parameters(&self) -> Vec<Value> {
        self.inner.block_params(self.entry).to_vec()
    }

    fn declare_local(&mut self, ty: Type) -> Local {
        let ty = ir_type(ty);
        let home = if self.is_final {
            let bytes = ty.bytes();
            let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, bytes.trailing_zeros() as u8);
            let slot = self.inner.create_sized_stack_slot(data);
            if let Some(values) = &mut self.local_values {
                values.has_slot(slot);
            }
            LocalHome::Slot(slot, ty)
        } else {
            LocalHome::Values(self.inner.declare_var(ty))
        };
        self.locals.push(home);
        self.locals.len() as Local - 1
    }

    fn local_get(&mut self, local: Local) -> Value {
        match self.locals[local as usize] {
            LocalHome::Slot(slot, ty) => {
                let block = self.inner.current_block();
                match self.loaded.get(&local) {
                    Some((known, value)) if Some(*known) == block => *value,
                    _ => {
                        let value = self.inner.ins().stack_load(types::I64, ty, slot, 0);
                        self.keep_loaded(local, value);
                        value
                    }
                }
            }
            LocalHome::Values(variable) => {
                let value = self.inner.use_var(variable);
                if let Some(values) = &mut self.local_values {
                    values.report(self.inner.func, local, value, self.offset);
                }
                value
            }
        }
    }

    fn local_set(&mut self, local: Local, value: Value) {
        match self.locals[local as usize] {
            LocalHome::Slot(slot, _) => {
                self.inner.ins().stack_store(types::I64, value, slot, 0);
                self.keep_loaded(local, value);
            }
            LocalHome::Values(variable) => {
                self.inner.def_var(variable, value);
                if let Some(values) = &mut self.local_values {
                    // Behind the operator.
                    values.report(self.inner.func, local, value, self.offset + 1);
                }
            }
        }
    }

    fn create_block(&mut self, parameters: &[Type]) -> Block {
        let block = self.inner.create_block();
        for ty in parameters {
            self.inner.append_block_param(block, ir_type(*ty));
        }
        block
    }

    fn switch_to(&mut self, block: Block) {
        self.extensions.clear();
        self.inner.switch_to_block(block);
    }

    fn seal(&mut self, block: Block) {
        self.inner.seal_block(block);
    }

    fn block_parameters(&self, block: Block) -> Vec<Value> {
        self.inner.block_params(block).to_vec()
    }

    fn set_cold(&mut self, block: Block) {
        self.inner.set_cold_block(block);
    }

    fn jump(&mut self, block: Block, arguments: &[Value]) {
        self.inner.ins().jump(block, &block_arguments(arguments));
    }

    fn branch(&mut self, condition: Value, then: (Block, &[Value]), otherwise: (Block, &[Value])) {
        let then_arguments = block_arguments(then.1);
        let other_arguments = block_arguments(otherwise.1);
        self.inner.ins().brif(condition, then.0, &then_arguments, otherwise.0, &other_arguments);
    }

    fn switch(&mut self, index: Value, targets: &[Block], default: Block) {
        let func = &mut self.inner.func;
        let default = func.dfg.block_call(default, &[]);
        let targets: Vec<_> = targets.iter().map(|target| func.dfg.block_call(*target, &[])).collect();
        let table = self.inner.create_jump_table(JumpTableData::new(default, &targets));
        self.inner.ins().br_table(index, table);
    }

    fn ret(&mut self, values: &[Value]) {
        self.inner.ins().return_(values);
    }

    fn return_call(&mut self, callee: Callee<Value>, signature: &Signature, arguments: &[Value]) {
        match callee {
            Callee::Symbol(symbol) => {
                let function = self.import_function(symbol, signature);
                self.inner.ins().return_call(function, arguments);
            }
            Callee::Address(address) => {
                let signature = self.import_signature(signature);
                self.inner.ins().return_call_indirect(signature, address, arguments);
            }
        }
    }

    fn trap(&mut self, code: TrapCode) {
        self.inner.ins().trap(trap_code(code));
    }

    fn trap_if(&mut self, condition: Value, code: TrapCode) {
        self.inner.ins().trapnz(condition, trap_code(code));
    }

    fn check_bounds(&mut self, wide_index: Value, last: Value, about: BoundsCheck<Value>) {
        let is_beyond = self.inner.ins().icmp(IntCC::SignedGreaterThan, wide_index, last);
        let trap = self.inner.ins().trapnz(is_beyond, trap_code(TrapCode::MemoryOutOfBounds));
        let dfg = &self.inner.func.dfg;
        let made = [last, is_beyond].map(|value| dfg.value_def(value).inst());
        if let [Some(last), Some(comparison)] = made {
            self.bounds_checks.push(Check { instructions: [last, comparison, trap], wide_index, about });
        }
    }

    fn trap_unless(&mut self, condition: Value, code: TrapCode) {
        self.inner.ins().trapz(condition, trap_code(code));
    }

    fn const_i32(&mut self, value: i32) -> Value {
        // Cranelift keeps narrow constants zero-extended.
        self.inner.ins().iconst(types::I32, i64::from(value as u32))
    }

    fn const_i64(&mut self, value: i64) -> Value {
        self.inner.ins().iconst(types::I64, value)
    }

    fn const_f32(&mut self, bits: u32) -> Value {
        self.inner.ins().f32const(ir::immediates::Ieee32::with_bits(bits))
    }

    fn const_f64(&mut self, bits: u64) -> Value {
        self.inner.ins().f64const(ir::immediates::Ieee64::with_bits(bits))
    }

    fn const_v128(&mut self, bits: u128) -> Value {
        let constant = self.inner.func.dfg.constants.insert(bits.to_le_bytes().to_vec().into());
        self.inner.ins().vconst(types::I8X16, constant)
    }

    fn prefers_displacements(&self) -> bool {
        self.is_final && self.architecture == Architecture::X86_64
    }

    fn widest_type(&self) -> Type {
        if self.has_vectors { Type::V128 } else { Type::I64 }
    }

    fn as_const(&self, value: Value) -> Option<i64> {
        let dfg = &self.inner.func.dfg;
        match dfg.insts[dfg.value_def(value).inst()?] {
            ir::InstructionData::UnaryImm { opcode: ir::Opcode::Iconst, imm } => Some(imm.bits()),
            _ => None,
        }
    }

    fn upper_bound(&self, value: Value) -> u64 {
        range::upper_bound(&self.inner.func.dfg, value)
    }

    fn as_sum(&self, value: Value) -> Option<(Value, i64)> {
        let dfg = &self.inner.func.dfg;
        let ir::InstructionData::Binary { opcode, args: [left, right] } = dfg.insts[dfg.value_def(value).inst()?]
        else {
            return None;
        };
        let sum = match (opcode, self.as_const(left), self.as_const(right)) {
            (ir::Opcode::Iadd, _, Some(addend)) => (left, addend),
            (ir::Opcode::Iadd, Some(addend), _) => (right, addend),
            (ir::Opcode::Isub, _, Some(subtrahend)) => (left, subtrahend.wrapping_neg()),
            _ => return None,
        };
        Some((dfg.resolve_aliases(sum.0), sum.1))
    }

    fn type_of(&self, value: Value) -> Type {
        match self.inner.func.dfg.value_type(value) {
            types::I32 => Type::I32,
            types::F32 => Type::F32,
            types::F64 => Type::F64,
            ty if ty.is_vector() => Type::V128,
            _ => Type::I64,
        }
    }

    fn unary(&mut self, op: UnaryOp, operand: Value) -> Value {
        let ty = self.inner.func.dfg.value_type(operand);
        match op {
            UnaryOp::Clz => self.inner.ins().clz(operand),
            UnaryOp::Ctz => self.inner.ins().ctz(operand),
            UnaryOp::Popcnt => self.inner.ins().popcnt(operand),
            UnaryOp::Extend8S => self.extend_low(types::I8, operand, ty),
            UnaryOp::Extend16S => self.extend_low(types::I16, operand, ty),
            UnaryOp::Extend32S => self.extend_low(types::I32, operand, ty),
            UnaryOp::FloatAbs => self.inner.ins().fabs(operand),
            UnaryOp::FloatNeg => self.inner.ins().fneg(operand),
            UnaryOp::FloatCeil => self.inner.ins().ceil(operand),
            UnaryOp::FloatFloor => self.inner.ins().floor(operand),
            UnaryOp::FloatTrunc => self.inner.ins().trunc(operand),
            UnaryOp::FloatNearest => self.inner.ins().nearest(operand),
            UnaryOp::FloatSqrt => self.inner.ins().sqrt(operand),
        }
    }

    fn binary(&mut self, op: BinaryOp, left: Value, right: Value) -> Value {
        let ins = self.inner.ins();
        match op {
            BinaryOp::Add => ins.iadd(left, right),
            BinaryOp::Sub => ins.isub(left, right),
            BinaryOp::Mul => ins.imul(left, right),
            BinaryOp::DivS => ins.sdiv(left, right),
            BinaryOp::DivU => ins.udiv(left, right),
            BinaryOp::RemS => ins.srem(left, right),
            BinaryOp::RemU => ins.urem(left, right),
            BinaryOp::And => ins.band(left, right),
            BinaryOp::Or => ins.bor(left, right),
            BinaryOp::Xor => ins.bxor(left, right),
            BinaryOp::Shl => ins.ishl(left, right),
            BinaryOp::ShrS => ins.sshr(left, right),
            BinaryOp::ShrU => ins.ushr(left, right),
            BinaryOp::Rotl => ins.rotl(left, right),
            BinaryOp::Rotr => ins.rotr(left, right),
            BinaryOp::FloatAdd => ins.fadd(left, right),
            BinaryOp::FloatSub => ins.fsub(left, right),
            BinaryOp::FloatMul => ins.fmul(left, right),
            BinaryOp::FloatDiv => ins.fdiv(left, right),
            BinaryOp::FloatMin => ins.fmin(left, right),
            BinaryOp::FloatMax => ins.fmax(left, right),
            BinaryOp::FloatCopysign => ins.fcopysign(left, right),
        }
    }

    fn wide_binary(&mut self, op: WideBinaryOp, left: [Value; 2], right: [Value; 2]) -> [Value; 2] {
        wide::binary(&mut self.inner, op, left, right)
    }

    fn wide_multiply(&mut self, op: WideMultiplyOp, left: Value, right: Value) -> [Value; 2] {
        wide::multiply(&mut self.inner, op, left, right)
    }

    fn compare(&mut self, op: CompareOp, left: Value, right: Value) -> Value {
        let bit = match comparison(op) {
            Comparison::Int(condition) => self.inner.ins().icmp(condition, left, right),
            Comparison::Float(condition) => self.inner.ins().fcmp(condition, left, right),
        };
        self.inner.ins().uextend(types::I32, bit)
    }

    fn convert(&mut self, op: ConvertOp, operand: Value, to: Type) -> Value {
        if self.is_final && op == ConvertOp::ExtendU {
            let ins = self.inner.ins();
            let extend = || ins.uextend(types::I64, operand);
            return *self.extensions.entry(operand).or_insert_with(extend);
        }
        let to = ir_type(to);
        let ins = self.inner.ins();
        match op {
            ConvertOp::Wrap => ins.ireduce(to, operand),
            ConvertOp::ExtendS => ins.sextend(to, operand),
            ConvertOp::ExtendU => ins.uextend(to, operand),
            ConvertOp::TruncS => ins.fcvt_to_sint(to, operand),
            ConvertOp::TruncU => ins.fcvt_to_uint(to, operand),
            ConvertOp::TruncSatS => ins.fcvt_to_sint_sat(to, operand),
            ConvertOp::TruncSatU => ins.fcvt_to_uint_sat(to, operand),
            ConvertOp::ConvertS => ins.fcvt_from_sint(to, operand),
            ConvertOp::ConvertU => ins.fcvt_from_uint(to, operand),
            ConvertOp::Demote => ins.fdemote(to, operand),
            ConvertOp::Promote => ins.fpromote(to, operand),
            ConvertOp::Reinterpret => ins.bitcast(to, MemFlagsData::new(), operand),
        }
    }

    fn select(&mut self, condition: Value, then: Value, otherwise: Value) -> Value {
        self.inner.ins().select(condition, then, otherwise)
    }

    fn load(&mut self, op: LoadOp, address: Value, offset: i32, access: Access) -> Value {
        let flags = self.flags(access, op.bytes());
        let ins = self.inner.ins();
        match op {
            LoadOp::Full(ty) => ins.load(ir_type(ty), flags, address, offset),
            LoadOp::Low8S(ty) => ins.sload8(ir_type(ty), flags, address, offset),
            LoadOp::Low8U(ty) => ins.uload8(ir_type(ty), flags, address, offset),
            LoadOp::Low16S(ty) => ins.sload16(ir_type(ty), flags, address, offset),
            LoadOp::Low16U(ty) => ins.uload16(ir_type(ty), flags, address, offset),
            LoadOp::Low32S => ins.sload32(flags, address, offset),
            LoadOp::Low32U => ins.uload32(flags, address, offset),
        }
    }

    fn store(&mut self, op: StoreOp, value: Value, address: Value, offset: i32, access: Access) {
        let flags = self.flags(access, op.bytes());
        if let (Some(narrow), Some(constant)) = (narrow_store(op), self.as_const(value)) {
            // A constant of the width that is stored becomes an immediate of the instruction.
            let constant = ir::immediates::Imm64::new(constant).zero_extend_from_width(narrow.bits());
            let value = self.inner.ins().iconst(narrow, constant);
            self.inner.ins().store(flags, value, address, offset);
            return;
        }
        let ins = self.inner.ins();
        match op {
            StoreOp::Full(_) => ins.store(flags, value, address, offset),
            StoreOp::Low8 => ins.istore8(flags, value, address, offset),
            StoreOp::Low16 => ins.istore16(flags, value, address, offset),
            StoreOp::Low32 => ins.istore32(flags, value, address, offset),
        };
    }

    fn atomic_load(&mut self, width: AtomicWidth, to: Type, address: Value, access: Access) -> Value {
        atomic::load(self, width, to, address, access)
    }

    fn atomic_store(&mut self, width: AtomicWidth, value: Value, address: Value, access: Access) {
        atomic::store(self, width, value, address, access);
    }

    fn atomic_update(
        &mut self,
        op: AtomicOp,
        width: AtomicWidth,
        operand: Value,
        address: Value,
        access: Access,
    ) -> Value {
        atomic::update(self, op, width, operand, address, access)
    }

    fn atomic_compare_exchange(
        &mut self,
        width: AtomicWidth,
        expected: Value,
        replacement: Value,
        address: Value,
        access: Access,
    ) -> Value {
        atomic::compare_exchange(self, width, [expected, replacement], address, access)
    }

    fn fence(&mut self) {
        self.inner.ins().fence();
    }

    fn symbol_address(&mut self, symbol: Symbol) -> Value {
        let global = match self.addresses.get(&symbol) {
            Some(global) => *global,
            None => {
                let name = self.inner.func.declare_imported_user_function(names::encode(symbol));
                let global = self.inner.create_global_value(GlobalValueData::Symbol {
                    name: ExternalName::User(name),
                    offset: 0.into(),
                    colocated: true,
                    tls: false,
                });
                self.addresses.insert(symbol, global);
                global
            }
        };
        self.inner.ins().symbol_value(types::I64, global)
    }

    fn stack_pointer(&mut self) -> Value {
        self.inner.ins().get_stack_pointer(types::I64)
    }

    fn call(&mut self, callee: Callee<Value>, signature: &Signature, arguments: &[Value]) -> Vec<Value> {
        let call = match callee {
            Callee::Symbol(symbol) => {
                let function = self.import_function(symbol, signature);
                self.inner.ins().call(function, arguments)
            }
            Callee::Address(address) => {
                let signature = self.import_signature(signature);
                self.inner.ins().call_indirect(signature, address, arguments)
            }
        };
        self.inner.inst_results(call).to_vec()
    }
}

impl CraneliftBuilder<'_> {
    /// Spares the block in hand a load of what is at hand.
    fn keep_loaded(&mut self, local: Local, value: Value) {
        if let Some(block) = self.inner.current_block() {
            self.loaded.insert(local, (block, value));
        }
    }

    fn extend_low(&mut self, low: ir::Type, operand: Value, ty: ir::Type) -> Value {
        let narrow = self.inner.ins().ireduce(low, operand);
        self.inner.ins().sextend(ty, narrow)
    }
}

/// The type that `op` stores, when it is narrower than its operand.
fn narrow_store(op: StoreOp) -> Option<ir::Type> {
    match op {
        StoreOp::Full(_) => None,
        StoreOp::Low8 => Some(types::I8),
        StoreOp::Low16 => Some(types::I16),
        StoreOp::Low32 => Some(types::I32),
    }
}

pub(super) enum Comparison {
    Int(IntCC),
    Float(FloatCC),
}

pub(super) fn comparison(op: CompareOp) -> Comparison {
    match op {
        CompareOp::Eq => Comparison::Int(IntCC::Equal),
        CompareOp::Ne => Comparison::Int(IntCC::NotEqual),
        CompareOp::LtS => Comparison::Int(IntCC::SignedLessThan),
        CompareOp::LtU => Comparison::Int(IntCC::UnsignedLessThan),
        CompareOp::GtS => Comparison::Int(IntCC::SignedGreaterThan),
        CompareOp::GtU => Comparison::Int(IntCC::UnsignedGreaterThan),
        CompareOp::LeS => Comparison::Int(IntCC::SignedLessThanOrEqual),
        CompareOp::LeU => Comparison::Int(IntCC::UnsignedLessThanOrEqual),
        CompareOp::GeS => Comparison::Int(IntCC::SignedGreaterThanOrEqual),
        CompareOp::GeU => Comparison::Int(IntCC::UnsignedGreaterThanOrEqual),
        CompareOp::FloatEq => Comparison::Float(FloatCC::Equal),
        CompareOp::FloatNe => Comparison::Float(FloatCC::NotEqual),
        CompareOp::FloatLt => Comparison::Float(FloatCC::LessThan),
        CompareOp::FloatGt => Comparison::Float(FloatCC::GreaterThan),
        CompareOp::FloatLe => Comparison::Float(FloatCC::LessThanOrEqual),
        CompareOp::FloatGe => Comparison::Float(FloatCC::GreaterThanOrEqual),
    }
}
