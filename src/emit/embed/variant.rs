//! The forms in which a content is embedded, each at an address of its own without a query: `complet/`, `carte/sombre/`, `sans-noms/`.

use crate::config::Config;
use crate::diag::{Diagnostic, FilePath, Span};
use crate::say;

/// How much of the content is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The compact form.
    Short,
    /// The whole text, or the whole list.
    Whole,
    /// A card; for a place or a theme, the map.
    Card,
    /// Of a place or a theme, the récits alone.
    Recits,
    /// Of a place or a theme, the examples alone.
    Examples,
}

impl Form {
    /// Returns the word of the address; empty for the compact form.
    pub fn word(self) -> &'static str {
        match self {
            Self::Short => "",
            Self::Whole => "complet",
            Self::Card => "carte",
            Self::Recits => "recits",
            Self::Examples => "exemples",
        }
    }
}

/// The colours, and whether names are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As the reader's system asks.
    Auto,
    Light,
    Dark,
    /// As the reader's system asks, without names or photographs of elected people.
    Nameless,
}

impl Look {
    /// Returns the word of the address; empty for the ordinary one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "",
            Self::Light => "clair",
            Self::Dark => "sombre",
            Self::Nameless => "sans-noms",
        }
    }
}

/// One page to embed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    pub form: Form,
    pub look: Look,
}

impl Variant {
    /// The compact form, in the reader's colours.
    pub const PLAIN: Variant = Variant { form: Form::Short, look: Look::Auto };

    /// Returns what stands after the content's address: `carte/sombre/`.
    pub fn path(self) -> String {
        let mut path = String::new();
        for word in [self.form.word(), self.look.word()] {
            if !word.is_empty() {
                path.push_str(word);
                path.push('/');
            }
        }
        path
    }

    /// Returns whether it is the one that stands at the content's own address.
    pub fn is_plain(self) -> bool {
        self == Self::PLAIN
    }

    /// Returns whether it has an oEmbed description of its own; light and dark ones share that of their form.
    pub fn has_oembed(self) -> bool {
        match self.look {
            Look::Auto | Look::Nameless => true,
            Look::Light | Look::Dark => false,
        }
    }

    /// Returns the variant whose oEmbed description stands for this one.
    pub fn described(self) -> Self {
        if self.has_oembed() { self } else { Self { look: Look::Auto, ..self } }
    }
}

/// The words that `variantes` takes.
const WORDS: &[&str] = &["complet", "carte", "clair", "sombre", "sans-noms"];

/// Says which words of `variantes` are none.
pub fn faults(config: &Config) -> Vec<Diagnostic> {
    let own = config.fields.map("sorties").and_then(|outputs| outputs.map(super::NAME));
    let written: &[(ecow::EcoString, Span)] = own.map_or(&[], |own| own.texts("variantes"));
    written
        .iter()
        .filter(|(word, _)| !WORDS.contains(&word.as_str()))
        .map(|(word, span)| unknown(word, *span))
        .collect()
}

fn unknown(word: &str, span: Span) -> Diagnostic {
    let all = WORDS.join(", ");
    let mut diagnostic = Diagnostic::error(
        "E0411",
        say!("il n’y a pas de variante « {word} » des pages à intégrer", "pages to embed have no variant “{word}”"),
    )
    .at(&FilePath::new(crate::config::FILE), span)
    .help_near(word, WORDS.iter().copied());
    if diagnostic.help.is_none() {
        diagnostic = diagnostic.help(say!("les variantes sont : {all}", "the variants are: {all}"));
    }
    diagnostic
}

/// Returns the variants that the site makes: all, or the compact one and those that `[sorties.integration] variantes` names.
pub fn variants(config: &Config) -> Vec<Variant> {
    let chosen =
        config.fields.map("sorties").and_then(|outputs| outputs.map(super::NAME)).map(|own| own.texts("variantes"));
    let is_chosen = |word: &str| {
        word.is_empty() || chosen.is_none_or(|words| words.is_empty() || words.iter().any(|(chosen, _)| chosen == word))
    };
    let mut all = Vec::new();
    for form in [Form::Short, Form::Whole, Form::Card, Form::Recits, Form::Examples] {
        for look in [Look::Auto, Look::Light, Look::Dark, Look::Nameless] {
            let follows_form = matches!(form, Form::Recits | Form::Examples);
            if (follows_form || is_chosen(form.word())) && is_chosen(look.word()) {
                all.push(Variant { form, look });
            }
        }
    }
    all
}
