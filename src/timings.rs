//! Where the time of a run goes: spans around the work, gathered only when someone asks.
//!
//! The names of the spans are those of [`SPANS`]. Without a [`Clock`], a span costs one look at a flag.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Every span: its name, and what it is around.
pub const SPANS: &[(&str, &str)] = &[
    ("read", "the walk over the sources and the reading of their text"),
    ("theme", "templates, styles and words"),
    ("load", "each source file made into one content"),
    ("text", "the reading of one source file that is not remembered; field `url`, its path"),
    ("link", "every link, place, theme and example given its target"),
    ("plan", "the list of every file that the site will have"),
    ("plan_output", "the part of an output in it; field `output`"),
    ("render", "the making of every file, and their writing aside"),
    ("file", "the making of one file; fields `output` and `url`"),
    ("write", "the comparison and the writing aside of one file; field `url`"),
    ("compress", "the compression of one twin, in the writing of its file; field `url`"),
    ("publish", "the new site put in the place of the old one"),
];

/// Opens a span until the end of the block: `let _span = timings::span!("file", output = "html", url = url.as_str());`.
macro_rules! span {
    ($name:literal $(, $key:ident = $value:expr)* $(,)?) => {
        tracing::span!(target: "essaim", tracing::Level::INFO, $name, $($key = $value),*).entered()
    };
}
pub(crate) use span;

/// A span that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// One of [`SPANS`].
    pub name: &'static str,
    /// The name of an output, where the span has one.
    pub output: String,
    /// An address, where the span has one.
    pub url: String,
    pub time: Duration,
}

/// Gathers every span of the process from the moment it is started.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Spans>);

impl Clock {
    /// Starts gathering; nothing if something in this process already does.
    pub fn start() -> Option<Self> {
        let spans = Arc::new(Spans::default());
        tracing::subscriber::set_global_default(Arc::clone(&spans)).ok()?;
        Some(Self(spans))
    }

    /// Returns the spans that ended since the last time, in the order of their ends.
    pub fn take(&self) -> Vec<Spent> {
        std::mem::take(&mut *self.0.ended.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The spans that are open, by number, and those that ended.
#[derive(Debug, Default)]
struct Spans {
    next: AtomicU64,
    open: Mutex<HashMap<u64, Open>>,
    ended: Mutex<Vec<Spent>>,
}

#[derive(Debug)]
struct Open {
    start: Instant,
    span: Spent,
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target() == "essaim"
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let number = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let name = attributes.metadata().name();
        let mut span = Spent { name, output: String::new(), url: String::new(), time: Duration::ZERO };
        attributes.record(&mut span);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(number, Open { start: Instant::now(), span });
        Id::from_u64(number)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, id: &Id) {
        let ended = self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.into_u64());
        if let Some(Open { start, span }) = ended {
            let span = Spent { time: start.elapsed(), ..span };
            self.ended.lock().unwrap_or_else(PoisonError::into_inner).push(span);
        }
    }
}

impl Visit for Spent {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "output" => value.clone_into(&mut self.output),
            "url" => value.clone_into(&mut self.url),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{SPANS, Spans};

    #[test]
    fn spans_are_gathered_with_their_fields_and_only_ours() {
        let spans = Arc::new(Spans::default());
        tracing::subscriber::with_default(Arc::clone(&spans), || {
            let _render = super::span!("render");
            drop(super::span!("file", output = "html", url = "/a/"));
            drop(tracing::info_span!("someone else’s").entered());
        });
        let ended = spans.ended.lock().expect("nobody panicked");
        let seen: Vec<_> = ended.iter().map(|span| (span.name, span.output.as_str(), span.url.as_str())).collect();
        assert_eq!(seen, [("file", "html", "/a/"), ("render", "", "")]);
        assert!(ended[0].time <= ended[1].time);
        assert!(seen.iter().all(|(name, ..)| SPANS.iter().any(|(known, _)| known == name)));
    }
}
