use std::sync::Arc;
fn main() {
    let root = std::env::args().nth(1).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let t = std::time::Instant::now();
    let (snap, _) = essaim::Snapshot::read(std::path::Path::new(&root));
    eprintln!("read {:?}", t.elapsed());
    let only: Vec<String> =
        std::env::args().nth(3).map(|s| s.split(',').map(str::to_owned).collect()).unwrap_or_default();
    let options = essaim::Options { only, ..Default::default() };
    let memos = Arc::new(essaim::Memos::default());
    let (build, report) = essaim::Build::new(&snap, &options, &memos);
    eprintln!("built {:?}", t.elapsed());
    for d in report.diagnostics.iter().take(60) {
        eprintln!(
            "{} {} {:?} | {} || {}",
            d.severity.word(Default::default()),
            d.code,
            d.at.as_ref().map(|m| (m.file.to_string(), m.span)),
            d.message.fr,
            d.help.as_ref().map(|h| h.fr.as_str()).unwrap_or("")
        );
    }
    eprintln!("{} diagnostics", report.diagnostics.len());
    let Some(build) = build else { return };
    let report = build.render_all(&|job, body| {
        let path = std::path::Path::new(&out).join(job.url.file());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, body).unwrap();
    });
    eprintln!("rendered {:?}", t.elapsed());
    for d in report.diagnostics.iter().take(20) {
        eprintln!(
            "{} {:?} | {} || {}",
            d.code,
            d.at.as_ref().map(|m| (m.file.to_string(), m.span)),
            d.message.fr,
            d.help.as_ref().map(|h| h.fr.as_str()).unwrap_or("")
        );
    }
}
