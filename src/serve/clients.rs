//! The pages open in browsers, told of each change by server-sent events.

use std::io::Write;
use std::sync::Mutex;

use serde::Serialize;

/// What an open page is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum News<'a> {
    /// Load the page again.
    Page,
    /// Only styles changed: take them without loading the page again.
    Styles,
    /// What the overlay shows; nothing wrong when `html` is empty.
    Report { generation: u64, html: &'a str, title: &'a str, close: &'a str, open: bool },
}

impl News<'_> {
    /// Returns the news as one event of a stream.
    pub fn event(&self) -> String {
        let data = serde_json::to_string(self).expect("texts and numbers are always JSON");
        format!("data: {data}\n\n")
    }
}

/// The streams of events that are open.
#[derive(Default)]
pub(super) struct Clients(Mutex<Vec<Box<dyn Write + Send>>>);

impl Clients {
    /// Opens a stream; `first` gives what the page must know at once, and no news is lost in between.
    pub fn add(&self, mut stream: Box<dyn Write + Send>, first: impl FnOnce() -> String) {
        const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\
            Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";
        let mut streams = self.0.lock().expect("no code panics while it holds the streams");
        if write(&mut stream, &format!("{HEAD}{}", first())) {
            streams.push(stream);
        }
    }

    /// Tells every open page; those that were closed are forgotten.
    pub fn tell(&self, news: &News<'_>) {
        self.send(&news.event());
    }

    /// Finds out which pages were closed.
    pub fn beat(&self) {
        self.send(":\n\n");
    }

    fn send(&self, text: &str) {
        let mut streams = self.0.lock().expect("no code panics while it holds the streams");
        streams.retain_mut(|stream| write(stream, text));
    }
}

fn write(stream: &mut Box<dyn Write + Send>, text: &str) -> bool {
    stream.write_all(text.as_bytes()).and_then(|()| stream.flush()).is_ok()
}
