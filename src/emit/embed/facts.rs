//! What the compact form keeps of a content: its key figures, and its levers, its timeline or its titles.

use crate::doc::{self, Block, Document, Role, inline_text};
use crate::emit::view::{EmbedFigureView, EmbedPointView};
use crate::emit::{Cx, views};
use crate::french::Lang;
use crate::site::Page;

/// The most levers or titles that are shown, and the most dated steps, which are taller: with all of them a page stays under
/// 1,000 pixels at 320 pixels of width, however long its words.
const MOST: usize = 5;
const MOST_DATED: usize = 4;

/// What the compact form shows under the summary.
#[derive(Debug, Default)]
pub struct Facts {
    pub figures: Vec<EmbedFigureView>,
    /// The key of what the points are called, in `i18n/`.
    pub title: &'static str,
    pub points: Vec<EmbedPointView>,
    /// How many points there are in all.
    pub count: usize,
}

/// Reads the facts of a page in its document, which may be without names.
pub fn of(cx: &Cx<'_>, page: &Page, document: &Document, lang: Lang) -> Facts {
    let mut facts = Facts::default();
    facts.read(&document.blocks, lang);
    if !facts.points.is_empty() {
        facts.title = "integration.trajectoire";
    } else if page.kind.has_levers() {
        let numbered = views::levers_are_numbered(cx.site, page);
        facts.title = "leviers_titre";
        let levers = doc::outline(document).filter(|heading| heading.level == 2 && !heading.outside_levers);
        facts.points = levers
            .enumerate()
            .map(|(place, heading)| EmbedPointView {
                mark: if numbered { (place + 1).to_string() } else { String::new() },
                text: views::heading_text(cx, page, heading.text),
            })
            .collect();
    } else {
        facts.title = if page.kind.name() == "numero" { "au_sommaire" } else { "sur_cette_page" };
        facts.points = doc::outline(document)
            .filter(|heading| heading.level == 2)
            .map(|heading| EmbedPointView { mark: String::new(), text: views::heading_text(cx, page, heading.text) })
            .collect();
    }
    facts.count = facts.points.len();
    facts.points.truncate(if facts.title == "integration.trajectoire" { MOST_DATED } else { MOST });
    facts
}

impl Facts {
    /// Takes the first key figures and the first timeline, wherever they stand.
    fn read(&mut self, blocks: &[Block], lang: Lang) {
        for block in blocks {
            let Block::Directive(directive) = block else { continue };
            match &directive.role {
                Role::Chiffres { figures, .. } if self.figures.is_empty() => {
                    self.figures = figures
                        .iter()
                        .take(2)
                        .map(|figure| EmbedFigureView {
                            value: inline_text(&figure.value),
                            text: inline_text(&figure.text),
                        })
                        .collect();
                }
                Role::Trajectoire { milestones } if self.points.is_empty() => {
                    self.points = milestones
                        .iter()
                        .map(|milestone| EmbedPointView {
                            mark: milestone.when.long(lang),
                            text: if milestone.text.is_empty() {
                                doc::excerpt_of(&milestone.body, 120)
                            } else {
                                inline_text(&milestone.text)
                            },
                        })
                        .collect();
                }
                Role::Encadre { .. } => self.read(&directive.body, lang),
                Role::Exemple(_)
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
                | Role::Carte { .. }
                | Role::ALaUne { .. }
                | Role::Agenda { .. }
                | Role::Reprise { .. } => {}
            }
        }
    }
}
