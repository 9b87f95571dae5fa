//! What wasmc gets in place of a module: calls that go through typed references.
//!
//! The generator makes such references only together with garbage collection. So some of its calls are written in one of
//! several ways that come to the same, here for a function 3 of type 1:
//! ```wat
//! (local $cached (ref null 1))
//! …
//! block $known (result (ref 1))
//!   local.get $cached
//!   br_on_non_null $known     ;; from the second time on
//!   ref.func 3
//!   local.tee $cached
//!   ref.as_non_null
//! end
//! call_ref 1
//! ```

use super::rewrite::{Additions, Body, Result, Rules, Shape, rewrite};
use super::values::Random;
use wasm_encoder::{BlockType, ConstExpr, GlobalType, HeapType, RefType, TableType, ValType};
use wasmparser::{Operator, Parser, Payload};

/// How a call is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it was.
    Plain,
    /// `ref.func`, then the call.
    Function,
    /// Through a local that cannot be null.
    Local,
    /// Through a local that can be.
    NullableLocal,
    /// One of two functions, `select`ed.
    Selected,
    /// Through a local that is null for the first time, as `br_on_null` finds out.
    CachedOnNull,
    /// Likewise, with `br_on_non_null`.
    CachedOnNonNull,
    /// Likewise, in a global.
    CachedInGlobal,
    /// Through an immutable global that cannot be null.
    Global,
    /// Through an element of a table whose elements cannot be null.
    Table,
    /// `call_indirect` in such a table.
    Indirect,
}

const FORMS: [Form; 11] = [
    Form::Plain,
    Form::Function,
    Form::Local,
    Form::NullableLocal,
    Form::Selected,
    Form::CachedOnNull,
    Form::CachedOnNonNull,
    Form::CachedInGlobal,
    Form::Global,
    Form::Table,
    Form::Indirect,
];

/// The form of each call of a module, in order.
pub struct Sites(Vec<Site>);

struct Site {
    form: Form,
    function: u32,
    /// The global or table of its own.
    own: u32,
}

impl Sites {
    /// Chooses forms.
    ///
    /// # Errors
    /// When `binary` is no module.
    pub fn choose(binary: &[u8], mut random: Random) -> Result<Sites> {
        let shape = Shape::of(binary)?;
        let (mut tables, mut globals) = (shape.tables, shape.globals);
        let mut sites = Vec::new();
        for payload in Parser::new(0).parse_all(binary) {
            let Payload::CodeSectionEntry(body) = payload? else { continue };
            for operator in body.get_operators_reader()? {
                let (Operator::Call { function_index } | Operator::ReturnCall { function_index }) = operator? else {
                    continue;
                };
                let form = FORMS[random.number() as usize % FORMS.len()];
                let counter = if matches!(form, Form::Table | Form::Indirect) { &mut tables } else { &mut globals };
                sites.push(Site { form, function: function_index, own: *counter });
                *counter += u32::from(form.needs_own());
            }
        }
        Ok(Sites(sites))
    }

    /// Whether each goes through a reference.
    pub fn each(&self) -> impl Iterator<Item = bool> {
        self.0.iter().map(|site| site.form != Form::Plain)
    }
}

impl Form {
    /// Whether there is a global or a table for this site alone.
    fn needs_own(self) -> bool {
        matches!(self, Form::CachedInGlobal | Form::Global | Form::Table | Form::Indirect)
    }
}

/// `binary` with the calls in these forms. It must export its functions, since only such can be referred to.
///
/// # Errors
/// When it is no module.
pub fn introduce(binary: &[u8], sites: &Sites) -> Result<Vec<u8>> {
    let shape = Shape::of(binary)?;
    let mut additions = Additions::default();
    for site in &sites.0 {
        let ty = shape.functions[site.function as usize];
        match site.form {
            Form::CachedInGlobal => {
                let global = GlobalType { val_type: nullable(ty), mutable: true, shared: false };
                additions.globals.push((global, ConstExpr::ref_null(HeapType::Concrete(ty))));
            }
            Form::Global => {
                let global = GlobalType { val_type: non_null(ty), mutable: false, shared: false };
                additions.globals.push((global, ConstExpr::ref_func(site.function)));
            }
            Form::Table | Form::Indirect => {
                let element_type = RefType { nullable: false, heap_type: HeapType::Concrete(ty) };
                let table = TableType { element_type, table64: false, minimum: 2, maximum: None, shared: false };
                additions.tables.push((table, ConstExpr::ref_func(site.function)));
            }
            _ => {}
        }
    }
    rewrite(binary, &additions, &mut References { sites: sites.0.iter() })
}

