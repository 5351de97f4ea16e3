//! The whole message: headers, text part and HTML part, in quoted-printable.

use lettre::Message;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};

use super::issue::{Issue, stem};
use super::tools::is_variable;

/// What a message bears besides the issue.
#[derive(Debug, Clone, Copy)]
pub struct Dressing<'a> {
    /// Who receives it; nobody for the file that a sending tool takes.
    pub to: Option<&'a Mailbox>,
    /// Stands before the subject: « `[Essai]` ».
    pub before_subject: &'a str,
    /// What makes this sending unlike another; empty for the file.
    pub mark: &'a str,
}

/// The dressing of the `.eml` file.
pub const FILE: Dressing<'_> = Dressing { to: None, before_subject: "", mark: "" };

/// Writes an issue as a message with its two parts.
pub fn message(issue: &Issue<'_>, html: &str, text: &str, dressing: Dressing<'_>) -> Message {
    let boundary = format!("essaim-{}", &blake3::hash(issue.online.as_bytes()).to_hex()[..24]);
    let parts = MultiPart::alternative()
        .boundary(boundary)
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .singlepart(part(ContentType::TEXT_HTML, html));
    let from = &issue.sender;
    let to = dressing.to.unwrap_or(from);
    let envelope =
        Envelope::new(Some(from.email.clone()), vec![to.email.clone()]).expect("an envelope with a recipient is whole");
    let mut builder = Message::builder()
        .from(from.clone())
        .envelope(envelope)
        .subject(format!("{}{}", dressing.before_subject, issue.subject));
    if let Some(to) = dressing.to {
        builder = builder.to(to.clone());
    }
    let mut message = builder.multipart(parts).expect("a message with a sender and an envelope is whole");
    for (name, value) in headers(issue, dressing) {
        // What stands here is ASCII of ours on one line; anything else is encoded like the subject.
        let header = if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            HeaderValue::dangerous_new_pre_encoded(
                HeaderName::new_from_ascii_str(name),
                value.clone(),
                value.replace(">, <", ">,\r\n <"),
            )
        } else {
            HeaderValue::new(HeaderName::new_from_ascii_str(name), super::issue::one_line(&value))
        };
        message.headers_mut().insert_raw(header);
    }
    message
}

fn part(kind: ContentType, text: &str) -> SinglePart {
    let body = Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::QuotedPrintable)
        .expect("quoted-printable holds any text");
    SinglePart::builder().header(kind).body(body)
}

fn headers(issue: &Issue<'_>, dressing: Dressing<'_>) -> Vec<(&'static str, String)> {
    let page = issue.page;
    let letter = issue.letter.map_or("lettre", |letter| letter.slug.as_str());
    let hash = blake3::hash(format!("{}{}", issue.online, dressing.mark).as_bytes()).to_hex();
    let mut headers = vec![
        ("Message-ID", format!("<{}.{letter}.{}@{}>", stem(page), &hash[..12], issue.host())),
        ("Content-Language", super::issue::one_line(&page.language)),
        ("List-Id", format!("<{letter}.{}>", issue.host())),
        ("List-Archive", format!("<{}>", issue.archive)),
    ];
    headers.extend(unsubscription(issue));
    if dressing.to.is_none() {
        // Mail programs open the file as a draft, ready to be sent.
        headers.push(("X-Unsent", "1".to_owned()));
        // The file is the same at any time: it bears the date of the issue, a message that leaves bears that of its leaving.
        let date = page
            .fields
            .when("date")
            .map_or_else(|| "Thu, 01 Jan 1970 12:00:00 +0000".to_owned(), |when| when.rfc2822());
        headers.push(("Date", date));
    }
    headers
}

/// Returns the headers by which mail programs show « Se désabonner » (RFC 2369, RFC 8058). A variable of a sending tool
/// cannot stand there: the tool writes its own, and the sender's address serves meanwhile.
fn unsubscription(issue: &Issue<'_>) -> Vec<(&'static str, String)> {
    let word = "D%C3%A9sabonnement";
    let by_mail = format!("<mailto:{}?subject={word}>", issue.sender.email);
    match issue.unsubscribe.as_deref() {
        Some(address) if address.starts_with("https://") && !is_variable(address) && is_plain(address) => {
            vec![
                ("List-Unsubscribe", format!("<{address}>, {by_mail}")),
                ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            ]
        }
        Some(address) if address.starts_with("mailto:") && is_plain(address) => {
            vec![("List-Unsubscribe", format!("<{address}>"))]
        }
        Some(_) | None => vec![("List-Unsubscribe", by_mail)],
    }
}

/// Returns whether an address can stand between angle brackets in a header.
fn is_plain(address: &str) -> bool {
    address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b','))
}
