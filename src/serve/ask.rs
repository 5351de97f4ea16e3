//! What a browser asks for, checked before anything looks at it.

use std::ops::Range;

use tiny_http::{Method, Request};

use super::gate::FROM;
use super::lan::Lan;
use crate::snapshot::nfc;

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ask {
    /// Decoded once, Unicode NFC, from the root; without `.`, `..` nor empty names.
    pub path: String,
    /// With its `?`; empty when there is none.
    pub query: String,
    pub from: From,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// A browser of this computer.
    Here,
    /// A browser of the network that holds the token.
    Guest,
    /// A browser of the network that brings the token in its address.
    Invited,
}

/// Why a request is not answered: the status, and a word for whoever looks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal(pub u16, pub &'static str);

/// Checks a request: it comes from this machine's browser or from a guest's, asks to read, and names a plain address.
pub(super) fn check(request: &Request, port: u16, lan: Option<&Lan>) -> Result<Ask, Refusal> {
    if !matches!(request.method(), Method::Get | Method::Head) {
        return Err(Refusal(405, "seules les lectures sont permises"));
    }
    let hosts: Vec<&str> = values(request, "Host").collect();
    let lan = lan.filter(|_| is_from_network(request));
    match (&hosts[..], lan) {
        ([host], None) if is_own(host, port) && !is_from_network(request) => {}
        ([host], Some(lan)) if lan.is_host(host, port) => {}
        // Another name that leads here is how a foreign site would read the preview.
        _ => return Err(Refusal(421, "cet aperçu ne répond qu’à son adresse")),
    }
    let ask = target(request.url())?;
    match lan {
        None => Ok(ask),
        Some(lan) if lan.invited(&ask.query).is_some() => Ok(Ask { from: From::Invited, ..ask }),
        Some(lan) if lan.admits(values(request, "Cookie")) => Ok(Ask { from: From::Guest, ..ask }),
        Some(_) => Err(Refusal(403, "ouvrez l’adresse entière, avec son jeton : le terminal l’affiche")),
    }
}

/// Returns whether the door saw the request come from the network.
fn is_from_network(request: &Request) -> bool {
    values(request, FROM).next().is_some()
}

/// Returns whether a request asks for something to be done here: from a page of this computer, which says so.
pub(super) fn may_act(request: &Request, ask: &Ask, port: u16) -> bool {
    // Another site cannot send this header: its browser would ask us first, and we do not answer that.
    let says_so = values(request, "X-Essaim").any(|value| value == "ouvrir");
    ask.from == From::Here && says_so && is_from_own_page(request, port, None)
}

/// Checks that a request for events comes from one of our own pages.
pub(super) fn is_from_own_page(request: &Request, port: u16, lan: Option<&Lan>) -> bool {
    let is_ours = |host: &str| is_own(host, port) || lan.is_some_and(|lan| lan.is_host(host, port));
    let origin = values(request, "Origin").all(|origin| origin.strip_prefix("http://").is_some_and(is_ours));
    let site = values(request, "Sec-Fetch-Site").all(|site| matches!(site, "same-origin" | "none"));
    origin && site
}

/// Returns the part of a body that a request asks for: `Err` when there is no such part.
pub(super) fn range(request: &Request, length: usize) -> Result<Option<Range<usize>>, Refusal> {
    // What the browser holds cannot be known to be this version: everything is sent again.
    if values(request, "If-Range").next().is_some() {
        return Ok(None);
    }
    values(request, "Range").next().map_or(Ok(None), |header| part(header, length))
}

fn part(header: &str, length: usize) -> Result<Option<Range<usize>>, Refusal> {
    let Some((first, last)) = header.strip_prefix("bytes=").and_then(|range| range.trim().split_once('-')) else {
        return Ok(None);
    };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<usize>().unwrap_or(usize::MAX))
    };
    let range = match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(length),
        (Some(first), None) if last.is_empty() => first..length,
        (None, Some(count)) if first.is_empty() => length.saturating_sub(count)..length,
        // Several parts, or nonsense: the whole is always a right answer.
        _ => return Ok(None),
    };
    if range.start >= range.end { Err(Refusal(416, "cette partie du fichier n’existe pas")) } else { Ok(Some(range)) }
}

