//! All figures together: as a table in Markdown, which reads well in a terminal too, and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use wasmc_guests::Error;

use crate::comparison::Comparison;
use crate::figure::{Figure, Part, Quantity};
use crate::sections::Section;

/// What was measured, section by section.
#[derive(Debug, Default)]
pub(crate) struct Report {
    sections: Vec<(Section, Findings)>,
}

/// What one section found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) rows: Vec<Row>,
    /// Programs under several engines, for a table of its own.
    pub(crate) comparison: Option<Comparison>,
}

/// A figure, or what could not be measured and why.
pub(crate) type Row = Result<Figure, Error>;

const HEADINGS: [&str; 5] = ["figure", "target", "measured", "", "from"];

impl From<Vec<Row>> for Findings {
    fn from(rows: Vec<Row>) -> Self {
        Self { rows, comparison: None }
    }
}

impl Report {
    /// Adds a section; an error stands for all of its figures.
    pub(crate) fn add(&mut self, section: Section, findings: Result<Findings, Error>) {
        self.sections.push((section, findings.unwrap_or_else(|error| Findings::from(vec![Err(error)]))));
    }

    /// The programs under several engines, if they were measured.
    pub(crate) fn comparison(&self) -> Option<&Comparison> {
        self.sections.iter().find_map(|(_, findings)| findings.comparison.as_ref())
    }

    /// Whether everything could be measured.
    pub(crate) fn is_complete(&self) -> bool {
        self.sections.iter().flat_map(|(_, findings)| &findings.rows).all(Result::is_ok)
    }

    /// A table for each section.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        for (section, Findings { rows, comparison }) in &self.sections {
            let _ = write!(text, "\n**{}**\n\n", section.title());
            if let Some(comparison) = comparison {
                let _ = writeln!(text, "{}", markdown(&comparison.table()));
            }
            let figures: Vec<_> = rows.iter().flatten().collect();
            if !figures.is_empty() {
                let mut table = vec![HEADINGS.map(str::to_owned).to_vec()];
                table.extend(figures.iter().map(|figure| cells(figure)));
                text.push_str(&markdown(&table));
            }
            for error in rows.iter().filter_map(|row| row.as_ref().err()) {
                let _ = writeln!(text, "{}", explain(error));
            }
        }
        text
    }

    /// The same for scripts: times in seconds, sizes in bytes.
    pub(crate) fn json(&self) -> String {
        let sections = self.sections.iter().map(|(section, Findings { rows, comparison })| {
            let figures: Vec<_> = rows.iter().flatten().map(figure_json).collect();
            let not_run: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(explain).collect();
            let comparison = comparison.as_ref().map(Comparison::json);
            json!({ "section": section.title(), "figures": figures, "not_run": not_run, "comparison": comparison })
        });
        format!("{:#}\n", Value::Array(sections.collect()))
    }
}

fn explain(error: &Error) -> String {
    match error {
        Error::Missing(missing) => format!("not run: needs {missing}"),
        error => format!("not run: {error}"),
    }
}

fn figure_json(figure: &Figure) -> Value {
    let quantity = |quantity: Quantity| json!({ "value": quantity.value(), "unit": quantity.unit() });
    let part =
        |part: &Part| json!({ "name": part.name, "median": quantity(part.median), "min": part.min.map(quantity) });
    json!({
        "name": figure.name,
        "measured": quantity(figure.measured),
        "at_most": figure.limit.map(quantity),
        "met": figure.met(),
        "from": figure.parts.iter().map(part).collect::<Vec<_>>(),
    })
}

/// Lays out rows of cells, the first row being the headings.
fn markdown(rows: &[Vec<String>]) -> String {
    let width = |column| rows.iter().filter_map(|row| row.get(column)).map(|cell: &String| cell.chars().count()).max();
    let widths: Vec<usize> = (0..).map_while(width).collect();
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (cell, &width) in row.iter().zip(&widths) {
            let _ = write!(text, "| {cell:<width$} ");
        }
        text.push_str("|\n");
        if number == 0 {
            for &width in &widths {
                let _ = write!(text, "|-{}-", "-".repeat(width));
            }
            text.push_str("|\n");
        }
    }
    text
}

fn cells(figure: &Figure) -> Vec<String> {
    let verdict = match figure.met() {
        None => "",
        Some(true) => "met",
        Some(false) => "not met",
    };
    vec![
        figure.name.clone(),
        figure.limit.map_or_else(String::new, |limit| format!("≤ {limit}")),
        figure.measured.to_string(),
        verdict.to_owned(),
        figure.parts.iter().map(Part::to_string).collect::<Vec<_>>().join(", "),
    ]
}

#[cfg(test)]
mod tests {
    use super::Report;
    use crate::figure::{Figure, Part, Quantity};
    use crate::sections::Section;
    use wasmc_guests::{Error, Missing};

    #[test]
    fn a_report_shows_figures_and_what_is_missing() {
        let size = Figure::new("size", Quantity::Bytes(2048.0)).at_most(4096.0).part(Part::bytes("module", 512));
        let missing = Error::Missing(Missing { tool: "clang", install: "apt-get install clang" });
        let mut report = Report::default();
        report.add(Section::Size, Ok(vec![Ok(size), Err(missing)].into()));
        assert!(!report.is_complete());
        assert_eq!(
            report.table(),
            "\n**Size**\n\n\
             | figure | target    | measured |     | from             |\n\
             |--------|-----------|----------|-----|------------------|\n\
             | size   | ≤ 4.0 KiB | 2.0 KiB  | met | module 512 bytes |\n\
             not run: needs clang: apt-get install clang\n"
        );
        let json: serde_json::Value = serde_json::from_str(&report.json()).expect("JSON");
        assert_eq!(json[0]["figures"][0]["measured"]["value"], 2048.0);
        assert_eq!(json[0]["not_run"][0], "not run: needs clang: apt-get install clang");
    }
}
