//! The known name nearest to what was typed, found soon in lists of many thousands.

use std::borrow::Cow;

/// Returns the known name nearest to what was typed, if it is near enough to be what was meant.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = crate::french::fold(typed);
    let letters = Letters::of(&typed);
    let mut allowed = (typed.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let folded = plain(name);
        let begins = typed.len() >= 4 && folded.starts_with(&typed);
        // Most names of a long list are too far by their letters alone, which are soon counted.
        if !begins && letters.apart(&Letters::of(&folded)) > allowed {
            continue;
        }
        let found = (strsim::osa_distance(&typed, &folded), name);
        if (begins || found.0 <= allowed) && best.is_none_or(|best| found < best) {
            allowed = allowed.min(found.0);
            best = Some(found);
        }
    }
    best.map(|(_, name)| name)
}

/// Returns a name without accents or capitals; most have none.
fn plain(name: &str) -> Cow<'_, str> {
    match name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'/' | b'_' | b':')) {
        true => Cow::Borrowed(name),
        false => Cow::Owned(crate::french::fold(name)),
    }
}

/// How many times each letter stands in a word; letters that fall together make words look nearer, never farther.
struct Letters([u16; 32]);

impl Letters {
    fn of(text: &str) -> Letters {
        let mut counts = [0u16; 32];
        for c in text.chars() {
            let place = &mut counts[c as usize % 32];
            *place = place.saturating_add(1);
        }
        Letters(counts)
    }

    /// The least number of changes that make one word of the other.
    fn apart(&self, other: &Letters) -> usize {
        let (mut more, mut less) = (0, 0);
        for (one, two) in self.0.iter().zip(other.0) {
            more += usize::from(one.saturating_sub(two));
            less += usize::from(two.saturating_sub(*one));
        }
        more.max(less)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::nearest;
    use crate::french::fold;

    /// What `nearest` means, without its haste.
    fn slowly<'a>(typed: &str, known: &'a [String]) -> Option<&'a str> {
        let typed = fold(typed);
        let allowed = (typed.chars().count() / 3).max(1);
        let distance = |name: &str| strsim::osa_distance(&typed, &fold(name));
        known
            .iter()
            .map(|name| (distance(name), name.as_str()))
            .filter(|(far, name)| *far <= allowed || (typed.len() >= 4 && fold(name).starts_with(&typed)))
            .min()
            .map(|(_, name)| name)
    }

    proptest! {
        #[test]
        fn haste_changes_no_answer(typed in "[a-dé/É-]{0,9}", known in proptest::collection::vec("[a-dé/É-]{0,12}", 0..12)) {
            prop_assert_eq!(nearest(&typed, known.iter().map(String::as_str)), slowly(&typed, &known));
        }
    }
}
