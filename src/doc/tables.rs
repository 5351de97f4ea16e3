//! Paragraphs that are not only words: tables with their captions, figures, and the marks of alerts.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::builder::Builder;
use super::inline::trim;
use super::tree::{Align, Block, Figure, Inline, Table};
use crate::diag::{Span, nearest};
use crate::say;

/// The mark, after a table or its caption, of a first column that holds headers.
const ROW_HEADERS: &str = "{.entetes-lignes}";

/// A caption read under a table, until it is known that it does not belong to the next one.
#[derive(Clone, Copy)]
pub(super) struct CaptionBelow {
    /// The table that has it.
    of: Span,
    /// Whether the table had row headers before it.
    before: bool,
    /// Whether the caption bears the mark of row headers.
    marked: bool,
    /// Whether the second table has taken it.
    taken: bool,
}

impl Builder<'_, '_> {
    pub(super) fn open_table(&mut self, columns: &[Alignment], range: &Range<usize>) {
        let columns = columns
            .iter()
            .map(|column| match column {
                Alignment::None => Align::None,
                Alignment::Left => Align::Left,
                Alignment::Center => Align::Center,
                Alignment::Right => Align::Right,
            })
            .collect();
        self.table = Some(Box::new(Table {
            caption: Vec::new(),
            columns,
            head: Vec::new(),
            rows: Vec::new(),
            row_headers: false,
            span: self.span(self.trimmed(range)),
        }));
    }

    pub(super) fn close_row(&mut self, range: &Range<usize>, head: bool) {
        let mut row = std::mem::take(&mut self.row);
        let line = self.trimmed(range);
        let typed = &self.clean[line.clone()];
        if !head && !typed.contains('|') && !row.is_empty() {
            let mut words = row.swap_remove(0);
            let marked = strip_mark(&mut words);
            if let Some(table) = &mut self.table {
                table.row_headers |= marked;
                if words.is_empty() {
                    return;
                }
                if table.caption.is_empty() && is_caption(&words) {
                    table.caption = caption(words);
                    return;
                }
            }
            row.insert(0, words);
        }
        self.extra_cells(&mut row, line);
        row.shrink_to_fit();
        if let Some(table) = &mut self.table {
            if head {
                table.head = row;
            } else {
                table.rows.push(row);
            }
        }
    }

    /// Keeps the words of cells beyond the last column.
    fn extra_cells(&mut self, row: &mut [Vec<Inline>], line: Range<usize>) {
        let start = self.row_end.clamp(line.start, line.end);
        let rest = self.clean[start..line.end].trim_matches(|c: char| c == '|' || c.is_whitespace());
        if rest.is_empty() || rest == "\\" {
            return;
        }
        if let Some(cell) = row.last_mut() {
            let separator = if cell.is_empty() { "" } else { " | " };
            cell.push(Inline::Text(format!("{separator}{rest}").into()));
        }
        let span = self.span(start..line.end);
        self.warn(
            "A0214",
            say!(
                "cette ligne a plus de cases que le tableau n’a de colonnes",
                "this row has more cells than the table has columns"
            ),
            span,
            say!(
                "ajoutez une colonne à l’en-tête ; pour écrire le signe | dans une case, tapez \\|",
                "add a column to the header; to write | in a cell, type \\|"
            ),
        );
    }

    pub(super) fn close_table(&mut self) {
        let Some(mut table) = self.table.take() else { return };
        table.rows.shrink_to_fit();
        table.row_headers |= table.head.first().is_some_and(Vec::is_empty) && table.head.len() > 1;
        if table.caption.is_empty()
            && let Some(Block::Paragraph { text, .. }) = self.blocks().last_mut()
            && is_caption(text)
        {
            let mut words = std::mem::take(text);
            self.blocks().pop();
            table.row_headers |= strip_mark(&mut words);
            table.caption = caption(words);
        }
        self.take_caption_between(&mut table);
        self.push(Block::Table(table));
    }

