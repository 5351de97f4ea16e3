//! The preview under ordinary and hostile browsers.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use essaim::diag::{Diagnostic, FilePath, Report, Span, Tongue};
use essaim::say;
use essaim::serve::{Opened, Pages, Preview, Refresh};
use essaim::urls::Url;

const PDF: &[u8] = b"%PDF-1.7 0123456789";

fn pages(version: &'static str) -> Arc<Pages> {
    Arc::new(move |url: &Url| match url.as_str() {
        "/" => Some(Ok(format!("<!DOCTYPE html><body><h1>{version}</h1></BODY></html>").into_bytes())),
        "/kits/école/" => Some(Ok(b"<body>e</body>".to_vec())),
        "/integrer/a/" => Some(Ok(b"<body>i</body>".to_vec())),
        "/a.pdf" => Some(Ok(PDF.to_vec())),
        "/404.html" => Some(Ok(b"<body>perdu</body>".to_vec())),
        "/gone/" if version == "one" => Some(Ok(b"<body>last good</body>".to_vec())),
        "/bad/" => Some(Err(Box::new(Diagnostic::error("E0999", say!("<b>cassé</b>", "broken"))))),
        _ => None,
    })
}

/// One preview for all the tests that only read it.
static SHARED: LazyLock<&'static Preview> = LazyLock::new(|| start(true));

fn start(filled: bool) -> &'static Preview {
    let preview: &'static Preview = Box::leak(Box::new(Preview::bind(0, Tongue::French).expect("a port")));
    if filled {
        preview.show(Some(pages("one")), Arc::new(|_| None), Report::default(), Refresh::Page);
    }
    std::thread::spawn(|| preview.run());
    preview
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn raw(preview: &Preview, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
    stream.write_all(request).ok();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok();
    let end = all.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or(all.len());
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head, body: all.get(end + 4..).unwrap_or_default().to_vec() }
}

fn ask(preview: &Preview, method: &str, target: &str, more: &str) -> Answer {
    let host = format!("Host: 127.0.0.1:{}\r\n", preview.port());
    let host = if more.contains("Host:") { "" } else { &host };
    raw(preview, format!("{method} {target} HTTP/1.1\r\n{host}{more}\r\n").as_bytes())
}

fn get(target: &str) -> Answer {
    ask(&SHARED, "GET", target, "")
}

#[test]
fn pages_are_served_with_the_reload_script_and_files_as_they_are() {
    let page = get("/");
    assert_eq!(page.status, 200);
    assert!(
        page.text()
            .contains("<h1>one</h1><script src=\"/_essaim/recharger.js\" data-generation=\"1\" defer></script></BODY>"),
        "{}",
        page.text()
    );
    let pdf = get("/a.pdf");
    assert_eq!(pdf.body, PDF);
    for header in [
        "Content-Type: application/pdf",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Content-Length: 19",
    ] {
        assert!(pdf.head.contains(header), "{header} in {}", pdf.head);
    }
    assert!(get("/").head.contains("X-Frame-Options: SAMEORIGIN"));
    assert!(!get("/integrer/a/").head.contains("X-Frame-Options"));
    assert!(!pdf.head.contains("Access-Control-Allow-Origin"));
    assert_eq!(get("/index.html").status, 200);
    assert_eq!(get("/kits/%C3%A9cole/").status, 200);
    assert_eq!(get("/kits/e%CC%81cole/").status, 200);
    let moved = get("/kits/%C3%A9cole?q=1");
    assert_eq!(moved.status, 302);
    assert!(moved.head.contains("Location: /kits/%C3%A9cole/?q=1"), "{}", moved.head);
    let lost = get("/nowhere");
    assert_eq!((lost.status, lost.text().contains("perdu")), (404, true));
    let bad = get("/bad/");
    assert_eq!(bad.status, 500);
    assert!(bad.text().contains("&lt;b&gt;cassé"), "{}", bad.text());
    let head = ask(&SHARED, "HEAD", "/a.pdf", "");
    assert!(head.head.contains("Content-Length: 19") && head.body.is_empty());
    assert_eq!(get("/_essaim/recharger.js").status, 200);
    assert!(get("/_essaim/apercu.css").head.contains("text/css"));
}

