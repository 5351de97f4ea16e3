//! The few words that a printed page adds to the writer's, in French and in English.

use crate::french::Lang;

/// Words of the program's own in a document.
#[derive(Debug)]
pub struct Words {
    pub example: &'static str,
    pub with: &'static str,
    pub contact: &'static str,
    pub source: &'static str,
    pub verified: &'static str,
    pub read_in: &'static str,
    pub note: &'static str,
    pub tip: &'static str,
    pub important: &'static str,
    pub warning: &'static str,
    pub caution: &'static str,
    pub video_on: &'static str,
    pub video: &'static str,
    pub transcription: &'static str,
    pub acronyms: &'static str,
    pub done: &'static str,
    pub to_do: &'static str,
    pub no_alt: &'static str,
}

const FR: Words = Words {
    example: "Exemple",
    with: "Avec",
    contact: "Contact :",
    source: "Source :",
    verified: "Vérifié",
    read_in: "Lire dans la",
    note: "À noter",
    tip: "Astuce",
    important: "Important",
    warning: "Attention",
    caution: "Danger",
    video_on: "vidéo sur",
    video: "vidéo",
    transcription: "Transcription de",
    acronyms: "Sigles",
    done: "Fait :",
    to_do: "À faire :",
    no_alt: "Image sans description",
};

const EN: Words = Words {
    example: "Example",
    with: "With",
    contact: "Contact:",
    source: "Source:",
    verified: "Checked",
    read_in: "Read in",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    video_on: "video on",
    video: "video",
    transcription: "Transcript of",
    acronyms: "Acronyms",
    done: "Done:",
    to_do: "To do:",
    no_alt: "Image without a description",
};

/// Returns the words of a language.
pub fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::Fr => &FR,
        Lang::En => &EN,
    }
}
