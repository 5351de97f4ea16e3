//! How numbers and words are written in the files of the index: printable ASCII, one character for a small number.
//!
//! A file of the index is JavaScript, so that a page opened from a folder can load it with `<script>`. Its payload is one
//! string literal. Numbers are written with the 92 printable characters that need no escape in a string: the first 62
//! end a number, the other 30 say that another character follows, most significant first. Numbers below 62 take one
//! character, below 1,922 two, below 57,722 three. Words are written as numbers of characters followed by the characters.

/// The characters that need no escape in a JavaScript string nor in HTML, in their order.
const ALPHABET: [u8; 92] = alphabet();

const fn alphabet() -> [u8; 92] {
    let mut alphabet = [0; 92];
    let (mut code, mut digit) = (b' ', 0);
    while digit < alphabet.len() {
        if !matches!(code, b'"' | b'<' | b'\\') {
            alphabet[digit] = code;
            digit += 1;
        }
        code += 1;
    }
    alphabet
}

/// How many characters end a number.
const LAST: u32 = 62;
/// How many characters say that the number goes on.
const MORE: u32 = 30;

/// Writes a number at the end of a text.
pub(super) fn put(out: &mut String, number: u32) {
    if number < LAST {
        out.push(char::from(ALPHABET[number as usize]));
        return;
    }
    let mut high = number / LAST;
    let mut stack = [0_u8; 8];
    let mut length = 0;
    while high > 0 {
        stack[length] = ALPHABET[(LAST + (high - 1) % MORE) as usize];
        high = (high - 1) / MORE;
        length += 1;
    }
    out.extend(stack[..length].iter().rev().map(|byte| char::from(*byte)));
    out.push(char::from(ALPHABET[(number % LAST) as usize]));
}

/// Writes a word that begins as the one before it: how many characters they share, how many follow, and these.
pub(super) fn put_word(out: &mut String, before: &str, word: &str) {
    let shared = before.chars().zip(word.chars()).take_while(|(left, right)| left == right).count();
    put(out, number_of(shared));
    put(out, number_of(word.chars().count() - shared));
    out.extend(word.chars().skip(shared));
}

/// Turns a length into a number of the index; no site has 4 billion of anything.
pub(super) fn number_of(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Reads what [`put`] and [`put_word`] wrote; past the end of a damaged file, zeros and empty words.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Reads from a byte of a text.
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// Returns the byte that comes next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Reads a number.
    pub(super) fn number(&mut self) -> u32 {
        let mut high = 0_u32;
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            self.at += 1;
            let digit = u32::from(VALUES[usize::from(*byte & 127)]);
            if digit < LAST {
                return high.saturating_mul(LAST).saturating_add(digit);
            }
            high = high.saturating_mul(MORE).saturating_add(digit - LAST + 1);
        }
        0
    }

    /// Reads a word, given the one before it.
    pub(super) fn word(&mut self, before: &str) -> String {
        let shared = self.number() as usize;
        let mut word: String = before.chars().take(shared).collect();
        let length = self.number() as usize;
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
        word.push_str(&rest[..end]);
        self.at += end;
        word
    }
}

const VALUES: [u8; 128] = values();

const fn values() -> [u8; 128] {
    let mut values = [0; 128];
    let mut digit = 0;
    while digit < ALPHABET.len() {
        values[ALPHABET[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let numbers: Vec<u32> = (0..4000).chain([57_721, 57_722, 1_000_000, u32::MAX - 1, u32::MAX]).collect();
        let mut text = String::new();
        for number in &numbers {
            put(&mut text, *number);
        }
        let mut cursor = Cursor::new(&text, 0);
        for number in &numbers {
            assert_eq!(cursor.number(), *number);
        }
    }

    #[test]
    fn words_come_back() {
        let words = ["acteur", "acteurs", "action", "\u{3b1}\u{3b2}", "zone"];
        let mut text = String::new();
        for pair in std::iter::once("").chain(words).collect::<Vec<_>>().windows(2) {
            put_word(&mut text, pair[0], pair[1]);
        }
        let (mut cursor, mut before) = (Cursor::new(&text, 0), String::new());
        for word in words {
            before = cursor.word(&before);
            assert_eq!(before, word);
        }
    }

    #[test]
    fn small_numbers_are_short() {
        let length = |number| {
            let mut text = String::new();
            put(&mut text, number);
            text.len()
        };
        assert_eq!([61, 62, 1921, 1922, 57_721, 57_722].map(length), [1, 2, 2, 3, 3, 4]);
    }
}
