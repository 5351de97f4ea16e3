//! Takes apart the bodies of directives that are lists: key figures, steps, dated items, images.

use std::ops::Range;

use ecow::EcoString;

use super::builder::Builder;
use super::dates;
use super::inline::trim;
use super::text::plain;
use super::tree::{Block, Figure, Inline, Item, KeyFigure, List, Milestone, Role, Step};
use crate::diag::Span;
use crate::fields::why_no_date;
use crate::say;

/// Tells whether a directive says all on its opening line.
pub(super) fn stands_alone(role: &Role) -> bool {
    match role {
        Role::Telechargement { .. }
        | Role::Video { .. }
        | Role::Carte { .. }
        | Role::ALaUne { .. }
        | Role::Reprise { .. } => true,
        Role::Exemple(_)
        | Role::Encadre { .. }
        | Role::Definition { .. }
        | Role::Citation { .. }
        | Role::Chiffres { .. }
        | Role::Etapes { .. }
        | Role::Trajectoire { .. }
        | Role::Voix { .. }
        | Role::Ressources { .. }
        | Role::Galerie { .. }
        | Role::Agenda { .. } => false,
    }
}

/// Moves the list of the body into the role; `line` is the opening line.
pub(super) fn fill(builder: &mut Builder<'_, '_>, role: &mut Role, body: &mut Vec<Block>, line: Span) {
    match role {
        Role::Chiffres { figures, .. } => *figures = key_figures(builder, body, line),
        Role::Etapes { steps } => *steps = take_steps(builder, body, line),
        Role::Trajectoire { milestones } => *milestones = take_milestones(builder, body, line, "trajectoire"),
        Role::Agenda { events } => *events = take_milestones(builder, body, line, "agenda"),
        Role::Galerie { images } => {
            *images = take_images(body);
            if images.is_empty() {
                builder.error(
                    "E0212",
                    say!("« :::galerie » ne contient pas d’image", "“:::galerie” holds no image"),
                    line,
                    say!(
                        "écrivez une image par ligne : ![description](photo.jpg)",
                        "write one image a line: ![description](photo.jpg)"
                    ),
                );
            }
        }
        Role::Exemple(_)
        | Role::Encadre { .. }
        | Role::Definition { .. }
        | Role::Citation { .. }
        | Role::Voix { .. }
        | Role::Ressources { .. }
        | Role::Telechargement { .. }
        | Role::Video { .. }
        | Role::Carte { .. }
        | Role::ALaUne { .. }
        | Role::Reprise { .. } => {}
    }
}

/// Where the text beside the list of a box is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beside {
    Before,
    After,
}

/// Takes the lists out of a body; says it when a text does not stand where it will be shown.
fn take_lists(builder: &mut Builder<'_, '_>, body: &mut Vec<Block>, line: Span, beside: Beside) -> Vec<Item> {
    let is_list = |block: &Block| matches!(block, Block::List(_));
    let first = body.iter().position(is_list).unwrap_or(body.len());
    let last = body.iter().rposition(is_list).unwrap_or(0);
    let moved = match beside {
        Beside::Before => body.iter().skip(first).find(|block| !is_list(block)),
        Beside::After => body.iter().take(last).find(|block| !is_list(block)),
    };
    if let Some(moved) = moved {
        let span = if let Block::Paragraph { span, .. } = moved { *span } else { line };
        let (fr, en) = if beside == Beside::Before { ("avant", "before") } else { ("après", "after") };
        builder.warn(
            "A0219",
            say!("ce texte sera montré {fr} la liste", "this text will be shown {en} the list"),
            span,
            say!(
                "mettez-le {fr} la liste, ou en retrait sous l’élément qu’il concerne",
                "put it {en} the list, or indented under the item that it concerns"
            ),
        );
    }
    let lists = body.extract_if(.., |block| matches!(block, Block::List(_)));
    lists.flat_map(|block| if let Block::List(list) = block { list.items } else { Vec::new() }).collect()
}

/// Separates the first line of an item from the blocks that follow it.
fn first_line(mut body: Vec<Block>) -> (Vec<Inline>, Vec<Block>) {
    if matches!(body.first(), Some(Block::Paragraph { .. }))
        && let Block::Paragraph { text, .. } = body.remove(0)
    {
        return (text, body);
    }
    (Vec::new(), body)
}

/// Separates the bold words at the start of a line from the rest, without the mark between them.
fn bold(mut text: Vec<Inline>) -> Result<(Vec<Inline>, Vec<Inline>), Vec<Inline>> {
    if !matches!(text.first(), Some(Inline::Strong(_))) {
        return Err(text);
    }
    let Inline::Strong(bold) = text.remove(0) else { return Err(text) };
    trim_start(&mut text);
    Ok((bold, text))
}

