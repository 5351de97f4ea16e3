//! From the pages of the site to what the index reads of them: sections, places, acronyms.

use ecow::EcoString;

use super::input::{PageInput, PlaceInput, SectionInput, SectionKind};
use crate::doc::{Block, Directive, Heading, Inline, Place, Role, Step, Visitor, inline_text, visit};
use crate::site::{Page, PageId, Site};
use crate::territory::{Atlas, Level, PlaceId};
use crate::theme::Theme;

/// Returns the pages that the search finds: no drafts, and neither archives nor editions that a newer one replaces
/// unless the site asks for them.
pub(super) fn found(site: &Site) -> Vec<PageId> {
    let asked = site.config.fields.map("contenu").and_then(|contenu| contenu.bool("archives_cherchees")) == Some(true);
    let old = |page: &Page| !page.is_public() || !asked && (page.is_archived() || page.newer.is_some());
    site.pages
        .iter()
        .filter(|page| {
            let mut above = std::iter::successors(Some(*page), |page| page.parent.map(|parent| site.page(parent)));
            !above.any(old)
        })
        .map(|page| page.id)
        .collect()
}

/// Returns the pages that the site makes by itself and that readers ask for by name, when they exist.
pub(super) fn generated(site: &Site, theme: &Theme) -> Vec<PageInput> {
    let word = |key: &str| EcoString::from(theme.word(&site.config.language, key));
    let page = |name: &str, url: &str| PageInput {
        url: url.to_owned(),
        title: word(&format!("pages.{name}")),
        summary: word(&format!("pages.{name}_resume")),
        kind: "page",
        names: vec![crate::kinds::page().names().one.into()],
        sections: vec![SectionInput::default()],
        weight: 200,
        ..PageInput::default()
    };
    let mut pages = vec![page("accessibilite", "/accessibilite/"), page("plan", "/plan-du-site/")];
    if !site.glossary.terms().is_empty() {
        let mut glossary = page("glossaire", "/glossaire/");
        glossary.sections.extend(site.glossary.terms().iter().map(|term| {
            SectionInput {
                anchor: crate::french::slug(&term.name).unwrap_or_default().into(),
                heading: term.name.clone(),
                text: term
                    .senses
                    .iter()
                    .flat_map(|sense| [Some(&sense.sens), sense.definition.as_ref()])
                    .flatten()
                    .map(ToString::to_string)
                    .collect(),
                ..SectionInput::default()
            }
        }));
        // What a page says of a term comes before what the glossary says of it.
        glossary.weight = 96;
        pages.push(glossary);
    }
    let exist = [
        ("exemples", !site.examples.is_empty()),
        ("territoires", !site.territories.is_empty()),
        ("themes", !site.themes.is_empty()),
    ];
    pages.extend(exist.into_iter().filter(|(_, exists)| *exists).map(|(name, _)| page(name, &format!("/{name}/"))));
    pages.retain(|page| site.pages.iter().all(|written| written.url.as_str() != page.url));
    pages
}

/// Returns about how many words the index will hold: enough to choose how many files it has.
pub(super) fn words(site: &Site, pages: &[PageId]) -> usize {
    pages.iter().map(|page| site.page(*page).document.words as usize + 40).sum()
}

/// Reads a page of the site.
pub(super) fn page(site: &Site, id: PageId) -> PageInput {
    let page = site.page(id);
    let mut gather = Gather::new(page, site);
    visit(&page.document, &mut gather);
    PageInput { acronyms: gather.acronyms, sections: gather.sections, ..shown(site, id) }
}

