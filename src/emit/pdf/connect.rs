//! From the finished site to what surrounds a printed page: where its links lead, its pictures, its places, its maps.

use std::collections::BTreeMap;

use ecow::EcoString;

use super::around::{Around, Card, Destination, Levers, Map, Spot, Taken, Way};
use super::lower::label;
use super::pictures::Pictures;
use super::words::Words;
use crate::diag::FilePath;
use crate::doc::{
    self, Block, Boxes, Directive, Figure, Image, Inline, LinkId, Role, Step, Visitor, each_box, find_directive, visit,
};
use crate::emit::{Base, Cx, images, views};
use crate::french::fold;
use crate::site::{Page, PageId, Target};
use crate::territory::map::{self, Locator, Palette};
use crate::territory::{Atlas, PlaceId};

/// What the pages of one document share.
pub struct Assembly<'a> {
    pub cx: &'a Cx<'a>,
    /// The pages of the document and what stands before their labels.
    pub pages: BTreeMap<PageId, String>,
    /// The sources of the document, which origins count.
    pub files: Vec<FilePath>,
    pub pictures: Pictures,
    pub palette: Palette,
    /// Whether other pages of the document can be linked to.
    pub is_booklet: bool,
}

impl<'a> Assembly<'a> {
    /// Begins a document in one of the theme's colours.
    pub fn new(cx: &'a Cx<'a>, teinte: &str) -> Self {
        Self {
            cx,
            pages: BTreeMap::new(),
            files: Vec::new(),
            pictures: Pictures::default(),
            palette: palette(teinte),
            is_booklet: false,
        }
    }

    /// Returns the words of a language, those of the theme first.
    pub fn words(&self, language: &str) -> Words {
        let lang = crate::french::Locale::from_tag(language).lang();
        Words::of(lang, |key| self.cx.theme.word(language, key).to_owned())
    }

