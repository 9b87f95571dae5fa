//! A Rust program that uses what Rust programs use: collections, iterators, traits and closures, formatting, files,
//! standard streams, time, and panics. Its whole output is fixed.
//!
//!     rust <directory> [argument]...
//!
//! `ENDING` in the environment chooses how it ends: "exit", "panic", "overflow", "abort", "error" or, without it, by
//! returning.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::env;
use std::fmt;
use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::rc::{Rc, Weak};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

fn section(name: &str) {
    println!("-- {name}");
}

fn surroundings() -> io::Result<()> {
    section("surroundings");
    println!("arguments {:?}", env::args().skip(1).collect::<Vec<_>>());
    println!("environment {:?} {:?}", env::var("GREETING"), env::var("NOT_SET"));
    println!("system {} {} {}", env::consts::ARCH, env::consts::FAMILY, usize::BITS);
    let mut words: HashMap<String, usize> = HashMap::new();
    let mut lines = 0;
    for line in io::stdin().lock().lines() {
        lines += 1;
        for word in line?.split_whitespace() {
            *words.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    let mut sorted: Vec<_> = words.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    println!("lines {lines}");
    for (word, count) in sorted {
        println!("{word:<8} {count}");
    }
    Ok(())
}

fn list(directory: &Path, depth: usize) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.file_type()?;
        let size = if kind.is_dir() { 0 } else { entry.metadata()?.len() };
        println!("{:depth$}{} directory {} size {size}", "", entry.file_name().to_string_lossy(), kind.is_dir());
        if kind.is_dir() {
            list(&entry.path(), depth + 2)?;
        }
    }
    Ok(())
}

fn files(directory: &Path) -> io::Result<()> {
    section("files");
    println!("input {:?}", fs::read_to_string(directory.join("input.txt"))?);
    println!("missing {:?}", fs::read(directory.join("missing.txt")).map_err(|error| error.kind()));
    fs::create_dir_all(directory.join("a/b/c"))?;
    println!("exists {:?}", fs::create_dir(directory.join("a")).map_err(|error| error.kind()));
    for i in 0..4 {
        fs::write(directory.join(format!("a/b/file-{i}.txt")), vec![b'a' + i; 1000 * usize::from(i)])?;
    }
    fs::rename(directory.join("a/b/file-3.txt"), directory.join("a/b/c/moved.txt"))?;
    fs::remove_file(directory.join("a/b/file-0.txt"))?;
    println!("copied {}", fs::copy(directory.join("a/b/file-2.txt"), directory.join("a/copy.txt"))?);
    list(directory, 0)?;
    fs::remove_dir_all(directory.join("a/b"))?;
    println!("removed {}", !directory.join("a/b").exists());

    let mut log = OpenOptions::new().read(true).append(true).create(true).open(directory.join("log.txt"))?;
    let mut writer = BufWriter::new(&mut log);
    for i in 0..1000_u32 {
        writeln!(writer, "{i:04} {:x}", i * i)?;
    }
    writer.flush()?;
    drop(writer);
    log.seek(SeekFrom::End(-11))?;
    let mut tail = String::new();
    log.read_to_string(&mut tail)?;
    println!("tail {tail:?} size {}", log.metadata()?.len());
    log.set_len(100)?;
    log.sync_all()?;
    let lines = BufReader::new(File::open(directory.join("log.txt"))?).lines().count();
    println!(
        "lines {lines}, changed after 2023 {}",
        log.metadata()?.modified()? > SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
    );
    println!("outside {}", File::open("/etc/passwd").is_err());
    Ok(())
}

/// Sizes, times and names; nothing of it is left behind.
fn attributes(directory: &Path) -> io::Result<()> {
    section("attributes");
    let (path, other) = (directory.join("attributes.txt"), directory.join("linked.txt"));
    let mut file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
    let again = OpenOptions::new().write(true).create_new(true).open(&path);
    println!("again {:?}", again.map(drop).map_err(|error| error.kind()));
    file.write_all(b"0123456789")?;
    println!("position {} {}", file.stream_position()?, file.seek(SeekFrom::End(-4))?);
    file.set_len(8)?;
    let mut rest = String::new();
    file.read_to_string(&mut rest)?;
    println!("rest {rest:?}, before the start {:?}", file.seek(SeekFrom::Current(-9)).map_err(|error| error.kind()));
    file.sync_data()?;

    let modified = SystemTime::UNIX_EPOCH + Duration::new(1_234_567_890, 123_456_789);
    let accessed = SystemTime::UNIX_EPOCH + Duration::new(1_000_000_000, 1);
    file.set_times(FileTimes::new().set_modified(modified).set_accessed(accessed))?;
    let metadata = fs::metadata(&path)?;
    println!("times {} {}", metadata.modified()? == modified, metadata.accessed()? == accessed);

    fs::rename(&path, &other)?;
    println!("no more {:?}", fs::symlink_metadata(&path).map(drop).map_err(|error| error.kind()));
    println!("other name {:?} {}", fs::read_to_string(&other)?, fs::symlink_metadata(&other)?.len());
    println!("text of no link {:?}", fs::read_link(&other).map_err(|error| error.kind()));
    println!("below a file {:?}", fs::metadata(other.join("below")).map(drop).map_err(|error| error.kind()));
    println!("over a directory {:?}", fs::rename(&other, directory.join("a")).map_err(|error| error.kind()));
    println!("not empty {:?}", fs::remove_dir(directory).is_err());
    fs::remove_file(&other)
}

