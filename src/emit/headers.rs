//! What servers are told: `_redirects` and `_headers` (Netlify, Cloudflare, GitLab) and `.htaccess` (Apache).

use std::fmt::Write as _;

use super::{Base, Cx, Job, Output, Plan, Planning};
use crate::urls::Url;

/// The servers' files.
pub(super) struct Headers;

/// What pages may load: their own files and nothing else. Only `/integrer/` may be framed by other sites.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'";

impl Output for Headers {
    fn name(&self) -> &'static str {
        "serveur"
    }

    fn label(&self) -> &'static str {
        "fichiers pour le serveur"
    }

    fn plan(&self, _: &Planning<'_>, plan: &mut Plan) {
        plan.add(Job::new("serveur", Url::new("/_redirects"), |cx| Ok(redirects(cx).into_bytes())));
        plan.add(Job::new("serveur", Url::new("/_headers"), |_| Ok(headers().into_bytes())));
        plan.add(Job::new("serveur", Url::new("/.htaccess"), |cx| Ok(htaccess(cx).into_bytes())));
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

fn headers() -> String {
    format!(
        "/*\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n  Content-Security-Policy: {POLICY}; frame-ancestors 'self'\n\n\
         /integrer/*\n  ! Content-Security-Policy\n  Access-Control-Allow-Origin: *\n\n\
         /donnees/*\n  Access-Control-Allow-Origin: *\n\n\
         /theme/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}

fn htaccess(cx: &Cx<'_>) -> String {
    let base = Base::fixed(cx.site.config.base_path());
    let mut out = format!(
        "ErrorDocument 404 {}\nAddDefaultCharset utf-8\nAddType application/json .json\nAddType application/geo+json .geojson\nAddType text/calendar .ics\n\n\
         <IfModule mod_headers.c>\n  Header always set X-Content-Type-Options \"nosniff\"\n  Header always set Referrer-Policy \"strict-origin-when-cross-origin\"\n\
         \x20 Header always set Content-Security-Policy \"{POLICY}; frame-ancestors 'self'\" \"expr=%{{REQUEST_URI}} !~ m#/integrer/#\"\n\
         \x20 Header always set Access-Control-Allow-Origin \"*\" \"expr=%{{REQUEST_URI}} =~ m#/(integrer|donnees)/#\"\n\
         \x20 Header set Cache-Control \"public, max-age=31536000, immutable\" \"expr=%{{REQUEST_URI}} =~ m#/theme/#\"\n</IfModule>\n\n\
         <IfModule mod_deflate.c>\n  AddOutputFilterByType DEFLATE text/html text/css text/plain text/xml text/javascript application/javascript application/json application/geo+json application/atom+xml image/svg+xml\n</IfModule>\n",
        base.join("/404.html")
    );
    if !cx.site.redirects.is_empty() {
        out.push_str("\n<IfModule mod_alias.c>\n");
        for redirect in &cx.site.redirects {
            let from = base.href(&redirect.from);
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

fn regex_escape(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if !c.is_ascii_alphanumeric() && !matches!(c, '/' | '-' | '_' | '%') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
