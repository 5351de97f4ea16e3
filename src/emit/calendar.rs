//! The agenda of pages as iCalendar (RFC 5545): a file for each event, one for each page that has an agenda, one for each newsletter.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::mail::host;
use super::{Base, Cx, Job, Made, Output, Plan, Planning};
use crate::doc::{self, Boxes, Directive, Inline, Milestone, Role, inline_text};
use crate::french::{self, When};
use crate::site::{Page, PageId, Site, Target};
use crate::urls::Url;

/// iCalendar files.
pub(super) struct Calendar;

/// The longest line that a calendar program must read, in bytes.
const LINE: usize = 75;

impl Output for Calendar {
    fn name(&self) -> &'static str {
        "calendrier"
    }

    fn label(&self) -> &'static str {
        "calendriers"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for page in &cx.site.pages {
            let id = page.id;
            if let Some(url) = address(page) {
                plan.add_of(id, Job::new("calendrier", url, move |cx| make(cx, id)).from(&page.source));
                for (place, url) in event_urls(page).into_iter().enumerate() {
                    plan.add_named(
                        event_name(page, place),
                        Job::new("calendrier", url, move |cx| make_event(cx, id, place)).from(&page.source),
                    );
                }
            } else if page.kind.name() == "lettre"
                && page.children.iter().any(|child| address(cx.site.page(*child)).is_some())
            {
                let url = page.url.join("agenda.ics");
                plan.add_of(id, Job::new("calendrier", url, move |cx| make_letter(cx, id)).from(&page.source));
            }
        }
    }
}

/// Returns where the agenda of a page is, when it has one.
pub fn address(page: &Page) -> Option<Url> {
    (!events(page).is_empty()).then(|| page.url.join("agenda.ics"))
}

/// Returns the name by which the file of an event is found: its place among the events of the page.
pub fn event_name(page: &Page, place: usize) -> String {
    format!("evenement:{}{place}", page.url)
}

/// Returns the events of a page, in the order of its text.
pub fn events(page: &Page) -> Vec<&Milestone> {
    let mut found = Vec::new();
    doc::each_box(&page.document, Boxes::AGENDA, &mut |directive| {
        if let Role::Agenda { events } = &directive.role {
            found.extend(events);
        }
    });
    found
}

/// Returns how many events a page has before the directive that bears this anchor.
pub fn events_before(page: &Page, anchor: &str) -> usize {
    let (mut count, mut met) = (0, false);
    if !page.document.boxes.has(Boxes::AGENDA) {
        return count;
    }
    doc::each_directive(&page.document, &mut |directive: &Directive| {
        met |= directive.id.as_deref() == Some(anchor);
        if let Role::Agenda { events } = &directive.role
            && !met
        {
            count += events.len();
        }
    });
    count
}

/// Returns the address of each event's file: its first day and its first words; two events never share one.
fn event_urls(page: &Page) -> Vec<Url> {
    let mut taken = BTreeSet::new();
    events(page)
        .into_iter()
        .map(|event| {
            let words: String =
                french::slug(&title(event)).unwrap_or_default().split('-').take(6).collect::<Vec<_>>().join("-");
            let name = [event.when.earliest().to_string(), words]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("-");
            let mut unique = name.clone();
            let mut copy = 2;
            while !taken.insert(unique.clone()) {
                unique = format!("{name}-{copy}");
                copy += 1;
            }
            page.url.join(&format!("agenda/{unique}.ics"))
        })
        .collect()
}

fn make(cx: &Cx<'_>, id: PageId) -> Made {
    let page = cx.site.page(id);
    let events: Vec<_> = events(page).into_iter().map(|event| (page, event)).collect();
    Ok(calendar(cx.site, &page.title, &events))
}

fn make_event(cx: &Cx<'_>, id: PageId, place: usize) -> Made {
    let page = cx.site.page(id);
    let events: Vec<_> = events(page).into_iter().skip(place).take(1).map(|event| (page, event)).collect();
    Ok(calendar(cx.site, "", &events))
}