    /// Takes the caption that stands between two tables: captions stand above, unless this table proves to have its own below.
    fn take_caption_between(&mut self, table: &mut Table) {
        let Some(below) = self.caption_below.take().filter(|_| table.caption.is_empty()) else { return };
        let Some(Block::Table(first)) = self.blocks().last_mut() else { return };
        if first.span != below.of {
            return;
        }
        let before = table.row_headers;
        table.caption = std::mem::take(&mut first.caption);
        table.row_headers |= below.marked;
        first.row_headers = below.before;
        self.caption_below = Some(CaptionBelow { of: table.span, before, taken: true, ..below });
    }

    /// Gives a caption that stands between two tables back to the first, since the second has its own below.
    fn give_caption_back(&mut self) {
        let Some(below) = self.caption_below.take().filter(|below| below.taken) else { return };
        let blocks = self.blocks();
        let [.., Block::Table(first), Block::Table(second)] = blocks.as_mut_slice() else { return };
        if second.span == below.of {
            first.caption = std::mem::take(&mut second.caption);
            first.row_headers |= below.marked;
            second.row_headers = below.before;
        }
    }

    /// Adds a paragraph, or what it stands for.
    pub(super) fn paragraph(&mut self, mut text: Vec<Inline>, span: Span) {
        if text.is_empty() {
            return;
        }
        if text.iter().all(is_image_or_blank) {
            return self.figures(text);
        }
        let captioned = is_caption(&text);
        if captioned {
            self.give_caption_back();
        }
        if let Some(Block::Table(table)) = self.blocks().last_mut()
            && (!captioned || table.caption.is_empty())
        {
            let before = table.row_headers;
            let marked = strip_mark(&mut text);
            table.row_headers |= marked;
            if text.is_empty() {
                return;
            }
            if captioned {
                table.caption = caption(text);
                self.caption_below = Some(CaptionBelow { of: table.span, before, marked, taken: false });
                return;
            }
        }
        if let [Inline::Text(only)] = text.as_slice()
            && only.trim() == ROW_HEADERS
        {
            self.error(
                "E0215",
                say!("« {ROW_HEADERS} » ne suit pas un tableau", "“{ROW_HEADERS}” does not follow a table"),
                span,
                say!("mettez cette ligne juste après le tableau", "put this line right after the table"),
            );
        }
        self.almost_table(span);
        self.ruled_table(span);
        self.opened_midway(span);
        self.foreign_mark(span);
        self.push(Block::Paragraph { text, span });
    }

    /// Says what keeps lines between bars from being a table.
    fn almost_table(&mut self, span: Span) {
        let typed = self.unspan(span);
        let text = self.clean.get(typed.clone()).unwrap_or_default();
        if !text.trim_start().starts_with('|') {
            return;
        }
        let lines: Vec<&str> = text.lines().collect();
        let [head, second, ..] = lines.as_slice() else { return };
        if !lines.iter().all(|line| line.trim_start().starts_with('|')) {
            return;
        }
        let cells = |line: &str| line.trim().trim_matches('|').replace("\\|", "").split('|').count();
        let columns = cells(head);
        let is_rule =
            second.contains('-') && second.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'));
        let (at, message) = if is_rule {
            let dashes = cells(second);
            let start = typed.start + head.len() + text[head.len()..].find(second).unwrap_or_default();
            let said = say!(
                "ce tableau n’en est pas un : {dashes} cases de tirets pour {columns} colonnes",
                "this is no table: {dashes} cells of dashes for {columns} columns"
            );
            (start..start + second.len(), said)
        } else {
            let said = say!(
                "ces lignes ne font pas un tableau : il manque les tirets sous l’en-tête",
                "these lines make no table: the dashes under the header are missing"
            );
            (typed.start..typed.start + head.len(), said)
        };
        let rule = "| --- ".repeat(columns) + "|";
        let help = say!("écrivez sous la première ligne : {rule}", "write under the first line: {rule}");
        self.warn("A0218", message, self.span(at), help);
    }