#[test]
fn parts_of_a_file_are_served() {
    let cases = [
        ("bytes=0-3", 206, "bytes 0-3/19", &PDF[..4]),
        ("bytes=-4", 206, "bytes 15-18/19", &PDF[15..]),
        ("bytes=10-", 206, "bytes 10-18/19", &PDF[10..]),
        ("bytes=99-", 416, "bytes */19", &b""[..]),
        ("bytes=0-1,3-4", 200, "", PDF),
    ];
    for (range, status, content, body) in cases {
        let answer = ask(&SHARED, "GET", "/a.pdf", &format!("Range: {range}\r\n"));
        assert_eq!(answer.status, status, "{range}");
        assert!(answer.head.contains(content), "{range}: {}", answer.head);
        if status != 416 {
            assert_eq!(answer.body, body, "{range}");
        }
    }
}

#[test]
fn hostile_requests_are_refused() {
    let port = SHARED.port();
    let host = |host: &str| format!("Host: {host}\r\n");
    let cases: Vec<(&str, &str, String, u16)> = vec![
        ("GET", "/../../etc/passwd", String::new(), 400),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", String::new(), 400),
        ("GET", "/..%5c..%5cx", String::new(), 400),
        ("GET", "/a%00.pdf", String::new(), 400),
        ("GET", "//evil.example/", String::new(), 400),
        ("GET", "http://evil.example/", String::new(), 400),
        ("GET", "*", String::new(), 400),
        ("GET", "/%252e%252e/x", String::new(), 404),
        ("GET", "/.git/config", String::new(), 404),
        ("POST", "/", "Content-Length: 1000000000\r\n".to_owned(), 405),
        ("PUT", "/", String::new(), 405),
        ("OPTIONS", "/", String::new(), 405),
        ("TRACE", "/", String::new(), 405),
        ("CONNECT", "evil:80", String::new(), 405),
        ("GET", "/", host("evil.example"), 421),
        ("GET", "/", host(&format!("evil.example:{port}")), 421),
        ("GET", "/", host("127.0.0.1"), 421),
        ("GET", "/", host(&format!("127.0.0.1:{port}")) + &host("evil.example"), 421),
        ("GET", "/_essaim/evenements", "Origin: http://evil.example\r\n".to_owned(), 403),
        ("GET", "/_essaim/evenements", "Origin: null\r\n".to_owned(), 403),
        ("GET", "/_essaim/evenements", "Sec-Fetch-Site: cross-site\r\n".to_owned(), 403),
        ("GET", "/", format!("X: {}\r\n", "a".repeat(20_000)), 431),
        ("GET", "/", "no colon\r\n".to_owned(), 400),
        ("GET", "/", " : folded\r\n".to_owned(), 400),
    ];
    for (method, target, more, status) in cases {
        let answer = ask(&SHARED, method, target, &more);
        assert_eq!(answer.status, status, "{method} {target} {}", &more[..more.len().min(60)]);
        assert!(!answer.head.contains("Access-Control"), "{}", answer.head);
    }
    assert_eq!(raw(&SHARED, b"GET / HTTP/1.1\r\n\r\n").status, 421, "without Host");
    assert_eq!(raw(&SHARED, b"nonsense\r\n\r\n").status, 400);
    assert_eq!(raw(&SHARED, b"GET / HTTP/3.0\r\n\r\n").status, 400);
    assert_eq!(raw(&SHARED, b"\x16\x03\x01\x02\x00\r\n\r\n").status, 400, "TLS");
    assert_eq!(get("/").status, 200, "and the preview still answers");
}

#[test]
fn slow_and_greedy_browsers_leave_room_for_others() {
    let preview = start(true);
    let slow: Vec<TcpStream> = (0..60)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("connected");
            stream.write_all(b"GET / HT").ok();
            stream
        })
        .collect();
    assert_eq!(ask(preview, "GET", "/", "").status, 200);
    let more: Vec<TcpStream> =
        (0..20).map(|_| TcpStream::connect(("127.0.0.1", preview.port())).expect("connected")).collect();
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(ask(preview, "GET", "/", "").status, 200, "those who wait longest for nothing leave their place");
    drop((slow, more));

    let mut greedy = TcpStream::connect(("127.0.0.1", preview.port())).expect("connected");
    let block = vec![b'a'; 64 * 1024];
    let sent = (0..200).take_while(|_| greedy.write_all(&block).is_ok()).count();
    assert!(sent < 200, "an endless header is cut");
}

#[test]
fn no_spelling_of_a_path_leads_out() {
    let dots = ["..", "%2e%2e", "%2E.", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "..;", "%uff0e%uff0e", "．．", "..%00"];
    let bars = ["/", "%2f", "%2F", "\\", "%5c", "%255c", "//", "/./", "%c0%af", "%e2%88%95"];
    let starts = [
        "/",
        "//",
        "/kits/",
        "/%2e/",
        "http://127.0.0.1/",
        "http://evil.example/",
        "file:///",
        "",
        "?",
        "/integrer/a/",
    ];
    for start in starts {
        for dot in dots {
            for bar in bars {
                let target = format!("{start}{}etc{bar}passwd", format!("{dot}{bar}").repeat(4));
                let answer = get(&target);
                assert!(matches!(answer.status, 400 | 404 | 421), "{target}: {}", answer.status);
                assert!(!answer.text().contains("root:"), "{target}");
            }
        }
    }
}

