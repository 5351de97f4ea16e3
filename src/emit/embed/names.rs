//! The variant `sans-noms`: no name and no photograph of elected people, for the months before an election.
//!
//! Names come from the front matter (`elus`), from voices and quotations whose role is a mandate, and from the text itself
//! where a name stands beside a mandate: « la maire, Anne Durand, ». Each is then left out everywhere.

use std::borrow::Cow;

use ecow::EcoString;

use super::people::{CIVILITIES, beside_mandate, found_at, is_mandate, is_mandate_at, is_name, name_end, touch, words};
use crate::doc::visit::PartMut;
use crate::doc::{Block, Document, Exemple, Inline, Place, Role, inline_text, text};
use crate::french;
use crate::site::Page;
use crate::urls::contacts::email_end;

/// The names to leave out of a content, and what is written instead.
pub struct Names {
    /// Each as its words, folded.
    known: Vec<Vec<String>>,
    instead: String,
}

impl Names {
    /// Gathers the names of the elected people of a page.
    pub fn of(page: &Page, instead: &str) -> Self {
        let mut names = Self { known: Vec::new(), instead: instead.to_owned() };
        for (name, _) in page.fields.texts("elus") {
            names.learn(name);
        }
        names.gather(&page.document.blocks);
        for note in &page.document.notes {
            names.gather(&note.body);
        }
        for said in
            [page.title.as_str(), page.summary.as_str()].into_iter().chain(text::document(&page.document).lines())
        {
            names.read(said);
        }
        // The longest first, so that a full name is not left with its first half.
        names.known.sort_by(|left, right| right.len().cmp(&left.len()).then_with(|| left.cmp(right)));
        names.known.dedup();
        names
    }

    /// Learns a name; « Anne Durand et Paul Morel » are two.
    fn learn(&mut self, names: &str) {
        names.split([',', ';', '&']).flat_map(|name| name.split(" et ")).for_each(|name| self.learn_one(name));
    }

    fn learn_one(&mut self, name: &str) {
        let words: Vec<String> = words(name).into_iter().map(|word| word.folded).collect();
        let words: Vec<String> = words.into_iter().skip_while(|word| CIVILITIES.contains(&word.as_str())).collect();
        if !words.is_empty() && words.iter().map(String::len).sum::<usize>() > 2 {
            self.known.push(words);
        }
    }

