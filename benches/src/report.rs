//! All figures together: as a table in Markdown, which reads well in a terminal too, and as JSON.

use std::fmt::Write;

use serde_json::{Value, json};
use wasmc_guests::Error;

use crate::figure::{Figure, Part, Quantity};
use crate::sections::Section;

/// What was measured, section by section.
#[derive(Debug, Default)]
pub(crate) struct Report {
    sections: Vec<(Section, Vec<Row>)>,
}

/// What one section has to say: figures, and what could not be measured and why.
pub(crate) type Row = Result<Figure, Error>;

const HEADINGS: [&str; 5] = ["figure", "target", "measured", "", "from"];

impl Report {
    /// Adds a section; an error stands for all of its figures.
    pub(crate) fn add(&mut self, section: Section, rows: Result<Vec<Row>, Error>) {
        self.sections.push((section, rows.unwrap_or_else(|error| vec![Err(error)])));
    }

    /// Whether everything could be measured.
    pub(crate) fn is_complete(&self) -> bool {
        self.sections.iter().flat_map(|(_, rows)| rows).all(Result::is_ok)
    }

    /// A table for each section.
    pub(crate) fn table(&self) -> String {
        let mut text = String::new();
        for (section, rows) in &self.sections {
            let _ = write!(text, "\n**{}**\n\n", section.title());
            let figures: Vec<_> = rows.iter().flatten().collect();
            if !figures.is_empty() {
                text.push_str(&markdown(&figures));
            }
            for error in rows.iter().filter_map(|row| row.as_ref().err()) {
                let _ = writeln!(text, "{}", explain(error));
            }
        }
        text
    }

    /// The same for scripts: times in seconds, sizes in bytes.
    pub(crate) fn json(&self) -> String {
        let sections = self.sections.iter().map(|(section, rows)| {
            let figures: Vec<_> = rows.iter().flatten().map(figure_json).collect();
            let not_run: Vec<_> = rows.iter().filter_map(|row| row.as_ref().err()).map(explain).collect();
            json!({ "section": section.title(), "figures": figures, "not_run": not_run })
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

fn markdown(figures: &[&Figure]) -> String {
    let mut rows = vec![HEADINGS.map(str::to_owned)];
    rows.extend(figures.iter().map(|figure| cells(figure)));
    let widths: [usize; 5] =
        std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "| {cell:<width$} ");
        }
        text.push_str("|\n");
        if number == 0 {
            for width in widths {
                let _ = write!(text, "|-{}-", "-".repeat(width));
            }
            text.push_str("|\n");
        }
    }
    text
}

fn cells(figure: &Figure) -> [String; 5] {
    let verdict = match figure.met() {
        None => "",
        Some(true) => "met",
        Some(false) => "not met",
    };
    [
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
        report.add(Section::Size, Ok(vec![Ok(size), Err(missing)]));
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
