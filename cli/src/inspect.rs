//! `wasmc inspect`

use crate::args::InspectArgs;
use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::table::{Align, columns, printable};
use crate::units::{count, format_size};
use serde_json::{Value, json};
use std::fmt::Write;
use wasmc_compiler::{
    ExternalKind, Features, FunctionTotals, InspectedImport, InspectedItem, Inspection, SegmentTotals,
};

/// Shows what a module contains and needs.
pub(crate) fn inspect(args: &InspectArgs) -> Result<(), Failure> {
    let bytes = input::read(&args.input)?;
    let label = input::label(&args.input);
    let refuse = |error| Failure::compile(&label, &error);
    let binary = wasmc_compiler::to_binary(&bytes).map_err(refuse)?;
    let module =
        wasmc_compiler::parse(&binary, &input::module_name(&args.input), Features::supported()).map_err(refuse)?;
    let inspection = wasmc_compiler::inspect(&module);
    if args.json {
        output::print(&format!("{:#}\n", to_json(&inspection)))
    } else {
        output::print(&to_text(&label, &inspection))
    }
}

/// A summary, then aligned lists under short headings; what there is none of is left out.
fn to_text(label: &str, module: &Inspection) -> String {
    let mut text = format!("{}: {}, {}", printable(label), module.role.name(), format_size(module.bytes as u64));
    if let Some(name) = &module.name {
        let _ = write!(text, ", named {}", printable(name));
    }
    text.push('\n');
    text.push_str(&columns(2, [Align::Left; 2], &summary(module)));

    let imports: Vec<_> = module.imports.iter().map(import_row).collect();
    list(&mut text, "imports", columns(2, [Align::Left; 4], &imports));
    let exports: Vec<_> = module.exports.iter().map(|export| [printable(&export.name), export.ty.clone()]).collect();
    list(&mut text, "exports", columns(2, [Align::Left; 2], &exports));
    list(&mut text, "memories", item_rows(&module.memories));
    list(&mut text, "tables", item_rows(&module.tables));
    list(&mut text, "globals", item_rows(&module.globals));
    let sections: Vec<_> =
        module.sections.iter().map(|section| [section.name.clone(), format_size(section.bytes as u64)]).collect();
    list(&mut text, "sections", columns(2, [Align::Left, Align::Right], &sections));
    text
}

fn summary(module: &Inspection) -> Vec<[String; 2]> {
    let mut rows = Vec::new();
    let mut row = |title: &str, value: String| rows.push([title.to_owned(), value]);
    let FunctionTotals { count: functions, bytes, largest } = module.functions;
    let (bytes, largest) = (format_size(bytes as u64), format_size(largest as u64));
    row("code", format!("{}, {bytes}, the largest {largest}", count(functions, "function")));
    if let Some(start) = module.start {
        row("start", format!("function {start}"));
    }
    if module.data.count > 0 {
        row("data", segments(&module.data, &format_size(module.data.size as u64)));
    }
    if module.elements.count > 0 {
        row("elements", segments(&module.elements, &count(module.elements.size, "reference")));
    }
    for used in &module.wasi {
        row("WASI", format!("{} of {}", count(used.calls.len(), "function"), printable(&used.module)));
    }
    if !module.proposals.is_empty() {
        row("proposals", module.proposals.join(", "));
    }
    rows
}

fn segments(totals: &SegmentTotals, size: &str) -> String {
    format!("{}, {} of them active, {size}", count(totals.count, "segment"), totals.active)
}

fn list(text: &mut String, title: &str, rows: String) {
    if !rows.is_empty() {
        let _ = write!(text, "\n{title}\n{rows}");
    }
}

fn import_row(import: &InspectedImport) -> [String; 4] {
    let verdict = if import.provided { "" } else { "nothing provides it" };
    [printable(&import.module), printable(&import.name), import.ty.clone(), verdict.to_owned()]
}

fn item_rows(items: &[InspectedItem]) -> String {
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let origin = if item.imported { "imported" } else { "" };
            [item.index.to_string(), item.ty.clone(), origin.to_owned()]
        })
        .collect();
    columns(2, [Align::Right, Align::Left, Align::Left], &rows)
}

/// Everything, whether there is any of it or not, so that scripts need no special cases.
fn to_json(module: &Inspection) -> Value {
    let items = |items: &[InspectedItem]| -> Vec<Value> {
        items.iter().map(|item| json!({"index": item.index, "type": item.ty, "imported": item.imported})).collect()
    };
    let segments =
        |totals: &SegmentTotals, unit: &str| json!({"count": totals.count, "active": totals.active, unit: totals.size});
    json!({
        "name": module.name,
        "bytes": module.bytes,
        "role": module.role.name(),
        "imports": module.imports.iter().map(|import| json!({
            "module": import.module,
            "name": import.name,
            "kind": import.kind.name(),
            "type": import.ty,
            "provided": import.provided,
        })).collect::<Vec<_>>(),
        "exports": module.exports.iter().map(|export| json!({
            "name": export.name,
            "kind": export.kind.name(),
            "type": export.ty,
            "index": export.index,
        })).collect::<Vec<_>>(),
        "functions": {
            "imported": module.imports.iter().filter(|import| import.kind == ExternalKind::Function).count(),
            "defined": module.functions.count,
            "code_bytes": module.functions.bytes,
            "largest_bytes": module.functions.largest,
        },
        "memories": items(&module.memories),
        "tables": items(&module.tables),
        "globals": items(&module.globals),
        "start": module.start,
        "data": segments(&module.data, "bytes"),
        "elements": segments(&module.elements, "references"),
        "sections": module.sections.iter().map(|section| json!({
            "name": section.name,
            "bytes": section.bytes,
        })).collect::<Vec<_>>(),
        "proposals": module.proposals,
        "wasi": module.wasi.iter().map(|used| json!({
            "module": used.module,
            "calls": used.calls,
        })).collect::<Vec<_>>(),
    })
}
