//! The document tree as the text part of e-mails: 74 columns, headings underlined, links numbered and listed at the end.

mod boxes;
mod inline;
mod wrap;

use super::issue::{Issue, UNSUBSCRIBE};
use super::ways::Ways;
use crate::doc::{Block, Document, Figure, Image, List, Table};

pub use wrap::{COLUMNS, columns, folded, wrap};

/// What stands before a signature (RFC 3676, 4.3): its last space counts.
const SIGNATURE: &str = "-- ";

/// Writes the text part of an issue.
pub fn part(issue: &Issue<'_>, ways: Ways<'_>) -> String {
    let mut text = Text::new(ways);
    text.opening(issue);
    text.document(&issue.page.document);
    text.closing(issue);
    let body = folded(&text.out);
    let body =
        body.lines().map(|line| if line == SIGNATURE { line } else { line.trim_end() }).collect::<Vec<_>>().join("\n");
    issue.filled(&format!("{}\n", body.trim()), str::to_owned)
}

/// A text under way.
struct Text<'a> {
    ways: Ways<'a>,
    out: String,
    /// What stands before every line.
    indent: String,
    /// What stands before the next line instead: a bullet, a number.
    bullet: Option<String>,
    /// The addresses of the links, in the order of their numbers.
    links: Vec<String>,
}

impl<'a> Text<'a> {
    fn new(ways: Ways<'a>) -> Self {
        Self { ways, out: String::new(), indent: String::new(), bullet: None, links: Vec::new() }
    }

    fn word(&self, key: &'static str) -> &'a str {
        self.ways.cx.theme.word(&self.ways.page.language, key)
    }

    fn opening(&mut self, issue: &Issue<'_>) {
        let page = issue.page;
        self.underlined(issue.letter_title(), '=');
        let number = page.fields.text("numero").map(|number| format!("{} {number}", self.word("numero_abrege")));
        let date = page.fields.when("date").map(|when| when.long(issue.lang));
        let line = [number, date].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        self.paragraph(
            &[&line, page.title.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        );
        let online = format!("{} {}", self.word("courriel.en_ligne"), self.number(&issue.online));
        self.paragraph(&online);
        if let Some(edito) = page.fields.text("edito") {
            for paragraph in edito.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
                self.paragraph(&paragraph.replace('\n', " "));
            }
        }
        if let Some(asset) = page.pdf.map(|asset| issue.site.asset(asset)) {
            let weight = crate::emit::images::weight("pdf", asset.size, &page.language);
            let line = format!("{} ({weight}) {}", self.word("pdf.numero"), self.number(&issue.base.href(&asset.url)));
            self.paragraph(&line);
        }
        let titles = super::lower::titles(&page.document);
        if titles.len() > 1 {
            self.underlined(self.word("au_sommaire"), '-');
            for title in titles {
                self.item("- ", |text| text.paragraph(&title));
            }
            self.gap();
        }
    }

    fn document(&mut self, document: &Document) {
        self.blocks(&document.blocks);
        if !document.notes.is_empty() {
            self.underlined(self.word("corps.notes"), '-');
            for (place, note) in document.notes.iter().enumerate() {
                self.item(&format!("({}) ", place + 1), |text| text.blocks(&note.body));
            }
            self.gap();
        }
    }

    fn closing(&mut self, issue: &Issue<'_>) {
        if let Some(calendar) = &issue.calendar {
            let line = format!("{} {}", self.word("courriel.agenda"), self.number(calendar));
            self.paragraph(&line);
        }
        self.paragraph(self.word("courriel.repondre"));
        // The signature's mark lets mail clients fold what follows.
        self.out.push_str(SIGNATURE);
        self.out.push('\n');
        let rhythm = issue
            .letter
            .and_then(|letter| letter.fields.text("rythme"))
            .map(|rhythm| format!(", {rhythm}"))
            .unwrap_or_default();
        self.line(&format!("{}{rhythm}.", issue.letter_title()));
        let publisher = issue.site.config.publisher.as_str();
        for text in
            [publisher, issue.postal_address.as_deref().unwrap_or_default()].into_iter().filter(|text| !text.is_empty())
        {
            self.line(text);
        }
        self.line(issue.sender.email.as_ref());
        self.gap();
        self.paragraph(self.word("courriel.recu"));
        let mut ways = vec![(self.word("courriel.archives"), issue.archive.clone())];
        if let Some(address) = &issue.subscribe {
            ways.push((self.word("courriel.abonnement"), address.clone()));
        }
        if issue.unsubscribe.is_some() {
            ways.push((self.word("courriel.desabonnement"), UNSUBSCRIBE.to_owned()));
        }
        for (word, address) in ways {
            let line = format!("{word} {}", self.number(&address));
            self.line(&line);
        }
        if let Some(licence) = crate::emit::views::licence(issue.site.licence(issue.page)) {
            let number = licence.url.map(|url| format!(" {}", self.number(&url))).unwrap_or_default();
            self.line(&format!("{}{number}", licence.name));
        }
        self.gap();
        self.underlined(self.word("courriel.liens"), '-');
        for (place, address) in self.links.clone().iter().enumerate() {
            // Never cut, whatever its length.
            self.out.push_str(&format!("[{}] {address}\n", place + 1));
        }
    }

    /// Returns the number of an address between brackets; the same address keeps its number.
    fn number(&mut self, address: &str) -> String {
        let place = self.links.iter().position(|known| known == address).unwrap_or_else(|| {
            self.links.push(address.to_owned());
            self.links.len() - 1
        });
        format!("[{}]", place + 1)
    }

    /// Leaves an empty line, never two.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// Writes lines inside the indent, without an empty line after them.
    fn line(&mut self, text: &str) {
        let room = COLUMNS.saturating_sub(columns(&self.indent)).max(20);
        for line in wrap(text, room) {
            let before = self.bullet.take().unwrap_or_else(|| self.indent.clone());
            self.out.push_str(before.as_str());
            self.out.push_str(&line);
            self.out.push('\n');
        }
    }

    fn paragraph(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.line(text.trim());
            self.gap();
        }
    }