/// Reads what lists of the whole site show of a page: all but its text. The places of its examples stand in one section.
pub(super) fn shown(site: &Site, id: PageId) -> PageInput {
    let page = site.page(id);
    let text = |key: &str| page.fields.text(key).cloned();
    let parent = page.parent.map(|parent| site.page(parent)).filter(|parent| parent.kind_name() != "accueil");
    let kit = site.kit_of(page);
    let when = page.fields.when("date").or(page.fields.when("periode"));
    let inside = page.examples.iter().filter_map(|id| site.example(*id).place);
    let inside: Vec<PlaceInput> = inside.map(|id| PlaceInput { containers: Vec::new(), ..place(id) }).collect();
    let section = (!inside.is_empty()).then(|| SectionInput { places: inside, ..SectionInput::default() });
    PageInput {
        url: page.url.as_str().to_owned(),
        title: page.title.clone(),
        number: page.number().or_else(|| text("numero")?.parse().ok()),
        kind: page.kind_name(),
        names: names(page),
        kit: parent.map(|parent| (parent.title.clone(), parent.fields.text("sigle").cloned().unwrap_or_default())),
        edition: kit.and_then(|kit| kit.fields.when("edition")).map(|when| when.long(crate::french::Lang::Fr).into()),
        family: site.family_of(page).map(|family| family.title.clone()),
        themes: page.themes.iter().map(|theme| site.themes[*theme].name.clone()).collect(),
        places: page.places.iter().map(|id| place(*id)).collect(),
        authors: page.fields.texts("auteurs").iter().map(|(author, _)| author.clone()).collect(),
        date: when.map(|when| when.long(crate::french::Lang::Fr).into()),
        day: when.map(|when| {
            let date = when.earliest();
            u32::try_from(i32::from(date.year()) * 372 + i32::from(date.month()) * 31 + i32::from(date.day()))
                .unwrap_or(0)
        }),
        year: when.map(crate::french::When::year),
        summary: page.summary.clone(),
        question: text("question"),
        acronyms: Vec::new(),
        sections: section.into_iter().collect(),
        weight: weight(page),
    }
}

/// Returns the words for the kind of a page, the first for readers and the others for those who number it.
fn names(page: &Page) -> Vec<EcoString> {
    let one = EcoString::from(page.kind.names().one);
    match page.kind_name() {
        "numero" => vec![one, "lettre".into()],
        _ => vec![one],
    }
}

/// Returns by how much a page counts beside the others, in 256ths: lists of pages less than what they list.
fn weight(page: &Page) -> u32 {
    if page.is_archived() || page.newer.is_some() {
        return 128;
    }
    match page.kind_name() {
        "fiche" | "recit" => 256,
        "numero" => 220,
        "accueil" | "section" | "recits" | "lettre" => 180,
        _ => 236,
    }
}

/// Reads a place, with what holds it.
pub(super) fn place(id: PlaceId) -> PlaceInput {
    let atlas = Atlas::get();
    let named = |id: PlaceId| (EcoString::from(atlas.place(id).name), EcoString::from(atlas.place(id).code));
    let (name, code) = named(id);
    let around = atlas.containers(id);
    let is_departement = |id: &PlaceId| matches!(atlas.place(*id).level, Level::Departement | Level::Collectivite);
    let is_region = |id: &PlaceId| atlas.place(*id).level == Level::Region;
    let departement = std::iter::once(id).chain(around.iter().copied()).find(is_departement);
    let region = std::iter::once(id).chain(around.iter().copied()).find(is_region);
    let containers = around
        .into_iter()
        .map(|id| match atlas.place(id).level {
            Level::Departement | Level::Collectivite | Level::Commune => named(id),
            Level::Region | Level::Epci | Level::Ept | Level::ArrondissementMunicipal => {
                (named(id).0, EcoString::new())
            }
        })
        .collect();
    PlaceInput { name, code, containers, region: region.map(named), departement: departement.map(named) }
}

/// Gathers the sections of a document.
struct Gather<'s> {
    site: &'s Site,
    page: &'s Page,
    sections: Vec<SectionInput>,
    acronyms: Vec<(EcoString, EcoString)>,
    /// The section of the text, and of the boxes that it is in.
    open: Vec<usize>,
    /// The paragraph being read.
    line: String,
}

impl<'s> Gather<'s> {
    fn new(page: &'s Page, site: &'s Site) -> Self {
        Self {
            site,
            page,
            sections: vec![SectionInput::default()],
            acronyms: Vec::new(),
            open: vec![0],
            line: String::new(),
        }
    }

    fn current(&mut self) -> &mut SectionInput {
        let section = self.open.last().copied().unwrap_or(0);
        &mut self.sections[section]
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if !line.trim().is_empty() {
            self.current().text.push(line);
        }
    }

