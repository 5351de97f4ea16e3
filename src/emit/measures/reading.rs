//! A page read as it is made: its elements, and what it asks for.

use super::Measure;

/// Counts what a page holds. The page is ours: this is no browser, and needs to know only what our templates write.
pub(super) fn read(body: &[u8]) -> Measure {
    let mut measure = Measure { bytes: body.len(), ..Measure::default() };
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = past(comment, b"-->");
            continue;
        }
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        measure.nodes += 1;
        let end = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len());
        let (tag, after) = rest.split_at(end);
        let name = tag.split(|byte| matches!(byte, b' ' | b'/' | b'\n')).next().unwrap_or_default();
        measure.element(name, tag);
        rest = match name {
            b"svg" => past(after, b"</svg>"),
            b"script" => past(after, b"</script>"),
            b"style" => past(after, b"</style>"),
            _ => after,
        };
    }
    measure
}

/// Returns what follows the first of these marks; nothing without it.
fn past<'b>(mut bytes: &'b [u8], mark: &[u8]) -> &'b [u8] {
    while let Some(at) = bytes.iter().position(|byte| Some(byte) == mark.first()) {
        bytes = &bytes[at..];
        if let Some(rest) = bytes.strip_prefix(mark) {
            return rest;
        }
        bytes = &bytes[1..];
    }
    b""
}

impl Measure {
    fn element(&mut self, name: &[u8], tag: &[u8]) {
        if !matches!(name, b"body" | b"table" | b"code" | b"link" | b"script" | b"iframe" | b"img") {
            return;
        }
        let tag = String::from_utf8_lossy(tag);
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            rest.split_once('"').map(|(value, _)| value)
        };
        let asked = match name {
            b"body" => {
                let class = attribute("class").unwrap_or_default();
                let sort = class.split(' ').find_map(|class| class.strip_prefix("nature-"));
                self.sort = sort.unwrap_or("page").to_owned();
                None
            }
            b"table" | b"code" => {
                self.is_reference |=
                    name == b"table" || attribute("class").is_some_and(|class| class.starts_with("code-"));
                None
            }
            b"link" if attribute("rel") == Some("stylesheet") => attribute("href"),
            b"script" | b"iframe" => attribute("src").filter(|_| attribute("loading") != Some("lazy")),
            b"img" => {
                if attribute("loading") != Some("lazy") {
                    self.images += 1;
                }
                attribute("src").filter(|src| src.contains("://"))
            }
            _ => None,
        };
        let Some(address) = asked else { return };
        if address.contains("://") || address.starts_with("//") {
            self.elsewhere.get_or_insert_with(|| address.to_owned());
        }
        if name != b"img" {
            self.linked.insert(address.rsplit('/').next().unwrap_or(address).to_owned());
        }
    }
}
