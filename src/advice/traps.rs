//! Markdown that does something else than what was meant, with the remedy.

use std::ops::Range;

use super::Desk;
use crate::doc::{Fragment, PassageKind};
use crate::say;

pub(super) fn read(desk: &mut Desk<'_>) {
    lists(desk);
    stars(desk);
    typed_bullets(desk);
    typed_dashes(desk);
    typed_numbers(desk);
    glued_headings(desk);
    typed_marks(desk);
}

/// `+ 3,9 %` and `2021. Plus de` begin lists.
fn lists(desk: &mut Desk<'_>) {
    let text = desk.page.source.text;
    let mut found = Vec::new();
    for (passage, flat) in desk.each() {
        if passage.kind != PassageKind::Item {
            continue;
        }
        let line_start = text[..passage.span.start].rfind('\n').map_or(0, |newline| newline + 1);
        let marker = text[line_start..passage.span.start].trim();
        let first = flat.text.trim_start();
        if marker == "+" && first.starts_with(|c: char| c.is_ascii_digit()) {
            let at = line_start + text[line_start..].find('+').unwrap_or(0);
            let shown: String = first.chars().take(12).collect();
            found.push((
                "A0321",
                at..at + 1,
                say!(
                    "« + {shown}… » devient une puce et perd son signe plus",
                    "“+ {shown}…” becomes a bullet and loses its plus sign"
                ),
                say!(
                    "écrivez « \\+ », ou collez le signe au nombre : +3,9 %",
                    "write “\\+”, or join the sign to the number: +3,9 %"
                ),
            ));
        }
        let digits = marker.trim_end_matches(['.', ')']);
        if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) {
            let at = line_start + text[line_start..].find(digits).unwrap_or(0);
            found.push((
                "A0322",
                at..at + marker.len(),
                say!(
                    "« {marker} » en début de ligne devient une liste numérotée à partir de {digits}",
                    "“{marker}” at the start of a line becomes a list numbered from {digits}"
                ),
                say!(
                    "écrivez « {digits}\\. », ou joignez cette ligne à la précédente",
                    "write “{digits}\\.”, or join this line to the one before"
                ),
            ));
        }
    }
    said(desk, found);
}

/// `habitant*e*s` loses its stars.
fn stars(desk: &mut Desk<'_>) {
    let text = desk.page.source.text;
    let mut found = Vec::new();
    for passage in &desk.passages.passages {
        for pair in passage.fragments.windows(2) {
            let [Fragment::Words(first), Fragment::Words(second)] = pair else { continue };
            let between = &text[first.end..second.start];
            let inside =
                text[..first.end].ends_with(char::is_lowercase) && text[second.start..].starts_with(char::is_lowercase);
            let suffix = text[second.clone()].chars().take_while(|c| c.is_alphabetic()).count();
            if between == "*" && inside && suffix <= 5 {
                let stem = text[..first.end].trim_end_matches(char::is_alphabetic).len();
                let end = text[second.start..]
                    .find(|c: char| !c.is_alphabetic() && c != '*')
                    .map_or(text.len(), |end| second.start + end);
                found.push((stem, end));
            }
        }
    }
    found.dedup_by(|later, earlier| later.0 < earlier.1);
    let found = found
        .into_iter()
        .map(|(start, end)| {
            let typed = &text[start..end];
            let dotted = typed.replace('*', "·");
            (
                "A0323",
                start..end,
                say!(
                    "« {typed} » perd ses étoiles : elles servent à l’italique",
                    "“{typed}” loses its stars: they mean italics"
                ),
                say!("écrivez « {dotted} »", "write “{dotted}”"),
            )
        })
        .collect();
    said(desk, found);
}

/// `•` is plain text.
fn typed_bullets(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    for (_, flat) in desk.prose() {
        for at in line_starts(&flat.text) {
            let line = &flat.text[at..];
            let Some(bullet) = ["•", "‣", "▪", "◦", "●", "■", "➢", "→", "·", "\u{f0b7}", "\u{f0a7}"]
                .iter()
                .find(|bullet| line.strip_prefix(**bullet).is_some_and(|rest| rest.starts_with([' ', '\t', '\u{a0}'])))
            else {
                continue;
            };
            found.push(no_list(flat, bullet, at));
        }
    }
    said(desk, found);
}

