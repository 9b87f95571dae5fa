//! One figure: what was measured, what was hoped for, and what both come from.

use std::fmt;

use crate::interleave::Samples;

/// A number that a person wants to know.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    /// What it is, in a few words.
    pub(crate) name: String,
    /// What came out.
    pub(crate) measured: Quantity,
    /// What it must not exceed, if anybody said so.
    pub(crate) limit: Option<Quantity>,
    /// The measurements it was computed from.
    pub(crate) parts: Vec<Part>,
}

/// A measurement that a figure was computed from.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Whose it is.
    pub(crate) name: String,
    /// Its median.
    pub(crate) median: Quantity,
    /// The least of all rounds, where there were several.
    pub(crate) min: Option<Quantity>,
}

/// A number with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Quantity {
    /// Printed as they are, in KiB or in MB as suits.
    Bytes(f64),
    /// Printed in µs, ms or s as suits.
    Seconds(f64),
    /// Printed in millions.
    Instructions(f64),
    /// How many times as much.
    Ratio(f64),
}

impl Figure {
    /// A figure that nobody has set a limit for.
    pub(crate) fn new(name: impl Into<String>, measured: Quantity) -> Self {
        Self { name: name.into(), measured, limit: None, parts: Vec::new() }
    }

    /// How many times as long `one` takes as `other`, by their medians.
    pub(crate) fn time_ratio(
        name: impl Into<String>,
        (one_name, one): (&str, &Samples),
        (other_name, other): (&str, &Samples),
    ) -> Self {
        Self::new(name, Quantity::Ratio(one.median() / other.median()))
            .part(Part::time(one_name, one))
            .part(Part::time(other_name, other))
    }

    /// Sets what it must not exceed, in the unit of what was measured.
    pub(crate) fn at_most(mut self, limit: f64) -> Self {
        self.limit = Some(self.measured.with_value(limit));
        self
    }

    /// Adds a measurement that it was computed from.
    pub(crate) fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    /// Whether it keeps its limit, if it has one.
    pub(crate) fn met(&self) -> Option<bool> {
        self.limit.map(|limit| self.measured.value() <= limit.value())
    }
}

impl Part {
    /// Something that is the same in each round.
    pub(crate) fn bytes(name: &str, bytes: u64) -> Self {
        Self { name: name.to_owned(), median: Quantity::Bytes(bytes as f64), min: None }
    }

    /// A count that is the same in each round.
    pub(crate) fn instructions(name: &str, count: u64) -> Self {
        Self { name: name.to_owned(), median: Quantity::Instructions(count as f64), min: None }
    }

    /// Seconds, round by round.
    pub(crate) fn time(name: &str, seconds: &Samples) -> Self {
        Self {
            name: name.to_owned(),
            median: Quantity::Seconds(seconds.median()),
            min: Some(Quantity::Seconds(seconds.min())),
        }
    }
}

impl Quantity {
    /// The number alone: bytes, seconds, instructions or times.
    pub(crate) fn value(self) -> f64 {
        let (Self::Bytes(value) | Self::Seconds(value) | Self::Instructions(value) | Self::Ratio(value)) = self;
        value
    }

    /// The name of the unit, for scripts.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Bytes(_) => "bytes",
            Self::Seconds(_) => "seconds",
            Self::Instructions(_) => "instructions",
            Self::Ratio(_) => "ratio",
        }
    }

    fn with_value(self, value: f64) -> Self {
        match self {
            Self::Bytes(_) => Self::Bytes(value),
            Self::Seconds(_) => Self::Seconds(value),
            Self::Instructions(_) => Self::Instructions(value),
            Self::Ratio(_) => Self::Ratio(value),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Bytes(bytes) if bytes < 1024.0 => write!(out, "{bytes:.0} bytes"),
            Self::Bytes(bytes) if bytes < 1e6 => write!(out, "{:.1} KiB", bytes / 1024.0),
            Self::Bytes(bytes) => write!(out, "{:.1} MB", bytes / 1e6),
            Self::Seconds(seconds) if seconds.abs() < 1e-6 => write!(out, "{:.0} ns", seconds * 1e9),
            Self::Seconds(seconds) if seconds.abs() < 1e-3 => write!(out, "{:.0} µs", seconds * 1e6),
            Self::Seconds(seconds) if seconds.abs() < 1.0 => write!(out, "{:.2} ms", seconds * 1e3),
            Self::Seconds(seconds) => write!(out, "{seconds:.2} s"),
            Self::Instructions(count) => write!(out, "{:.1} million", count / 1e6),
            Self::Ratio(ratio) => write!(out, "{ratio:.2}×"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.name, self.median)?;
        match self.min {
            Some(min) => write!(out, " (min {min})"),
            None => Ok(()),
        }
    }
}