/// The numbers that Linux gives of a process: its threads, and its memory in kilobytes.
#[cfg(target_os = "linux")]
fn state(process: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("a line of this name");
    line.trim_start_matches(':').split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn a_siege_takes_little_memory_and_others_are_served() {
    use std::process::{Command, Stdio};

    let home = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
    assert!(command.args(["init", "site"]).current_dir(home.path()).env_clear().status().expect("made").success());
    let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
    command.args(["serve", "--port", "0", "--root", "site"]).current_dir(home.path()).env_clear();
    let mut program = Program(command.stderr(Stdio::piped()).spawn().expect("started"));
    let mut said = BufReader::new(program.0.stderr.take().expect("its words")).lines();
    let port = said
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("Aperçu : http://127.0.0.1:")?.strip_suffix('/')?.parse::<u16>().ok())
        .expect("an address");
    let connect = || {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
        stream.set_write_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream
    };
    let asked = || {
        let mut stream = connect();
        write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").ok();
        let mut text = String::new();
        stream.read_to_string(&mut text).ok();
        text
    };
    assert!(asked().starts_with("HTTP/1.1 200"));
    let before = state(program.0.id(), "VmRSS");

    // Fifty heads without end, and bodies of a gigabyte that nobody reads.
    let block = vec![b'a'; 256 * 1024];
    for _ in 0..50 {
        let mut stream = connect();
        stream.write_all(b"GET / HTTP/1.1\r\nX: ").ok();
        assert!((0..80).any(|_| stream.write_all(&block).is_err()), "an endless head is cut");
        let mut stream = connect();
        write!(stream, "POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1000000000\r\n\r\n").ok();
        assert!((0..400).any(|_| stream.write_all(&block).is_err()), "a body of a gigabyte is cut");
    }
    // Two hundred connections that send a letter and wait.
    let slow: Vec<TcpStream> = (0..200)
        .map(|_| {
            let mut stream = connect();
            stream.write_all(b"G").ok();
            stream
        })
        .collect();
    std::thread::sleep(Duration::from_millis(300));
    let threads = state(program.0.id(), "Threads");
    assert!(threads < 150, "{threads} threads for two hundred connections");
    // Others do not even wait for the patience of a head to end.
    let start = Instant::now();
    for _ in 0..10 {
        assert!(asked().starts_with("HTTP/1.1 200"), "others are no longer served");
    }
    assert!(start.elapsed() < Duration::from_secs(4), "{:?} for ten pages", start.elapsed());
    drop(slow);
    let grown = state(program.0.id(), "VmRSS").saturating_sub(before);
    assert!(grown < 40 * 1024, "{grown} kB more after the siege");
}