/// `– un` and `-un` are plain text, and so is a hyphen before a no-break space.
fn typed_dashes(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    for (_, flat) in desk.prose() {
        let dashes = line_starts(&flat.text).filter_map(|at| {
            let line = &flat.text[at..];
            let dash = ["-", "–", "—"].into_iter().find(|dash| line.starts_with(dash))?;
            let after = line[dash.len()..].chars().next()?;
            let is_dash = after == '\u{a0}' || (dash != "-" && after == ' ') || after.is_alphabetic();
            is_dash.then_some((at, dash, dash == "-" && after == '\u{a0}'))
        });
        let dashes: Vec<_> = dashes.collect();
        // One such line may be a dialogue or an aside; two are a list.
        let counts = ["-", "–", "—"].map(|dash| (dash, dashes.iter().filter(|(_, other, _)| *other == dash).count()));
        let is_list = |dash: &str| counts.iter().any(|(own, count)| *own == dash && *count > 1);
        found.extend(dashes.iter().filter(|(_, dash, sure)| *sure || is_list(dash)).map(|(at, dash, sure)| {
            let (code, range, said, help) = no_list(flat, dash, *at);
            let help = if *sure { ordinary_space("-") } else { help };
            (code, range, said, help)
        }));
    }
    said(desk, found);
}

fn no_list(flat: &crate::doc::Flat, mark: &str, at: usize) -> Told {
    (
        "A0324",
        flat.source(at..at + mark.len()),
        say!(
            "« {mark} » ne fait pas une liste : la ligne reste du texte",
            "“{mark}” does not make a list: the line stays text"
        ),
        say!(
            "commencez la ligne par un trait d’union et une espace : « - »",
            "begin the line with a hyphen and a space: “- ”"
        ),
    )
}

fn ordinary_space(mark: &str) -> crate::diag::Said {
    say!(
        "l’espace qui suit « {mark} » est insécable : effacez-la et tapez une espace ordinaire",
        "the space after “{mark}” is a no-break space: delete it and type an ordinary one"
    )
}

/// `##Financer` is plain text; `#emploi` is a word of social networks.
fn glued_headings(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    for (_, flat) in desk.prose() {
        for at in line_starts(&flat.text) {
            let line = &flat.text[at..];
            let marks = &line[..line.len() - line.trim_start_matches('#').len()];
            let after = line[marks.len()..].chars().next();
            let is_glued =
                marks.len() > 1 && after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '«' | '“' | '*'));
            let is_no_break = after == Some('\u{a0}');
            if marks.is_empty() || marks.len() > 6 || !(is_glued || is_no_break) {
                continue;
            }
            let help = if is_no_break {
                ordinary_space(marks)
            } else {
                say!(
                    "laissez une espace après les dièses : « {marks} Titre »",
                    "leave a space after the marks: “{marks} Title”"
                )
            };
            found.push((
                "A0329",
                flat.source(at..at + marks.len()),
                say!(
                    "« {marks} » ne fait pas un titre : la ligne reste du texte",
                    "“{marks}” makes no heading: the line stays text"
                ),
                help,
            ));
        }
    }
    said(desk, found);
}

/// `1 S'appuyer` and `1)un` are plain text.
fn typed_numbers(desk: &mut Desk<'_>) {
    let mut lines: Vec<(u32, Range<usize>, String)> = Vec::new();
    for (passage, flat) in desk.prose() {
        // After a bullet, a number is a number.
        if passage.kind == PassageKind::Item {
            continue;
        }
        for at in line_starts(&flat.text) {
            let line = &flat.text[at..];
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let rest = &line[digits..];
            let bare = rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
            let glued = rest
                .strip_prefix(['.', ')'])
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() || c == '\u{a0}'));
            if (1..=2).contains(&digits)
                && (bare || glued)
                && let Ok(number) = line[..digits].parse()
            {
                let end = digits + usize::from(glued);
                lines.push((number, flat.source(at..at + end), line[..end].to_owned()));
            }
        }
    }
    // One such line may be a sentence; two that count are a list.
    let counted = |number: u32| lines.iter().any(|(other, ..)| *other == number + 1 || other + 1 == number);
    let found = lines
        .iter()
        .filter(|(number, ..)| counted(*number))
        .map(|(number, at, typed)| {
            (
                "A0325",
                at.clone(),
                say!(
                    "« {typed} » ne fait pas une liste numérotée : la ligne reste du texte",
                    "“{typed}” does not make a numbered list: the line stays text"
                ),
                say!("écrivez « {number}. » suivi d’une espace", "write “{number}.” and a space"),
            )
        })
        .collect();
    said(desk, found);
}

