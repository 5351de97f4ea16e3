//! A person’s name, found in a text however it is spelt: capitals, accents, order, hyphens, in an address.

use std::ops::Range;

use ecow::EcoString;

use crate::french::fold;
use crate::urls::contacts::email_end;

/// A person to be forgotten.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// As the writer gave it.
    pub name: EcoString,
    words: Vec<String>,
}

/// The longest run of marks between two words of a name: « Martin, Camille ».
const GAP: usize = 3;

impl Person {
    /// Reads a name; none when there is no word in it.
    pub(super) fn named(name: &str) -> Option<Self> {
        let words: Vec<String> = words(name).map(|(word, _)| word).collect();
        (!words.is_empty()).then(|| Self { name: name.trim().into(), words })
    }

    /// Returns whether a text says the name.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.find(text, 0).is_some()
    }

    /// Returns a text with something else at the place of each mention, and how many there were.
    pub(super) fn replaced(&self, text: &str, by: &str) -> Option<(EcoString, usize)> {
        let mut out = EcoString::new();
        let (mut from, mut count) = (0, 0);
        while let Some(found) = self.find(text, from) {
            out.push_str(&text[from..found.start]);
            out.push_str(by);
            from = found.end;
            count += 1;
        }
        out.push_str(&text[from..]);
        (count > 0).then_some((out, count))
    }

    /// Finds the next mention, an e-mail address made of the name included.
    fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let found: Vec<(String, Range<usize>)> = words(&text[from..]).collect();
        let count = self.words.len();
        let at = found.windows(count).position(|window| {
            let between = |pair: &[(String, Range<usize>)]| &text[from + pair[0].1.end..from + pair[1].1.start];
            let near = window.windows(2).all(|pair| {
                // A sentence that ends parts two people.
                let is_end = between(pair).starts_with(['.', '!', '?', ';', ':']) && between(pair).len() > 1;
                between(pair).chars().count() <= GAP && !is_end
            });
            // « Camille Martin-Dupont » is another person than Camille Martin; in an address, words go on.
            let is_prose = window.windows(2).any(|pair| between(pair).contains(char::is_whitespace));
            let goes_on = text[from + window[count - 1].1.end..].strip_prefix(['-', '\u{2010}', '\u{2011}']);
            let is_other = is_prose && goes_on.is_some_and(|rest| rest.starts_with(char::is_uppercase));
            near && !is_other
                && (0..count).any(|turn| {
                    window.iter().enumerate().all(|(place, (word, _))| *word == self.words[(place + turn) % count])
                })
        })?;
        let start = from + found[at].1.start;
        Some(start..email_end(text, from + found[at + count - 1].1.end))
    }
}

/// Returns the words of a text, folded, with their places.
fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> + '_ {
    let is_of_word = |c: char| c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c);
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !is_of_word(*c)).is_some() {}
        let (start, _) = *rest.peek()?;
        while rest.next_if(|(_, c)| is_of_word(*c)).is_some() {}
        let end = rest.peek().map_or(text.len(), |(at, _)| *at);
        Some((fold(&text[start..end]), start..end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_however_it_is_spelt() {
        let person = Person::named("Zoé Martin-Lévy").expect("a name");
        for (text, expected) in [
            ("Zoé Martin-Lévy parle.", "X parle."),
            ("ZOE MARTIN LEVY, et zoé martin\u{2011}lévy", "X, et X"),
            ("Martin-Lévy, Zoé", "X"),
            ("écrire à zoe.martin-levy@ville.fr, merci", "écrire à X, merci"),
            ("zoe.martin-levy@ville.fr.", "X."),
            ("#portrait-de-zoe-martin-levy", "#portrait-de-X"),
            ("Zoé\nMartin-Lévy", "X"),
        ] {
            assert_eq!(person.replaced(text, "X").map(|(text, _)| text).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "Zoé Martin",
            "Zoé. Puis Martin-Lévy vint… enfin",
            "Zoémartin-Lévy",
            "Chez Martin-Lévy. Zoé Dupuis arrive.",
            "Zoé Martin-Lévy-Dupont",
            "",
        ] {
            assert!(!person.is_in(text), "{text}");
        }
        assert!(Person::named(" … ").is_none());
    }
}
