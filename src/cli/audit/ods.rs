//! A spreadsheet in the OpenDocument format: a ZIP of three small files, stored as they are.

use std::fmt::Write as _;

use super::Sheet;

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>\
<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
</manifest:manifest>\n";

/// How wide the columns of each sheet are, in centimetres; the last width goes on.
const WIDTHS: [f64; 4] = [1.8, 2.2, 8.0, 5.5];

/// Returns the bytes of a spreadsheet.
pub(super) fn write(sheets: &[Sheet]) -> Vec<u8> {
    let mut zip = Zip::default();
    // The kind of the document comes first and bare: that is how it is known.
    zip.add("mimetype", KIND.as_bytes());
    zip.add("content.xml", content(sheets).as_bytes());
    zip.add("META-INF/manifest.xml", MANIFEST.as_bytes());
    zip.done()
}

fn content(sheets: &[Sheet]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.3\">\
         <office:automatic-styles>",
    );
    for (number, width) in WIDTHS.iter().enumerate() {
        let _ = write!(
            out,
            "<style:style style:name=\"co{number}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{width}cm\"/></style:style>"
        );
    }
    out.push_str(
        "<style:style style:name=\"tete\" style:family=\"table-cell\"><style:table-cell-properties fo:wrap-option=\"wrap\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"texte\" style:family=\"table-cell\"><style:table-cell-properties fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/></style:style>\
         </office:automatic-styles><office:body><office:spreadsheet>",
    );
    for sheet in sheets {
        table(sheet, &mut out);
    }
    out.push_str("</office:spreadsheet></office:body></office:document-content>\n");
    out
}

fn table(sheet: &Sheet, out: &mut String) {
    let _ = write!(out, "<table:table table:name=\"{}\">", escaped(sheet.name));
    let columns = sheet.rows.first().map_or(0, Vec::len);
    for column in 0..columns {
        let _ = write!(out, "<table:table-column table:style-name=\"co{}\"/>", column.min(WIDTHS.len() - 1));
    }
    for (at, row) in sheet.rows.iter().enumerate() {
        out.push_str(if at == 0 { "<table:table-header-rows><table:table-row>" } else { "<table:table-row>" });
        let style = if at == 0 { "tete" } else { "texte" };
        for cell in row {
            let _ = write!(
                out,
                "<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
                escaped(cell)
            );
        }
        out.push_str(if at == 0 { "</table:table-row></table:table-header-rows>" } else { "</table:table-row>" });
    }
    out.push_str("</table:table>");
}

fn escaped(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n'));
    plain.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A ZIP whose files are stored: what it holds is small, and the same bytes come out each time.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    /// The list at the end.
    list: Vec<u8>,
    count: u16,
}

impl Zip {
    fn add(&mut self, name: &str, body: &[u8]) {
        let at = to_u32(self.bytes.len());
        let (crc, size) = (crc(body), to_u32(body.len()));
        let length = u16::try_from(name.len()).expect("names of ours are short");
        // Version 2.0, names in UTF-8, stored, on the first day that the format knows.
        let mut facts = Vec::with_capacity(26);
        for number in [20_u16, 0x0800, 0, 0, 0x0021] {
            facts.extend(number.to_le_bytes());
        }
        for number in [crc, size, size] {
            facts.extend(number.to_le_bytes());
        }
        facts.extend(length.to_le_bytes());
        facts.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&facts);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(body);
        self.list.extend(b"PK\x01\x02\x14\0");
        self.list.extend(&facts);
        self.list.extend([0; 10]);
        self.list.extend(at.to_le_bytes());
        self.list.extend(name.as_bytes());
        self.count += 1;
    }

    fn done(mut self) -> Vec<u8> {
        let (at, size) = (to_u32(self.bytes.len()), to_u32(self.list.len()));
        self.bytes.extend(&self.list);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).expect("a grid of a hundred lines is far from four gigabytes")
}

/// The sum that closes each file of a ZIP.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_stands_first_and_the_sum_is_that_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0xcbf4_3926);
        let sheet = Sheet { name: "A & B", rows: vec![vec!["<b>\u{1}".to_owned()]] };
        let bytes = write(&[sheet]);
        assert_eq!(&bytes[30..38], b"mimetype");
        assert_eq!(&bytes[38..38 + KIND.len()], KIND.as_bytes());
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("A &amp; B") && text.contains("&lt;b&gt;</text:p>"));
    }
}
