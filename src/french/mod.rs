//! French as it should be set, dated, sorted, addressed and searched: one module for every output.

pub mod collation;
pub mod dates;
pub mod inclusive;
pub mod numbers;
pub mod slugs;
pub mod tongue;
pub mod typography;

pub use collation::{compare, letter};
pub use dates::{Date, When, day_of};
pub use numbers::{Units, integer, number, size};
pub use slugs::{fold, is_reserved, slug};
pub use tongue::{Tongue, is_rtl};
pub use typography::{Piece, Typesetter, pieces};

/// The no-break space, as wide as an ordinary one.
pub const NBSP: char = '\u{a0}';
/// The narrow no-break space (*espace fine insécable*).
pub const NNBSP: char = '\u{202f}';

/// The conventions a text is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    /// French of France, Belgium and everywhere without conventions of its own.
    #[default]
    Fr,
    /// French of Canada: no space before `;`, `!` and `?`.
    FrCa,
    /// French of Switzerland: narrow spaces before `:` and inside guillemets.
    FrCh,
    /// English: words and dates are printed in English, the text is left as written.
    En,
    /// Any other language: the text is left as written.
    Other,
}

/// Puts a capital at the beginning of a text: « depuis 2014 » opens a line as « Depuis 2014 ».
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns a language tag as BCP 47 writes it: `en_US` is `en-US`, `EN` is `en`.
pub fn language_tag(typed: &str) -> String {
    let typed = typed.trim().replace('_', "-");
    match typed.split_once('-') {
        Some((main, rest)) => format!("{}-{rest}", main.to_ascii_lowercase()),
        None => typed.to_ascii_lowercase(),
    }
}

/// Returns whether a text has the shape of a language tag (BCP 47): two or three letters, then parts apart by hyphens.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split(['-', '_']);
    let main = parts.next().unwrap_or_default();
    matches!(main.len(), 2 | 3)
        && main.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

impl Locale {
    /// Reads a language tag such as `fr`, `fr-CA` or `en_GB`.
    pub fn from_tag(tag: &str) -> Self {
        let mut parts = tag.trim().split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        if language.eq_ignore_ascii_case("en") {
            return Self::En;
        }
        if !language.eq_ignore_ascii_case("fr") && !language.eq_ignore_ascii_case("fra") {
            return Self::Other;
        }
        match parts.next_back() {
            Some(region) if region.eq_ignore_ascii_case("ca") => Self::FrCa,
            Some(region) if region.eq_ignore_ascii_case("ch") => Self::FrCh,
            Some(_) | None => Self::Fr,
        }
    }

    /// Says whether the text is in French of any country.
    pub fn is_french(self) -> bool {
        match self {
            Self::Fr | Self::FrCa | Self::FrCh => true,
            Self::En | Self::Other => false,
        }
    }

    /// Returns the language in which dates, numbers and sizes are written for this text.
    pub fn lang(self) -> Lang {
        match self {
            Self::En => Lang::En,
            Self::Fr | Self::FrCa | Self::FrCh | Self::Other => Lang::Fr,
        }
    }
}

/// A language in which the program can write dates, numbers and sizes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French, the language of everything by default.
    #[default]
    Fr,
    /// English, for pages whose `langue` is `en`.
    En,
}

/// The space inside « and ».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Guillemets {
    /// U+00A0, the usage of the Imprimerie nationale.
    #[default]
    Insecable,
    /// U+202F, the usage of many newspapers and of Swiss typographers.
    Fine,
}

/// What becomes of inclusive forms such as « élu.e.s ».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Inclusif {
    /// As the author wrote them.
    #[default]
    TelQuel,
    /// With middle dots: « élu·e·s ».
    PointMedian,
    /// Both words in full: « élues et élus ».
    Doublet,
}

/// The choices a site makes about typography.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rules {
    /// The conventions of the text.
    pub locale: Locale,
    /// The space inside guillemets.
    pub guillemets: Guillemets,
    /// Whether U+202F may be used: without it, U+00A0 stands everywhere.
    pub espace_fine: bool,
    /// What becomes of inclusive forms.
    pub inclusif: Inclusif,
}

impl Default for Rules {
    fn default() -> Self {
        Self::new(Locale::Fr)
    }
}

impl Rules {
    /// Returns the usual choices of a locale.
    pub fn new(locale: Locale) -> Self {
        let guillemets = match locale {
            Locale::FrCh => Guillemets::Fine,
            Locale::Fr | Locale::FrCa | Locale::En | Locale::Other => Guillemets::Insecable,
        };
        Self { locale, guillemets, espace_fine: true, inclusif: Inclusif::TelQuel }
    }

    /// Returns the same choices for a text in another language.
    pub fn with_locale(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    /// Returns the space that separates thousands and stands before `;`, `!` and `?`.
    pub fn thin(&self) -> char {
        if self.espace_fine { NNBSP } else { NBSP }
    }

    /// Returns the space before a colon.
    pub fn before_colon(&self) -> char {
        match self.locale {
            Locale::FrCh => self.thin(),
            Locale::Fr | Locale::FrCa | Locale::En | Locale::Other => NBSP,
        }
    }

    /// Returns the space inside guillemets.
    pub fn inside_quotes(&self) -> char {
        match self.guillemets {
            Guillemets::Insecable => NBSP,
            Guillemets::Fine => self.thin(),
        }
    }
}

/// Typesets one text that stands alone, such as a title.
pub fn typeset<'t>(rules: &Rules, text: &'t str) -> std::borrow::Cow<'t, str> {
    Typesetter::new(rules).run(text, None)
}