/// Removes spaces, breaks and one mark such as « : » or « – » at the start of a text.
fn trim_start(text: &mut Vec<Inline>) {
    while matches!(text.first(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        text.remove(0);
    }
    if let Some(Inline::Text(first)) = text.first_mut() {
        let rest = first.trim_start();
        let rest = rest.strip_prefix([':', '–', '—', '.', ',']).map_or_else(
            || rest.strip_prefix("- ").unwrap_or(rest),
            |after| if after.starts_with(char::is_whitespace) || after.is_empty() { after } else { rest },
        );
        *first = rest.trim_start().into();
        if first.is_empty() {
            text.remove(0);
        }
    }
    trim(text);
}

fn key_figures(builder: &mut Builder<'_, '_>, body: &mut Vec<Block>, line: Span) -> Vec<KeyFigure> {
    let items = take_lists(builder, body, line, Beside::After);
    if items.is_empty() {
        builder.no_list("chiffres", line, "- **80** entrepreneurs");
    }
    let mut figures = Vec::new();
    for item in items {
        let (text, mut more) = first_line(item.body);
        let (value, mut text) = bold(text).unwrap_or_else(|text| {
            let span = builder.first_words(item.span);
            builder.error(
                "E0213",
                say!(
                    "cette ligne ne commence pas par un chiffre en gras",
                    "this line does not begin with a bold figure"
                ),
                span,
                say!("écrivez par exemple « - **80** entrepreneurs »", "write for instance “- **80** entrepreneurs”"),
            );
            (Vec::new(), text)
        });
        // Paragraphs that follow in the same item go on with its text.
        while matches!(more.first(), Some(Block::Paragraph { .. })) {
            let (mut words, rest) = first_line(more);
            text.push(Inline::HardBreak);
            text.append(&mut words);
            more = rest;
        }
        figures.push(KeyFigure { value, text });
        body.append(&mut more);
    }
    figures
}

fn take_steps(builder: &mut Builder<'_, '_>, body: &mut Vec<Block>, line: Span) -> Vec<Step> {
    let ordered = body.iter().any(|block| matches!(block, Block::List(List { start: Some(_), .. })));
    let items = take_lists(builder, body, line, Beside::Before);
    if items.is_empty() || !ordered {
        builder.no_list("etapes", line, "1. **Sensibiliser.** Réunir les élus.");
    }
    items
        .into_iter()
        .map(|item| {
            let span = item.span;
            let (text, mut rest) = first_line(item.body);
            let (title, text) = bold(text).unwrap_or_else(first_sentence);
            if !text.is_empty() {
                rest.insert(0, Block::Paragraph { text, span });
            }
            Step { title: without_stop(title), body: rest }
        })
        .collect()
}

/// Cuts a line after its first sentence.
fn first_sentence(mut text: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    let found = text.iter().enumerate().find_map(|(at, inline)| match inline {
        Inline::Text(words) => sentence_end(words).map(|end| (at, end)),
        _ => None,
    });
    let Some((at, end)) = found else { return (text, Vec::new()) };
    let mut rest = text.split_off(at);
    if let Some(Inline::Text(words)) = rest.first_mut() {
        let (before, after) = words.split_at(end);
        text.push(Inline::Text(before.into()));
        *words = after.into();
    }
    trim_start(&mut rest);
    (text, rest)
}

/// Finds the end of a sentence: a stop, or « : » between spaces, with words after it.
fn sentence_end(words: &str) -> Option<usize> {
    words.char_indices().find_map(|(at, c)| {
        let after = &words[at + c.len_utf8()..];
        let spaced = after.starts_with(char::is_whitespace);
        let next = after.trim_start().chars().next()?;
        match c {
            '.' | '!' | '?' | '…' if spaced && (next.is_uppercase() || matches!(next, '«' | '(')) => {
                Some(at + c.len_utf8())
            }
            ':' if spaced => Some(at),
            _ => None,
        }
    })
}

/// A title bears no full stop.
fn without_stop(mut title: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(last)) = title.last_mut() {
        let kept = last.trim_end().trim_end_matches(':').trim_end();
        let kept = kept.strip_suffix('.').filter(|kept| !kept.ends_with('.')).unwrap_or(kept);
        *last = kept.into();
    }
    trim(&mut title);
    title
}

