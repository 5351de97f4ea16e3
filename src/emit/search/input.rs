//! What the index reads of a page: its names, places and sections.

use ecow::EcoString;

/// A page as the index reads it.
#[derive(Debug, Clone, Default)]
pub struct PageInput {
    /// From the root of the site.
    pub url: String,
    pub title: EcoString,
    pub number: Option<i64>,
    /// The kind's name: `fiche`.
    pub kind: &'static str,
    /// What readers call the kind: « Fiche », « Numéro »; with the number it answers « fiche 4 ».
    pub names: Vec<EcoString>,
    /// The title of the kit, letter or folder that holds it, and its acronym.
    pub kit: Option<(EcoString, EcoString)>,
    pub edition: Option<EcoString>,
    pub family: Option<EcoString>,
    pub themes: Vec<EcoString>,
    pub places: Vec<PlaceInput>,
    pub authors: Vec<EcoString>,
    /// The words of the date that readers see.
    pub date: Option<EcoString>,
    /// For sorting: year, month and day as one number.
    pub day: Option<u32>,
    pub year: Option<i16>,
    pub summary: EcoString,
    pub question: Option<EcoString>,
    /// The acronyms explained on the page, with what they mean.
    pub acronyms: Vec<(EcoString, EcoString)>,
    /// The page's own text comes first, under no heading.
    pub sections: Vec<SectionInput>,
    /// How much the page counts beside the others, in 256ths.
    pub weight: u32,
}

/// A place of a page or of an example: what it is called, its code, and what holds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceInput {
    pub name: EcoString,
    pub code: EcoString,
    /// Names and codes of the département, the region, the intercommunalité.
    pub containers: Vec<(EcoString, EcoString)>,
    /// The région and the département of the facets.
    pub region: Option<(EcoString, EcoString)>,
    pub departement: Option<(EcoString, EcoString)>,
}

/// A part of a page that a result may lead to.
#[derive(Debug, Clone, Default)]
pub struct SectionInput {
    /// Empty for the text before the first heading.
    pub anchor: EcoString,
    pub heading: EcoString,
    pub kind: SectionKind,
    pub places: Vec<PlaceInput>,
    /// One for each paragraph, item or cell.
    pub text: Vec<String>,
}

/// What a section is for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SectionKind {
    #[default]
    Heading,
    Lever,
    Example,
    Step,
}
