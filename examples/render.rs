use std::sync::Arc;
use essaim::*;
fn main() {
    let mut a = std::env::args().skip(1);
    let (root, out) = (a.next().unwrap(), std::path::PathBuf::from(a.next().unwrap()));
    let (snapshot, _) = Snapshot::read(root.as_ref());
    let memos: Arc<Memos> = Arc::default();
    let (build, report) = Build::new(&snapshot, &Options::default(), &memos);
    print!("{}", essaim::report::json(&report, &|p| snapshot.text(p).cloned(), essaim::diag::Tongue::French));
    let Some(build) = build else { return };
    let said = build.render_all(&|job, body| {
        let f = out.join(job.url.file());
        std::fs::create_dir_all(f.parent().unwrap()).unwrap();
        std::fs::write(f, body).unwrap();
    });
    print!("{}", essaim::report::json(&said, &|p| snapshot.text(p).cloned(), essaim::diag::Tongue::French));
}
