//! Columns that line up.

/// On which side of its column a cell stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Lays `rows` out in columns with two spaces between them and `indent` spaces in front. Missing
/// cells are empty; no line ends in a space.
pub(crate) fn columns<const N: usize>(indent: usize, align: [Align; N], rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column] - cell.chars().count());
            match align[column] {
                Align::Left => line.extend([cell.as_str(), padding.as_str()]),
                Align::Right => line.extend([padding.as_str(), cell.as_str()]),
            }
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A name from a module, safe to print: it may hold any character, terminal controls included.
pub(crate) fn printable(name: &str) -> String {
    let quoted = format!("{name:?}");
    let is_plain = quoted.len() == name.len() + 2 && !name.is_empty() && !name.contains(char::is_whitespace);
    if is_plain { name.to_owned() } else { quoted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_line_up() {
        let rows = [["name".to_owned(), "12".to_owned()], ["é".to_owned(), "3".to_owned()]];
        assert_eq!(columns(2, [Align::Left, Align::Right], &rows), "  name  12\n  é      3\n");
        assert_eq!(columns(0, [Align::Left, Align::Left], &rows), "name  12\né     3\n");
    }

    #[test]
    fn names_cannot_move_the_cursor() {
        assert_eq!(printable("memory"), "memory");
        assert_eq!(printable("\x1b[2J"), r#""\u{1b}[2J""#);
        assert_eq!(printable("a\u{202e}b"), "\"a\\u{202e}b\"");
        assert_eq!(printable(""), "\"\"");
    }
}
