//! The type of a file, by the ending of its address.

/// Endings and types; text is always UTF-8.
const TYPES: &[(&str, &str)] = &[
    ("atom", "application/atom+xml; charset=utf-8"),
    ("avif", "image/avif"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("eml", "message/rfc822"),
    ("epub", "application/epub+zip"),
    ("geojson", "application/geo+json; charset=utf-8"),
    ("gif", "image/gif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("m4a", "audio/mp4"),
    ("map", "application/json; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjml", "text/plain; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ogg", "audio/ogg"),
    ("opml", "text/x-opml; charset=utf-8"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("ttf", "font/ttf"),
    ("txt", "text/plain; charset=utf-8"),
    ("vcf", "text/vcard; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("webp", "image/webp"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml; charset=utf-8"),
    ("zip", "application/zip"),
];

/// Returns the type of what an address holds; bytes to download when the ending says nothing.
pub fn of(path: &str) -> &'static str {
    if path.ends_with('/') {
        return "text/html; charset=utf-8";
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    // The feed's own type, which its readers look for.
    if name == "atom.xml" {
        return "application/atom+xml; charset=utf-8";
    }
    if name == "feed.json" {
        return "application/feed+json; charset=utf-8";
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    TYPES
        .binary_search_by(|(ending, _)| (*ending).cmp(extension.as_str()))
        .map_or("application/octet-stream", |found| TYPES[found].1)
}

#[cfg(test)]
mod tests {
    use super::{TYPES, of};

    #[test]
    fn the_table_is_sorted_and_found() {
        assert!(TYPES.is_sorted_by(|left, right| left.0 < right.0));
        let cases = [
            ("/", "text/html; charset=utf-8"),
            ("/kits/a/", "text/html; charset=utf-8"),
            ("/404.html", "text/html; charset=utf-8"),
            ("/A.PDF", "application/pdf"),
            ("/x.d/name", "application/octet-stream"),
            ("/kits/atom.xml", "application/atom+xml; charset=utf-8"),
            ("/plan.xml", "application/xml; charset=utf-8"),
        ];
        for (path, expected) in cases {
            assert_eq!(of(path), expected, "{path}");
        }
    }
}