#[test]
fn pages_are_told_of_changes() {
    let preview = start(true);
    let mut stream = TcpStream::connect(("127.0.0.1", preview.port())).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
    write!(
        stream,
        "GET /_essaim/evenements HTTP/1.1\r\nHost: localhost:{0}\r\nOrigin: http://localhost:{0}\r\n\r\n",
        preview.port()
    )
    .expect("asked");
    let mut lines = BufReader::new(stream).lines();
    let mut next = || {
        lines
            .by_ref()
            .map(|line| line.expect("news"))
            .find_map(|line| line.strip_prefix("data: ").map(str::to_owned))
            .expect("news")
    };
    assert!(next().contains("\"html\":\"\""), "nothing is wrong yet");

    let mut report = Report::default();
    let file = FilePath::new("content/a.md");
    report.push(Diagnostic::error("E0301", say!("« <x> » manque", "missing")).at(&file, Span::new(4, 7)));
    let start = Instant::now();
    preview.show(Some(pages("two")), Arc::new(|_| Some("Les <b> mots".into())), report, Refresh::Page);
    assert_eq!(next(), r#"{"type":"page"}"#);
    let told = next();
    assert!(start.elapsed() < Duration::from_millis(200));
    assert!(
        told.contains("1 erreur") && told.contains("&lt;x&gt;") && told.contains("<mark>&lt;b&gt;</mark>"),
        "{told}"
    );
    assert!(ask(preview, "GET", "/", "").text().contains("two"), "what can be shown is up to date");
    assert!(ask(preview, "GET", "/gone/", "").text().contains("last good"), "what an error takes away stays");

    preview.show(None, Arc::new(|_| None), Report::default(), Refresh::Styles);
    assert_eq!(next(), r#"{"type":"styles"}"#);
    assert!(ask(preview, "GET", "/", "").text().contains("two"));
}

#[test]
fn a_site_that_cannot_be_read_yet_says_why() {
    let preview = start(false);
    let mut report = Report::default();
    report.push(Diagnostic::error("E0001", say!("« site.toml » manque", "missing")));
    preview.show(None, Arc::new(|_| None), report, Refresh::Page);
    let answer = ask(preview, "GET", "/", "");
    assert_eq!(answer.status, 503);
    assert!(answer.text().contains("« site.toml » manque") && answer.text().contains("recharger.js"));
}

#[test]
fn a_page_of_this_computer_opens_sources_of_the_site_in_the_editor() {
    let preview = Preview::bind(0, Tongue::French)
        .expect("a port")
        .opening(Box::new(|file, line, column| Opened::Address(format!("vscode://file/site/{file}:{line}:{column}"))));
    let preview: &'static Preview = Box::leak(Box::new(preview));
    let sources = |file: &FilePath| (file.as_str() == "content/à lire.md").then(|| "Du texte.".into());
    preview.show(Some(pages("one")), Arc::new(sources), Report::default(), Refresh::Page);
    std::thread::spawn(|| preview.run());
    let target = "/_essaim/ouvrir?fichier=content%2F%C3%A0+lire.md&ligne=7&colonne=3";
    let ours =
        format!("X-Essaim: ouvrir\r\nOrigin: http://127.0.0.1:{}\r\nSec-Fetch-Site: same-origin\r\n", preview.port());
    let answer = ask(preview, "GET", target, &ours);
    assert_eq!((answer.status, answer.text().trim()), (200, "vscode://file/site/content/à lire.md:7:3"));
    for (more, refused) in [
        (String::new(), 403),
        ("X-Essaim: ouvrir\r\nOrigin: http://evil.example\r\n".to_owned(), 403),
        ("X-Essaim: ouvrir\r\nSec-Fetch-Site: cross-site\r\n".to_owned(), 403),
    ] {
        assert_eq!(ask(preview, "GET", target, &more).status, refused, "{more}");
    }
    for other in ["/etc/passwd", "../x", "content/autre.md", ""] {
        let target = format!("/_essaim/ouvrir?fichier={other}&ligne=1&colonne=1");
        assert_eq!(ask(preview, "GET", &target, &ours).status, 404, "{other}");
    }
}

#[test]
fn guests_of_the_network_need_the_token() {
    // A machine on no network has no guests.
    let Ok(preview) = Preview::bind_to_network(0, Tongue::French) else { return };
    let preview: &'static Preview = Box::leak(Box::new(preview));
    preview.show(Some(pages("one")), Arc::new(|_| Some("x".into())), Report::default(), Refresh::Page);
    std::thread::spawn(|| preview.run());
    let invitation = preview.invitation().expect("an address");
    let (host, token) = invitation
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once("/?jeton="))
        .unwrap_or_else(|| panic!("{invitation}"));
    let guest = |target: &str, more: &str| {
        let mut stream = TcpStream::connect(host).expect("connected over the network");
        stream.set_read_timeout(Some(Duration::from_secs(5))).expect("a timeout");
        let own = if more.contains("Host:") { String::new() } else { format!("Host: {host}\r\n") };
        write!(stream, "GET {target} HTTP/1.1\r\n{own}{more}\r\n").expect("asked");
        let mut all = String::new();
        stream.read_to_string(&mut all).ok();
        let status: u16 = all.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, all)
    };
    assert_eq!(guest("/", "").0, 403, "without the token");
    assert_eq!(guest(&format!("/?jeton={}", "0".repeat(32)), "").0, 403, "with another");
    assert_eq!(guest("/_essaim/evenements", "").0, 403);
    let (status, welcome) = guest(&format!("/kits/%C3%A9cole/?q=1&jeton={token}"), "");
    assert_eq!(status, 302);
    assert!(welcome.contains("Location: /kits/%C3%A9cole/?q=1\r\n"), "{welcome}");
    let cookie = format!("Cookie: essaim_apercu={token}\r\n");
    assert!(
        welcome.contains(&format!("Set-Cookie: essaim_apercu={token}; Path=/; HttpOnly; SameSite=Lax")),
        "{welcome}"
    );
    assert!(guest("/", &cookie).1.contains("<h1>one</h1>"));
    assert_eq!(guest("/", "Cookie: essaim_apercu=0\r\n").0, 403);
    let own = format!("Host: 127.0.0.1:{}\r\n", preview.port());
    assert_eq!(guest("/", &own).0, 421, "a guest that says it is this computer");
    assert_eq!(guest("/", &format!("Host: evil.example\r\n{cookie}")).0, 421, "a name that leads here");
    let act = format!("{cookie}X-Essaim: ouvrir\r\n");
    assert_eq!(guest("/_essaim/ouvrir?fichier=content%2Fa.md", &act).0, 403, "guests open no file");
    assert_eq!(ask(preview, "GET", "/", "").status, 200, "this computer needs no token");
    assert_eq!(
        ask(preview, "GET", "/", "X-Essaim-From: reseau\r\n").status,
        200,
        "only the door says who comes from where"
    );
}

