//! Numbers and sizes as readers expect them: « 1 234,5 », « 720 Kio ».

use super::{Lang, NBSP, NNBSP};

/// What a kilobyte is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Units {
    /// 1 Kio is 1,024 bytes.
    #[default]
    Binary,
    /// 1 ko is 1,000 bytes.
    Decimal,
}

/// Writes a number with its thousands apart and at most three decimals: « 1 234,5 ».
pub fn number(value: f64, lang: Lang) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    let fixed = format!("{:.3}", value.abs());
    let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let decimals = decimals.trim_end_matches('0');
    let zero = decimals.is_empty() && whole == "0";
    let mut out = String::new();
    if value < 0.0 && !zero {
        out.push('−');
    }
    group(whole, lang, &mut out);
    if !decimals.is_empty() {
        out.push(match lang {
            Lang::Fr => ',',
            Lang::En => '.',
        });
        out.push_str(decimals);
    }
    out
}

/// Writes a whole number with its thousands apart: « 100 000 ».
pub fn integer(value: i64, lang: Lang) -> String {
    let mut out = String::new();
    if value < 0 {
        out.push('−');
    }
    group(&value.unsigned_abs().to_string(), lang, &mut out);
    out
}

/// Writes the size of a file: « 720 Kio », « 737 ko », « 1,4 Mio ».
pub fn size(bytes: u64, units: Units, lang: Lang) -> String {
    let (step, names): (u64, [&str; 4]) = match (units, lang) {
        (Units::Binary, Lang::Fr) => (1024, ["Kio", "Mio", "Gio", "Tio"]),
        (Units::Decimal, Lang::Fr) => (1000, ["ko", "Mo", "Go", "To"]),
        (Units::Binary, Lang::En) => (1024, ["KiB", "MiB", "GiB", "TiB"]),
        (Units::Decimal, Lang::En) => (1000, ["kB", "MB", "GB", "TB"]),
    };
    if bytes < step {
        let unit = match (lang, bytes) {
            (Lang::Fr, 0 | 1) => "octet",
            (Lang::Fr, _) => "octets",
            (Lang::En, 1) => "byte",
            (Lang::En, _) => "bytes",
        };
        return format!("{}{NBSP}{unit}", integer(i64::try_from(bytes).unwrap_or(i64::MAX), lang));
    }
    // Tenths of the unit, in whole numbers so that every machine rounds alike.
    let tenths = |unit: u64| (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
    let mut unit = step;
    let mut index = 0;
    while index + 1 < names.len() && rounded(tenths(unit)) >= u128::from(step) * 10 {
        unit *= step;
        index += 1;
    }
    let shown = rounded(tenths(unit));
    let whole = i64::try_from(shown / 10).unwrap_or(i64::MAX);
    let mut out = integer(whole, lang);
    if !shown.is_multiple_of(10) {
        out.push(match lang {
            Lang::Fr => ',',
            Lang::En => '.',
        });
        out.push_str(&(shown % 10).to_string());
    }
    format!("{out}{NBSP}{}", names[index])
}

/// Drops the tenths of what is at least ten units: « 720 Kio », not « 719,9 Kio ».
fn rounded(tenths: u128) -> u128 {
    if tenths >= 100 { (tenths + 5) / 10 * 10 } else { tenths }
}

fn group(digits: &str, lang: Lang, out: &mut String) {
    let mark = match lang {
        Lang::Fr => NNBSP,
        Lang::En => ',',
    };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
}