    fn figures(&mut self, text: Vec<Inline>) {
        for inline in text {
            if let Inline::Image(image) = inline {
                let about = self.captions.remove(&image.to);
                let (title, credit) = about.map(|about| (about.title, about.credit)).unwrap_or_default();
                let caption = if title.is_empty() { Vec::new() } else { vec![Inline::Text(title)] };
                self.push(Block::Figure(Box::new(Figure { image: *image, caption, credit })));
            }
        }
    }

    /// Says that `> [!MOT]` is no alert, when it looks like one.
    pub(super) fn unknown_alert(&mut self, range: &Range<usize>) {
        let quote = &self.clean[range.clone()];
        let Some(inside) = quote.trim_start_matches(['>', ' ']).strip_prefix("[!") else { return };
        let Some(word) = inside.split(']').next().filter(|word| word.len() < 40 && word.len() < inside.len()) else {
            return;
        };
        if word.is_empty() || !word.chars().all(|c| c.is_alphabetic() || c == ' ') {
            return;
        }
        let start = range.start + (quote.len() - inside.len()) - 2;
        let span = self.span(start..start + word.len() + 3);
        let upper = crate::french::fold(word).to_uppercase();
        let near = match upper.as_str() {
            "A NOTER" | "REMARQUE" | "INFO" | "INFORMATION" => Some("NOTE"),
            "ASTUCE" | "CONSEIL" => Some("TIP"),
            "ATTENTION" | "AVERTISSEMENT" => Some("WARNING"),
            "DANGER" | "PRUDENCE" => Some("CAUTION"),
            _ => nearest(&upper, ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]),
        };
        let help = match near {
            Some(near) if near == upper => say!(
                "laissez [!{near}] seul sur sa ligne : la suite va à la ligne suivante",
                "leave [!{near}] alone on its line: what follows goes on the next line"
            ),
            Some(near) => say!("écrivez [!{near}]", "write [!{near}]"),
            None => say!(
                "écrivez [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] ou [!CAUTION], ou bien :::encadre",
                "write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION], or :::encadre"
            ),
        };
        self.warn(
            "A0209",
            say!("« [!{word}] » reste tel quel dans le texte", "“[!{word}]” stays as typed in the text"),
            span,
            help,
        );
    }
}

fn is_image_or_blank(inline: &Inline) -> bool {
    match inline {
        Inline::Image(_) | Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Emphasis(_)
        | Inline::Strong(_)
        | Inline::Deleted(_)
        | Inline::Superscript(_)
        | Inline::Subscript(_)
        | Inline::SmallCaps(_)
        | Inline::NoBreak(_)
        | Inline::Code(_)
        | Inline::Link { .. }
        | Inline::NoteCall { .. }
        | Inline::Abbreviation { .. }
        | Inline::Foreign { .. }
        | Inline::Html(_) => false,
    }
}

/// Tells whether a paragraph beside a table is its caption: `Table : …`, `Tableau 2 : …`.
fn is_caption(text: &[Inline]) -> bool {
    let Some(Inline::Text(first)) = text.first() else { return false };
    let rest = first.strip_prefix("Tableau").or_else(|| first.strip_prefix("Table"));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start().trim_start_matches("n°").trim_start();
        rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with(':')
    })
}

/// Removes `Table :` from a caption; a numbered one keeps its number.
fn caption(mut text: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(first)) = text.first_mut() {
        let plain = first.strip_prefix("Tableau").or_else(|| first.strip_prefix("Table"));
        if let Some(rest) = plain.and_then(|rest| rest.trim_start().strip_prefix(':')) {
            *first = rest.trim_start().into();
        }
    }
    trim(&mut text);
    text
}

/// Removes `{.entetes-lignes}` from the end of a paragraph; tells whether it was there.
fn strip_mark(text: &mut Vec<Inline>) -> bool {
    let Some(Inline::Text(last)) = text.last_mut() else { return false };
    let Some(before) = last.trim_end().strip_suffix(ROW_HEADERS) else { return false };
    *last = before.trim_end().into();
    trim(text);
    true
}
