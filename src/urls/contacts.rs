//! Ways to reach someone outside the site, as typed: e-mail addresses, telephone numbers, addresses of other sites.

use std::borrow::Cow;

use crate::diag::{Said, nearest};
use crate::say;

/// Schemes of addresses that no page of a website should lead to.
const ELSEWHERE: [&str; 9] = ["ftp", "sftp", "smb", "sms", "webcal", "geo", "callto", "skype", "whatsapp"];

/// Returns an address with its scheme in small letters, as it is read (RFC 3986, 3.1): telephones write « Https:// ».
pub fn with_small_scheme(address: &str) -> Cow<'_, str> {
    let known = ["https:", "http:", "mailto:", "tel:"].into_iter().find(|known| {
        address.get(..known.len()).is_some_and(|typed| typed != *known && typed.eq_ignore_ascii_case(known))
    });
    match known {
        Some(known) => Cow::Owned(format!("{known}{}", &address[known.len()..])),
        None => Cow::Borrowed(address),
    }
}

/// Returns where an e-mail address ends whose name ends at `end`, or the same place when none goes on there.
pub fn email_end(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    if !rest.starts_with('@') {
        return end;
    }
    let of_address = |c: char| c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_');
    end + rest[..rest.find(|c| !of_address(c)).unwrap_or(rest.len())].trim_end_matches(['.', '-']).len()
}

/// Returns whether a text begins with the name of a site, typed without its « https:// »: « exemple.fr/page ».
pub fn is_bare(text: &str) -> bool {
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default();
    !host.contains('@')
        && is_host(host)
        && (host.starts_with("www.") || ["fr", "org", "com", "eu", "net", "coop"].contains(&ending))
}

/// Returns what is wrong with an outside address, `mailto:`, `tel:` or `https://`, and what to write; nothing when it can be followed.
pub fn fault(address: &str) -> Option<(Said, Said)> {
    // What a sending tool fills in is its own affair.
    if address.contains(['{', '}', '|', '%']) {
        return None;
    }
    if let Some(people) = address.strip_prefix("mailto:") {
        let people = people.split('?').next().unwrap_or_default();
        let wrong = people.split(',').map(str::trim).find(|one| !is_email(one))?;
        return Some(email_fault(wrong));
    }
    if let Some(number) = address.strip_prefix("tel:") {
        return (!is_phone(number)).then(|| {
            (
                say!("« {number} » n’est pas un numéro de téléphone", "“{number}” is not a telephone number"),
                say!("écrivez par exemple tel:+33320001122", "write for example tel:+33320001122"),
            )
        });
    }
    let Some(rest) = ["https://", "http://", "//"].iter().find_map(|scheme| address.strip_prefix(scheme)) else {
        return mistyped(address);
    };
    (!is_host(rest.split(['/', '?', '#']).next().unwrap_or_default())).then(|| {
        (
            say!("« {address} » n’est l’adresse d’aucun site", "“{address}” is the address of no site"),
            say!(
                "copiez-la dans la barre d’adresse du navigateur : https://www.exemple.fr/page",
                "copy it from the browser’s address bar: https://www.example.org/page"
            ),
        )
    })
}

/// Returns what is wrong with an address whose scheme is not one of those that pages lead to.
fn mistyped(address: &str) -> Option<(Said, Said)> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (scheme, rest) = address.split_at(letters);
    let after = rest.trim_start_matches([':', '/']);
    let is_path = rest.starts_with(":\\") || rest.starts_with(":/");
    if address.starts_with('\\') || letters == 1 && is_path || scheme.eq_ignore_ascii_case("file") && is_path {
        return Some((
            say!("« {address} » n’est que sur votre ordinateur", "“{address}” is on your computer only"),
            say!(
                "copiez ce fichier dans le dossier de la page, et donnez son nom",
                "copy this file into the page’s folder, and give its name"
            ),
        ));
    }
    let is_address = rest.starts_with(':') || rest.starts_with("//");
    if is_address && is_host(after.split(['/', '?', '#']).next()?) && nearest(scheme, ["http", "https"]).is_some() {
        return Some((
            say!("« {address} » n’est l’adresse d’aucun site", "“{address}” is the address of no site"),
            say!("écrivez « https://{after} »", "write “https://{after}”"),
        ));
    }
    let is_elsewhere = rest.starts_with("://") || rest.starts_with(':') && ELSEWHERE.contains(&scheme);
    (letters > 0 && is_elsewhere).then(|| {
        (
            say!(
                "les navigateurs ne suivent pas « {address} » sur tous les appareils",
                "browsers do not follow “{address}” on every device"
            ),
            say!("donnez une adresse en https://, mailto: ou tel:", "give an address in https://, mailto: or tel:"),
        )
    })
}

/// Returns what is wrong with a contact: an e-mail address, a telephone number or the address of a page.
pub fn contact_fault(contact: &str) -> Option<(Said, Said)> {
    let contact = contact.trim();
    let is_way = ["mailto:", "tel:", "https://", "http://"].iter().any(|scheme| contact.starts_with(scheme));
    if is_way {
        return fault(contact);
    }
    let known = contact.starts_with('/') || is_email(contact) || is_phone(contact);
    (!known).then(|| email_fault(contact))
}

