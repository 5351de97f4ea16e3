//! Links to other sites, tried against a site of our own on this machine.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use assert_cmd::Command;

/// Answers as sites do: a page, a page that refuses to be asked for its head, one that moved, a private one, a lost one.
fn answer(request: &str, port: u16) -> String {
    let mut words = request.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, more) = match (path, method) {
        ("/la", _) | ("/tete", "GET") => ("200 OK", String::new()),
        ("/tete", _) => ("405 Method Not Allowed", String::new()),
        ("/change", _) => ("301 Moved Permanently", format!("Location: http://127.0.0.1:{port}/la\r\n")),
        ("/prive", _) => ("403 Forbidden", String::new()),
        _ => ("404 Not Found", String::new()),
    };
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n{more}\r\n")
}

#[test]
fn dead_and_moved_links_are_said_only_when_asked() {
    let server = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = server.local_addr().expect("it has an address").port();
    std::thread::spawn(move || {
        for stream in server.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 2048];
            let read = stream.read(&mut request).unwrap_or(0);
            let said = answer(&String::from_utf8_lossy(&request[..read]), port);
            drop(stream.write_all(said.as_bytes()));
        }
    });
    let root = tempfile::tempdir().expect("a folder");
    let links: String = ["la", "tete", "change", "prive", "perdu#ici"]
        .map(|path| format!("[la page {path}](http://127.0.0.1:{port}/{path})\n"))
        .concat();
    std::fs::create_dir(root.path().join("content")).expect("a folder");
    std::fs::write(root.path().join("site.toml"), "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n")
        .expect("a file");
    std::fs::write(root.path().join("content/_index.md"), format!("---\ntitre: Essai\nresume: Un\n---\n{links}"))
        .expect("a file");
    let said = |more: &[&str]| -> Vec<String> {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("essaim"));
        command.args(["check", "--format", "json", "--root"]).arg(root.path()).args(more);
        for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        let output = command.output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .filter_map(|said| Some(format!("{} {}", said["code"].as_str()?, said["line"])))
            .filter(|said| said[1..].starts_with("033"))
            .collect()
    };
    assert_eq!(said(&[]), Vec::<String>::new());
    assert_eq!(said(&["--external"]), ["C0331 7", "A0331 9"]);
}
