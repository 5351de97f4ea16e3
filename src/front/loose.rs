//! Keys that a blank pushes away from the margin where they belong: found, so that they are told and count all the same.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, FilePath, Span};
use crate::say;

use super::scan;

/// The lines that stand askew, by where they begin in the block: the column where each belongs.
pub(super) type Loose = BTreeMap<usize, usize>;

/// A key or an item under which others may stand.
struct Level {
    column: usize,
    is_item: bool,
    /// Whether it waits for keys of its own: it has no value on its line.
    holds: bool,
    /// The column of its own keys, once one is seen.
    inner: Option<usize>,
}

/// Finds the keys of a block that YAML refuses because of what stands before them.
pub(super) fn find(source: &str) -> Loose {
    let lines = scan::keys(source);
    let margin = lines.iter().map(|line| line.column).min().unwrap_or(0);
    let mut found = Loose::new();
    let mut open: Vec<Level> = Vec::new();
    for line in &lines {
        let mut column = line.column;
        if line.dashes > 0 {
            while open.last().is_some_and(|level| level.column > column || (level.column == column && level.is_item)) {
                open.pop();
            }
            // A key with items has no keys of its own.
            if let Some(above) = open.last_mut().filter(|level| !level.is_item) {
                above.holds = false;
            }
            open.push(Level { column, is_item: true, holds: true, inner: None });
            column += 2 * line.dashes;
        }
        let Some(holds) = line.holds else { continue };
        while open.last().is_some_and(|level| level.column >= column) {
            open.pop();
        }
        let belongs = match open.last_mut() {
            None => margin,
            Some(level) if level.holds => *level.inner.get_or_insert(column),
            Some(level) => level.column,
        };
        if belongs != column && line.dashes == 0 {
            found.insert(line.start, belongs);
            column = belongs;
            while open.last().is_some_and(|level| level.column >= column) {
                open.pop();
            }
        }
        open.push(Level { column, is_item: false, holds, inner: None });
    }
    found
}

/// Says of each key askew where it belongs.
pub(super) fn told<'a>(
    loose: &'a Loose,
    file: &'a FilePath,
    source: &'a str,
    offset: usize,
) -> impl Iterator<Item = Diagnostic> + 'a {
    loose.iter().map(move |(start, column)| {
        let line = source[*start..].lines().next().unwrap_or_default();
        let rest = line.trim_start();
        let (key, blanks) = (rest.split(':').next().unwrap_or_default().trim_end(), line.len() - rest.len());
        let message = match (column, &line[..blanks]) {
            (0, "\t") => say!("une tabulation précède « {key} »", "a tab stands before “{key}”"),
            (0, " ") => say!("un espace précède « {key} »", "a blank stands before “{key}”"),
            (0, _) => say!("des espaces précèdent « {key} »", "blanks stand before “{key}”"),
            _ => say!("« {key} » n’est pas en face des clés voisines", "“{key}” is not level with its neighbours"),
        };
        let help = match column {
            0 => say!(
                "collez « {key} » au bord gauche de la ligne, comme les autres clés",
                "move “{key}” to the left edge of its line, like the other keys"
            ),
            _ => say!(
                "mettez {column} espaces devant « {key} », comme devant ses voisines",
                "put {column} blanks before “{key}”, as before its neighbours"
            ),
        };
        let span = Span::new(*start, start + blanks.max(1)).shifted(offset);
        Diagnostic::error("E0115", message).at(file, span).help(help)
    })
}
