//! Tables and lists of definitions as HTML.

use std::fmt::Write as _;

use super::Lowering;
use crate::doc::{Align, Cell, Entry, Table, inline_text};

impl Lowering<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        self.tables += 1;
        let is_wide = table.columns.len() >= 4 && !self.style.is_plain;
        if is_wide {
            self.push("<div class=\"tableau\" role=\"region\" tabindex=\"0\" aria-label=\"");
            let label = match inline_text(&table.caption) {
                caption if caption.is_empty() => format!("{} {}", self.word("corps.tableau"), self.tables),
                caption => caption.to_string(),
            };
            self.text(&label);
            self.push("\">\n");
        }
        self.push("<table>");
        if !table.caption.is_empty() {
            self.push("<caption>");
            self.inlines(&table.caption);
            self.push("</caption>");
        }
        self.push("\n<thead><tr>");
        for (cell, align) in table.head.iter().zip(&table.columns) {
            let name = if cell.is_empty() { "td" } else { "th" };
            self.cell(name, if cell.is_empty() { "" } else { " scope=\"col\"" }, *align, cell);
        }
        self.push("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.push("<tr>");
            for (place, (cell, align)) in row.iter().zip(&table.columns).enumerate() {
                if place == 0 && table.row_headers && !cell.is_empty() {
                    self.cell("th", " scope=\"row\"", *align, cell);
                } else {
                    self.cell("td", "", *align, cell);
                }
            }
            self.push("</tr>\n");
        }
        self.push("</tbody></table>\n");
        if is_wide {
            self.push("</div>\n");
        }
    }

    fn cell(&mut self, name: &str, scope: &str, align: Align, cell: &Cell) {
        let class = match align {
            Align::None | Align::Left => "",
            Align::Center => " class=\"centre\"",
            Align::Right => " class=\"droite\"",
        };
        let _ = write!(self.done.html, "<{name}{scope}{class}>");
        self.inlines(cell);
        let _ = write!(self.done.html, "</{name}>");
    }

    pub(super) fn definitions(&mut self, entries: &[Entry]) {
        self.push("<dl>\n");
        for entry in entries {
            self.push("<dt>");
            self.inlines(&entry.term);
            self.push("</dt>\n");
            for body in &entry.definitions {
                self.push("<dd>");
                self.tight(body, body.len() == 1);
                self.push("</dd>\n");
            }
        }
        self.push("</dl>\n");
    }
}
