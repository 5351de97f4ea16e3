//! The words that a printed page adds to the writer's: the theme's own where the web page has them, else French or English.

use crate::french::Lang;

/// Words of the program's own in a document.
#[derive(Debug, Clone)]
pub struct Words {
    pub example: String,
    pub with: String,
    pub contact: String,
    pub source: String,
    pub verified: String,
    /// « Lire dans {x} ».
    pub read_in: String,
    pub note: String,
    pub tip: String,
    pub important: String,
    pub warning: String,
    pub caution: String,
    /// « vidéo sur {x} ».
    pub video_on: String,
    /// « Transcription de {x} ».
    pub transcription: String,
    pub map: String,
    pub done: String,
    pub to_do: String,
    pub lang: Lang,
}

impl Words {
    /// Takes the words of a theme, by their keys.
    pub fn of(lang: Lang, word: impl Fn(&'static str) -> String) -> Self {
        Self {
            example: word("corps.exemple"),
            with: word("corps.avec"),
            contact: word("corps.contact"),
            source: word("corps.source"),
            verified: word("corps.verifie"),
            read_in: word("corps.lire_dans"),
            note: word("corps.alerte_note"),
            tip: word("corps.alerte_astuce"),
            important: word("corps.alerte_important"),
            warning: word("corps.alerte_attention"),
            caution: word("corps.alerte_danger"),
            video_on: word("corps.video_sur"),
            transcription: word("corps.transcription"),
            map: word("corps.carte"),
            done: word("corps.fait"),
            to_do: word("corps.a_faire"),
            lang,
        }
    }

    /// Returns a word of print alone.
    pub fn own(&self, french: &'static str, english: &'static str) -> &'static str {
        match self.lang {
            Lang::Fr => french,
            Lang::En => english,
        }
    }
}

/// Puts a name in a phrase: at its `{x}`, else after it.
pub fn phrase(words: &str, name: &str) -> String {
    if words.contains("{x}") { words.replace("{x}", name) } else { format!("{} {name}", words.trim_end()) }
}
