//! Quantities as people write and read them. A kilobyte has 1024 bytes here, as for `ulimit` and
//! `ls -h`.

/// Reads `65536`, `64K`, `64KiB`, `8M`, `8MiB`, `1G` or `1GiB`.
pub(crate) fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, suffix) = text.split_at(digits);
    let shift = match suffix {
        "" | "B" => 0,
        "K" | "k" | "KiB" => 10,
        "M" | "MiB" => 20,
        "G" | "GiB" => 30,
        "KB" | "kB" | "MB" | "GB" => {
            return Err(format!("`{suffix}` may mean two things: write {0} or {0}iB for powers of 1024", &suffix[..1]));
        }
        _ => return Err("expected a number of bytes, with K, M or G after it for powers of 1024".to_owned()),
    };
    let number: u64 = match number {
        "" => return Err("expected a number of bytes, such as 8M".to_owned()),
        _ => number.parse().map_err(|_| "the number is too large".to_owned())?,
    };
    number.checked_mul(1 << shift).ok_or_else(|| "the number is too large".to_owned())
}

/// `17.2 KiB`: three significant digits at most, and no fraction of a byte.
pub(crate) fn format_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut value = bytes as f64 / 1024.0;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        // What would be shown as 1024 is 1.0 of the next unit.
        if value < 1023.5 {
            break;
        }
        value /= 1024.0;
        unit = larger;
    }
    if value < 99.95 { format!("{value:.1} {unit}") } else { format!("{value:.0} {unit}") }
}

/// `1 function`, `2 functions`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        assert_eq!(parse_size("0"), Ok(0));
        assert_eq!(parse_size("65536"), Ok(65536));
        assert_eq!(parse_size("64K"), Ok(65536));
        assert_eq!(parse_size("64KiB"), Ok(65536));
        assert_eq!(parse_size("8M"), Ok(8 << 20));
        assert_eq!(parse_size("1GiB"), Ok(1 << 30));
    }

    #[test]
    fn what_is_not_a_size_is_refused() {
        for text in ["", "K", "-1", "1.5M", "8 M", "8X", "8MB", "99999999999999999999", "18446744073709551615K"] {
            assert!(parse_size(text).is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn sizes_are_written() {
        assert_eq!(format_size(0), "0 B");
        assert_eq!(format_size(1023), "1023 B");
        assert_eq!(format_size(1024), "1.0 KiB");
        assert_eq!(format_size(17_600), "17.2 KiB");
        assert_eq!(format_size(200 << 10), "200 KiB");
        assert_eq!(format_size((1 << 20) - 1), "1.0 MiB");
        assert_eq!(format_size(1 << 40), "1.0 TiB");
    }
}