fn collections() {
    section("collections");
    let mut seed = 12345_u64;
    let mut random = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as u32
    };
    let mut numbers: Vec<u32> = (0..100_000).map(|_| random()).collect();
    let mut unstable = numbers.clone();
    numbers.sort();
    unstable.sort_unstable_by(|a, b| b.cmp(a));
    unstable.reverse();
    println!("sorted {} {:?} {:?}", numbers == unstable, numbers.first(), numbers.binary_search(&numbers[777]));
    numbers.dedup_by_key(|n| *n % 1000);
    println!(
        "chunks {:?}",
        numbers.chunks(20_000).map(|c| c.iter().map(|&n| u64::from(n)).sum::<u64>()).collect::<Vec<_>>()
    );

    let map: HashMap<u32, String> = (0..20_000).map(|i| (i * 7, format!("value {i}"))).collect();
    let mut total = 0;
    for i in 0..140_000 {
        if let Some(value) = map.get(&i) {
            total += value.len();
        }
    }
    println!("hash map {} {total} {:?}", map.len(), map.get(&70));
    let tree: BTreeMap<_, _> = map.iter().map(|(k, v)| (v.as_str(), k)).collect();
    println!("tree map {:?} {:?}", tree.first_key_value(), tree.range("value 5"..).nth(3));
    let (a, b): (HashSet<_>, HashSet<_>) = ((0..100).step_by(3).collect(), (0..100).step_by(5).collect());
    println!("sets {:?}", a.intersection(&b).collect::<BTreeSet<_>>());
    let mut heap: BinaryHeap<_> = (0..1000_u32).map(|i| (i * 7919) % 1009).collect();
    println!("heap {:?}", std::iter::from_fn(|| heap.pop()).step_by(200).collect::<Vec<_>>());
    let mut queue: VecDeque<_> = (1..=10).collect();
    queue.rotate_left(3);
    queue.push_front(0);
    println!("queue {queue:?} {:?}", queue.iter().rev().skip_while(|&&n| n < 5).map(|n| n * n).collect::<Vec<_>>());
}

trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> String {
        "shape".to_owned()
    }
}
struct Square(f64);
struct Circle {
    radius: f64,
}
impl Shape for Square {
    fn area(&self) -> f64 {
        self.0 * self.0
    }
    fn name(&self) -> String {
        format!("square {}", self.0)
    }
}
impl Shape for Circle {
    fn area(&self) -> f64 {
        3.0 * self.radius * self.radius
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Number(i64),
    Binary(char, Box<Expression>, Box<Expression>),
}
#[derive(Debug)]
enum Failure {
    DivisionByZero,
    Unexpected(Option<char>),
    Number(std::num::ParseIntError),
}
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DivisionByZero => write!(out, "division by zero"),
            Self::Unexpected(Some(c)) => write!(out, "unexpected {c:?}"),
            Self::Unexpected(None) => write!(out, "unexpected end"),
            Self::Number(error) => write!(out, "{error}"),
        }
    }
}
impl From<std::num::ParseIntError> for Failure {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::Number(error)
    }
}

fn parse(input: &mut std::iter::Peekable<std::str::Chars<'_>>, level: u8) -> Result<Expression, Failure> {
    if level == 2 {
        if input.next_if_eq(&'(').is_some() {
            let inner = parse(input, 0)?;
            return match input.next() {
                Some(')') => Ok(inner),
                other => Err(Failure::Unexpected(other)),
            };
        }
        let digits: String = std::iter::from_fn(|| input.next_if(char::is_ascii_digit)).collect();
        if digits.is_empty() {
            return Err(Failure::Unexpected(input.peek().copied()));
        }
        return Ok(Expression::Number(digits.parse()?));
    }
    let operators = if level == 0 { ['+', '-'] } else { ['*', '/'] };
    let mut left = parse(input, level + 1)?;
    while let Some(operator) = input.next_if(|c| operators.contains(c)) {
        left = Expression::Binary(operator, Box::new(left), Box::new(parse(input, level + 1)?));
    }
    Ok(left)
}

fn evaluate(expression: &Expression) -> Result<i64, Failure> {
    Ok(match expression {
        Expression::Number(value) => *value,
        Expression::Binary(operator, left, right) => {
            let (left, right) = (evaluate(left)?, evaluate(right)?);
            match operator {
                '+' => left + right,
                '-' => left - right,
                '*' => left * right,
                _ => left.checked_div(right).ok_or(Failure::DivisionByZero)?,
            }
        }
    })
}

struct Node {
    name: &'static str,
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
}
impl Drop for Node {
    fn drop(&mut self) {
        println!("dropped {}", self.name);
    }
}

