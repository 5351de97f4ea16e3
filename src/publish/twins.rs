//! Compressed twins beside the files: `page.html.gz`, `page.html.br`, for hosts that send them as they are.

use std::io::Write as _;

use flate2::{Compression, GzBuilder};

/// Which twins are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Twins {
    pub gzip: bool,
    pub brotli: bool,
}

/// Under this many bytes, a file fits in a network packet with or without compression.
const LEAST: usize = 1024;

/// The endings of twins.
const ENDINGS: [&str; 2] = ["br", "gz"];

/// The endings of text; images, PDF and archives are compressed already.
const TEXT: [&str; 18] = [
    "atom",
    "css",
    "csv",
    "eml",
    "geojson",
    "html",
    "ics",
    "js",
    "json",
    "jsonld",
    "md",
    "mjml",
    "opml",
    "svg",
    "txt",
    "webmanifest",
    "xml",
    "yaml",
];

impl Twins {
    /// Reads the choice of `site.toml`.
    pub fn named(choice: Option<&str>) -> Self {
        let both = choice == Some("les deux");
        Self { gzip: both || choice == Some("gzip"), brotli: both || choice == Some("brotli") }
    }

    /// Returns the endings of the twins that files may have.
    pub(super) fn endings(self) -> impl Iterator<Item = &'static str> {
        ENDINGS.into_iter().filter(move |ending| if *ending == "br" { self.brotli } else { self.gzip })
    }

    /// Returns the endings of the twins that a file should have.
    pub(super) fn of(self, file: &str, body: &[u8]) -> impl Iterator<Item = &'static str> {
        let is_text = file.rsplit_once('.').is_some_and(|(_, ending)| TEXT.contains(&ending)) && body.len() >= LEAST;
        self.endings().filter(move |_| is_text)
    }
}

/// Returns whether a path is that of a twin.
pub(super) fn is_twin(file: &str) -> bool {
    file.rsplit_once('.').is_some_and(|(before, ending)| {
        ENDINGS.contains(&ending) && before.rsplit_once('.').is_some_and(|(_, own)| TEXT.contains(&own))
    })
}

/// Compresses a file: always the same bytes, without a date or the name of a system. Nothing when it would not be lighter.
pub(super) fn compressed(ending: &str, body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len() / 3);
    if ending == "br" {
        // 9 of 11: the last two take ten times as long for two hundredths less.
        let mut brotli = brotli::CompressorWriter::new(&mut out, 64 * 1024, 9, 22);
        brotli.write_all(body).expect("writing to memory cannot fail");
        drop(brotli);
    } else {
        let mut gzip = GzBuilder::new().mtime(0).operating_system(255).write(&mut out, Compression::best());
        gzip.write_all(body).and_then(|()| gzip.finish().map(drop)).expect("writing to memory cannot fail");
    }
    (out.len() < body.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_are_of_long_texts_alone_and_always_the_same() {
        let both = Twins::named(Some("les deux"));
        let long = "Une page de texte. ".repeat(200);
        let of = |twins: Twins, file: &str, body: &str| twins.of(file, body.as_bytes()).collect::<Vec<_>>();
        assert_eq!(of(both, "a/index.html", &long), ["br", "gz"]);
        assert_eq!(of(Twins::named(Some("gzip")), "flux.xml", &long), ["gz"]);
        assert_eq!(of(both, "a.html", "court"), [""; 0]);
        assert_eq!(of(both, "a.pdf", &long), [""; 0]);
        assert_eq!(of(Twins::named(Some("aucune")), "a.html", &long), [""; 0]);
        for ending in ENDINGS {
            let one = compressed(ending, long.as_bytes()).expect("lighter");
            assert_eq!(Some(&one), compressed(ending, long.as_bytes()).as_ref());
            assert!(one.len() < long.len() / 10);
            assert!(is_twin(&format!("index.html.{ending}")));
        }
        assert!(!is_twin("archive.tar.gz") && !is_twin("index.html"));
        let mut plain = String::new();
        let gzip = compressed("gz", long.as_bytes()).expect("lighter");
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut plain).expect("gzip");
        assert_eq!(plain, long);
        let mut plain = Vec::new();
        let br = compressed("br", long.as_bytes()).expect("lighter");
        brotli::BrotliDecompress(&mut &br[..], &mut plain).expect("brotli");
        assert_eq!(plain, long.as_bytes());
    }
}