/// Returns what is wrong with the first e-mail address of a sentence: « Léa Martin, lea@exemple ».
pub fn fault_within(sentence: &str) -> Option<(Said, Said)> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '<' | '>' | '«' | '»'))
        .map(|word| word.trim_end_matches(['.', ':', '!', '?']).trim_start_matches("mailto:"))
        .find(|word| word.contains('@') && !word.starts_with('@') && !is_email(word))
        .map(email_fault)
}

fn email_fault(typed: &str) -> (Said, Said) {
    (
        say!("« {typed} » n’est pas une adresse électronique", "“{typed}” is not an e-mail address"),
        say!("écrivez par exemple contact@exemple.fr", "write for example contact@example.org"),
    )
}

/// Returns what is wrong with the address of a page: of this site, from its root, or of another one.
pub fn page_fault(address: &str) -> Option<(Said, Said)> {
    let address = address.trim();
    if address.starts_with('/') && !address.starts_with("//") {
        return None;
    }
    let is_address = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    if is_address && !address.contains(char::is_whitespace) {
        return fault(address);
    }
    Some((
        say!("« {address} » n’est pas l’adresse d’une page", "“{address}” is not the address of a page"),
        say!(
            "écrivez l’adresse d’une page de ce site, par exemple /schema/, ou celle d’un autre : https://…",
            "write the address of a page of this site, for example /schema/, or of another one: https://…"
        ),
    ))
}

/// Returns whether a text is an e-mail address that mail programs take.
pub fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let is_sound = !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    is_sound && name.chars().all(is_plain) && !host.contains(':') && is_host(host)
}

/// Returns whether a text is a telephone number, however its figures are set apart.
fn is_phone(text: &str) -> bool {
    let figures = text.chars().filter(char::is_ascii_digit).count();
    let is_set = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}');
    (2..=15).contains(&figures) && text.strip_prefix('+').unwrap_or(text).chars().all(is_set)
}

/// Returns whether a text names a machine: « www.exemple.fr », with its port if need be.
fn is_host(text: &str) -> bool {
    let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let (name, port) = host.split_once(':').unwrap_or((host, "80"));
    let is_label = |label: &str| {
        let ends = [label.chars().next(), label.chars().next_back()];
        ends.iter().all(|end| end.is_some_and(|c| c.is_alphanumeric() || c == '_'))
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let is_named = name.contains('.') || name == "localhost";
    is_named && name.trim_end_matches('.').split('.').all(is_label) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{contact_fault, fault, fault_within};

    #[test]
    fn addresses_that_can_be_followed_are_let_through() {
        for address in [
            "mailto:contact@exemple.fr",
            "mailto:a@b.fr,c@d.example?subject=Bonjour",
            "mailto:{{ contact.EMAIL }}",
            "tel:+33 3 20 00 11 22",
            "tel:115",
            "https://www.exemple.fr",
            "http://localhost:4000/a",
            "https://économie.fr/a?b=c#d",
            "//exemple.fr/a",
            "https://192.0.2.7/",
            "https://[[LIEN]]|",
            "http-et-https.md",
            "a:b.md",
            "exemple:Titre",
            "page.md#http:",
        ] {
            assert!(fault(address).is_none(), "{address}");
        }
        for contact in ["contact@exemple.fr", "03 20 00 11 22", "/contact/", "https://exemple.fr/contact", " a+b@c.fr "]
        {
            assert!(contact_fault(contact).is_none(), "{contact}");
        }
        for sentence in ["La mairie, 03 20 00 11 22", "Léa Martin (lea@exemple.fr).", "@lamairie sur le réseau"] {
            assert!(fault_within(sentence).is_none(), "{sentence}");
        }
    }

    #[test]
    fn addresses_that_lead_nowhere_are_told() {
        for address in [
            "mailto:",
            "mailto:contact",
            "mailto:rené@exemple.fr",
            "mailto:a@b@c.fr",
            "mailto:a@exemple",
            "mailto:.a@exemple.fr",
            "tel:abc",
            "tel:1",
            "https://",
            "https:///page",
            "https://exemple",
            "https://www..fr",
            "https://-a.fr",
            "http://exemple.fr:port",
            "htp://exemple.fr/page",
            "hhtps://exemple.fr",
            "https:/exemple.fr",
            "https:exemple.fr",
            "http//exemple.fr",
            "ftp://exemple.fr/a.zip",
            "sms:0600000000",
            "file:///C:/a.pdf",
            "C:\\Docs\\a.pdf",
            "\\\\serveur\\docs\\a.pdf",
        ] {
            assert!(fault(address).is_some(), "{address}");
        }
        assert!(contact_fault("contact chez exemple.fr").is_some());
        assert!(fault_within("Léa, lea@exemple").is_some());
    }
}