fn language() {
    section("language");
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Square(2.5)), Box::new(Circle { radius: 2.0 })];
    for shape in &shapes {
        println!("{} {}", shape.name(), shape.area());
    }
    for text in ["1+2*3", "(1+2)*(3-4)/2", "7/(3-3)", "2*(3", "1+x", "99999999999999999999"] {
        match parse(&mut text.chars().peekable(), 0).and_then(|e| evaluate(&e)) {
            Ok(value) => println!("{text} = {value}"),
            Err(failure) => println!("{text}: {failure}"),
        }
    }
    let leaf = Rc::new(Node { name: "leaf", parent: RefCell::default(), children: RefCell::default() });
    let root = Rc::new(Node { name: "root", parent: RefCell::default(), children: RefCell::new(vec![leaf.clone()]) });
    *leaf.parent.borrow_mut() = Rc::downgrade(&root);
    println!(
        "parent {:?} {} {}",
        leaf.parent.borrow().upgrade().map(|n| n.name),
        Rc::strong_count(&leaf),
        root.children.borrow().len()
    );
    drop(root);
    println!("orphan {}", leaf.parent.borrow().upgrade().is_none());
    let adders: Vec<Box<dyn Fn(i32) -> i32>> =
        (1..4).map(|n| Box::new(move |x| x + n) as Box<dyn Fn(i32) -> i32>).collect();
    println!("closures {:?}", adders.iter().map(|f| f(10)).collect::<Vec<_>>());
    println!("boxed {:?}", Expression::Binary('+', Box::new(Expression::Number(1)), Box::new(Expression::Number(-2))));
}

fn numbers() {
    section("numbers");
    let opaque = std::hint::black_box::<f64>;
    println!("{:?} {:?} {:?}", 250_u8.checked_add(10), 250_u8.saturating_add(10), i32::MIN.overflowing_neg());
    println!("{} {} {}", -7 / 2, -7 % 3, (-7_i32).rem_euclid(3));
    println!("{} {} {} {}", opaque(1e300) as f32, opaque(f64::NAN) as i32, opaque(1e20) as i64, opaque(-1.5) as u8);
    println!("{} {} {:e} {:?} {}", 0.1 + 0.2, f64::MAX, 1234.5, 1e21, f32::MIN_POSITIVE);
    println!("{:>8.3}|{:<6}|{:^7}|{:+}|{:#x}|{:#010b}|{:08.2}", 3.14159, "ab", "mid", 5, 255, 5, -1.5);
    println!("{} {} {}", u128::MAX, i128::MIN, 3_u128.pow(70) % 1_000_000_007);
    println!(
        "{} {} {} {}",
        u64::MAX.count_ones(),
        40_u32.leading_zeros(),
        0x1234_u16.swap_bytes(),
        1_u32.rotate_right(1)
    );
    println!("{} {} {} {}", 2.5_f64.round(), (-2.5_f64).round_ties_even(), 2_f64.sqrt(), 7.9_f64.trunc());
    println!("{:?} {:?} {:?}", "12".parse::<u8>(), "300".parse::<u8>(), "1e3".parse::<f64>());
    println!("{:?} {:?}", "héllo 😀".char_indices().last(), "Straße".to_uppercase());
    println!("{:?}", "a,b,,c".split(',').map(str::len).collect::<Vec<_>>());
}

fn time_and_synchronization() {
    section("time and synchronization");
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    static ONCE: OnceLock<String> = OnceLock::new();
    let start = Instant::now();
    thread::sleep(Duration::from_millis(15));
    println!("slept {}", start.elapsed() >= Duration::from_millis(15));
    let shared = Arc::new(Mutex::new(vec![1]));
    shared.lock().expect("not poisoned").push(2);
    let (sender, receiver) = mpsc::channel();
    (0..5).for_each(|i| sender.send(i * i).expect("the receiver is alive"));
    drop(sender);
    COUNTER.fetch_add(receiver.iter().sum(), Ordering::SeqCst);
    println!(
        "{:?} {} {}",
        shared.try_lock().map(|v| v.len()).ok(),
        COUNTER.load(Ordering::SeqCst),
        ONCE.get_or_init(|| "once".into())
    );
}

fn depth(n: u32) -> u32 {
    if n == 0 { 0 } else { 1 + std::hint::black_box(depth(n - 1)) }
}

fn main() -> io::Result<()> {
    let Some(directory) = env::args().nth(1) else {
        eprintln!("usage: rust <directory> [argument]...");
        std::process::exit(2);
    };
    surroundings()?;
    files(Path::new(&directory))?;
    attributes(Path::new(&directory))?;
    collections();
    language();
    numbers();
    time_and_synchronization();
    println!("depth {}", depth(5000));
    match env::var("ENDING").as_deref() {
        Ok("exit") => std::process::exit(9),
        Ok("panic") => {
            let empty: Vec<u32> = Vec::new();
            println!("{}", empty[std::hint::black_box(3)]);
        }
        Ok("overflow") => println!("{}", depth(u32::MAX)),
        Ok("abort") => std::process::abort(),
        Ok("error") => return Err(io::Error::other("returned from main")),
        _ => {}
    }
    Ok(())
}
