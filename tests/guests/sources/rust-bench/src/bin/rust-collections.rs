//! The standard collections at work: hash tables, ordered maps, heaps, sorts, iterators and trait objects.
//!
//!     rust-collections <items> <repetitions>

use std::collections::{BTreeMap, BinaryHeap, HashMap, VecDeque};
use std::cmp::Reverse;
use std::env;
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes alike in every run, unlike the default one.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

fn words(items: u64, random: &mut Random) -> u64 {
    let mut counts: Table<String, u32> = Table::default();
    for _ in 0..items {
        *counts.entry(format!("word-{:x}", random.next() % (items / 4 + 1))).or_default() += 1;
    }
    let mut sorted: Vec<(&String, &u32)> = counts.iter().collect();
    sorted.sort_by(|one, other| other.1.cmp(one.1).then_with(|| one.0.cmp(other.0)));
    sorted.iter().take(100).map(|(word, count)| word.len() as u64 * u64::from(**count)).sum()
}

fn ordered(items: u64, random: &mut Random) -> u64 {
    let mut map = BTreeMap::new();
    for index in 0..items {
        map.insert(random.next() % (items * 4), index);
        if index % 3 == 0 {
            map.pop_first();
        }
    }
    map.range(items..items * 3).map(|(key, value)| key ^ value).sum()
}

/// The shortest ways from the first corner of a grid to all of its points.
fn shortest(items: u64, random: &mut Random) -> u64 {
    let side = items.isqrt().max(2) as usize;
    let costs: Vec<u64> = (0..side * side).map(|_| 1 + random.next() % 9).collect();
    let mut distances = vec![u64::MAX; side * side];
    let mut heap = BinaryHeap::from([Reverse((0, 0))]);
    while let Some(Reverse((distance, place))) = heap.pop() {
        if distance >= distances[place] {
            continue;
        }
        distances[place] = distance;
        let (x, y) = (place % side, place / side);
        let neighbours = [
            (x > 0).then(|| place - 1),
            (x + 1 < side).then(|| place + 1),
            (y > 0).then(|| place - side),
            (y + 1 < side).then(|| place + side),
        ];
        heap.extend(neighbours.into_iter().flatten().map(|next| Reverse((distance + costs[next], next))));
    }
    distances.iter().sum()
}

trait Filter {
    fn feed(&mut self, value: u64) -> Option<u64>;
}

struct Average(VecDeque<u64>);
struct Distinct(Table<u64, ()>);
struct Scale(u64);

impl Filter for Average {
    fn feed(&mut self, value: u64) -> Option<u64> {
        self.0.push_back(value);
        (self.0.len() > 8).then(|| self.0.pop_front())?;
        Some(self.0.iter().sum::<u64>() / self.0.len() as u64)
    }
}

impl Filter for Distinct {
    fn feed(&mut self, value: u64) -> Option<u64> {
        self.0.insert(value, ()).is_none().then_some(value)
    }
}

impl Filter for Scale {
    fn feed(&mut self, value: u64) -> Option<u64> {
        Some(value.wrapping_mul(self.0) % 1_000_003)
    }
}

fn filters(items: u64, random: &mut Random) -> u64 {
    let mut filters: Vec<Box<dyn Filter>> =
        vec![Box::new(Scale(31)), Box::new(Average(VecDeque::new())), Box::new(Distinct(Table::default())), Box::new(Scale(17))];
    let pass = |value| filters.iter_mut().try_fold(value, |value, filter| filter.feed(value));
    (0..items).map(|_| random.next() % 65_536).filter_map(pass).sum()
}

fn sorts(items: u64, random: &mut Random) -> u64 {
    let mut records: Vec<(u32, String, f64)> = (0..items)
        .map(|index| (random.next() as u32 % 1000, format!("{:05}", random.next() % 100_000), index as f64 / 3.0))
        .collect();
    records.sort_by(|one, other| one.1.cmp(&other.1).then(one.2.total_cmp(&other.2)));
    records.sort_by_key(|record| record.0);
    let text: u64 = records.iter().step_by(17).map(|record| u64::from(record.1.as_bytes()[4])).sum();
    let mut numbers: Vec<u64> = (0..items * 4).map(|_| random.next()).collect();
    numbers.sort_unstable();
    numbers.dedup_by_key(|number| *number >> 40);
    text + numbers.binary_search(&(u64::MAX / 3)).unwrap_or_else(|place| place) as u64
}

fn main() {
    let numbers: Vec<u64> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [items, repetitions] = numbers[..] else { panic!("usage: rust-collections <items> <repetitions>") };
    let mut random = Random(88_172_645_463_325_252);
    let mut sums = [0_u64; 5];
    for _ in 0..repetitions {
        let jobs: [fn(u64, &mut Random) -> u64; 5] = [words, ordered, shortest, filters, sorts];
        for (sum, job) in sums.iter_mut().zip(jobs) {
            *sum = sum.wrapping_mul(31).wrapping_add(job(items, &mut random));
        }
    }
    println!("words, ordered, shortest, filters, sorts: {sums:x?}");
}