fn take_milestones(builder: &mut Builder<'_, '_>, body: &mut Vec<Block>, line: Span, name: &str) -> Vec<Milestone> {
    let items = take_lists(builder, body, line, Beside::Before);
    if items.is_empty() {
        builder.no_list(name, line, example(name).0);
    }
    let mut milestones = Vec::new();
    let mut unread = Vec::new();
    for item in items {
        let Item { body: blocks, span, task } = item;
        let (text, more) = first_line(blocks);
        match bold(text) {
            Ok((date, text)) => {
                let typed = plain(&date);
                let bad = match dates::read_before(&typed) {
                    Ok((when, detail)) => {
                        let mut text = text;
                        prepend(&mut text, detail);
                        milestones.push(Milestone { when, text, body: more });
                        continue;
                    }
                    Err(bad) => bad,
                };
                let place = builder.bold_words(span);
                builder.error("E0214", why_no_date(&bad), place, dates::help());
                let mut whole = vec![Inline::Strong(date), Inline::Text(" ".into())];
                whole.extend(text);
                unread.push(unread_item(whole, more, span, task));
            }
            Err(text) => {
                let place = builder.first_words(span);
                builder.error(
                    "E0213",
                    say!(
                        "cette ligne ne commence pas par une date en gras",
                        "this line does not begin with a bold date"
                    ),
                    place,
                    {
                        let (fr, en) = example(name);
                        say!("écrivez par exemple « {fr} »", "write for instance “{en}”")
                    },
                );
                unread.push(unread_item(text, more, span, task));
            }
        }
    }
    if !unread.is_empty() {
        body.push(Block::List(List { start: None, tight: true, items: unread }));
    }
    milestones
}

/// Returns a line as a list of dates wants it, in French and in English.
fn example(name: &str) -> (&'static str, &'static str) {
    match name {
        "agenda" => ("- **12 mars 2027, 14 h** Réunion publique.", "- **12 March 2027, 14 h** Public meeting."),
        _ => ("- **1984** Première coopérative.", "- **1984** First cooperative."),
    }
}

/// Puts what followed the date before the rest of the line.
fn prepend(text: &mut Vec<Inline>, detail: &str) {
    if detail.is_empty() {
        return;
    }
    let separator = if text.is_empty() { "" } else { " – " };
    let rest = match text.first_mut() {
        Some(Inline::Text(first)) => std::mem::take(first),
        _ => EcoString::new(),
    };
    let joined = Inline::Text(format!("{detail}{separator}{rest}").into());
    if rest.is_empty() {
        text.insert(0, joined);
    } else if let Some(first) = text.first_mut() {
        *first = joined;
    }
}

/// Puts an item together again.
fn unread_item(text: Vec<Inline>, mut body: Vec<Block>, span: Span, task: Option<bool>) -> Item {
    if !text.is_empty() {
        body.insert(0, Block::Paragraph { text, span });
    }
    Item { task, body, span }
}

/// Takes the figures out of a body, and out of the lists that hold nothing else.
fn take_images(body: &mut Vec<Block>) -> Vec<Figure> {
    let mut images = Vec::new();
    let mut kept = Vec::new();
    for block in std::mem::take(body) {
        match block {
            Block::Figure(figure) => images.push(*figure),
            Block::List(mut list) => {
                list.items.retain_mut(|item| {
                    images.append(&mut take_images(&mut item.body));
                    !item.body.is_empty()
                });
                if !list.items.is_empty() {
                    kept.push(Block::List(list));
                }
            }
            other @ (Block::Paragraph { .. }
            | Block::Heading(_)
            | Block::Quote(_)
            | Block::Alert { .. }
            | Block::Code { .. }
            | Block::Table(_)
            | Block::Definitions(_)
            | Block::Html(_)
            | Block::Rule
            | Block::Directive(_)) => kept.push(other),
        }
    }
    *body = kept;
    images
}

impl Builder<'_, '_> {
    fn no_list(&mut self, name: &str, line: Span, example: &str) {
        let ordered = name == "etapes";
        let (kind, english) = if ordered { (" numérotée", "numbered ") } else { ("", "") };
        self.error(
            "E0212",
            say!("« :::{name} » attend une liste{kind}", "“:::{name}” expects a {english}list"),
            line,
            say!(
                "écrivez une ligne par élément, par exemple « {example} »",
                "write one line for each item, such as “{example}”"
            ),
        );
    }

    /// Returns the bytes of the bold words of an item.
    fn bold_words(&self, item: Span) -> Span {
        let range = self.unspan(item);
        let text = self.clean.get(range.clone()).unwrap_or_default();
        let Some(open) = text.find("**").or_else(|| text.find("__")) else { return self.first_words(item) };
        let mark = &text[open..open + 2];
        let close = text[open + 2..].find(mark).map_or(text.len(), |close| open + 2 + close);
        self.span(range.start + open + 2..range.start + close)
    }

    /// Returns the bytes of the first line of an item.
    fn first_words(&self, item: Span) -> Span {
        let range = self.unspan(item);
        let text = self.clean.get(range.clone()).unwrap_or_default();
        let end = text.find(['\n', '\r']).unwrap_or(text.len());
        let words: Range<usize> = range.start..range.start + text[..end].trim_end().len();
        self.span(words)
    }
}
