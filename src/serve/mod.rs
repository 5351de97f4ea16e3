//! The preview: the site rendered on request from memory, for the browsers of this machine, and for guests of the network when asked.
//!
//! Nothing here opens a file: an address either is one of the build's, or does not exist.

mod answer;
mod ask;
mod clients;
mod gate;
mod lan;
mod mime;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Duration;

use tiny_http::Request;

use crate::diag::{Diagnostic, FilePath, Report, Said, Severity, Tongue};
use crate::report::{self, Texts};
use crate::urls::{Url, encode};
use crate::{refusal, say};

use answer::Answer;
use clients::{Clients, News};
use lan::Lan;

/// Renders the file at an address: nothing when there is none.
pub type Pages = dyn Fn(&Url) -> Option<Result<Vec<u8>, Box<Diagnostic>>> + Send + Sync;

/// Gives the text of a source, for the lines that diagnostics show.
pub type Sources = dyn Fn(&FilePath) -> Option<Arc<str>> + Send + Sync;

/// Opens a source at a line and a column, counted from 1, in the editor of whoever writes.
pub type Opener = dyn Fn(&FilePath, usize, usize) -> Opened + Send + Sync;

/// How a source was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// An editor was started.
    Here,
    /// An address that the browser hands to an editor.
    Address(String),
}

/// How many ports are tried after the one that was asked for.
const PORTS: u16 = 20;

/// How many requests are rendered at once.
const WORKERS: usize = 4;

/// The stack of each of them: deeply nested content is rendered by recursion.
const STACK: usize = 16 * 1024 * 1024;

/// How many alerts the overlay lists beside the errors; the terminal has them all.
const LISTED: usize = 100;

/// How many errors it lists: all of them, short of what a browser would choke on.
const ERRORS: usize = 1_000;

/// How many bytes of rendered files are kept, for browsers that ask for a PDF in parts.
const KEPT: usize = 64 * 1024 * 1024;

/// What the preview shows between two changes.
struct Shown {
    pages: Option<Arc<Pages>>,
    /// The last build without errors: a page that an error takes away stays as it was.
    good: Option<Arc<Pages>>,
    sources: Arc<Sources>,
    report: Report,
    /// Grows with each change, so that a page left open knows it is out of date.
    generation: u64,
    bodies: Mutex<HashMap<Url, Arc<[u8]>>>,
}

/// How an open page takes a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refresh {
    Page,
    /// Only style sheets changed.
    Styles,
}

/// A server on the loopback address, or on the network as well, with something to show.
pub struct Preview {
    listener: TcpListener,
    port: u16,
    tongue: Tongue,
    lan: Option<Lan>,
    opener: Option<Box<Opener>>,
    shown: RwLock<Arc<Shown>>,
    clients: Clients,
}

impl Preview {
    /// Takes the port, or the next one that is free; 0 takes any. Only this machine's browsers are answered.
    pub fn bind(port: u16, tongue: Tongue) -> Result<Self, Box<Diagnostic>> {
        Self::open(port, tongue, None)
    }

    /// The same, for the browsers of the network that bring a token as well.
    pub fn bind_to_network(port: u16, tongue: Tongue) -> Result<Self, Box<Diagnostic>> {
        let lan = Lan::open().ok_or_else(|| Box::new(no_network()))?;
        Self::open(port, tongue, Some(lan))
    }

    /// Opens sources by this from the list of what is wrong.
    pub fn opening(self, opener: Box<Opener>) -> Self {
        Self { opener: Some(opener), ..self }
    }

    fn open(port: u16, tongue: Tongue, lan: Option<Lan>) -> Result<Self, Box<Diagnostic>> {
        let listener = listen(port, lan.is_some()).map_err(|error| Box::new(cannot_listen(port, &error)))?;
        let port = listener.local_addr().map_err(|error| Box::new(cannot_listen(port, &error)))?.port();
        let nothing = Shown {
            pages: None,
            good: None,
            sources: Arc::new(|_| None),
            report: Report::default(),
            generation: 0,
            bodies: Mutex::default(),
        };
        let (shown, clients) = (RwLock::new(Arc::new(nothing)), Clients::default());
        Ok(Self { listener, port, tongue, lan, opener: None, shown, clients })
    }

