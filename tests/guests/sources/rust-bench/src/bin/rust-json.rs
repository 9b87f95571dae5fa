//! Text and trees: makes a JSON document, parses it into a tree of enums, changes the tree, and writes it again.
//!
//!     rust-json <records> <repetitions>

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write;

#[derive(Clone, Debug, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

#[derive(Debug)]
struct Malformed {
    at: usize,
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn document(text: &str) -> Result<Json, Malformed> {
        let mut parser = Parser { text, at: 0 };
        let json = parser.value()?;
        parser.skip_space();
        if parser.at == text.len() { Ok(json) } else { parser.malformed() }
    }

    fn malformed<T>(&self) -> Result<T, Malformed> {
        Err(Malformed { at: self.at })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, expected: &str) -> Result<(), Malformed> {
        if self.text[self.at..].starts_with(expected) {
            self.at += expected.len();
            Ok(())
        } else {
            self.malformed()
        }
    }

    fn value(&mut self) -> Result<Json, Malformed> {
        self.skip_space();
        match self.peek() {
            Some(b'n') => self.take("null").map(|()| Json::Null),
            Some(b't') => self.take("true").map(|()| Json::Bool(true)),
            Some(b'f') => self.take("false").map(|()| Json::Bool(false)),
            Some(b'"') => self.text().map(Json::Text),
            Some(b'[') => self.items(b']', |parser, list: &mut Vec<Json>| Ok(list.push(parser.value()?))).map(Json::List),
            Some(b'{') => self.items(b'}', Self::member).map(Json::Object),
            _ => self.number(),
        }
    }

    /// What stands between brackets, separated by commas.
    fn items<C: Default>(
        &mut self,
        end: u8,
        mut item: impl FnMut(&mut Self, &mut C) -> Result<(), Malformed>,
    ) -> Result<C, Malformed> {
        self.at += 1;
        let mut items = C::default();
        self.skip_space();
        if self.peek() == Some(end) {
            self.at += 1;
            return Ok(items);
        }
        loop {
            item(self, &mut items)?;
            self.skip_space();
            let next = self.peek();
            self.at += 1;
            match next {
                Some(b',') => {}
                Some(byte) if byte == end => return Ok(items),
                _ => return self.malformed(),
            }
        }
    }

    fn member(&mut self, members: &mut BTreeMap<String, Json>) -> Result<(), Malformed> {
        self.skip_space();
        let name = self.text()?;
        self.skip_space();
        self.take(":")?;
        let value = self.value()?;
        members.insert(name, value);
        Ok(())
    }

    fn text(&mut self) -> Result<String, Malformed> {
        self.take("\"")?;
        let mut text = String::new();
        let mut rest = self.text[self.at..].char_indices();
        while let Some((position, character)) = rest.next() {
            match character {
                '"' => {
                    self.at += position + 1;
                    return Ok(text);
                }
                '\\' => match rest.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, escaped)) => text.push(escaped),
                    None => break,
                },
                character => text.push(character),
            }
        }
        self.malformed()
    }

    fn number(&mut self) -> Result<Json, Malformed> {
        let start = self.at;
        while self.peek().is_some_and(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e')) {
            self.at += 1;
        }
        self.text[start..self.at].parse().map(Json::Number).or_else(|_| self.malformed())
    }
}

fn write(json: &Json, out: &mut String) {
    match json {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => write!(out, "{number}").expect("a string takes everything"),
        Json::Text(text) => write_text(text, out),
        Json::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            out.push('{');
            for (index, (name, value)) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' => out.push_str("\\n"),
            character => out.push(character),
        }
    }
    out.push('"');
}

/// Changes every value a little, and says how many there are.
fn change(json: &mut Json, by: f64) -> usize {
    match json {
        Json::Null => *json = Json::Bool(false),
        Json::Bool(value) => *value = !*value,
        Json::Number(number) => *number = *number * 0.5 + by,
        Json::Text(text) => {
            if let Some(first) = text.pop() {
                text.insert(0, first);
            }
        }
        Json::List(list) => return 1 + list.iter_mut().map(|item| change(item, by)).sum::<usize>(),
        Json::Object(members) => return 1 + members.values_mut().map(|value| change(value, by)).sum::<usize>(),
    }
    1
}

fn document(records: u64) -> String {
    let mut text = String::from("[");
    for id in 0..records {
        let comma = if id == 0 { "" } else { ",\n  " };
        let score = (id * 7919 % 10007) as f64 / 16.0;
        write!(
            text,
            "{comma}{{\"id\": {id}, \"name\": \"record {} \\\"{}\\\" é\", \"score\": {score}, \"tags\": [\"a{}\", \"b\", null, true],\
             \"nested\": {{\"left\": [], \"right\": {{\"depth\": {}e-3, \"note\": \"line\\nbreak\"}}}}}}",
            id * 31,
            id % 77,
            id % 13,
            id % 1000
        )
        .expect("a string takes everything");
    }
    text.push(']');
    text
}

fn checksum(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn main() {
    let numbers: Vec<u64> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [records, repetitions] = numbers[..] else { panic!("usage: rust-json <records> <repetitions>") };
    let mut text = document(records);
    for repetition in 0..repetitions {
        let mut json = Parser::document(&text).unwrap_or_else(|malformed| panic!("malformed at {}", malformed.at));
        let values = change(&mut json, repetition as f64);
        text.clear();
        write(&json, &mut text);
        println!("{values} values, {} bytes, checksum {:016x}", text.len(), checksum(&text));
    }
}
