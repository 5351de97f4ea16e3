//! How many typing errors part two words: letters missing, added, changed, or two neighbours exchanged.

/// Returns the number of errors, unless it is more than so many.
pub(super) fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    let width = right.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..width).collect();
    for (line, letter) in left.iter().enumerate() {
        let mut next = vec![line + 1; width];
        for column in 1..width {
            let changed = row[column - 1] + usize::from(*letter != right[column - 1]);
            let mut least = changed.min(row[column] + 1).min(next[column - 1] + 1);
            if line > 0 && column > 1 && *letter == right[column - 2] && left[line - 1] == right[column - 1] {
                least = least.min(before[column - 2] + 1);
            }
            next[column] = least;
        }
        if next.iter().all(|errors| *errors > most) {
            return None;
        }
        before = row;
        row = next;
    }
    row.last().copied().filter(|errors| *errors <= most)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn errors_are_counted() {
        let count = |left: &str, right: &str| {
            distance(&left.chars().collect::<Vec<_>>(), &right.chars().collect::<Vec<_>>(), 2)
        };
        assert_eq!(count("comune", "commune"), Some(1));
        assert_eq!(count("communne", "commune"), Some(1));
        assert_eq!(count("cmomune", "commune"), Some(1));
        assert_eq!(count("economie", "economie"), Some(0));
        assert_eq!(count("subvantoin", "subvention"), Some(2));
        assert_eq!(count("territoire", "histoire"), None);
    }
}