    /// Learns the names of voices and quotations, wherever they stand.
    fn gather(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Directive(directive) = block {
                match &directive.role {
                    Role::Voix { qui: Some(name), role }
                        if role.as_ref().is_none_or(|role| is_mandate(role)) && is_name(name) =>
                    {
                        self.learn(name)
                    }
                    Role::Citation { auteur: Some(name), fonction: Some(role), .. }
                        if is_mandate(role) && is_name(name) =>
                    {
                        self.learn(name)
                    }
                    _ => {}
                }
            }
            block.parts(&mut |part| {
                if let crate::doc::Part::Blocks(inner) = part {
                    self.gather(inner);
                }
            });
        }
    }

    /// Learns the names that stand beside a mandate in a sentence.
    fn read(&mut self, sentence: &str) {
        let words = words(sentence);
        let mut at = 0;
        while at < words.len() {
            let end = name_end(sentence, &words, at);
            if end == at {
                at += 1;
                continue;
            }
            // A sentence's first word may be capital without being a name: « La maire ».
            let has_civility = at > 0 && CIVILITIES.contains(&words[at - 1].folded.as_str());
            if (end - at >= 2 || has_civility) && beside_mandate(sentence, &words, at, end) {
                self.known.push(words[at..end].iter().map(|word| word.folded.clone()).collect());
            }
            at = end;
        }
    }

    /// Returns a text without the names.
    pub fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.known.is_empty() {
            return Cow::Borrowed(text);
        }
        let words = words(text);
        let (mut out, mut from, mut at) = (String::new(), 0, 0);
        while at < words.len() {
            let found = self.known.iter().find_map(|name| found_at(&words, at, name, text));
            let Some(end) = found else {
                at += 1;
                continue;
            };
            let after = email_end(text, words[end - 1].end);
            let next = end + words[end..].iter().take_while(|word| word.start < after).count();
            let first = at > 0 && CIVILITIES.contains(&words[at - 1].folded.as_str()) && words[at - 1].end >= from;
            let start = if first { words[at - 1].start } else { words[at].start };
            let before = at.checked_sub(1 + usize::from(first));
            if before
                .is_some_and(|before| is_mandate_at(&words, before) && touch(text, &words[before], &words[before + 1]))
            {
                // « La maire Anne Durand » : the office is enough.
                out.push_str(text[from..start].trim_end());
                (from, at) = (after, next);
                continue;
            }
            out.push_str(&text[from..start]);
            let word = before.map(|before| (&words[before], &words[before + 1])).filter(|(word, next)| {
                ELIDED.contains(&word.folded.as_str()) && word.end > from && touch(text, word, next)
            });
            if let Some((word, _)) = word
                && self.instead.starts_with(['a', 'e', 'i', 'o', 'u', 'é'])
            {
                // « d’une », not « de une ».
                out.truncate(out.len() - (start - word.end));
                out.pop();
                out.push('’');
            }
            let opens = text[..start].trim_end().is_empty() || text[..start].trim_end().ends_with(['.', '!', '?', '…']);
            out.push_str(&if opens { french::capitalised(&self.instead) } else { self.instead.clone() });
            (from, at) = (after, next);
        }
        if from == 0 {
            return Cow::Borrowed(text);
        }
        out.push_str(&text[from..]);
        Cow::Owned(out)
    }

    /// Returns whether an address holds one of the names, as slugs write them.
    pub fn stand_in(&self, address: &str) -> bool {
        self.known.iter().any(|name| name.len() > 1 && address.contains(&name.join("-")))
    }

    /// Returns a document without the names, nor any photograph.
    pub fn out_of(&self, document: &Document) -> Document {
        let mut document = document.clone();
        self.clear(&mut document.blocks);
        for note in &mut document.notes {
            self.clear(&mut note.body);
        }
        document
    }

    /// Leaves names and photographs out of some blocks.
    pub fn clear(&self, blocks: &mut Vec<Block>) {
        blocks.retain(|block| !shows_others(block));
        for block in blocks {
            if let Block::Directive(directive) = block {
                self.clear_role(&mut directive.role);
            }
            if let Block::Html(html) = block {
                *html = self.mask(html).as_ref().into();
            }
            block.parts_mut(&mut |part| match part {
                PartMut::Blocks(inner) => self.clear(inner),
                PartMut::Run(run, _) => self.clear_run(run),
                PartMut::Label(label, place) => self.clear_label(label, place),
            });
        }
    }

    fn clear_role(&self, role: &mut Role) {
        match role {
            Role::Voix { qui, role } => {
                let speaks = role.as_ref().is_none_or(|role| is_mandate(role));
                if speaks {
                    *qui = None;
                }
            }
            Role::Citation { auteur, fonction, .. } => {
                if fonction.as_ref().is_some_and(|role| is_mandate(role)) {
                    *auteur = None;
                }
            }
            Role::Exemple(Exemple { contact, .. }) => *contact = None,
            Role::Galerie { images } => images.clear(),
            Role::Encadre { .. }
            | Role::Definition { .. }
            | Role::Chiffres { .. }
            | Role::Etapes { .. }
            | Role::Trajectoire { .. }
            | Role::Ressources { .. }
            | Role::Telechargement { .. }
            | Role::Video { .. }
            | Role::Carte { .. }
            | Role::ALaUne { .. }
            | Role::Agenda { .. }
            | Role::Reprise { .. } => {}
        }
    }

    fn clear_label(&self, label: &mut EcoString, _: Place) {
        if let Cow::Owned(masked) = self.mask(label) {
            *label = masked.into();
        }
    }

    fn clear_run(&self, run: &mut Vec<Inline>) {
        run.retain(|inline| !matches!(inline, Inline::Image(_)));
        // A name that is partly bold is in no single piece of text: the pieces are then put together.
        let whole = inline_text(run);
        let masked_whole = self.mask(&whole);
        for inline in run.iter_mut() {
            match inline {
                Inline::Text(text) | Inline::NoBreak(text) | Inline::SmallCaps(text) | Inline::Html(text) => {
                    if let Cow::Owned(masked) = self.mask(text) {
                        *text = masked.into();
                    }
                }
                Inline::Emphasis(_)
                | Inline::Strong(_)
                | Inline::Deleted(_)
                | Inline::Superscript(_)
                | Inline::Subscript(_)
                | Inline::Link { .. }
                | Inline::Foreign { .. } => {
                    if let Some(children) = inline.children_mut() {
                        self.clear_run(children);
                    }
                }
                Inline::Code(_)
                | Inline::Image(_)
                | Inline::NoteCall { .. }
                | Inline::Abbreviation { .. }
                | Inline::SoftBreak
                | Inline::HardBreak => {}
            }
        }
        if let Cow::Owned(masked) = masked_whole
            && matches!(self.mask(&inline_text(run)), Cow::Owned(_))
        {
            *run = vec![Inline::Text(masked.into())];
        }
    }
}

