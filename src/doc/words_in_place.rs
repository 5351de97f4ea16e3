//! Reads where the words of a Markdown file stand, event by event.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::attributes;
use super::passages::{Fragment, LinkSite, Passage, PassageKind, Passages, SiteForm};

/// Follows the events of the Markdown parser and keeps where words stand.
pub(super) struct Reader<'t> {
    body: &'t str,
    base: usize,
    out: Passages,
    open: Option<Passage>,
    /// How many list items are open.
    items: usize,
    /// Inline elements whose words are not French prose, until they close.
    held: Vec<String>,
    /// Links being read: their place in the list, and whether their words are an address.
    links: Vec<(usize, bool)>,
    /// Whether the cells of the first row of the table being read are all empty so far.
    head_cells: Option<bool>,
    in_code: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(body: &'t str, base: usize) -> Self {
        Self {
            body,
            base,
            out: Passages::default(),
            open: None,
            items: 0,
            held: Vec::new(),
            links: Vec::new(),
            head_cells: None,
            in_code: false,
        }
    }

    /// A line that opens or closes a directive.
    pub(super) fn fence(&mut self, range: Range<usize>) {
        let range = self.shift(range);
        self.out.other.push(range);
    }

    pub(super) fn finish(mut self) -> Passages {
        self.close();
        self.out
    }

    fn shift(&self, range: Range<usize>) -> Range<usize> {
        range.start + self.base..range.end + self.base
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, &range),
            Event::Text(text) if !self.in_code => self.text(&text, range),
            Event::Text(_) => {}
            Event::Code(code) => {
                self.link_text(&code);
                self.other(range, &code);
            }
            Event::InlineHtml(html) => {
                self.hold(&html);
                let shown = if html.starts_with("<br") { "\n" } else { "" };
                self.other(range, shown);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.link_text(" ");
                let range = self.shift(range);
                self.fragment(Fragment::Break(range));
            }
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.other(range, ""),
            Event::Html(_) => {
                let range = self.shift(range);
                self.out.other.push(range);
            }
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(if self.items > 0 { PassageKind::Item } else { PassageKind::Text }, range),
            Tag::Heading { level, .. } => self.begin(PassageKind::Heading(level as u8), range),
            Tag::TableCell => self.begin(PassageKind::Cell, range),
            Tag::Item => {
                self.close();
                self.items += 1;
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.in_code = true;
                let range = self.shift(range);
                self.out.other.push(range);
            }
            Tag::Table(_) => {
                let range = self.shift(range);
                self.out.other.push(range.clone());
                self.out.tables.push((range, false));
            }
            Tag::TableHead => self.head_cells = Some(true),
            Tag::Link { link_type, dest_url, .. } => {
                let (form, address) = match link_type {
                    LinkType::Autolink | LinkType::Email => (SiteForm::Bare, true),
                    LinkType::WikiLink { has_pothole } => (SiteForm::Wiki, !has_pothole),
                    LinkType::Inline
                    | LinkType::Reference
                    | LinkType::ReferenceUnknown
                    | LinkType::Collapsed
                    | LinkType::CollapsedUnknown
                    | LinkType::Shortcut
                    | LinkType::ShortcutUnknown => (SiteForm::Link, false),
                };
                self.open_link(form, &dest_url, address, range);
            }
            Tag::Image { dest_url, .. } => {
                self.other(range.clone(), "x");
                self.open_link(SiteForm::Image, &dest_url, true, range);
            }
            Tag::List(_) | Tag::BlockQuote(_) | Tag::DefinitionList | Tag::FootnoteDefinition(_) => self.close(),
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.begin(PassageKind::Text, range),
            Tag::TableRow | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => {
                self.close();
            }
            TagEnd::TableCell => {
                let empty = self.open.as_ref().is_none_or(|passage| passage.fragments.is_empty());
                if let Some(all) = &mut self.head_cells {
                    *all &= empty;
                }
                self.close();
            }
            TagEnd::TableHead => {
                let empty = self.head_cells.take().unwrap_or(false);
                if let Some(table) = self.out.tables.last_mut() {
                    table.1 = empty;
                }
            }
            TagEnd::Item => {
                self.close();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => self.in_code = false,
            TagEnd::Link | TagEnd::Image => {
                if let Some((index, _)) = self.links.pop() {
                    self.out.links[index].span = self.shift(range.clone());
                }
            }
            TagEnd::Table
            | TagEnd::TableRow
            | TagEnd::List(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::DefinitionList
            | TagEnd::FootnoteDefinition
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    fn begin(&mut self, kind: PassageKind, range: Range<usize>) {
        self.close();
        let span = self.shift(range);
        self.open = Some(Passage { kind, span, fragments: Vec::new() });
    }

    fn close(&mut self) {
        self.held.clear();
        if let Some(mut passage) = self.open.take()
            && !passage.fragments.is_empty()
        {
            set_braces_apart(&mut passage, self.body, self.base);
            self.out.passages.push(passage);
        }
    }

    fn open_link(&mut self, form: SiteForm, to: &str, address: bool, range: Range<usize>) {
        let span = self.shift(range);
        self.links.push((self.out.links.len(), address));
        self.out.links.push(LinkSite { span, text: String::new(), to: to.to_owned(), form });
    }

    fn link_text(&mut self, text: &str) {
        for (index, _) in &self.links {
            self.out.links[*index].text.push_str(text);
        }
    }

    /// Adds what is no prose, with what it shows.
    fn other(&mut self, range: Range<usize>, shown: &str) {
        let borders = shown.chars().next().zip(shown.chars().next_back());
        let range = self.shift(range);
        self.fragment(Fragment::Other(range, borders));
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.link_text(text);
        if self.links.iter().any(|(index, _)| self.out.links[*index].form == SiteForm::Image) {
            return;
        }
        let address = self.links.iter().any(|(_, address)| *address);
        if address || !self.held.is_empty() || self.body.get(range.clone()) != Some(text) {
            return self.other(range, text);
        }
        let range = self.shift(range);
        self.fragment(Fragment::Words(range));
    }

    fn fragment(&mut self, fragment: Fragment) {
        if self.open.is_none() {
            // The line of a tight list has no paragraph of its own.
            let start = match &fragment {
                Fragment::Words(range) | Fragment::Other(range, _) | Fragment::Break(range) => range.start,
            };
            let kind = if self.items > 0 { PassageKind::Item } else { PassageKind::Text };
            self.open = Some(Passage { kind, span: start..start, fragments: Vec::new() });
        }
        let Some(passage) = &mut self.open else { return };
        let end = match &fragment {
            Fragment::Words(range) | Fragment::Other(range, _) | Fragment::Break(range) => range.end,
        };
        passage.span.end = passage.span.end.max(end);
        if let (Some(Fragment::Words(last)), Fragment::Words(range)) = (passage.fragments.last_mut(), &fragment)
            && last.end == range.start
        {
            last.end = range.end;
            return;
        }
        passage.fragments.push(fragment);
    }

    /// Follows inline HTML whose words are code or in another language.
    fn hold(&mut self, html: &str) {
        let inside = html.trim_start_matches(['<', '/']);
        let name: String =
            inside.chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>().to_ascii_lowercase();
        if html.starts_with("</") {
            if let Some(at) = self.held.iter().rposition(|held| *held == name) {
                self.held.truncate(at);
            }
        } else if matches!(name.as_str(), "code" | "kbd" | "samp" | "pre" | "var") || inside.contains(" lang=") {
            self.held.push(name);
        }
    }
}

/// Sets apart the attributes between braces, and the words that they say are in another language.
fn set_braces_apart(passage: &mut Passage, body: &str, base: usize) {
    let mut out = Vec::with_capacity(passage.fragments.len());
    for fragment in passage.fragments.drain(..) {
        let Fragment::Words(range) = fragment else {
            out.push(fragment);
            continue;
        };
        let (start, end) = (range.start - base, range.end - base);
        let mut from = start;
        let mut at = start;
        while let Some(found) = body[at..end].find('{') {
            let brace = at + found;
            at = brace + 1;
            let follows =
                body[..brace].ends_with(']') || (brace == start && matches!(out.last(), Some(Fragment::Other(..))));
            let line = body[brace..end].lines().next().unwrap_or_default();
            if !follows || !attributes::looks_like(line) {
                continue;
            }
            let Ok(read) = attributes::read(line, brace) else { continue };
            let foreign =
                read.pieces.iter().any(|piece| matches!(piece.name, attributes::Name::Key("lang" | "langue")));
            let open = body[from..brace].rfind('[').map(|open| from + open);
            let cut = if foreign { open.unwrap_or(brace) } else { brace };
            if cut > from {
                out.push(Fragment::Words(from + base..cut + base));
            }
            let shown = if foreign { Some(('x', 'x')) } else { None };
            out.push(Fragment::Other(cut + base..read.end + base, shown));
            from = read.end;
            at = read.end;
        }
        if from < end {
            out.push(Fragment::Words(from + base..end + base));
        }
    }
    passage.fragments = out;
}
