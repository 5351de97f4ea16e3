//! The files of the index: how many there are, what each holds, and what its payload looks like.
//!
//! Every file calls `essaimIndex(name, payload)`; the payload of all but the root is one string of [`super::digits`].
//!
//! - `t<n>.js`: a run of groups in alphabetical order. Number of forms; each form as a word and the distance of its group
//!   (0: a new group, 1: the newest, 2: the one before…); number of groups; the length of each group's postings; the postings.
//!   Postings: number of pages; then five columns: pages as differences, levels of weight, masks of forms (when there are
//!   several forms), numbers of blocks less one, blocks as differences. A block is eight times its section plus its place.
//! - `p<n>.js`: for phrases, the places of the same groups: number of groups, lengths, then for each page the number of
//!   places, and for each its form (when there are several), block as a difference, and place (a difference in one block).
//! - `f<n>.js`: forms by their two last letters, for typing errors in the first ones. Each reversed, as a word, and the
//!   number of bits of its number of pages.
//! - `racine.js`: an object. `s`: the first letters of each file, `h`: the forms of the files of one group alone.
//!
//! A group that many pages hold has a file of its own. Where two files part depends on the letters around the ideal place
//! and not on exact sizes, so that an edit of one page leaves nearly every other file as it was.

use rayon::prelude::*;

use super::digits::{number_of, put, put_word};
use super::index::Group;
use super::lexicon::Quick;

/// How many files of each sort the index has: known before it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    /// Files of many groups.
    pub shards: usize,
    /// Files of one group.
    pub heavy: usize,
    /// Files of endings.
    pub endings: usize,
}

impl Counts {
    /// Chooses how many files a site of so many words has.
    pub(super) fn of(words: usize) -> Self {
        Self {
            shards: (words / 5_000).clamp(1, 120).max((words / 14_000).min(1_500)),
            heavy: if words > 1_200_000 { (words / 40_000).min(400) } else { 0 },
            endings: (words / 20_000).clamp(1, 16),
        }
    }
}

/// The text of every file but the root.
#[derive(Debug)]
pub(super) struct Files {
    /// `t` and `p`, the heavy ones after the others.
    pub terms: Vec<(String, String)>,
    pub endings: Vec<String>,
    /// The first letters of each file of many groups.
    pub bounds: Vec<String>,
    /// The forms of each file of one group.
    pub heavy: Vec<String>,
}

/// A group that takes more than this has a file of its own, if there are enough.
const HEAVY: usize = 3_000;

/// Cuts groups into files.
pub(super) fn cut(groups: Vec<Group>, counts: Counts) -> Files {
    let mut largest: Vec<usize> = (0..groups.len()).filter(|group| groups[*group].postings.len() > HEAVY).collect();
    largest.sort_by_key(|group| (std::cmp::Reverse(groups[*group].postings.len()), *group));
    largest.truncate(counts.heavy);
    largest.sort_unstable();
    let light: Vec<usize> = (0..groups.len()).filter(|group| largest.binary_search(group).is_err()).collect();
    let runs = runs(&groups, &light, counts.shards);
    let first = |group: &usize| &*groups[*group].surfaces[0];
    let bounds = runs
        .iter()
        .enumerate()
        .map(|(number, run)| match (number, run.first()) {
            (0, _) | (_, None) => String::new(),
            (_, Some(group)) => {
                let before = runs[number - 1]
                    .iter()
                    .flat_map(|group| groups[*group].surfaces.last())
                    .max()
                    .map_or("", |last| last);
                shortest_after(before, first(group))
            }
        })
        .collect();
    let endings = endings(&groups, counts.endings);
    let heavy = largest.iter().map(|group| groups[*group].surfaces.join(" ")).collect();
    // Groups go as they are written.
    let mut groups: Vec<Option<Group>> = groups.into_iter().map(Some).collect();
    let mut taken = |run: &[usize]| -> Vec<Group> { run.iter().filter_map(|group| groups[*group].take()).collect() };
    let mut files: Vec<Vec<Group>> = runs.iter().map(|run| taken(run)).collect();
    files.resize_with(counts.shards, Vec::new);
    files.extend(largest.iter().map(|group| taken(&[*group])));
    files.resize_with(counts.shards + counts.heavy, Vec::new);
    Files { terms: files.into_par_iter().map(|run| shard(&run)).collect(), endings, bounds, heavy }
}