    /// Returns what surrounds a page of the document; `above` levels of headings stand over its title.
    pub fn around(&mut self, page: &'a Page, above: u8) -> Around<'a> {
        let prefix = self.pages.get(&page.id).cloned().unwrap_or_default();
        let mut around = self.bare(page, prefix);
        around.above = above;
        self.take(page, &mut around);
        let mut links = Vec::new();
        each_box(&page.document, Boxes::REPRISE, &mut |directive| {
            if let Role::Reprise { exemple } = directive.role {
                links.push(exemple);
            }
        });
        for link in links {
            if let Some(taken) = self.taken(page, link, &around.prefix) {
                around.taken.insert(link, taken);
            }
        }
        around
    }

    fn bare(&mut self, page: &'a Page, prefix: String) -> Around<'a> {
        let mut around = Around::alone(self.words(&page.language));
        around.file = self.files.iter().position(|file| *file == page.source).unwrap_or_else(|| {
            self.files.push(page.source.clone());
            self.files.len() - 1
        });
        around.prefix = prefix;
        around.levers = match page.kind.has_levers() {
            true if views::levers_are_numbered(self.cx.site, page) => Levers::Numbered,
            true => Levers::Free,
            false => Levers::None,
        };
        around.withdrawn = page.fields.texts("retraits").iter().map(|(name, _)| fold(name)).collect();
        around
    }

    /// Fills the links, pictures, places, cards and maps of a page.
    fn take(&mut self, page: &'a Page, around: &mut Around<'a>) {
        let inside = self.pages.get(&page.id).is_some_and(|prefix| *prefix == around.prefix);
        around.ways = page.targets.iter().map(|target| self.way(page, target, inside)).collect();
        let mut found = Found::default();
        visit(&page.document, &mut found);
        for image in found.images {
            if let Target::File(asset) = page.target(image.to) {
                let source = &self.cx.site.asset(*asset).source;
                if let Some(name) = self.pictures.file(source) {
                    around.pictures.insert(image.to, name);
                }
            }
        }
        for example in &page.examples {
            let example = self.cx.site.example(*example);
            if let Some(place) = example.place {
                around.spots.insert(example.anchor.clone(), self.spot(place));
            }
        }
        for directive in found.boxes {
            match &directive.role {
                Role::ALaUne { page: link } => {
                    if let Some(card) = self.card(page, *link) {
                        around.cards.insert(*link, card);
                    }
                }
                Role::Carte { theme, kit, .. } => {
                    let drawn = views::map_of(
                        self.cx,
                        page,
                        &Base::fixed(&self.cx.site.config.base_url),
                        theme.as_ref(),
                        kit.as_ref(),
                    );
                    if !drawn.places.is_empty() {
                        let list = drawn
                            .titles()
                            .into_iter()
                            .map(|(place, titles)| (Atlas::get().label(place), titles.join(", ")))
                            .collect();
                        // The same colours as the rest of the document.
                        let svg = drawn
                            .svg
                            .replace(Palette::COLOUR.accent, self.palette.accent)
                            .replace(Palette::COLOUR.land, self.palette.land);
                        around.maps.insert(directive.span, Map { picture: self.pictures.drawing(svg), list });
                    }
                }
                Role::Exemple(_)
                | Role::Encadre { .. }
                | Role::Definition { .. }
                | Role::Citation { .. }
                | Role::Chiffres { .. }
                | Role::Etapes { .. }
                | Role::Trajectoire { .. }
                | Role::Voix { .. }
                | Role::Ressources { .. }
                | Role::Telechargement { .. }
                | Role::Video { .. }
                | Role::Galerie { .. }
                | Role::Agenda { .. }
                | Role::Reprise { .. } => {}
            }
        }
    }

    fn taken(&mut self, page: &'a Page, link: LinkId, prefix: &str) -> Option<Taken<'a>> {
        let Target::Example(id) = page.target(link) else { return None };
        let site = self.cx.site;
        let example = site.example(*id);
        let home = site.page(example.page);
        let directive = find_directive(&home.document, &example.anchor)?;
        let mut around = self.bare(home, format!("{prefix}r{}:", link.0));
        around.levers = Levers::None;
        self.take(home, &mut around);
        let to = self.at(home, Some(&example.anchor));
        Some(Taken { document: &home.document, directive, around: Box::new(around), page: site.reference(home), to })
    }

    /// Returns where a link of a page leads; `inside` when its own anchors are in the document.
    fn way(&self, page: &Page, target: &Target, inside: bool) -> Way {
        let site = self.cx.site;
        let way = |to: Destination, title: EcoString| Way { to, title, weight: None };
        match target {
            Target::Page { page: other, anchor } => {
                let other = site.page(*other);
                way(self.at(other, anchor.as_ref()), site.reference(other))
            }
            Target::Anchor(anchor) if inside => {
                let prefix = self.pages.get(&page.id).map(String::as_str).unwrap_or_default();
                way(Destination::Inside(label(prefix, anchor)), doc::name_of(&page.document, anchor))
            }
            Target::Anchor(anchor) => way(self.web(page, Some(anchor)), doc::name_of(&page.document, anchor)),
            Target::Example(example) => {
                let example = site.example(*example);
                way(self.at(site.page(example.page), Some(&example.anchor)), example.exemple.titre.clone())
            }
            Target::File(asset) => {
                let asset = site.asset(*asset);
                let weight = images::weight(asset.source.extension(), asset.size, &page.language);
                let to = Destination::Here(self.base().href(&asset.url));
                Way { to, title: asset.source.name().into(), weight: Some(weight.into()) }
            }
            Target::Site { url, anchor } => {
                let anchor = anchor.as_ref().map_or_else(String::new, |anchor| format!("#{anchor}"));
                way(Destination::Here(self.base().href(url) + &anchor), url.as_str().into())
            }
            Target::External(address) => way(Destination::Elsewhere(address.to_string()), address.clone()),
            Target::Mail(address) => way(Destination::Elsewhere(format!("mailto:{address}")), address.clone()),
            Target::Broken => way(Destination::Nowhere, EcoString::new()),
        }
    }

    /// Returns where a page is: in this document, or on the web.
    pub fn at(&self, page: &Page, anchor: Option<&EcoString>) -> Destination {
        match (self.pages.get(&page.id), anchor) {
            (Some(prefix), Some(anchor)) => Destination::Inside(label(prefix, anchor)),
            // The page itself has a label of its own in a booklet, and is where one reads in a single sheet.
            (Some(prefix), None) if self.is_booklet => Destination::Inside(title_label(prefix)),
            _ => self.web(page, anchor),
        }
    }

    fn web(&self, page: &Page, anchor: Option<&EcoString>) -> Destination {
        let anchor = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        Destination::Here(self.base().href(&page.url) + &anchor)
    }

    fn base(&self) -> Base {
        Base::fixed(&self.cx.site.config.base_url)
    }

    fn spot(&mut self, place: PlaceId) -> Spot {
        let to = Destination::Here(self.base().href(&views::territory_url(place)));
        Spot { place: Atlas::get().label(place).into(), to, map: Some(self.locator(place)) }
    }

    /// Adds the drawing that says where a place is.
    pub fn locator(&mut self, place: PlaceId) -> EcoString {
        let options = Locator { prefix: "l", title: Some(""), base: None, palette: self.palette };
        self.pictures.drawing(map::locator(place, &options).markup)
    }

    fn card(&self, page: &Page, link: LinkId) -> Option<Card> {
        let Target::Page { page: other, .. } = page.target(link) else { return None };
        let other = self.cx.site.page(*other);
        let card = views::card(self.cx, other);
        let line =
            std::iter::once(card.kind_label).chain(card.place.map(|place| place.title)).collect::<Vec<_>>().join(" · ");
        Some(Card {
            title: other.title.clone(),
            line: line.into(),
            summary: other.summary.clone(),
            to: self.at(other, None),
        })
    }
}

/// Returns the label of a page's title.
pub fn title_label(prefix: &str) -> String {
    format!("{prefix}titre")
}

/// The images and boxes of a document.
#[derive(Default)]
struct Found<'d> {
    images: Vec<&'d Image>,
    boxes: Vec<&'d Directive>,
}

impl<'d> Visitor<'d> for Found<'d> {
    fn block(&mut self, block: &'d Block) -> Step {
        match block {
            Block::Figure(figure) => self.images.push(&figure.image),
            Block::Directive(directive) => {
                if let Role::Galerie { images } = &directive.role {
                    self.images.extend(images.iter().map(|figure: &Figure| &figure.image));
                }
                self.boxes.push(directive);
            }
            Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::List(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Html(_)
            | Block::Rule => {}
        }
        Step::Into
    }

    fn inline(&mut self, inline: &'d Inline) -> Step {
        if let Inline::Image(image) = inline {
            self.images.push(image);
        }
        Step::Into
    }
}

/// Returns the colours of maps on paper, for one of the theme's colours.
fn palette(teinte: &str) -> Palette {
    let accent = match teinte {
        "petrole" => "#0b5263",
        "indigo" => "#303c86",
        "prune" => "#662a5e",
        "garance" => "#97193d",
        "brique" => "#99381c",
        "ocre" => "#7d530a",
        "olive" => "#505a18",
        "ardoise" => "#3d4751",
        "sapin" => "#1d5443",
        // A colour of the site's own theme: ink goes with every hue.
        _ => "#1d1a15",
    };
    Palette { land: "#d9d3c6", paper: "#ffffff", accent, on_accent: "#ffffff", point: "#1d1a15", ink: "#1d1a15" }
}