fn nullable(ty: u32) -> ValType {
    ValType::Ref(RefType { nullable: true, heap_type: HeapType::Concrete(ty) })
}

fn non_null(ty: u32) -> ValType {
    ValType::Ref(RefType { nullable: false, heap_type: HeapType::Concrete(ty) })
}

struct References<'a> {
    sites: std::slice::Iter<'a, Site>,
}

impl Rules for References<'_> {
    fn operator(&mut self, operator: &Operator<'_>, encoded: &[u8], body: &mut Body<'_>) {
        let is_tail = match operator {
            Operator::Call { .. } => false,
            Operator::ReturnCall { .. } => true,
            _ => return body.copy(encoded),
        };
        let Some(site) = self.sites.next() else { return body.copy(encoded) };
        let ty = body.shape.functions[site.function as usize];
        if site.form == Form::Plain {
            return body.copy(encoded);
        }
        if site.form == Form::Indirect {
            body.emit().i32_const(1);
            if is_tail {
                body.emit().return_call_indirect(site.own, ty);
            } else {
                body.emit().call_indirect(site.own, ty);
            }
            return;
        }
        refer(site, ty, body);
        if is_tail {
            body.emit().return_call_ref(ty);
        } else {
            body.emit().call_ref(ty);
        }
    }
}

/// Leaves a reference to the function, which is of type `ty`, on the stack.
fn refer(site: &Site, ty: u32, body: &mut Body<'_>) {
    let function = site.function;
    match site.form {
        Form::Plain | Form::Indirect | Form::Function => {
            body.emit().ref_func(function);
        }
        Form::Local => {
            let local = body.local(non_null(ty));
            body.emit().ref_func(function).local_set(local).local_get(local);
        }
        Form::NullableLocal => {
            let local = body.local(nullable(ty));
            body.emit().ref_func(function).local_set(local).local_get(local);
        }
        Form::Selected => select(function, ty, body),
        Form::CachedOnNull => {
            let local = body.local(nullable(ty));
            let mut sink = body.emit();
            sink.block(BlockType::Result(non_null(ty))).block(BlockType::Empty);
            sink.local_get(local).br_on_null(0).br(1).end();
            sink.ref_func(function).local_tee(local).ref_as_non_null().end();
        }
        Form::CachedOnNonNull => {
            let local = body.local(nullable(ty));
            let mut sink = body.emit();
            sink.block(BlockType::Result(non_null(ty))).local_get(local).br_on_non_null(0);
            sink.ref_func(function).local_tee(local).ref_as_non_null().end();
        }
        Form::CachedInGlobal => {
            let global = site.own;
            let mut sink = body.emit();
            sink.block(BlockType::Result(non_null(ty))).global_get(global).br_on_non_null(0);
            sink.ref_func(function).global_set(global).global_get(global).ref_as_non_null().end();
        }
        Form::Global => {
            body.emit().global_get(site.own);
        }
        Form::Table => {
            body.emit().i32_const(1).table_get(site.own);
        }
    }
}

/// Selects the function, or null when no other function is of its type, by what is only known at run time.
fn select(function: u32, ty: u32, body: &mut Body<'_>) {
    let others = body.shape.functions.iter().enumerate();
    let other =
        others.filter(|(index, other)| *index as u32 != function && **other == ty).map(|(index, _)| index).next_back();
    // The fuel, which is not negative.
    let fuel = body.shape.globals - 1;
    let mut sink = body.emit();
    sink.ref_func(function);
    match other {
        Some(other) => sink.ref_func(other as u32),
        None => sink.ref_null(HeapType::Concrete(ty)),
    };
    sink.global_get(fuel).i32_const(0).i32_ge_s().typed_select(nullable(ty));
}