fn target(target: &str) -> Result<Ask, Refusal> {
    const BAD: Refusal = Refusal(400, "cette adresse n’est pas écrite correctement");
    let (path, query) =
        target.split_once('?').map_or((target, String::new()), |(path, query)| (path, format!("?{query}")));
    if !path.starts_with('/') {
        return Err(BAD);
    }
    let path = nfc(&decode(path).ok_or(BAD)?);
    let hidden = |character: char| character.is_control() || character == '\\';
    let mut names = path[1..].split('/').peekable();
    while let Some(name) = names.next() {
        let last = names.peek().is_none();
        if matches!(name, "." | "..") || (name.is_empty() && !last) || name.contains(hidden) {
            return Err(BAD);
        }
    }
    Ok(Ask { path, query, from: From::Here })
}

/// Returns a value of a query, decoded: `+` is a space there.
pub(super) fn value(query: &str, name: &str) -> Option<String> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    let (_, value) = pairs.into_iter().find(|(own, _)| *own == name)?;
    decode(&value.replace('+', " "))
}

/// Decodes `%C3%A9`, once.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let (digits, tail) = tail.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits)
                .ok()
                .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn is_own(host: &str, port: u16) -> bool {
    let (name, given) = host.rsplit_once(':').map_or((host, ""), |(name, port)| (name, port));
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "127.0.0.1" | "localhost" | "[::1]") && given == port.to_string()
}

fn values<'a>(request: &'a Request, name: &'static str) -> impl Iterator<Item = &'a str> {
    request.headers().iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_addresses_pass() {
        let good = [
            ("/", "/", ""),
            ("/kits/a/?q=1&r=%2e", "/kits/a/", "?q=1&r=%2e"),
            ("/%C3%A9cole.html", "/école.html", ""),
            ("/e%CC%81cole.html", "/école.html", ""),
            ("/a%252e%252e/", "/a%2e%2e/", ""),
            ("/...", "/...", ""),
        ];
        for (target_, path, query) in good {
            assert_eq!(
                target(target_),
                Ok(Ask { path: path.to_owned(), query: query.to_owned(), from: From::Here }),
                "{target_}"
            );
        }
        let bad = [
            "",
            "*",
            "http://evil/",
            "//evil/x",
            "/..",
            "/../etc/passwd",
            "/a/../b",
            "/%2e%2e/x",
            "/%2E%2e%2fx",
            "/..%5cx",
            "/a%00b",
            "/a%0ab",
            "/a//b",
            "/./a",
            "/%",
            "/%4",
            "/%zz",
            "/%+1",
            "/%ff",
            "a",
        ];
        for bad in bad {
            assert_eq!(target(bad).map_err(|refusal| refusal.0), Err(400), "{bad}");
        }
    }

    #[test]
    fn hosts_are_our_own() {
        for good in ["127.0.0.1:4000", "localhost:4000", "LOCALHOST:4000", "[::1]:4000"] {
            assert!(is_own(good, 4000), "{good}");
        }
        for bad in [
            "",
            "localhost",
            "evil.example",
            "evil.example:4000",
            "127.0.0.1:4001",
            "localhost:4000.evil",
            "::1:4000",
            "localhost:04000",
        ] {
            assert!(!is_own(bad, 4000), "{bad}");
        }
    }

    #[test]
    fn ranges_are_cut_to_the_file() {
        let cases = [
            ("bytes=0-3", Ok(Some(0..4))),
            ("bytes=2-", Ok(Some(2..10))),
            ("bytes=-3", Ok(Some(7..10))),
            ("bytes=-99", Ok(Some(0..10))),
            ("bytes=8-99999999999999999999", Ok(Some(8..10))),
            ("bytes=10-", Err(416)),
            ("bytes=-0", Err(416)),
            ("bytes=3-2", Ok(None)),
            ("bytes=0-1,4-5", Ok(None)),
            ("bytes=a-b", Ok(None)),
            ("lines=1-2", Ok(None)),
        ];
        for (header, expected) in cases {
            assert_eq!(part(header, 10).map_err(|refusal| refusal.0), expected, "{header}");
        }
    }
}
