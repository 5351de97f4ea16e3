//! A site in memory, for tests: a text archive, edits, and what comes of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use essaim::build::Body;
use essaim::diag::Tongue;
use essaim::emit::Job;
use essaim::report::{Look, terminal};
use essaim::urls::Url;
use essaim::{Build, Memos, Options, Report, Snapshot};

/// What a site is called when the archive has no `site.toml`.
const SITE: &str = "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n";

/// A site as files in memory; each question builds it again.
pub struct Project {
    files: BTreeMap<String, Vec<u8>>,
    memos: Arc<Memos>,
    pub options: Options,
}

impl Project {
    /// Reads an archive: a line `-- content/a.md --` before each file. A `site.toml` is added when there is none.
    pub fn new(archive: &str) -> Self {
        let mut files = BTreeMap::from([("site.toml".to_owned(), SITE.as_bytes().to_vec())]);
        let mut current: Option<(String, String)> = None;
        for line in archive.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (name, &mut current) {
                (Some(name), _) => {
                    let done = current.replace((name.trim().to_owned(), String::new()));
                    files.extend(done.map(|(name, text)| (name, text.into_bytes())));
                }
                (None, Some((_, text))) => text.push_str(line),
                (None, None) => assert!(line.trim().is_empty(), "an archive begins with « -- path -- », not {line:?}"),
            }
        }
        files.extend(current.map(|(name, text)| (name, text.into_bytes())));
        Self { files, memos: Arc::default(), options: Options::default() }
    }

    /// Changes a file; what was remembered of the others stays.
    pub fn edit(&mut self, path: &str, change: impl FnOnce(&str) -> String) {
        let bytes = self.files.get_mut(path).unwrap_or_else(|| panic!("there is no {path}"));
        *bytes = change(std::str::from_utf8(bytes).expect("an edited file is text")).into_bytes();
    }

    /// Writes a file, whatever its bytes.
    pub fn write(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// Takes a file away.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path).unwrap_or_else(|| panic!("there is no {path}"));
    }

    /// The sources as the program sees them.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.clone())))
    }

    /// The build and what there is to say; there is no build when `site.toml` or the theme cannot be read.
    pub fn build(&self) -> (Option<Build>, Report) {
        Build::new(&self.snapshot(), &self.options, &self.memos)
    }

    /// The same files, with nothing remembered.
    pub fn afresh(&self) -> Self {
        Self { files: self.files.clone(), memos: Arc::default(), options: self.options.clone() }
    }

    /// Every file of the site.
    pub fn made(&self) -> BTreeMap<String, Vec<u8>> {
        let (build, report) = self.build();
        let build = build.unwrap_or_else(|| panic!("no build: {report:?}"));
        let made = Mutex::new(BTreeMap::new());
        let faults = build.render_all(&|job: &Job, body: Body| {
            made.lock().expect("no test panics while it holds this").insert(job.url.as_str().to_owned(), body);
        });
        assert!(faults.diagnostics.is_empty(), "{faults:?}");
        made.into_inner().expect("no test panics while it holds this")
    }

    /// Everything there is to say, once every file has been made as well.
    pub fn said(&self) -> Report {
        let (build, mut report) = self.build();
        if let Some(build) = build {
            report.extend(build.render_all(&|_: &Job, _: Body| {}));
        }
        report.sort();
        report
    }

    /// What a writer reads on the terminal, in French.
    pub fn report(&self) -> String {
        let snapshot = self.snapshot();
        let look = Look { tongue: Tongue::French, width: 100, colour: false };
        terminal(&self.said(), &|path| snapshot.text(path), look)
    }

    /// The diagnostics as `code file:line:column`, in the order of the report.
    pub fn codes(&self) -> Vec<String> {
        let snapshot = self.snapshot();
        let rows = essaim::report::json(&self.said(), &|path| snapshot.text(path), Tongue::French);
        rows.lines().map(row).collect()
    }

    /// A file of the site as text; errors of the content do not prevent it from being made.
    pub fn page(&self, url: &str) -> String {
        String::from_utf8(self.file(url)).expect("a page is UTF-8")
    }

    /// A file of the site.
    pub fn file(&self, url: &str) -> Vec<u8> {
        let (build, report) = self.build();
        let build = build.unwrap_or_else(|| panic!("no build: {report:?}"));
        match build.render(&Url::new(url)) {
            Some(Ok(body)) => body,
            Some(Err(fault)) => panic!("{url}: {fault:?}"),
            None => panic!("there is no {url}; there are {:?}", self.urls()),
        }
    }

    /// Every address of the site.
    pub fn urls(&self) -> Vec<String> {
        let (build, report) = self.build();
        build.unwrap_or_else(|| panic!("no build: {report:?}")).urls().map(|url| url.as_str().to_owned()).collect()
    }
}

fn row(row: &str) -> String {
    let row: serde_json::Value = serde_json::from_str(row).expect("one object a line");
    let text = |name: &str| row[name].as_str().unwrap_or("-").to_owned();
    let place = |name: &str| row[name].as_u64().map_or(String::new(), |number| format!(":{number}"));
    format!("{} {}{}{}", text("code"), text("file"), place("line"), place("column"))
}