    fn underlined(&mut self, title: &str, mark: char) {
        let room = COLUMNS.saturating_sub(columns(&self.indent)).max(20);
        let lines = wrap(title, room);
        let length = lines.iter().map(|line| columns(line)).max().unwrap_or_default();
        self.gap();
        self.line(&lines.join("\n"));
        self.line(&mark.to_string().repeat(length));
        self.gap();
    }

    /// Writes what follows behind a bullet.
    fn item(&mut self, bullet: &str, write: impl FnOnce(&mut Self)) {
        let outer = self.indent.clone();
        self.bullet = Some(format!("{}{bullet}", self.bullet.take().unwrap_or_else(|| outer.clone())));
        self.indent.push_str(&" ".repeat(columns(bullet)));
        let before = self.out.len();
        write(self);
        if self.out.len() == before {
            self.bullet = None;
        }
        self.indent = outer;
        // Items of a list stand close together.
        if self.out.ends_with("\n\n") {
            self.out.pop();
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { text, .. } => {
                let line = self.inlines(text);
                self.paragraph(&line);
            }
            Block::Heading(heading) => {
                let title = self.inlines(&heading.text);
                self.underlined(&title, if heading.level <= 2 { '-' } else { '.' });
            }
            Block::List(list) => self.list(list),
            Block::Quote(body) => self.quoted(body),
            Block::Alert { kind, body } => {
                let word = self.word(super::lower::alert_word(*kind));
                self.paragraph(word);
                self.quoted(body);
            }
            Block::Code { text, .. } => {
                for line in text.trim_end().lines() {
                    self.out.push_str(&format!("{}    {line}\n", self.indent));
                }
                self.gap();
            }
            Block::Table(table) => self.table(table),
            Block::Definitions(entries) => {
                for entry in entries {
                    let term = self.inlines(&entry.term);
                    self.line(&term);
                    for body in &entry.definitions {
                        self.item("    ", |text| text.blocks(body));
                    }
                    self.gap();
                }
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Html(html) => {
                let text = self.raw(html);
                self.paragraph(&text);
            }
            Block::Rule => self.paragraph("* * *"),
            Block::Directive(directive) => self.directive(directive),
        }
    }

    fn list(&mut self, list: &List) {
        for (place, item) in list.items.iter().enumerate() {
            let mark = match (list.start, item.task) {
                (_, Some(true)) => "[x] ".to_owned(),
                (_, Some(false)) => "[ ] ".to_owned(),
                (Some(start), None) => format!("{}. ", start.saturating_add(place as u64)),
                (None, None) => "- ".to_owned(),
            };
            self.item(&mark, |text| match item.body.as_slice() {
                [Block::Paragraph { text: line, .. }, rest @ ..] if list.tight => {
                    let line = text.inlines(line);
                    text.line(&line);
                    text.blocks(rest);
                }
                body => text.blocks(body),
            });
            if !list.tight {
                self.gap();
            }
        }
        self.gap();
    }

    fn quoted(&mut self, body: &[Block]) {
        let outer = self.indent.clone();
        self.indent.push_str("> ");
        let before = self.out.len();
        self.blocks(body);
        let inside = self.out.split_off(before);
        // Inside the quotation, empty lines bear its mark.
        let marked: Vec<&str> =
            inside.trim_end().lines().map(|line| if line.is_empty() { self.indent.trim_end() } else { line }).collect();
        self.out.push_str(&marked.join("\n"));
        self.out.push_str("\n\n");
        self.indent = outer;
    }

    /// Writes each row as « Colonne : valeur » lines.
    fn table(&mut self, table: &Table) {
        let caption = self.inlines(&table.caption);
        self.paragraph(&caption);
        let colon = if self.ways.page.language.starts_with("fr") { "\u{a0}: " } else { ": " };
        for row in &table.rows {
            for (place, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let head = table.head.get(place).map(|head| self.inlines(head)).filter(|head| !head.is_empty());
                let value = self.inlines(cell);
                self.line(&head.map_or_else(|| value.clone(), |head| format!("{head}{colon}{value}")));
            }
            self.gap();
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let image = self.image(&figure.image);
        let caption = self.inlines(&figure.caption);
        let credit = figure.credit.as_ref().map(|credit| format!("© {credit}")).unwrap_or_default();
        self.paragraph(
            &[image, caption, credit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n"),
        );
    }

    /// Returns what an image says to those who do not see it, with its address when it is not shown in the other part.
    fn image(&mut self, image: &Image) -> String {
        if image.decorative || image.alt.is_empty() {
            return String::new();
        }
        let word = self.word("courriel.image").replace("{x}", &image.alt);
        match self.ways.image(image.to).filter(|shown| shown.is_drawing) {
            Some(shown) => format!("{word} {}", self.number(&shown.src)),
            None => word,
        }
    }
}

/// Returns the characters behind the entities that HTML serialisers write.
pub fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}