/// Cuts groups into runs of about the same size, never between two forms of one group.
fn runs(groups: &[Group], light: &[usize], count: usize) -> Vec<Vec<usize>> {
    let size = |group: usize| groups[group].postings.len() + groups[group].surfaces.len() * 5;
    let total: usize = light.iter().map(|group| size(*group)).sum();
    let share = (total / count).max(1);
    // Where a cut may be: the forms before it all come before those after it.
    let mut cuts: Vec<(usize, usize, u64)> = Vec::new();
    let (mut sum, mut last) = (0, "");
    for (place, group) in light.iter().enumerate() {
        let surfaces = &groups[*group].surfaces;
        if place > 0 && *surfaces[0] > *last {
            cuts.push((sum, place, hash(&surfaces[0])));
        }
        sum += size(*group);
        last = last.max(surfaces.last().map_or("", |last| last));
    }
    let mut runs = Vec::with_capacity(count);
    let mut start = 0;
    for number in 1..count {
        let ideal = share * number;
        let from = cuts.partition_point(|(sum, _, _)| *sum < ideal.saturating_sub(share / 4));
        let to = cuts.partition_point(|(sum, _, _)| *sum < ideal + share / 4).max((from + 1).min(cuts.len()));
        let cut = cuts[from..to].iter().min_by_key(|(_, _, hash)| *hash).map(|(_, place, _)| *place);
        if let Some(cut) = cut.filter(|cut| *cut > start) {
            runs.push(light[start..cut].to_vec());
            start = cut;
        }
    }
    runs.push(light[start..].to_vec());
    runs
}

fn hash(text: &str) -> u64 {
    use std::hash::Hasher as _;
    let mut hasher = Quick::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Returns the shortest beginning of `after` that comes after `before`.
fn shortest_after(before: &str, after: &str) -> String {
    let ends = after.char_indices().skip(1).map(|(end, _)| end).chain([after.len()]);
    ends.map(|end| &after[..end]).find(|start| *start > before).unwrap_or(after).to_owned()
}

/// Writes a file of groups, and the one of their places.
fn shard(run: &[Group]) -> (String, String) {
    let mut forms: Vec<(&str, usize)> = run
        .iter()
        .enumerate()
        .flat_map(|(number, group)| group.surfaces.iter().map(move |form| (&**form, number)))
        .collect();
    forms.sort_unstable();
    let size = |of: &dyn Fn(&Group) -> usize| run.iter().map(|group| of(group) + 4).sum::<usize>();
    let mut text = String::with_capacity(size(&|group| group.postings.len() + 12 * group.surfaces.len()));
    put(&mut text, number_of(forms.len()));
    let (mut before, mut seen) = ("", 0);
    for (form, group) in forms {
        put_word(&mut text, before, form);
        put(&mut text, if group == seen { 0 } else { number_of(seen - group) });
        seen = seen.max(group + 1);
        before = form;
    }
    let column = |text: &mut String, of: &dyn Fn(&Group) -> &str| {
        put(text, number_of(run.len()));
        for group in run {
            put(text, number_of(of(group).len()));
        }
        for group in run {
            text.push_str(of(group));
        }
    };
    column(&mut text, &|group| &group.postings);
    let mut places = String::with_capacity(size(&|group| group.places.len()));
    column(&mut places, &|group| &group.places);
    (text, places)
}

/// Returns the file of endings that holds a form.
pub(super) fn ending_of(form: &str, files: usize) -> usize {
    let mut last = form.chars().rev();
    let (one, two) = (last.next().map_or(0, u32::from), last.next().map_or(0, u32::from));
    (one * 31 + two) as usize % files.max(1)
}

/// Writes the forms by their endings.
fn endings(groups: &[Group], files: usize) -> Vec<String> {
    let mut by_file: Vec<Vec<(String, u32)>> = vec![Vec::new(); files];
    for group in groups {
        for form in &group.surfaces {
            if form.chars().count() > 3 && form.chars().all(char::is_alphabetic) {
                by_file[ending_of(form, files)].push((form.chars().rev().collect(), 32 - group.pages.leading_zeros()));
            }
        }
    }
    by_file
        .into_par_iter()
        .map(|mut forms| {
            forms.sort_unstable();
            let mut text = String::new();
            put(&mut text, number_of(forms.len()));
            let mut before = "";
            for (form, bits) in &forms {
                put_word(&mut text, before, form);
                put(&mut text, *bits);
                before = form;
            }
            text
        })
        .collect()
}
