//! The Cranelift back end: one function at a time from operators to machine code.

mod addresses;
mod atomic;
mod bases;
mod builder;
mod code_map;
mod convention;
mod cpu;
mod debug;
mod frame;
mod isa;
mod loop_tests;
mod merge_checks;
mod names;
mod range;
mod relocations;
mod vector;
mod wide;
mod widen;
mod without_vectors;

pub(super) use isa::Isas;
pub(super) use names::{numbers_of_symbol, symbol_of_numbers};

use super::compiled::{CompiledFunction, body_offset};
use crate::analyze::{CodeIndex, MemoryBase, Plan, Symbol};
use crate::error::Error;
use crate::lower::{code_signature, lower};
use crate::module::Module;
use crate::options::{Emit, Options};
use crate::target::Architecture;
use builder::{CraneliftBuilder, trap_code};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::UserFuncName;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::settings::OptLevel;
use cranelift_codegen::{CodegenError, CodegenResult, CompiledCode, Context};
use cranelift_frontend::FunctionBuilderContext;
use debug::LocalValues;
use merge_checks::Check;
use relocations::relocations_of;
use wasmc_runtime::abi::TrapCode;
use without_vectors::refuse_vectors;

/// A worker's state: buffers that are used again for each function.
pub(super) struct FunctionCompiler<'a> {
    module: &'a Module<'a>,
    plan: &'a Plan,
    maps_accesses: bool,
    isas: &'a Isas,
    options: &'a Options,
    context: Context,
    builder_context: FunctionBuilderContext,
    register_allocator: regalloc2::Ctx,
}

/// A function with more SSA values than this leaves no buffers behind: one in a few hundred, which
/// takes so long to compile that allocating them again does not show.
const MOST_VALUES_KEPT: usize = 20_000;

impl<'a> FunctionCompiler<'a> {
    pub(super) fn new(
        module: &'a Module<'a>,
        plan: &'a Plan,
        maps_accesses: bool,
        isas: &'a Isas,
        options: &'a Options,
    ) -> Self {
        FunctionCompiler {
            module,
            plan,
            maps_accesses,
            isas,
            options,
            context: Context::new(),
            builder_context: FunctionBuilderContext::new(),
            register_allocator: regalloc2::Ctx::default(),
        }
    }

    /// Lowers and compiles one piece of code.
    pub(super) fn compile(&mut self, code: CodeIndex) -> Result<CompiledFunction, Error> {
        let compiled = self.build_and_compile(code);
        // Buffers keep the size of the largest function: those of a few giants would outlive them.
        if self.context.func.dfg.num_values() > MOST_VALUES_KEPT {
            self.context = Context::new();
            self.builder_context = FunctionBuilderContext::new();
            self.register_allocator = regalloc2::Ctx::default();
        } else {
            self.context.clear();
        }
        compiled
    }

    fn build_and_compile(&mut self, code: CodeIndex) -> Result<CompiledFunction, Error> {
        let (checks, locals) = self.build_ir(code)?;
        if !self.isas.has_vectors() {
            refuse_vectors(&self.context.func)?;
        }
        if self.options.emit == Emit::Clif {
            return Ok(self.listing(code));
        }
        let bug = |error: &dyn std::fmt::Display| {
            Error::bug(format!("compiling {}", self.plan.code_name(self.module, code)), error)
        };
        let isa = self.isas.for_function(&self.context.func);
        if self.options.emit == Emit::OptimizedClif {
            self.optimize(isa, checks).map_err(|error| bug(&error))?;
            return Ok(self.listing(code));
        }
        match self.optimize(isa, checks).and_then(|()| self.emit(isa)) {
            Ok(compiled) => self.take_machine_code(code, &compiled, locals),
            // A limit of this implementation (WebAssembly core specification, appendix A.2).
            Err(CodegenError::CodeTooLarge | CodegenError::ImplLimitExceeded) => Err(Error::environment(format!(
                "{} is too large for the code generator; `-O0` needs less room",
                self.plan.code_name(self.module, code)
            ))),
            Err(other) => Err(bug(&other)),
        }
    }