    /// Returns the port that was taken.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the address to open in a browser.
    pub fn address(&self) -> String {
        match self.listener.local_addr() {
            Ok(SocketAddr::V6(_)) => format!("http://[::1]:{}/", self.port),
            _ => format!("http://127.0.0.1:{}/", self.port),
        }
    }

    /// Returns the address to give to guests of the network, with its token.
    pub fn invitation(&self) -> Option<String> {
        self.lan.as_ref().map(|lan| lan.invitation(self.port))
    }

    /// Shows a new build and tells the open pages.
    ///
    /// Without pages, those of the last build stay, under the report of what is wrong.
    pub fn show(&self, pages: Option<Arc<Pages>>, sources: Arc<Sources>, report: Report, refresh: Refresh) {
        let (shown, before) = {
            let mut current = self.shown.write().expect("no code panics while it holds the build");
            let pages = pages.or_else(|| current.pages.clone());
            let good = if report.has_errors() { current.good.clone() } else { pages.clone() };
            let generation = current.generation + 1;
            let bodies = Mutex::default();
            let shown = Arc::new(Shown { pages, good, sources, report, generation, bodies });
            let before = std::mem::replace(&mut *current, Arc::clone(&shown));
            (shown, before)
        };
        self.clients.tell(&match refresh {
            Refresh::Page => News::Page,
            Refresh::Styles => News::Styles,
        });
        self.with_news(&shown, |news| self.clients.tell(news));
        // A large site takes a while to be given back to the system: nobody waits for it.
        std::thread::spawn(move || drop(before));
    }

    /// Answers browsers, for as long as the program runs.
    pub fn run(&self) -> Result<(), Box<Diagnostic>> {
        let (inner, way) = gate::private().map_err(|error| Box::new(cannot_listen(self.port, &error)))?;
        let server = tiny_http::Server::from_listener(inner, None)
            .map_err(|error| Box::new(cannot_listen(self.port, &io::Error::other(error.to_string()))))?;
        std::thread::scope(|scope| {
            for _ in 0..WORKERS {
                let work = || {
                    while let Ok(request) = server.recv() {
                        self.serve(request);
                    }
                };
                std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok();
            }
            scope.spawn(|| {
                loop {
                    std::thread::sleep(Duration::from_secs(15));
                    self.clients.beat();
                }
            });
            gate::open(&self.listener, &way);
        });
        Ok(())
    }

    fn serve(&self, request: Request) {
        let lan = self.lan.as_ref();
        let answer = match ask::check(&request, self.port, lan) {
            Err(ask::Refusal(status, why)) => Answer::word(status, why),
            Ok(ask) if ask.from == ask::From::Invited => self.welcome(&ask),
            Ok(ask) if ask.path == "/_essaim/evenements" => {
                if ask::is_from_own_page(&request, self.port, lan) {
                    return self.listen(request);
                }
                Answer::word(403, "ces nouvelles ne vont qu’aux pages de l’aperçu")
            }
            Ok(ask) if ask.path == "/_essaim/ouvrir" => self.edit(&request, &ask),
            Ok(ask) => self.answer(&request, &ask),
        };
        // The browser may have gone: there is then nobody to tell.
        request.respond(answer.response()).ok();
    }

    fn welcome(&self, ask: &ask::Ask) -> Answer {
        let (query, cookie) = self
            .lan
            .as_ref()
            .map(|lan| (lan.invited(&ask.query).unwrap_or_default(), lan.cookie()))
            .unwrap_or_default();
        Answer::welcome(format!("{}{query}", encode(&ask.path)), cookie)
    }

