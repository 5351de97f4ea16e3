//! Lowers tables: columns as wide as their words, headers that every page repeats.

use super::Lowering;
use crate::doc::{Align, Cell, Inline, Table};
use crate::emit::pdf::plain;

impl<'a> Lowering<'a, '_> {
    /// Lowers a table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let columns = table.columns.len().max(table.head.len()).max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
        if columns == 0 {
            return;
        }
        self.code("#tableau((");
        for column in 0..columns {
            let share = self.share(table, column);
            self.code(&format!("{share}, "));
        }
        self.code("), align: (");
        for column in 0..columns {
            self.code(match table.columns.get(column).copied().unwrap_or(Align::None) {
                Align::None | Align::Left => "start, ",
                Align::Center => "center, ",
                Align::Right => "end, ",
            });
        }
        self.code("), ");
        self.narrow(0);
        if !table.caption.is_empty() {
            self.code("caption: [");
            self.inlines(&table.caption);
            self.code("], ");
        }
        if table.row_headers {
            self.code("entetes-lignes: true, ");
        }
        self.code("tete: ");
        self.row(&table.head, columns);
        for row in &table.rows {
            self.row(row, columns);
        }
        self.code(")\n");
    }

    /// How much of a table's width a column deserves: as its longest cell, within reason; 0 when a short one takes what it needs.
    fn share(&self, table: &Table, column: usize) -> usize {
        let cells = std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(column));
        let longest = cells.map(|cell| self.length(cell)).max().unwrap_or(0);
        if longest <= 11 { 0 } else { longest.clamp(18, 52) }
    }

    /// How many characters a line shows, with the titles of links that have no text of their own.
    fn length(&self, inlines: &[Inline]) -> usize {
        let mut length = 0;
        for inline in inlines {
            length += match inline {
                Inline::Link { to, text } if text.is_empty() => {
                    self.around.ways.get(to.0 as usize).map_or(0, |way| way.title.chars().count())
                }
                other => plain::of_inlines(std::slice::from_ref(other)).chars().count(),
            };
        }
        length
    }

    fn row(&mut self, row: &'a [Cell], columns: usize) {
        self.code("(");
        for column in 0..columns {
            self.code("[");
            if let Some(cell) = row.get(column) {
                self.inlines(cell);
            }
            self.code("], ");
        }
        self.code("), ");
    }
}