/// Stars, brackets and carets that stayed in the text.
fn typed_marks(desk: &mut Desk<'_>) {
    let mut found = Vec::new();
    for (_, flat) in desk.each() {
        let text = flat.text.as_str();
        // Stars that the writer escaped are meant.
        let plain = |at: usize| flat.source(at..at + 2).len() == 2;
        if let Some(at) = text.find("**").filter(|at| plain(*at)) {
            found.push((
                "A0326",
                flat.source(at..at + 2),
                say!("ces étoiles restent dans le texte : le gras n’est pas reconnu", "these stars stay in the text: the bold is not recognised"),
                say!(
                    "mettez la ponctuation et les guillemets hors du gras, sans espace contre les étoiles : « **mot** » :",
                    "put marks and quotes outside the bold, with no space next to the stars: « **mot** » :"
                ),
            ));
        }
        found.extend(broken_links(flat));
        for (at, _) in text.match_indices('^') {
            let inside = &text[at + 1..];
            if let Some(len) = inside.find('^').filter(|len| (1..=4).contains(len))
                && inside[..len].chars().all(char::is_alphanumeric)
            {
                let raised = &inside[..len];
                found.push((
                    "A0328",
                    flat.source(at..at + len + 2),
                    say!("« ^{raised}^ » reste tel quel dans le texte", "“^{raised}^” stays as it is in the text"),
                    say!(
                        "écrivez simplement 1er, 2e ou m² : la mise en exposant se fait seule",
                        "simply write 1er, 2e or m²: raising is automatic"
                    ),
                ));
                break;
            }
        }
    }
    said(desk, found);
}

type Told = (&'static str, Range<usize>, crate::diag::Said, crate::diag::Said);

/// `[Le Pavé-http://…]`, `[texte] (adresse)` and `(texte)[adresse]`.
fn broken_links(flat: &crate::doc::Flat) -> Vec<Told> {
    let text = flat.text.as_str();
    let mut found = Vec::new();
    let mut told = |range: Range<usize>| {
        found.push((
            "A0327",
            flat.source(range),
            say!("ce lien est mal écrit : il reste du texte", "this link is mistyped: it stays text"),
            say!(
                "écrivez [texte](adresse), crochets puis parenthèses, sans espace entre les deux, ni note ni renvoi dans le texte",
                "write [text](address), square brackets then round ones, without a space between, nor a note or a reference in the text"
            ),
        ));
    };
    // A reference that was read is no text any more.
    if let Some(open) = text.find("[[") {
        let end = text[open..].find(']').map_or(open + 2, |end| open + end + 1);
        let end = if text[end..].starts_with(']') { end + 1 } else { end };
        told(open..end);
    }
    for (open, _) in text.match_indices('[').filter(|(open, _)| !text[*open..].starts_with("[[")) {
        let Some(len) = text[open..].find(']').filter(|len| *len < 300) else { continue };
        let inside = &text[open + 1..open + len];
        let rest = &text[open + len + 1..];
        let address =
            |text: &str| text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
        if let Some(at) = inside.find("http://").or_else(|| inside.find("https://"))
            && at > 0
            && !rest.starts_with('(')
        {
            told(open..open + len + 1);
        } else if let Some(spaced) = rest.strip_prefix(" (").filter(|rest| address(rest) || is_file(rest)) {
            let end = spaced.find(')').map_or(text.len(), |end| open + len + 3 + end + 1);
            told(open..end.min(text.len()));
        } else if let Some(end) = rest.strip_prefix('(').filter(|rest| address(rest)).and_then(|rest| rest.find(')')) {
            // A note or a reference inside keeps the link from being one.
            told(open..open + len + 2 + end + 1);
        } else if text[..open].ends_with(')') && address(inside) {
            let start = text[..open].rfind('(').unwrap_or(open);
            told(start..open + len + 1);
        }
    }
    found
}

/// Says whether a text begins with the name of a file, up to its bracket: `autre-page.md)`, `plans/bourg.png)`.
fn is_file(text: &str) -> bool {
    let Some(name) = text.split(')').next().filter(|name| name.len() < text.len()) else { return false };
    let ending = name.split('#').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    !name.contains(char::is_whitespace)
        && ["md", "pdf", "png", "jpg", "jpeg", "webp", "svg", "gif", "avif"].contains(&ending.to_lowercase().as_str())
}

/// Where the lines of a passage begin, the first included.
fn line_starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1))
}

fn said(desk: &mut Desk<'_>, found: Vec<Told>) {
    for (code, at, message, help) in found {
        desk.say(code, at, message, help);
    }
}
