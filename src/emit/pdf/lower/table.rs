//! Lowers tables: columns as wide as their words, headers that every page repeats.

use super::Lowering;
use crate::doc::{Align, Cell, Inline, Table};
use crate::emit::pdf::plain;

/// How many characters the columns that take what they need may have together.
const LINE: usize = 76;

impl<'a> Lowering<'a, '_> {
    /// Lowers a table.
    pub(super) fn table(&mut self, table: &'a Table) {
        let columns = table.columns.len().max(table.head.len()).max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
        if columns == 0 {
            return;
        }
        self.code("#tableau((");
        for share in self.shares(table, columns) {
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

    /// How much of a table's width each column deserves: as its longest cell, within reason; 0 when a short one, or one whose
    /// amounts no line may cut, takes what it needs.
    fn shares(&self, table: &Table, columns: usize) -> Vec<usize> {
        let widths: Vec<(usize, bool)> = (0..columns).map(|column| self.widest(table, column)).collect();
        let is_short = |&(longest, whole): &(usize, bool)| longest <= 11 || whole && longest <= 18;
        let taken: usize = widths.iter().filter(|width| is_short(width)).map(|(longest, _)| longest + 2).sum();
        let share = |width: &(usize, bool)| match width.0 {
            0..=11 => 0,
            _ if is_short(width) && taken <= LINE => 0,
            longest => longest.clamp(18, 52),
        };
        widths.iter().map(share).collect()
    }

    /// Returns the length of the longest cell of a column, and whether no line may cut it.
    fn widest(&self, table: &Table, column: usize) -> (usize, bool) {
        let cells = std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(column));
        let widest = cells.max_by_key(|cell| self.length(cell));
        let Some(cell) = widest else { return (0, true) };
        let can_break = |c: char| matches!(c, ' ' | '-' | '\n' | '\t' | '/' | '\u{ad}' | '\u{200b}');
        let text = plain::of_inlines(cell);
        (self.length(cell), text.chars().any(|c| c.is_ascii_digit()) && !text.contains(can_break))
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