/// Makes the calendar of a newsletter: the events of all its issues, each once, told by the newest issue that announces it.
fn make_letter(cx: &Cx<'_>, id: PageId) -> Made {
    let letter = cx.site.page(id);
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for issue in letter.children.iter().map(|child| cx.site.page(*child)) {
        for event in events(issue) {
            if seen.insert(uid(cx.site, issue, event)) {
                found.push((issue, event));
            }
        }
    }
    found.sort_by_key(|(_, event)| event.when);
    Ok(calendar(cx.site, &letter.title, &found))
}

fn title(event: &Milestone) -> String {
    let words = inline_text(&event.text);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { doc::shorten(&doc::text::blocks(&event.body), 120) } else { words }
}

/// Returns what readers call an event: its words, where a bare reference is the name of the page, else the title of its page.
pub fn words(site: &Site, page: &Page, event: &Milestone) -> String {
    let named = event.text.iter().map(|inline| match inline {
        Inline::Link { to, text } if text.is_empty() => match page.target(*to) {
            Target::Page { page: other, .. } => site.reference(site.page(*other)).to_string(),
            _ => String::new(),
        },
        other => inline_text(std::slice::from_ref(other)),
    });
    let words = named.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let words = if words.is_empty() { title(event) } else { words };
    if words.is_empty() { page.title.to_string() } else { words }
}

/// Returns the name of an event, the same in every issue of a letter and every build: its newsletter, its date, its words.
fn uid(site: &Site, page: &Page, event: &Milestone) -> String {
    let home =
        page.parent.map(|parent| site.page(parent)).filter(|parent| parent.kind.name() == "lettre").unwrap_or(page);
    let words = french::fold(&title(event));
    let hash = blake3::hash(format!("{}\n{}\n{words}", home.url, event.when).as_bytes()).to_hex();
    format!("{}@{}", &hash[..24], host(&site.config.base_url))
}

fn calendar(site: &Site, name: &str, events: &[(&Page, &Milestone)]) -> Vec<u8> {
    let mut out = String::with_capacity(512 + events.len() * 512);
    for line in
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essaim//agenda//FR", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    {
        put(&mut out, line);
    }
    if !name.is_empty() {
        put(&mut out, &format!("NAME:{}", escape(name)));
        put(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    }
    for (page, event) in events {
        put_event(&mut out, site, page, event);
    }
    put(&mut out, "END:VCALENDAR");
    out.into_bytes()
}

fn put_event(out: &mut String, site: &Site, page: &Page, event: &Milestone) {
    let base = Base::fixed(&site.config.base_url);
    let stamp = page.version().map_or_else(|| "19700101".to_owned(), |when| day(when.earliest()));
    let details = doc::text::blocks(&event.body);
    let when = &event.when;
    put(out, "BEGIN:VEVENT");
    put(out, &format!("UID:{}", uid(site, page, event)));
    put(out, &format!("DTSTAMP:{stamp}T120000Z"));
    let title = words(site, page, event);
    let mut words = title.as_str();
    if let Some(hours) = Hours::read(&title).filter(|_| !is_long(when)) {
        // Hours without a zone are those of the place (RFC 5545, 3.3.5).
        put(out, &format!("DTSTART:{}T{}", day(when.earliest()), hours.start));
        if let Some(end) = hours.end.filter(|end| *end > hours.start) {
            put(out, &format!("DTEND:{}T{end}", day(when.earliest())));
        }
        words = hours.words;
    } else {
        put(out, &format!("DTSTART;VALUE=DATE:{}", day(when.earliest())));
        // The end of a whole day is the day after (RFC 5545, 3.6.1); an open period has none.
        if let Some(end) = when.latest().and_then(|end| end.tomorrow().ok()) {
            put(out, &format!("DTEND;VALUE=DATE:{}", day(end)));
        }
    }
    put(out, &format!("SUMMARY;LANGUAGE={}:{}", tag(&page.language), escape(words)));
    if !details.is_empty() && !event.text.is_empty() {
        put(out, &format!("DESCRIPTION;LANGUAGE={}:{}", tag(&page.language), escape(&details)));
    }
    put(out, &format!("URL:{}", base.href(&page.url)));
    if is_long(when) {
        // A month or a season fills nobody's days.
        put(out, "TRANSP:TRANSPARENT");
    }
    put(out, "END:VEVENT");
}