    fn heading(&mut self, heading: &Heading) {
        let lever = self.page.kind.has_levers() && heading.level == 2 && !heading.outside_levers;
        self.sections.push(SectionInput {
            anchor: heading.id.clone(),
            heading: inline_text(&heading.text).into(),
            kind: if lever { SectionKind::Lever } else { SectionKind::Heading },
            ..SectionInput::default()
        });
        let section = self.sections.len() - 1;
        if let Some(open) = self.open.last_mut() {
            *open = section;
        }
    }

    /// Opens a section for a box that a link may reach, and says whether it did.
    fn opens(&mut self, directive: &Directive) -> Option<SectionInput> {
        let anchor = directive.id.clone()?;
        let section = |heading: &EcoString, kind| SectionInput {
            anchor: anchor.clone(),
            heading: heading.clone(),
            kind,
            ..SectionInput::default()
        };
        match &directive.role {
            Role::Exemple(exemple) => {
                let example =
                    self.page.examples.iter().map(|id| self.site.example(*id)).find(|example| example.anchor == anchor);
                let mut section = section(&exemple.titre, SectionKind::Example);
                section.places = example.and_then(|example| example.place).map(place).into_iter().collect();
                if let Some(when) = &exemple.annee {
                    section.text.push(when.long(crate::french::Lang::Fr));
                }
                Some(section)
            }
            Role::Encadre { titre: Some(titre) } => Some(section(titre, SectionKind::Heading)),
            Role::Definition { terme } => Some(section(terme, SectionKind::Heading)),
            Role::Etapes { .. } => Some(section(&EcoString::new(), SectionKind::Step)),
            Role::Encadre { titre: None }
            | Role::Citation { .. }
            | Role::Chiffres { .. }
            | Role::Trajectoire { .. }
            | Role::Voix { .. }
            | Role::Ressources { .. }
            | Role::Telechargement { .. }
            | Role::Video { .. }
            | Role::Galerie { .. }
            | Role::Carte { .. }
            | Role::ALaUne { .. }
            | Role::Agenda { .. }
            | Role::Reprise { .. } => None,
        }
    }
}

impl<'d> Visitor<'d> for Gather<'_> {
    fn block(&mut self, block: &'d Block) -> Step {
        self.end_line();
        match block {
            Block::Heading(heading) => {
                self.heading(heading);
                return Step::Over;
            }
            Block::Directive(directive) => {
                let inside = match self.opens(directive) {
                    Some(section) => {
                        self.sections.push(section);
                        self.sections.len() - 1
                    }
                    None => self.open.last().copied().unwrap_or(0),
                };
                self.open.push(inside);
            }
            Block::Code { text, .. } => self.line.push_str(text),
            Block::Paragraph { .. }
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Figure(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }

    fn after_block(&mut self, block: &'d Block) {
        self.end_line();
        if matches!(block, Block::Directive(_)) && self.open.len() > 1 {
            self.open.pop();
        }
    }

    fn run(&mut self, _run: &'d [Inline], _place: Place) -> Step {
        self.end_line();
        Step::Into
    }

    fn inline(&mut self, inline: &'d Inline) -> Step {
        match inline {
            Inline::Text(text) | Inline::SmallCaps(text) | Inline::NoBreak(text) | Inline::Code(text) => {
                self.line.push_str(text)
            }
            Inline::Abbreviation { text, meaning, first } => {
                self.line.push_str(text);
                if *first {
                    self.acronyms.push((text.clone(), meaning.clone()));
                }
            }
            Inline::Image(image) => self.line.push_str(&image.alt),
            Inline::SoftBreak | Inline::HardBreak => self.line.push(' '),
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Deleted(_)
            | Inline::Superscript(_)
            | Inline::Subscript(_)
            | Inline::Link { .. }
            | Inline::NoteCall { .. }
            | Inline::Foreign { .. }
            | Inline::Html(_) => {}
        }
        Step::Into
    }

    fn label(&mut self, text: &'d EcoString, _place: Place) {
        self.end_line();
        // The title of a box is the heading of its section.
        if self.current().heading != *text {
            self.line.push_str(text);
            self.end_line();
        }
    }
}