    /// Optimises the function that was built, with its bounds checks: Cranelift's passes, and ours around them.
    fn optimize(&mut self, isa: &dyn TargetIsa, checks: Vec<Check>) -> CodegenResult<()> {
        if isa.flags().opt_level() != OptLevel::None {
            merge_checks::merge_checks(&mut self.context.func, checks, trap_code(TrapCode::MemoryOutOfBounds));
        }
        self.context.optimize(isa, &mut ControlPlane::default())?;
        if isa.flags().opt_level() != OptLevel::None {
            self.context.compute_cfg();
            loop_tests::test_next_values(&mut self.context.func);
            match self.options.target.architecture {
                Architecture::X86_64 => {
                    // Elsewhere there are twice as many registers, and an address takes two instructions.
                    addresses::make_instance_address_anew(&mut self.context);
                    widen::widen_indices(&mut self.context.func, &self.context.cfg);
                }
                Architecture::Riscv64 => widen::widen_indices(&mut self.context.func, &self.context.cfg),
                // An access extends its index there.
                Architecture::Aarch64 => {
                    let first = self.plan.memories.values().next().map(|memory| memory.base);
                    if let Some(MemoryBase::Fixed(base)) = first {
                        bases::make_base_once(&mut self.context.func, base);
                    }
                }
            }
        }
        self.context.verify_if(isa)
    }

    /// Makes machine code of the optimised function.
    fn emit(&mut self, isa: &dyn TargetIsa) -> CodegenResult<CompiledCode> {
        let Context { func, domtree, .. } = &self.context;
        let control = &mut ControlPlane::default();
        let stencil = isa.compile_function(func, domtree, &mut self.register_allocator, false, control)?;
        Ok(stencil.apply_params(&func.params))
    }

    /// Builds the function; gives the bounds checks in it, and what debuggers are to know of its locals.
    fn build_ir(&mut self, code: CodeIndex) -> Result<(Vec<Check>, Option<LocalValues>), Error> {
        let isa = self.isas.usual();
        let signature = code_signature(self.module, self.plan, code);
        self.context.func.name = UserFuncName::User(names::encode(Symbol::Code(code)));
        let architecture = self.options.target.architecture;
        let function = &mut self.context.func;
        let mut builder =
            CraneliftBuilder::new(function, &signature, &mut self.builder_context, self.isas, architecture);
        if self.options.debug {
            builder.report_locals();
        }
        lower(self.module, self.plan, code, &mut builder)?;
        Ok(builder.finish(isa))
    }

    fn listing(&self, code: CodeIndex) -> CompiledFunction {
        let name = self.plan.code_name(self.module, code);
        let listing = format!("; {name}\n{}\n", self.context.func.display());
        CompiledFunction { listing: Some(listing), ..CompiledFunction::default() }
    }

    fn take_machine_code(
        &self,
        code_index: CodeIndex,
        compiled: &CompiledCode,
        locals: Option<LocalValues>,
    ) -> Result<CompiledFunction, Error> {
        let bug = |message: String| Error::bug("code generation", message);
        let buffer = &compiled.buffer;
        let body = body_offset(self.module, self.plan, code_index);
        let mut code = buffer.data().to_vec();
        let relocations = relocations_of(buffer.relocs(), &self.context.func, &mut code).map_err(bug)?;
        let locations = match self.options.debug || self.options.emit == Emit::Assembly {
            true => debug::locations(buffer),
            false => Vec::new(),
        };
        let locals = locals.map_or(Vec::new(), |locals| {
            locals.places(self.module, self.plan, code_index, compiled, &locations, self.options.target.architecture)
        });
        Ok(CompiledFunction {
            code,
            alignment: buffer.alignment.max(16),
            relocations,
            entries: code_map::encode(buffer, body, self.maps_accesses),
            frame_size: buffer.frame_layout().map_or(0, |layout| layout.frame_to_fp_offset),
            frame_steps: self.options.debug.then(|| frame::steps_of(buffer, self.options.target.architecture)),
            locations,
            locals,
            listing: None,
        })
    }
}
