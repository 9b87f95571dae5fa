//! Comparing two or more things on a machine that is never quite at rest.
//!
//! They are measured in turn, A B A B, so that whatever slows the machine down for a while slows down all of them, and
//! their medians are compared, which a few disturbed rounds do not move.

use wasmc_guests::Error;

/// The measurements of one thing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// The one in the middle.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.len() / 2;
        match sorted.as_slice() {
            [] => f64::NAN,
            sorted if sorted.len() % 2 == 1 => sorted[middle],
            sorted => (sorted[middle - 1] + sorted[middle]) / 2.0,
        }
    }

    /// The least: what it costs when nothing disturbs it.
    pub(crate) fn min(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// The largest.
    pub(crate) fn max(&self) -> f64 {
        self.0.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }
}

impl FromIterator<f64> for Samples {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

/// Something that can be measured again and again.
pub(crate) type Contender<'a, T> = &'a mut dyn FnMut() -> Result<T, Error>;

/// Measures each of `contenders` in turn, `rounds` times, after one round that does not count. The result has a list
/// for each contender, in their order.
pub(crate) fn interleave<T, const N: usize>(
    rounds: usize,
    contenders: [Contender<'_, T>; N],
) -> Result<[Vec<T>; N], Error> {
    let mut measured = interleave_all(rounds, contenders.into())?.into_iter();
    Ok(std::array::from_fn(|_| measured.next().unwrap_or_default()))
}

/// The same for as many as there are.
pub(crate) fn interleave_all<T>(rounds: usize, mut contenders: Vec<Contender<'_, T>>) -> Result<Vec<Vec<T>>, Error> {
    let mut measured: Vec<Vec<T>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 0..=rounds {
        for (contender, list) in contenders.iter_mut().zip(&mut measured) {
            let value = contender()?;
            // The first one found caches cold.
            if round > 0 {
                list.push(value);
            }
        }
    }
    Ok(measured)
}

#[cfg(test)]
mod tests {
    use super::{Samples, interleave};

    #[test]
    fn a_median_lies_in_the_middle() {
        let median = |values: &[f64]| values.iter().copied().collect::<Samples>().median();
        assert_eq!(median(&[3.0]), 3.0);
        assert_eq!(median(&[9.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 100.0]), 3.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn contenders_take_turns() {
        let order = std::cell::RefCell::new(String::new());
        let enter = |name| order.borrow_mut().push(name);
        let [a, b] = interleave(
            2,
            [
                &mut || {
                    enter('a');
                    Ok(1)
                },
                &mut || {
                    enter('b');
                    Ok(2)
                },
            ],
        )
        .expect("nothing fails");
        assert_eq!((order.into_inner().as_str(), a, b), ("ababab", vec![1, 1], vec![2, 2]));
    }
}