    /// Opens a source of the site in the editor, when a page of this computer asks.
    fn edit(&self, request: &Request, ask: &ask::Ask) -> Answer {
        let Some(opener) = self.opener.as_ref().filter(|_| ask::may_act(request, ask, self.port)) else {
            return Answer::word(403, "seul l’aperçu de cet ordinateur ouvre un fichier");
        };
        let value = |name: &str| ask::value(&ask.query, name);
        let number = |name: &str| value(name).and_then(|text| text.parse().ok()).unwrap_or(1);
        let file = value("fichier").map(|file| FilePath::new(file.as_str()));
        // Only what the site is made from: a path from elsewhere opens nothing.
        match file.filter(|file| (self.shown().sources)(file).is_some()) {
            Some(file) => match opener(&file, number("ligne"), number("colonne")) {
                Opened::Here => Answer::word(200, ""),
                Opened::Address(address) => Answer::word(200, &address),
            },
            None => Answer::word(404, "ce fichier n’est pas une source du site"),
        }
    }

    fn listen(&self, request: Request) {
        self.clients.add(request.into_writer(), || self.with_news(&self.shown(), |news| news.event()));
    }

    fn answer(&self, request: &Request, ask: &ask::Ask) -> Answer {
        match ask.path.as_str() {
            "/_essaim/recharger.js" => {
                return Answer::file("a.js", own(include_bytes!("reload.js")), None);
            }
            "/_essaim/apercu.css" => {
                return Answer::file("a.css", own(include_bytes!("preview.css")), None);
            }
            _ => {}
        }
        let shown = self.shown();
        let url = Url::new(ask.path.strip_suffix("index.html").filter(|path| path.ends_with('/')).unwrap_or(&ask.path));
        match self.body(&shown, &url) {
            Some(Ok(body)) => match ask::range(request, body.len()) {
                Ok(range) => Answer::file(url.as_str(), body, range),
                Err(_) => Answer::no_such_part(body.len()),
            },
            Some(Err(fault)) => self.fault(&shown, *fault),
            None => self.missing(&shown, ask),
        }
    }

    fn missing(&self, shown: &Shown, ask: &ask::Ask) -> Answer {
        let Some(pages) = &shown.pages else {
            return self.broken(shown);
        };
        if !ask.path.ends_with('/') && pages(&Url::new(format!("{}/", ask.path))).is_some() {
            return Answer::elsewhere(format!("{}/{}", encode(&ask.path), ask.query));
        }
        match self.body(shown, &Url::new("/404.html")) {
            Some(Ok(body)) => Answer::page(404, body),
            _ => {
                let inside = "<p><a href=\"/\">Accueil</a></p>";
                Answer::page(404, answer::notice("Cette page n’existe pas", inside, shown.generation).into())
            }
        }
    }

    /// Answers for a page that could not be rendered; the others still are.
    fn fault(&self, shown: &Shown, fault: Diagnostic) -> Answer {
        let report = Report { diagnostics: vec![fault] };
        let (title, inside) = self.told(&report, shown);
        Answer::page(500, answer::notice(&title, &inside, shown.generation).into())
    }

    /// Answers for a site of which nothing can be shown yet.
    fn broken(&self, shown: &Shown) -> Answer {
        let (title, inside) = self.told(&shown.report, shown);
        Answer::page(503, answer::notice(&title, &inside, shown.generation).into())
    }