/// The words that lose their last letter before a vowel, folded.
const ELIDED: &[&str] = &["de", "que", "jusque", "lorsque", "presque", "puisque", "quoique"];

/// Whether a block shows people, or another page: its names are not those of this one.
fn shows_others(block: &Block) -> bool {
    match block {
        Block::Figure(_) => true,
        Block::Directive(directive) => matches!(
            directive.role,
            Role::Galerie { .. } | Role::Video { .. } | Role::Reprise { .. } | Role::ALaUne { .. }
        ),
        Block::Html(html) => html.contains("<img") || html.contains("<video") || html.contains("<picture"),
        Block::Paragraph { .. }
        | Block::Heading(_)
        | Block::List(_)
        | Block::Quote(_)
        | Block::Alert { .. }
        | Block::Code { .. }
        | Block::Table(_)
        | Block::Definitions(_)
        | Block::Rule => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(sentence: &str, known: &[&str]) -> String {
        let mut names = Names { known: Vec::new(), instead: "une personne élue".to_owned() };
        for name in known {
            names.learn(name);
        }
        names.read(sentence);
        names.known.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.mask(sentence).into_owned()
    }

    #[test]
    fn a_name_beside_a_mandate_is_left_out() {
        for (sentence, expected) in [
            ("Anne Durand, maire de Lens, ouvre la séance.", "Une personne élue, maire de Lens, ouvre la séance."),
            ("La maire, Anne Durand, ouvre la séance.", "La maire, une personne élue, ouvre la séance."),
            ("La maire Anne Durand ouvre la séance.", "La maire ouvre la séance."),
            ("L’adjoint à l’économie, Jean-Marc de La Tour.", "L’adjoint à l’économie, une personne élue."),
            ("Avec Anne Durand (conseillère municipale).", "Avec une personne élue (conseillère municipale)."),
        ] {
            assert_eq!(masked(sentence, &[]), expected);
        }
    }

    #[test]
    fn other_capitals_stay() {
        for sentence in [
            "La maire de Lens, la Ville de Liévin et Pas-de-Calais Habitat ont signé.",
            "Une conseillère en insertion, Anne Durand, accompagne les équipes.",
            "Valenciennes Métropole et l’Apes ouvrent la Maison de l’ESS.",
        ] {
            assert_eq!(masked(sentence, &[]), sentence);
        }
    }

    #[test]
    fn a_known_name_is_left_out_in_every_form() {
        let known = ["Nadia Benali"];
        assert_eq!(masked("Pour NADIA BENALI, c’est acquis.", &known), "Pour une personne élue, c’est acquis.");
        assert_eq!(masked("Mme\u{a0}Benali le dit.", &known), "Une personne élue le dit.");
        assert_eq!(
            masked("Nadia\u{a0}Benali le dit. Benali-sur-Mer aussi.", &known),
            "Une personne élue le dit. Benali-sur-Mer aussi."
        );
        for (said, expected) in [
            ("Selon BENALI Nadia, oui.", "Selon une personne élue, oui."),
            ("Selon Benali, Nadia, oui.", "Selon une personne élue, oui."),
            ("Écrire à nadia.benali@ville.fr demain.", "Écrire à une personne élue demain."),
            ("Un mot de N. Benali.", "Un mot d’une personne élue."),
            ("Il faut que Nadia Benali vienne.", "Il faut qu’une personne élue vienne."),
            ("L’appui de Mme Benali", "L’appui d’une personne élue"),
            ("Selon nadia benali.", "Selon une personne élue."),
            ("Selon Nadia Be\u{301}nali.", "Selon une personne élue."),
            ("Chez Benali. Nadia Dupuis vient.", "Chez Benali. Nadia Dupuis vient."),
        ] {
            assert_eq!(masked(said, &known), expected);
        }
        assert_eq!(
            masked("Anne Durand, Paul Morel.", &["Anne Durand et Paul Morel"]),
            "Une personne élue, une personne élue."
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_and_a_second_pass_finds_nothing(text in "(la maire|M\\.|Mme|, |[A-ZÉ][a-zé’'-]{0,6}| |\u{a0}|é|\\(|\\.){0,12}", name in "[A-Z][a-z]{2,5} [A-Z][a-z]{2,5}") {
            let mut names = Names { known: Vec::new(), instead: "une personne élue".to_owned() };
            names.learn(&name);
            names.read(&text);
            let said = names.mask(&format!("{text} {name}. {text}")).into_owned();
            proptest::prop_assert!(!said.contains(&name));
            proptest::prop_assert_eq!(names.mask(&said).into_owned(), said.clone());
        }
    }
}