#[test]
fn a_taken_port_gives_the_next_one() {
    let first = Preview::bind(0, Tongue::French).expect("a port");
    let second = Preview::bind(first.port(), Tongue::French).expect("another port");
    assert!(second.port() > first.port() && second.port() <= first.port() + 20);
    assert!(second.address().starts_with("http://127.0.0.1:"));
}

/// The real program, stopped when the test ends.
struct Program(std::process::Child);

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn saving_a_page_updates_the_preview_of_the_real_program() {
    use std::fs;
    use std::process::{Command, Stdio};

    let home = tempfile::tempdir().expect("a folder");
    let site = home.path().join("site");
    let essaim = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_essaim"));
        command.args(arguments).current_dir(home.path()).env_clear().stderr(Stdio::piped());
        command
    };
    assert!(essaim(&["init", "site"]).status().expect("made").success());
    let mut program = Program(essaim(&["serve", "--port", "0", "--root", "site"]).spawn().expect("started"));
    let mut said = BufReader::new(program.0.stderr.take().expect("its words")).lines();
    let port = said
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("Aperçu : http://127.0.0.1:")?.strip_suffix('/')?.parse::<u16>().ok())
        .expect("an address");
    let ask = |target: &str| {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("connected");
        write!(stream, "GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("asked");
        let mut text = String::new();
        stream.read_to_string(&mut text).ok();
        text
    };
    assert!(ask("/contact/").contains("Nous écrire"));

    let mut events = TcpStream::connect(("127.0.0.1", port)).expect("connected");
    write!(events, "GET /_essaim/evenements HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n").expect("asked");
    events.set_read_timeout(Some(Duration::from_millis(1500))).expect("a timeout");
    let mut events = BufReader::new(events).lines();
    let mut news =
        || events.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
    assert!(news().expect("the state of things").contains("\"report\""));

    // As editors save: beside, then in place; with their traces around.
    let page = site.join("content/contact.md");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(site.join("content/.contact.md.swp"), "x").expect("a trace");
    fs::write(site.join("content/4913"), "").expect("a trace");
    fs::remove_file(site.join("content/4913")).expect("no trace");
    fs::write(site.join("content/contact.md.tmp"), text.replace("Nous écrire", "Nous parler")).expect("saved");
    fs::rename(site.join("content/contact.md.tmp"), &page).expect("in place");
    assert_eq!(news().as_deref(), Some(r#"{"type":"page"}"#));
    assert!(news().expect("a report").contains("\"html\":\"\""));
    assert!(ask("/contact/").contains("Nous parler"));

    // A fault shows over the page; a folder that comes whole is seen whole.
    fs::create_dir_all(site.join("content/atelier/notes")).expect("a folder");
    fs::write(site.join("content/atelier/notes/jour.md"), "---\ntitre: Un jour\n---\nVoir [là](nulle-part.md).\n")
        .expect("a page");
    let told = std::iter::from_fn(&mut news).find(|news| news.contains("E0302")).expect("the fault");
    assert!(told.contains("1 erreur") && told.contains("nulle-part.md"), "{told}");
    assert!(ask("/contact/").contains("Nous parler"));
    fs::remove_dir_all(site.join("content/atelier")).expect("removed");
    assert!(std::iter::from_fn(&mut news).any(|news| news.contains("\"html\":\"\"")), "all is well again");

    // Traces alone, and a file saved unchanged, wake nobody.
    fs::write(site.join("content/.contact.md.swp"), "y").expect("a trace");
    fs::write(&page, fs::read(&page).expect("a page")).expect("saved");
    while let Some(news) = news() {
        assert!(!news.contains("\"page\""), "nothing changed");
    }
}
