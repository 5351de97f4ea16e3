//! Addresses on other sites, tried one by one when the writer asks: the only module that calls anyone, and no build does.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::diag::{Diagnostic, Report, Span};
use crate::say;
use crate::site::{Page, Site, Target};

/// How many addresses are tried at once.
const AT_ONCE: usize = 8;
/// How long a site may take to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    There,
    /// For good, to this address (RFC 9110, 15.4.2 and 15.4.9).
    Moved(String),
    /// The site answers, with this status, that there is nothing to read.
    Refused(u16),
    /// Nobody answers.
    Silent(&'static str, &'static str),
}

/// Returns every address of another site that the pages link to, each once, sorted.
pub fn addresses(site: &Site) -> Vec<String> {
    links(site).map(|(_, _, address)| address).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

/// Tries the addresses and says which no longer answer, at every place that links to them; `step` is called after each.
pub fn try_all(site: &Site, addresses: &[String], step: &(dyn Fn() + Sync)) -> Report {
    let agent = |redirects: u32| {
        ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .max_redirects(redirects)
            .max_redirects_will_error(false)
            .user_agent(concat!("essaim/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent()
    };
    let (first, far) = (agent(0), agent(8));
    let next = AtomicUsize::new(0);
    let answers: Mutex<BTreeMap<&str, Answer>> = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(addresses.len()) {
            scope.spawn(|| {
                while let Some(address) = addresses.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = ask(&first, &far, address);
                    answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(address, answer);
                    step();
                }
            });
        }
    });
    let answers = answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut report = Report::default();
    for (page, span, address) in links(site) {
        if let Some(diagnostic) = answers.get(address.as_str()).and_then(|answer| told(answer, page, span, &address)) {
            report.push(diagnostic);
        }
    }
    report
}

/// Returns the links to other sites: the page, the bytes of the address, and the address without its anchor.
fn links(site: &Site) -> impl Iterator<Item = (&Page, Span, String)> {
    site.pages.iter().flat_map(|page| {
        page.document.links.iter().zip(&page.targets).filter_map(move |(link, target)| {
            let Target::External(address) = target else { return None };
            let address = address.split('#').next().unwrap_or_default();
            let address = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
            address.starts_with("http").then_some((page, link.to_span, address))
        })
    })
}

/// Asks for the head of a page, then for the page where a site only knows that.
fn ask(first: &ureq::Agent, far: &ureq::Agent, address: &str) -> Answer {
    let mut status = 0;
    for is_whole in [false, true] {
        let answer = if is_whole { first.get(address).call() } else { first.head(address).call() };
        let response = match answer {
            Ok(response) => response,
            Err(error) if is_whole => return silent(&error),
            Err(_) => continue,
        };
        status = response.status().as_u16();
        if matches!(status, 301 | 302 | 303 | 307 | 308) {
            let to = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
            return followed(far, address, status, to);
        }
        if (200..300).contains(&status) {
            return Answer::There;
        }
    }
    // A site that asks for a password or for patience is there.
    if matches!(status, 401 | 403 | 429 | 503) { Answer::There } else { Answer::Refused(status) }
}

fn followed(far: &ureq::Agent, address: &str, status: u16, to: Option<String>) -> Answer {
    match far.get(address).call() {
        Ok(response) => match response.status().as_u16() {
            401 | 403 | 429 | 503 => Answer::There,
            end if !(200..300).contains(&end) => Answer::Refused(end),
            _ => match to.filter(|to| matches!(status, 301 | 308) && to.starts_with("http")) {
                Some(to) => Answer::Moved(to),
                None => Answer::There,
            },
        },
        Err(error) => silent(&error),
    }
}

fn silent(error: &ureq::Error) -> Answer {
    match error {
        ureq::Error::HostNotFound => Answer::Silent("ce site n’existe pas", "there is no such site"),
        ureq::Error::Timeout(_) => Answer::Silent("le site ne répond pas à temps", "the site does not answer in time"),
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => {
            Answer::Silent("le site renvoie sans fin d’une adresse à l’autre", "the site redirects without end")
        }
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => {
            Answer::Silent("le certificat du site n’est pas valable", "the site’s certificate is not valid")
        }
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
            Answer::Silent("cette adresse est mal écrite", "this address is badly written")
        }
        _ => Answer::Silent("le site ne répond pas", "the site does not answer"),
    }
}

fn told(answer: &Answer, page: &Page, span: Span, address: &str) -> Option<Diagnostic> {
    let diagnostic = match answer {
        Answer::There => return None,
        Answer::Moved(to) => {
            Diagnostic::advice("C0331", say!("« {address} » a changé d’adresse", "“{address}” has moved"))
                .help(say!("écrivez {to}", "write {to}"))
        }
        Answer::Refused(status) => Diagnostic::warning(
            "A0331",
            say!(
                "« {address} » ne mène plus à rien (réponse {status})",
                "“{address}” leads nowhere any more (answer {status})"
            ),
        )
        .help(say!(
            "cherchez la nouvelle adresse de ce document, ou retirez le lien",
            "look for the new address of that document, or remove the link"
        )),
        Answer::Silent(fr, en) => {
            Diagnostic::warning("A0332", say!("« {address} » : {fr}", "“{address}”: {en}")).help(say!(
                "essayez cette adresse dans un navigateur ; si elle ne répond toujours pas, corrigez-la ou retirez le lien",
                "try this address in a browser; if it still does not answer, mend it or remove the link"
            ))
        }
    };
    Some(diagnostic.at(&page.source, span))
}
