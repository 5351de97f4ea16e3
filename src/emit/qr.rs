//! A QR code for a terminal: two modules a character, dark on light whatever the colours of the terminal.

use qrcode::{Color, EcLevel, QrCode};

/// The light border that readers of codes look for, in modules.
const BORDER: usize = 2;

/// Returns the code of an address, drawn with half blocks; nothing if the address is too long for a code.
pub fn terminal(address: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::L).ok()?;
    let (width, modules) = (code.width(), code.to_colors());
    let is_dark = |row: usize, column: usize| {
        let inside = |at: usize| at.checked_sub(BORDER).filter(|at| *at < width);
        let place = inside(row).zip(inside(column)).map(|(row, column)| row * width + column);
        place.is_some_and(|place| modules[place] == Color::Dark)
    };
    let side = width + 2 * BORDER;
    let mut out = String::new();
    for row in (0..side).step_by(2) {
        // Black on white, said outright: a code drawn in the terminal's own colours may come out inverted.
        out.push_str("\u{1b}[30;107m");
        for column in 0..side {
            out.push(match (is_dark(row, column), is_dark(row + 1, column)) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        out.push_str("\u{1b}[0m\n");
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::terminal;

    #[test]
    fn a_code_is_a_square_with_its_corners_and_border() {
        let drawn = terminal("http://192.168.1.12:4000/?jeton=0123456789abcdef").expect("a short address");
        let plain = drawn.replace("\u{1b}[30;107m", "").replace("\u{1b}[0m", "");
        let rows: Vec<Vec<char>> = plain.lines().map(|line| line.chars().collect()).collect();
        assert!(rows.iter().all(|row| row.len() == rows[0].len() && row.len().div_ceil(2) == rows.len()), "{plain}");
        assert!(rows[0].iter().all(|module| *module == ' '), "a border above");
        let finder: String = rows[1][2..9].iter().collect();
        assert_eq!(finder, "█▀▀▀▀▀█", "{plain}");
        assert_eq!(terminal(&"a".repeat(9_000)), None);
    }
}
