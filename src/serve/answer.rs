//! What a browser gets: the bytes of a file, part of them, or a page that says why not.

use std::io::Cursor;
use std::ops::Range;
use std::sync::Arc;

use tiny_http::{Header, Response, StatusCode};

use super::mime;

/// An answer, before it is sent.
#[derive(Debug)]
pub(super) struct Answer {
    status: u16,
    kind: &'static str,
    body: Arc<[u8]>,
    range: Option<Range<usize>>,
    location: Option<String>,
    framed: bool,
    cookie: Option<String>,
}

/// The line that every page of the preview gets, and no published page.
const RELOAD: &str = "<script src=\"/_essaim/recharger.js\"";

impl Answer {
    /// Answers with a file, or the part of it that was asked for.
    pub fn file(path: &str, body: Arc<[u8]>, range: Option<Range<usize>>) -> Self {
        let status = if range.is_some() { 206 } else { 200 };
        Self {
            status,
            kind: mime::of(path),
            body,
            range,
            location: None,
            framed: path.starts_with("/integrer/"),
            cookie: None,
        }
    }

    /// Answers with a page of HTML and a status that says what it is about.
    pub fn page(status: u16, body: Arc<[u8]>) -> Self {
        Self { status, kind: mime::of("/"), body, range: None, location: None, framed: false, cookie: None }
    }

    /// Answers with a word.
    pub fn word(status: u16, word: &str) -> Self {
        let body = format!("{word}\n").into_bytes().into();
        Self { status, kind: mime::of("a.txt"), body, range: None, location: None, framed: false, cookie: None }
    }

    /// Says that a file has no such part.
    pub fn no_such_part(length: usize) -> Self {
        Self { range: Some(0..length), ..Self::word(416, "cette partie du fichier n’existe pas") }
    }

    /// Sends the browser to another address of the site.
    pub fn elsewhere(location: String) -> Self {
        Self { location: Some(location), ..Self::word(302, "plus loin") }
    }

    /// Lets a guest in, and sends it to the address without the token, which nobody then copies by mistake.
    pub fn welcome(location: String, cookie: String) -> Self {
        Self { cookie: Some(cookie), ..Self::elsewhere(location) }
    }

    /// Makes the response that tiny_http sends.
    pub fn response(self) -> Response<Cursor<Vec<u8>>> {
        let total = self.body.len();
        let mut headers = vec![
            header("Content-Type", self.kind),
            header("Cache-Control", "no-store"),
            header("X-Content-Type-Options", "nosniff"),
            header("Referrer-Policy", "same-origin"),
        ];
        if self.kind.starts_with("text/html") && !self.framed {
            headers.push(header("X-Frame-Options", "SAMEORIGIN"));
        }
        if let Some(location) = &self.location {
            headers.push(header("Location", location));
        }
        if let Some(cookie) = &self.cookie {
            headers.push(header("Set-Cookie", cookie));
        }
        let body = match (&self.range, self.status) {
            (Some(range), 416) => {
                headers.push(header("Content-Range", &format!("bytes */{}", range.end)));
                self.body.to_vec()
            }
            (Some(range), _) => {
                let last = range.end - 1;
                headers.push(header("Content-Range", &format!("bytes {}-{last}/{total}", range.start)));
                self.body[range.clone()].to_vec()
            }
            (None, _) => self.body.to_vec(),
        };
        if self.status < 300 {
            headers.push(header("Accept-Ranges", "bytes"));
        }
        let length = body.len();
        Response::new(StatusCode(self.status), headers, Cursor::new(body), Some(length), None)
            .with_chunked_threshold(usize::MAX)
    }
}

/// Adds the reload script to a page of a build, whose number it is told.
pub(super) fn with_reload(mut page: Vec<u8>, generation: u64) -> Vec<u8> {
    let end = page.windows(7).rposition(|window| window.eq_ignore_ascii_case(b"</body>")).unwrap_or(page.len());
    page.splice(end..end, format!("{RELOAD} data-generation=\"{generation}\" defer></script>").into_bytes());
    page
}

/// Returns a page of the preview itself: an error, or nothing at this address.
pub(super) fn notice(title: &str, inside: &str, generation: u64) -> Vec<u8> {
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <link rel=\"stylesheet\" href=\"/_essaim/apercu.css\">\n</head>\n<body class=\"notice\">\n<main>\n<h1>{title}</h1>\n{inside}\n</main>\n</body>\n</html>\n"
    );
    with_reload(page.into_bytes(), generation)
}

fn header(name: &str, value: &str) -> Header {
    // Values are ours, or addresses that were percent-encoded.
    Header::from_bytes(name, value).unwrap_or_else(|()| Header::from_bytes("X-Essaim", "1").expect("two plain words"))
}