/// The hours that open the words of an event: « 18 h – Soirée », « de 9 h à 12 h 30, visite ».
#[derive(Debug, PartialEq)]
struct Hours<'t> {
    /// « 183000 ».
    start: String,
    end: Option<String>,
    /// The words after the hours.
    words: &'t str,
}

impl<'t> Hours<'t> {
    fn read(title: &'t str) -> Option<Self> {
        let from = ["à ", "de ", "dès "].iter().find_map(|word| title.strip_prefix(word)).unwrap_or(title);
        let (start, rest) = clock(from)?;
        let until = ["à ", "- ", "– ", "-", "–"].iter().find_map(|word| rest.trim_start().strip_prefix(word));
        let (end, rest) = match until.and_then(clock) {
            Some((end, rest)) => (Some(end), rest),
            None => (None, rest),
        };
        let words = rest.trim_start_matches([' ', ',', ';', ':', '.', '–', '—', '-']);
        // « 3 h de marche » lasts three hours.
        let lasts = ["de ", "d’", "d'"].iter().any(|of| words.starts_with(of));
        (!words.is_empty() && !lasts).then_some(Self { start, end, words })
    }
}

/// Reads « 18 h », « 18 h 30 », « 18h30 » or « 18:30 », and what follows.
fn clock(text: &str) -> Option<(String, &str)> {
    let two = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let digits = two(text);
    let hour: u8 = text.get(..digits).filter(|_| (1..=2).contains(&digits))?.parse().ok()?;
    let rest = text[digits..].trim_start();
    let (rest, needs) = match rest.strip_prefix('h') {
        Some(rest) => (rest, false),
        None => (text[digits..].strip_prefix(':')?, true),
    };
    let after = rest.trim_start();
    let (minute, rest) = match two(after) {
        2 => (after[..2].parse::<u8>().ok()?, &after[2..]),
        _ if needs => return None,
        _ => (0, rest),
    };
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric());
    (hour < 24 && minute < 60 && ends).then(|| (format!("{hour:02}{minute:02}00"), rest))
}

fn is_long(when: &When) -> bool {
    when.latest().is_none_or(|end| end != when.earliest())
}

/// Writes a day as calendars do: « 20261205 ».
fn day(date: impl std::fmt::Display) -> String {
    date.to_string().replace('-', "")
}

/// Keeps of a language what a parameter may hold.
fn tag(language: &str) -> String {
    language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// Escapes a text value (RFC 5545, 3.3.11); control characters are dropped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes a line, folded so that none is over 75 bytes and no character is cut (RFC 5545, 3.1).
fn put(out: &mut String, line: &str) {
    let mut bytes = 0;
    for c in line.chars() {
        if bytes + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            bytes = 1;
        }
        out.push(c);
        bytes += c.len_utf8();
    }
    let _ = write!(out, "\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        put(&mut out, &format!("SUMMARY:{}", "é".repeat(80)));
        assert!(out.split("\r\n").all(|line| line.len() <= LINE));
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("SUMMARY:{}", "é".repeat(80)));
    }

    #[test]
    fn hours_open_the_words_of_an_event() {
        let read = |title| Hours::read(title).map(|hours| (hours.start, hours.end.unwrap_or_default(), hours.words));
        let found = |start: &str, end: &str, words| Some((start.to_owned(), end.to_owned(), words));
        assert_eq!(read("18 h – Soirée"), found("180000", "", "Soirée"));
        assert_eq!(read("18h30, visite"), found("183000", "", "visite"));
        assert_eq!(read("de 9 h à 12 h 30 : atelier"), found("090000", "123000", "atelier"));
        assert_eq!(read("14:00-16:00 Atelier"), found("140000", "160000", "Atelier"));
        assert_eq!(read("18 hiboux"), None);
        assert_eq!(read("12 habitants"), None);
        assert_eq!(read("25 h de formation"), None);
        assert_eq!(read("2 h"), None);
        assert_eq!(read("3 h de marche"), None);
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("a, b; c\\d\ne\u{7}"), "a\\, b\\; c\\\\d\\ne");
    }
}
