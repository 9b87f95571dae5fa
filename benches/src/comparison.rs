//! Programs under several engines: how many times as long as native code each takes.

use serde_json::{Value, json};

use crate::interleave::Samples;

/// The engine that all others are compared with; the first of the list.
const NATIVE: usize = 0;

/// What was measured.
#[derive(Debug)]
pub(crate) struct Comparison {
    /// Native code first.
    pub(crate) engines: Vec<&'static str>,
    pub(crate) programs: Vec<Measured>,
}

/// One program.
#[derive(Debug)]
pub(crate) struct Measured {
    pub(crate) program: &'static str,
    /// Seconds under each engine; `None` where it could not be run.
    pub(crate) samples: Vec<Option<Samples>>,
}

/// What of the samples is compared.
type Statistic = fn(&Samples) -> f64;

impl Comparison {
    pub(crate) fn new(engines: Vec<&'static str>) -> Self {
        Self { engines, programs: Vec::new() }
    }

    /// How many times as long as under `other` each program takes under `one`, by the medians; of those programs that
    /// ran under both.
    pub(crate) fn ratios(&self, one: &str, other: &str) -> Vec<(&'static str, f64)> {
        let position = |name| self.engines.iter().position(|engine| *engine == name);
        match (position(one), position(other)) {
            (Some(one), Some(other)) => self.ratios_of(one, other, Samples::median),
            _ => Vec::new(),
        }
    }

    fn ratios_of(&self, one: usize, other: usize, statistic: Statistic) -> Vec<(&'static str, f64)> {
        let ratio = |measured: &Measured| Some((measured.program, measured.ratio(one, other, statistic)?));
        self.programs.iter().filter_map(ratio).collect()
    }

    /// How many times as long as native code all programs take under an engine.
    pub(crate) fn mean(&self, engine: usize, statistic: Statistic) -> f64 {
        geometric_mean(self.ratios_of(engine, NATIVE, statistic).into_iter().map(|(_, ratio)| ratio))
    }

    /// A row for each program: native time, and for each engine how many times as long, by the medians.
    pub(crate) fn table(&self) -> Vec<Vec<String>> {
        let mut rows = vec![vec!["program".to_owned()]];
        rows[0].extend(self.engines.iter().map(|engine| (*engine).to_owned()));
        for measured in &self.programs {
            let mut row = vec![measured.program.to_owned(), "not run".to_owned()];
            if let Some(Some(native)) = measured.samples.get(NATIVE) {
                row[1] = format!("{:.3} s (min {:.3})", native.median(), native.min());
            }
            row.extend((1..self.engines.len()).map(|engine| match measured.ratio(engine, NATIVE, Samples::median) {
                Some(ratio) => format!("{ratio:.2}×"),
                None => "not run".to_owned(),
            }));
            rows.push(row);
        }
        for (name, statistic) in [("geometric mean", Samples::median as Statistic), ("… of the least", Samples::min)]
        {
            let mut row = vec![name.to_owned(), "1".to_owned()];
            row.extend((1..self.engines.len()).map(|engine| format!("{:.3}×", self.mean(engine, statistic))));
            rows.push(row);
        }
        rows
    }

    /// Seconds of each program under each engine, and the means, for scripts.
    pub(crate) fn json(&self) -> Value {
        let seconds = |samples: &Samples| json!({ "median": samples.median(), "min": samples.min() });
        let program = |measured: &Measured| {
            let engines = self.engines.iter().zip(&measured.samples);
            let seconds: serde_json::Map<_, _> =
                engines.map(|(engine, samples)| ((*engine).to_owned(), samples.as_ref().map(seconds).into())).collect();
            json!({ "program": measured.program, "seconds": seconds })
        };
        let means: serde_json::Map<_, _> = self
            .engines
            .iter()
            .enumerate()
            .map(|(index, engine)| {
                let mean =
                    json!({ "median": self.mean(index, Samples::median), "min": self.mean(index, Samples::min) });
                ((*engine).to_owned(), mean)
            })
            .collect();
        json!({ "programs": self.programs.iter().map(program).collect::<Vec<_>>(), "geometric_mean_of_ratios": means })
    }
}

impl Measured {
    /// How many times as long as under `other` it takes under `one`.
    pub(crate) fn ratio(&self, one: usize, other: usize, statistic: Statistic) -> Option<f64> {
        match (self.samples.get(one)?, self.samples.get(other)?) {
            (Some(one), Some(other)) => Some(statistic(one) / statistic(other)),
            _ => None,
        }
    }
}

/// The mean that ratios have: twice as slow and twice as fast give 1.
pub(crate) fn geometric_mean(ratios: impl Iterator<Item = f64>) -> f64 {
    let logarithms: Vec<f64> = ratios.map(f64::ln).collect();
    (logarithms.iter().sum::<f64>() / logarithms.len() as f64).exp()
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Measured};
    use crate::interleave::Samples;

    fn measured(program: &'static str, seconds: [Option<&[f64]>; 2]) -> Measured {
        let samples = seconds.map(|seconds| seconds.map(|seconds| seconds.iter().copied().collect::<Samples>()));
        Measured { program, samples: samples.into() }
    }

    #[test]
    fn ratios_are_to_native_code() {
        let mut comparison = Comparison::new(vec!["native", "wasmc"]);
        comparison.programs = vec![
            measured("fast", [Some(&[1.0, 2.0, 9.0]), Some(&[4.0, 8.0, 4.0])]),
            measured("slow", [Some(&[2.0]), Some(&[1.0])]),
            measured("refused", [Some(&[2.0]), None]),
        ];
        assert_eq!(comparison.ratios("wasmc", "native"), [("fast", 2.0), ("slow", 0.5)]);
        assert!(comparison.ratios("wasmc", "wasmtime").is_empty());
        assert!((comparison.mean(1, Samples::median) - 1.0).abs() < 1e-12);
        let rows = comparison.table();
        assert_eq!(rows[0], ["program", "native", "wasmc"]);
        assert_eq!(rows[1], ["fast", "2.000 s (min 1.000)", "2.00×"]);
        assert_eq!(rows[3], ["refused", "2.000 s (min 2.000)", "not run"]);
        assert_eq!(rows[4], ["geometric mean", "1", "1.000×"]);
        assert_eq!(comparison.json()["programs"][1]["seconds"]["wasmc"]["min"], 1.0);
    }
}
