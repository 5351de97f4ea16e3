//! What servers are told: `_redirects` and `_headers` (Netlify, Cloudflare, GitLab), `.htaccess` (Apache) and lines for nginx.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Base, Cx, Job, Output, Plan, Planning, embed};
use crate::urls::Url;

/// The files that servers read beside the pages.
pub(super) const NAMES: [&str; 3] = ["/_redirects", "/_headers", "/.htaccess"];

/// The servers' files.
pub(super) struct Headers;

/// What pages may load: their own files and nothing else, and no other site may frame them.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";

/// Where the lines for nginx stand: its configuration is not in the site's folder.
const NGINX: &str = "/integrer/nginx.conf.txt";

/// How long files whose name changes with their bytes may be kept.
const FOREVER: &str = "public, max-age=31536000, immutable";

impl Output for Headers {
    fn name(&self) -> &'static str {
        "serveur"
    }

    fn label(&self) -> &'static str {
        "fichiers pour le serveur"
    }

    fn plan(&self, _: &Planning<'_>, plan: &mut Plan) {
        plan.add(Job::new("serveur", Url::new(NAMES[0]), |cx| Ok(redirects(cx).into_bytes())));
        plan.add(Job::new("serveur", Url::new(NAMES[1]), |cx| Ok(headers(cx).into_bytes())));
        plan.add(Job::new("serveur", Url::new(NAMES[2]), |cx| Ok(htaccess(cx).into_bytes())));
        plan.add(Job::new("serveur", Url::new(NGINX), |cx| Ok(nginx(cx).into_bytes())));
        plan.add(Job::new("serveur", Url::new("/.nojekyll"), |_| Ok(Vec::new())));
    }
}

fn redirects(cx: &Cx<'_>) -> String {
    let base = Base::fixed(cx.site.config.base_path());
    let mut out = String::new();
    for redirect in &cx.site.redirects {
        let _ = writeln!(out, "{} {} 301", base.href(&redirect.from), base.href(&redirect.to));
    }
    out
}

/// Returns what the pages of the site may load, and who may frame them: the site itself.
fn closed() -> String {
    format!("{POLICY}; frame-ancestors 'self'")
}

/// Returns what the pages under `/integrer/` may load: the styles and the script that stand inside them, by their hashes. Any site may frame them.
fn open(cx: &Cx<'_>) -> String {
    let hash = |path: &str| embed::sri(embed::minified(cx, path).as_bytes());
    // The page that compares copies asks the reader's browser for the copy.
    let styles: Vec<String> = embed::STYLES.iter().map(|path| format!("'{}'", hash(path))).collect();
    format!(
        "{POLICY}; style-src 'self' {}; script-src 'self' '{}'; connect-src 'self' https:; frame-ancestors *",
        styles.join(" "),
        hash(embed::SCRIPT)
    )
}

/// What other sites' scripts may read, beside what `/integrer/` holds.
const SHARED: &[&str] = &["/donnees/*", "/integrer.js", "/atom.xml", "/feed.json"];

