//! A comparison as a picture: for each program a group of bars, one for each engine, whose length is how many times as
//! long as native code the program takes.
//!
//! ```text
//! lua      ████████████ 1.71
//!          ███████████ 1.55
//!                 ╎ native
//! ```

use std::fmt::Write;

use crate::comparison::Comparison;
use crate::interleave::Samples;

const LABELS: f64 = 150.0;
const BARS: f64 = 560.0;
const BAR: f64 = 9.0;
const GAP: f64 = 10.0;
const TOP: f64 = 56.0;

/// Told apart on a light and on a dark page, and by those who do not see colours, as the order is that of the legend.
const COLOURS: [&str; 7] = ["#0b6e4f", "#35a07a", "#8fd0b5", "#d1495b", "#eb9aa5", "#3d6fb6", "#8c6bb1"];
const TEXT: &str = "#777";

/// The whole picture.
pub(crate) fn svg(comparison: &Comparison) -> String {
    // Native code is the line at 1.
    let engines: Vec<usize> = (1..comparison.engines.len()).collect();
    let mut groups: Vec<(&str, Vec<Option<f64>>)> = Vec::new();
    for measured in &comparison.programs {
        let ratios = engines.iter().map(|&engine| measured.ratio(engine, 0, Samples::median)).collect();
        groups.push((measured.program, ratios));
    }
    let means = engines.iter().map(|&engine| Some(comparison.mean(engine, Samples::median)));
    groups.push(("geometric mean", means.collect()));

    let longest = groups.iter().flat_map(|(_, ratios)| ratios).flatten().copied().fold(1.0, f64::max);
    let group_height = engines.len() as f64 * BAR + GAP;
    let (width, height) = (LABELS + BARS + 50.0, TOP + groups.len() as f64 * group_height + GAP);
    let scale = BARS / longest;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         font-family=\"sans-serif\" font-size=\"11\">\n<title>Run time as a multiple of native code</title>\n"
    );
    legend(&mut svg, comparison);
    for (position, (name, ratios)) in groups.iter().enumerate() {
        let top = TOP + position as f64 * group_height;
        let middle = top + (group_height - GAP) / 2.0 + 4.0;
        text(&mut svg, LABELS - 8.0, middle, "end", name);
        for (bar, ratio) in ratios.iter().enumerate() {
            let Some(ratio) = ratio else { continue };
            let (y, length) = (top + bar as f64 * BAR, ratio * scale);
            let colour = COLOURS[bar % COLOURS.len()];
            let _ = writeln!(
                svg,
                "<rect x=\"{LABELS:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{:.1}\" fill=\"{colour}\"/>",
                BAR - 1.0
            );
            text(&mut svg, LABELS + length + 4.0, y + BAR - 1.0, "start", &format!("{ratio:.2}"));
        }
    }
    let native = LABELS + scale;
    let _ = writeln!(
        svg,
        "<line x1=\"{native:.1}\" x2=\"{native:.1}\" y1=\"{:.1}\" y2=\"{height:.1}\" stroke=\"{TEXT}\" stroke-dasharray=\"3 3\"/>",
        TOP - 8.0
    );
    text(&mut svg, native, TOP - 12.0, "middle", "native");
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String, comparison: &Comparison) {
    let mut x = LABELS;
    for (position, engine) in comparison.engines.iter().skip(1).enumerate() {
        let colour = COLOURS[position % COLOURS.len()];
        let _ = writeln!(svg, "<rect x=\"{x:.1}\" y=\"8\" width=\"10\" height=\"10\" fill=\"{colour}\"/>");
        text(svg, x + 14.0, 17.0, "start", engine);
        x += 24.0 + 6.5 * engine.len() as f64;
    }
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{TEXT}\">{text}</text>");
}

#[cfg(test)]
mod tests {
    use super::svg;
    use crate::comparison::{Comparison, Measured};
    use crate::interleave::Samples;

    #[test]
    fn a_bar_is_as_long_as_its_ratio() {
        let samples = |seconds: f64| Some(Samples::from_iter([seconds]));
        let mut comparison = Comparison::new(vec!["native", "wasmc", "V8"]);
        comparison.programs =
            vec![Measured { program: "lua", samples: vec![samples(1.0), samples(2.0), samples(1.0)] }];
        let picture = svg(&comparison);
        // Two bars for the program and two for the means; the longest one fills the space.
        assert_eq!(picture.matches("width=\"560.0\"").count(), 2);
        assert_eq!(picture.matches("width=\"280.0\"").count(), 2);
        assert_eq!(picture.matches(">lua</text>").count(), 1);
    }
}
