//! What an issue says of itself as an e-mail: subject, preheader, sender, addresses.

use ecow::EcoString;
use lettre::Address;
use lettre::message::Mailbox;

use super::look::Look;
use super::tools::{self, Tool};
use crate::emit::{Base, calendar, views};
use crate::french::Lang;
use crate::site::{Page, Site};

/// Stands where the address of unsubscription goes until everything else is written: no template engine, no parser
/// and no line folding may touch the variables of sending tools.
pub const UNSUBSCRIBE: &str = "https://desabonnement.invalid/";

/// An issue ready to be written as an e-mail.
pub struct Issue<'a> {
    pub site: &'a Site,
    pub page: &'a Page,
    /// The newsletter it belongs to.
    pub letter: Option<&'a Page>,
    pub look: Look,
    pub lang: Lang,
    /// Full addresses.
    pub base: Base,
    /// One line, without control characters.
    pub subject: String,
    pub preheader: String,
    pub sender: Mailbox,
    /// What stands in place of `UNSUBSCRIBE`: an address or a variable of the sending tool.
    pub unsubscribe: Option<String>,
    pub postal_address: Option<String>,
    pub online: String,
    pub archive: String,
    pub subscribe: Option<String>,
    /// The iCalendar of its agenda.
    pub calendar: Option<String>,
}

impl<'a> Issue<'a> {
    /// Gathers what an issue says of itself, for a sending tool or for the letter's own.
    pub fn of(site: &'a Site, theme: &crate::theme::Theme, page: &'a Page, asked: Option<Tool>) -> Issue<'a> {
        let letter = page.parent.map(|parent| site.page(parent)).filter(|parent| parent.kind.name() == "lettre");
        let field = |key: &str| letter.and_then(|letter| letter.fields.text(key));
        let base = Base::fixed(&site.config.base_url);
        let own = letter.and_then(|letter| letter.fields.choice("outil")).and_then(Tool::named);
        let postal_address = field("adresse_postale")
            .map(|text| one_line(text))
            .or_else(|| asked.or(own).and_then(Tool::postal_address).map(str::to_owned));
        Issue {
            subject: subject(letter, page),
            preheader: one_line(page.fields.text("preentete").unwrap_or(&page.summary)),
            sender: field("expediteur").and_then(|written| mailbox(written)).unwrap_or_else(|| fallback(site, letter)),
            unsubscribe: tools::unsubscribe(field("desabonnement"), own, asked, &page.language),
            postal_address,
            online: base.href(&page.url),
            archive: letter.map_or_else(|| base.prefix().to_owned(), |letter| base.href(&letter.url)),
            subscribe: field("abonnement").map(|address| base.join(address)),
            calendar: calendar::address(page).filter(|_| site.config.wants("calendrier")).map(|url| base.href(&url)),
            look: Look::of(theme, &views::teinte(site, page)),
            lang: views::lang(page),
            site,
            page,
            letter,
            base,
        }
    }

    /// Returns what readers call the letter.
    pub fn letter_title(&self) -> &str {
        self.letter.map_or(self.site.config.title.as_str(), |letter| letter.title.as_str())
    }

    /// Returns the host of the site, for names that no one else may bear.
    pub fn host(&self) -> &str {
        host(&self.site.config.base_url)
    }

    /// Puts the address of unsubscription where it goes.
    pub fn filled(&self, text: &str, escape: impl Fn(&str) -> String) -> String {
        match &self.unsubscribe {
            // A variable is read by the sending tool before any mail client: it stays as it is, inside its quotation marks.
            Some(address) if tools::is_variable(address) => text.replace(UNSUBSCRIBE, &address.replace('"', "'")),
            Some(address) => text.replace(UNSUBSCRIBE, &escape(address)),
            None => text.to_owned(),
        }
    }
}

/// Returns the name of an issue's e-mail files, without their ending: `n-57`, or the page's own name.
pub fn stem(page: &Page) -> String {
    if page.fields.text("numero").is_some() { format!("n-{}", page.slug) } else { page.slug.to_string() }
}

/// Returns the host of an address.
pub fn host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    let host = after.split(['/', '?', '#', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}

/// Returns the subject: what the writer chose, else the letter's name, the number and the title.
fn subject(letter: Option<&Page>, page: &Page) -> String {
    if let Some(written) = page.fields.text("objet").map(|text| one_line(text)).filter(|text| !text.is_empty()) {
        return written;
    }
    let name = letter.map(|letter| letter.title.as_str()).unwrap_or_default();
    let number = page.fields.text("numero").map(|number| format!("n°\u{a0}{number}")).unwrap_or_default();
    let before = [name, &number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let colon = if page.language.starts_with("en") { ": " } else { "\u{a0}: " };
    one_line(&if before.is_empty() { page.title.to_string() } else { format!("{before}{colon}{}", page.title) })
}

/// Puts a text on one line: no control character passes, so that a header can never become two.
pub fn one_line(text: &str) -> String {
    let cleaned: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    cleaned.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Reads « La dynamo <lettre@exemple.fr> » or a bare address.
pub fn mailbox(written: &str) -> Option<Mailbox> {
    let written = one_line(written);
    let (name, address) = match written.rsplit_once('<') {
        Some((name, address)) => (name.trim().trim_matches('"').trim(), address.trim_end().strip_suffix('>')?.trim()),
        None => ("", written.trim()),
    };
    let address: Address = address.parse().ok()?;
    Some(Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address))
}

/// Returns the sender when the letter names none: the site's contact, else an address that receives nothing.
fn fallback(site: &Site, letter: Option<&Page>) -> Mailbox {
    let name = letter.map_or(&site.config.title, |letter| &letter.title);
    let contact = site.config.fields.text("contact").map(EcoString::as_str);
    let nobody = format!("ne-pas-repondre@{}", host(&site.config.base_url));
    let address =
        [contact, Some(nobody.as_str())].into_iter().flatten().find_map(|address| address.parse::<Address>().ok());
    let address = address.unwrap_or_else(|| {
        Address::new("ne-pas-repondre", "localhost").expect("a local part and a host make an address")
    });
    Mailbox::new(Some(one_line(name)), address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senders_are_read_as_people_write_them() {
        let read = |text: &str| mailbox(text).map(|read| (read.name.unwrap_or_default(), read.email.to_string()));
        assert_eq!(read("La dynamo <l@exemple.fr>"), Some(("La dynamo".to_owned(), "l@exemple.fr".to_owned())));
        assert_eq!(read("\"Élus & co\" < l@exemple.fr >"), Some(("Élus & co".to_owned(), "l@exemple.fr".to_owned())));
        assert_eq!(read("l@exemple.fr"), Some((String::new(), "l@exemple.fr".to_owned())));
        assert_eq!(read("La dynamo"), None);
        assert_eq!(read("x <l@exemple.fr"), None);
    }

    #[test]
    fn no_text_holds_two_lines() {
        assert_eq!(one_line("Objet\r\nBcc: a@b\u{2028}c\u{85}d"), "Objet Bcc: a@b c d");
        assert_eq!(one_line("n°\u{a0}4 : été"), "n°\u{a0}4 : été");
    }
}