    /// Returns the file at an address, with the reload script if it is a page.
    fn body(&self, shown: &Shown, url: &Url) -> Option<Result<Arc<[u8]>, Box<Diagnostic>>> {
        let known = shown.bodies.lock().expect("no code panics while it holds the bodies").get(url).cloned();
        if let Some(body) = known {
            return Some(Ok(body));
        }
        let render = |pages: &Option<Arc<Pages>>| pages.as_ref().and_then(|pages| pages(url));
        let made = render(&shown.pages).or_else(|| render(&shown.good))?;
        Some(made.map(|body| {
            let is_page = mime::of(url.as_str()).starts_with("text/html");
            let body = if is_page { answer::with_reload(body, shown.generation) } else { body };
            let body: Arc<[u8]> = body.into();
            let mut bodies = shown.bodies.lock().expect("no code panics while it holds the bodies");
            if bodies.values().map(|body| body.len()).sum::<usize>() > KEPT {
                bodies.clear();
            }
            bodies.insert(url.clone(), Arc::clone(&body));
            body
        }))
    }

    fn with_news<R>(&self, shown: &Shown, tell: impl FnOnce(&News<'_>) -> R) -> R {
        let (title, html) = if shown.report.diagnostics.is_empty() {
            (String::new(), String::new())
        } else {
            self.told(&shown.report, shown)
        };
        let close = Said { fr: "Fermer".to_owned(), en: "Close".to_owned() };
        tell(&News::Report {
            generation: shown.generation,
            html: &html,
            title: &title,
            close: close.to(self.tongue),
            open: shown.report.has_errors(),
        })
    }

    fn told(&self, report: &Report, shown: &Shown) -> (String, String) {
        let sources: &Texts<'_> = &|file| (shown.sources)(file);
        let title = report::counts(report, self.tongue).unwrap_or_default();
        // Errors come first, and advice waits until nothing worse is said.
        let of = |severity| report.diagnostics.iter().filter(move |said: &&Diagnostic| said.severity == severity);
        let mut listed: Vec<Diagnostic> =
            of(Severity::Error).take(ERRORS).chain(of(Severity::Warning).take(LISTED)).cloned().collect();
        if listed.is_empty() {
            listed = of(Severity::Advice).take(LISTED).cloned().collect();
        }
        let listed = Report { diagnostics: listed };
        (title, report::html(&listed, sources, self.tongue))
    }

    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().expect("no code panics while it holds the build"))
    }
}

fn own(bytes: &'static [u8]) -> Arc<[u8]> {
    bytes.into()
}

/// Listens on the loopback address alone, or on the network; where there is no IPv4, on that of IPv6.
fn listen(port: u16, network: bool) -> io::Result<TcpListener> {
    let address = if network { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let mut refused = io::Error::from(io::ErrorKind::AddrInUse);
    for next in port..=port.saturating_add(if port == 0 { 0 } else { PORTS }) {
        let bound = TcpListener::bind((address, next)).or_else(|error| match error.kind() {
            io::ErrorKind::AddrNotAvailable | io::ErrorKind::Unsupported if !network => {
                TcpListener::bind((Ipv6Addr::LOCALHOST, next))
            }
            _ => Err(error),
        });
        match bound {
            Ok(listener) => return Ok(listener),
            Err(error) => refused = error,
        }
    }
    Err(refused)
}

fn no_network() -> Diagnostic {
    Diagnostic::error(
        "E0915",
        say!("ce poste n’est relié à aucun réseau local", "this computer is on no local network"),
    )
    .help(say!(
        "reliez-le au même réseau que le téléphone, ou ouvrez l’aperçu sans « --lan »",
        "connect it to the same network as the phone, or open the preview without “--lan”"
    ))
}

fn cannot_listen(port: u16, error: &io::Error) -> Diagnostic {
    let why = if error.kind() == io::ErrorKind::AddrInUse {
        say!("ce port et les {PORTS} suivants sont pris", "this port and the next {PORTS} are taken")
    } else {
        refusal::reason(error)
    };
    let message = Said {
        fr: format!("l’aperçu ne peut pas s’ouvrir sur le port {port} : {}", why.fr),
        en: format!("the preview cannot open on port {port}: {}", why.en),
    };
    Diagnostic::error("E0915", message).help(say!(
        "choisissez un autre port : « essaim serve --port 8080 »",
        "choose another port: “essaim serve --port 8080”"
    ))
}
