//! The language of a text: whether it is French, told by its small words, which no translation keeps; which way it is written.

/// Small words of French that the other tongues do not have.
const FRENCH: &[&str] = &[
    "le", "les", "des", "et", "est", "une", "dans", "pour", "qui", "sur", "avec", "du", "au", "aux", "pas", "nous",
    "vous", "cette", "sont", "ou", "leur", "il", "elle", "ce", "ces", "plus", "par", "à", "en", "ne",
];

/// Small words of English, Spanish, Italian and German that French does not have.
const OTHERS: &[&str] = &[
    "the", "of", "and", "to", "is", "for", "that", "with", "are", "this", "be", "it", "by", "from", "you", "we", "not",
    "can", "have", "your", "will", "el", "los", "las", "y", "del", "una", "para", "por", "como", "más", "su", "che",
    "della", "degli", "sono", "per", "der", "die", "das", "und", "ist", "nicht", "mit", "von", "auf",
];

/// How many small words of French and of other tongues a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tongue {
    french: usize,
    others: usize,
}

impl Tongue {
    /// Counts the small words of a text.
    pub fn of(text: &str) -> Self {
        let mut tongue = Self::default();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| (1..=9).contains(&word.len())) {
            let word = word.to_lowercase();
            tongue.french += usize::from(FRENCH.contains(&word.as_str()));
            tongue.others += usize::from(OTHERS.contains(&word.as_str()));
        }
        tongue
    }

    /// Adds the words of another text.
    pub fn add(&mut self, other: Self) {
        self.french += other.french;
        self.others += other.others;
    }

    /// Says whether the text is clearly in another tongue; a few words are not enough.
    pub fn is_foreign(self) -> bool {
        self.others >= 3 && self.others > 2 * self.french
    }
}

/// Says whether a language is written from right to left (RGAA 8.10).
pub fn is_rtl(language: &str) -> bool {
    matches!(language.split('-').next(), Some("ar" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi"))
}