/// Writes the rules of `_headers`. A host adds up the rules that match an address, so no two of them say the same header of one address.
fn headers(cx: &Cx<'_>) -> String {
    let base = Base::fixed(cx.site.config.base_path());
    let mut out = String::new();
    let mut rule = |path: &str, lines: &[(&str, &str)]| {
        let _ = writeln!(out, "{}", base.join(path));
        for (name, value) in lines {
            let _ = writeln!(out, "  {name}: {value}");
        }
        out.push('\n');
    };
    rule("/*", &[("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "strict-origin-when-cross-origin")]);
    let closed = closed();
    for part in parts(cx) {
        rule(&part, &[("Content-Security-Policy", &closed)]);
    }
    rule("/integrer/*", &[("Content-Security-Policy", &open(cx)), ("Access-Control-Allow-Origin", "*")]);
    for path in SHARED {
        rule(path, &[("Access-Control-Allow-Origin", "*")]);
    }
    for version in embed::versions(cx.theme) {
        let path = format!("/integrer-{version}.js");
        rule(&path, &[("Access-Control-Allow-Origin", "*"), ("Cache-Control", FOREVER)]);
    }
    rule("/theme/*", &[("Cache-Control", FOREVER)]);
    out
}

/// Returns the parts of the site that other sites may not frame: all its first folders but `/integrer/`.
fn parts(cx: &Cx<'_>) -> BTreeSet<String> {
    let made = [
        "/themes/",
        "/territoires/",
        "/exemples/",
        "/glossaire/",
        "/plan-du-site/",
        "/accessibilite/",
        "/ecoconception/",
        "/recherche/",
        "/donnees/",
    ];
    let pages = cx.site.pages.iter().map(|page| page.url.as_str());
    let old = cx.site.redirects.iter().map(|redirect| redirect.from.as_str());
    let mut parts: BTreeSet<String> = pages
        .chain(old)
        .chain(made)
        .filter_map(|url| url.trim_start_matches('/').split_once('/'))
        .map(|(first, _)| format!("/{first}/*"))
        .filter(|part| part != "/integrer/*")
        .collect();
    parts.insert("/".to_owned());
    parts.insert("/404.html".to_owned());
    parts
}

fn htaccess(cx: &Cx<'_>) -> String {
    let base = Base::fixed(cx.site.config.base_path());
    let root = regex_escape(cx.site.config.base_path());
    let embeds = format!("m#^{root}integrer/#");
    let mut out = format!(
        "ErrorDocument 404 {}\nAddDefaultCharset utf-8\nAddType application/json .json\nAddType application/geo+json .geojson\nAddType text/calendar .ics\nAddType text/x-opml .opml\n\n\
         <IfModule mod_headers.c>\n  Header always set X-Content-Type-Options \"nosniff\"\n  Header always set Referrer-Policy \"strict-origin-when-cross-origin\"\n\
         \x20 Header always set Content-Security-Policy \"{}\" \"expr=%{{REQUEST_URI}} !~ {embeds}\"\n\
         \x20 Header always set Content-Security-Policy \"{}\" \"expr=%{{REQUEST_URI}} =~ {embeds}\"\n\
         \x20 Header always set Access-Control-Allow-Origin \"*\" \"expr=%{{REQUEST_URI}} =~ m#^{root}(integrer/|donnees/|integrer(-[0-9]+)?\\.js)#\"\n\
         \x20 Header set Cache-Control \"{FOREVER}\" \"expr=%{{REQUEST_URI}} =~ m#^{root}(theme/|integrer-[0-9]+\\.js)#\"\n</IfModule>\n\n\
         <IfModule mod_deflate.c>\n  AddOutputFilterByType DEFLATE text/html text/css text/plain text/xml text/x-opml text/javascript application/javascript application/json application/geo+json application/atom+xml image/svg+xml\n</IfModule>\n",
        base.join("/404.html"),
        closed(),
        open(cx),
    );
    if !cx.site.redirects.is_empty() {
        out.push_str("\n<IfModule mod_alias.c>\n");
        for redirect in &cx.site.redirects {
            let from = decoded(cx, &redirect.from);
            let _ = writeln!(
                out,
                "  RedirectMatch 301 \"^{}?$\" \"{}\"",
                regex_escape(from.trim_end_matches('/')) + "/",
                base.href(&redirect.to)
            );
        }
        out.push_str("</IfModule>\n");
    }
    out
}

/// Lines to include in the `server` block. A `location` does not take over the headers of the block around it: each says all of its own.
fn nginx(cx: &Cx<'_>) -> String {
    let root = cx.site.config.base_path();
    let escaped = regex_escape(root);
    let base = Base::fixed(root);
    let common = "  add_header X-Content-Type-Options \"nosniff\" always;\n  add_header Referrer-Policy \"strict-origin-when-cross-origin\" always;\n";
    let cors = "  add_header Access-Control-Allow-Origin \"*\" always;\n";
    let mut out = format!(
        "# À inclure dans le bloc « server » de nginx : include /chemin/vers/nginx.conf.txt;\n\
         charset utf-8;\nerror_page 404 {};\n\n\
         location {root} {{\n{common}  add_header Content-Security-Policy \"{}\" always;\n}}\n\n\
         location ^~ {root}integrer/ {{\n  types {{ text/html html; application/json json; application/xml xml; text/x-opml opml; text/plain txt; }}\n{common}{cors}  add_header Content-Security-Policy \"{}\" always;\n}}\n\n\
         location ^~ {root}donnees/ {{\n  types {{ text/html html; application/json json; application/geo+json geojson; text/csv csv; }}\n{common}{cors}  add_header Content-Security-Policy \"{}\" always;\n}}\n\n\
         location ~ ^{escaped}integrer(-[0-9]+)?\\.js$ {{\n{common}{cors}  add_header Cache-Control \"public, max-age=86400\";\n}}\n\n\
         location ^~ {root}theme/ {{\n{common}  add_header Cache-Control \"{FOREVER}\";\n}}\n",
        base.join("/404.html"),
        closed(),
        open(cx),
        closed(),
    );
    // Twins are sent as they are: the server compresses nothing.
    let compression = cx.site.config.fields.map("sorties").and_then(|outputs| outputs.choice("compression"));
    if matches!(compression, Some("gzip" | "les deux")) {
        out.push_str("gzip_static on;\n");
    }
    if matches!(compression, Some("brotli" | "les deux")) {
        out.push_str("# Avec le module ngx_brotli, retirez le dièse :\n# brotli_static on;\n");
    }
    for redirect in &cx.site.redirects {
        let from = decoded(cx, &redirect.from);
        let quote = if from.contains([' ', ';', '{', '}', '\'']) { "\"" } else { "" };
        let _ = writeln!(out, "location = {quote}{from}{quote} {{ return 301 {}; }}", base.href(&redirect.to));
    }
    out
}

/// Returns an address as Apache and nginx compare it: as one reads it, not as it is sent.
fn decoded(cx: &Cx<'_>, url: &Url) -> String {
    format!("{}{}", cx.site.config.base_path(), url.as_str().trim_start_matches('/'))
}

fn regex_escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '/' | '-' | '_' | '%') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
