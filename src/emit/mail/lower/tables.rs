//! Tables of data in e-mails: narrow ones stay tables, wide ones become lists, since a telephone has no room for them.

use std::fmt::Write as _;

use super::Lowering;
use crate::doc::{Align, Cell, Table};
use crate::emit::mail::look::SANS;

/// From this many columns on, a table no longer fits 320 pixels.
const WIDE: usize = 4;

impl Lowering<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.paragraph("margin:0 0 8px;font-weight:bold", &table.caption);
        }
        if table.columns.len() >= WIDE {
            return self.stacked(table);
        }
        self.push(
            "<table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 24px\">\n",
        );
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.push("<tr>");
            for (cell, align) in table.head.iter().zip(&table.columns) {
                self.cell(if cell.is_empty() { "td" } else { "th" }, "col", *align, cell);
            }
            self.push("</tr>\n");
        }
        for row in &table.rows {
            self.push("<tr>");
            for (place, (cell, align)) in row.iter().zip(&table.columns).enumerate() {
                let is_header = place == 0 && table.row_headers && !cell.is_empty();
                self.cell(if is_header { "th" } else { "td" }, "row", *align, cell);
            }
            self.push("</tr>\n");
        }
        self.push("</table>\n");
    }

    fn cell(&mut self, name: &str, scope: &str, align: Align, cell: &Cell) {
        let side = match align {
            Align::None | Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        };
        let scope = if name == "th" { format!(" scope=\"{scope}\"") } else { String::new() };
        let (encre, filet) = (&self.look.encre, &self.look.filet);
        let _ = write!(
            self.html,
            "<{name}{scope} class=\"te\" align=\"{side}\" valign=\"top\" style=\"padding:8px 10px 8px 0;border-bottom:1px solid {filet};\
             font-family:{SANS};font-size:15px;line-height:22px;color:{encre}\">"
        );
        self.inlines(cell);
        let _ = write!(self.html, "</{name}>");
    }

    /// Writes each row as a few lines: « Colonne : valeur ».
    fn stacked(&mut self, table: &Table) {
        let colon = if self.ways.page.language.starts_with("fr") { "\u{a0}: " } else { ": " };
        for row in &table.rows {
            self.push("<p style=\"margin:0 0 14px\">");
            for (place, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                if place > 0 {
                    self.push("<br>");
                }
                let head = table.head.get(place).filter(|head| !head.is_empty() && place > 0);
                if let Some(head) = head {
                    self.inlines(head);
                    self.push(colon);
                    self.inlines(cell);
                } else {
                    self.push("<strong>");
                    self.inlines(cell);
                    self.push("</strong>");
                }
            }
            self.push("</p>\n");
        }
    }
}
