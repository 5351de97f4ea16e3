//! What pages weigh, counted as they are made: for the page that tells readers, and for those who hold a site to its budgets.

mod reading;
mod weights;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use super::Job;
use crate::assets;
use crate::diag::{Diagnostic, FilePath, Report, Said};
use crate::say;
use crate::theme::Theme;
use crate::urls::Url;
use reading::read;
use weights::Weights;

/// The most elements of a fiche: more, and an old telephone drags.
const FICHE_NODES: usize = 300;

/// The most bytes of markup, styles and scripts of a page, packed as servers send them.
const PACKED: usize = 60 * 1024;

/// The most requests before a reader does anything, images aside.
const REQUESTS: usize = 4;

/// From this length on a page is packed to be weighed: a shorter one stays within its budget whatever it holds.
const LONG: usize = 80 * 1024;

/// The quantiles of the Web that EcoIndex ranks pages by.
const NODES_OF_THE_WEB: [f64; 21] = [
    0.0, 47.0, 75.0, 159.0, 233.0, 298.0, 358.0, 417.0, 476.0, 537.0, 603.0, 674.0, 753.0, 843.0, 949.0, 1076.0,
    1237.0, 1459.0, 1801.0, 2479.0, 594_601.0,
];
const REQUESTS_OF_THE_WEB: [f64; 21] = [
    0.0, 2.0, 15.0, 25.0, 34.0, 42.0, 49.0, 56.0, 63.0, 70.0, 78.0, 86.0, 95.0, 105.0, 117.0, 130.0, 147.0, 170.0,
    205.0, 281.0, 3920.0,
];
const KILOBYTES_OF_THE_WEB: [f64; 21] = [
    0.0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
    2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223_212.26,
];

/// What one page weighs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Measure {
    /// The word of its sort: `fiche`, `recit`, `plan`…
    pub sort: String,
    pub source: Option<FilePath>,
    /// Elements, those inside drawings aside, as EcoIndex counts them.
    pub nodes: usize,
    /// Bytes of the page itself.
    bytes: usize,
    /// The same once packed, for a page long enough to be weighed.
    packed: Option<usize>,
    /// Names of the theme's files that it asks for at once.
    linked: BTreeSet<String>,
    /// Something that it asks of another site without being asked.
    elsewhere: Option<String>,
    images: usize,
    /// It has tables or code: a page to look things up in, held to its grade alone.
    is_reference: bool,
}

/// The measures of the pages made so far.
#[derive(Default)]
pub struct Measures {
    inner: Mutex<Inner>,
    weights: Weights,
}

#[derive(Clone, Default)]
struct Inner {
    pages: BTreeMap<Url, Measure>,
    /// The longest page of each sort, whole, to be weighed at the end.
    longest: HashMap<String, (usize, Url, Vec<u8>)>,
}

/// What the pages of one sort weigh.
#[derive(Debug, Clone, PartialEq)]
pub struct Sort {
    pub name: String,
    pub pages: usize,
    /// Elements of the page in the middle, and of the one that has most.
    pub nodes: usize,
    pub most_nodes: usize,
    /// Requests of the page that makes most, images aside.
    pub requests: usize,
    /// Bytes of the longest page with its styles and scripts, packed.
    pub packed: u64,
    /// The least EcoIndex of the sort.
    pub ecoindex: f64,
}

impl Measures {
    /// Returns whether a file is a page that is measured.
    pub fn wants(job: &Job) -> bool {
        job.output == "html" && !job.last && job.url.as_str().ends_with('/')
    }

    /// Measures a page as it is made; other files are let go.
    pub fn note(&self, theme: &Theme, job: &Job, body: &[u8]) {
        if !Self::wants(job) {
            return;
        }
        let mut measure = read(body);
        self.weights.begin(theme, &measure.linked);
        measure.source = job.source.clone();
        if body.len() > LONG {
            measure.packed = Some(assets::packed(body));
        }
        let mut inner = self.inner();
        let key = (body.len(), &job.url);
        if inner.longest.get(&measure.sort).is_none_or(|(length, url, _)| (*length, url) < key) {
            inner.longest.insert(measure.sort.clone(), (body.len(), job.url.clone(), body.to_vec()));
        }
        inner.pages.insert(job.url.clone(), measure);
    }

    /// Returns what the theme's files that pages ask for weigh.
    fn files(&self, theme: &Theme, inner: &Inner) -> HashMap<String, usize> {
        let asked: BTreeSet<&String> = inner.pages.values().flat_map(|measure| &measure.linked).collect();
        self.weights.of(theme, asked)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns whether no page was measured yet.
    pub fn is_empty(&self) -> bool {
        self.inner().pages.is_empty()
    }

    /// Returns what the pages of each sort weigh, by name; nothing before pages were made.
    pub fn sorts(&self, theme: &Theme) -> Vec<Sort> {
        // Packing takes both cores, and a thread that waits for the other may note another page: nothing is held meanwhile.
        let inner = self.inner().clone();
        let files = self.files(theme, &inner);
        let mut by_sort: BTreeMap<&str, Vec<&Measure>> = BTreeMap::new();
        for measure in inner.pages.values() {
            by_sort.entry(&measure.sort).or_default().push(measure);
        }
        let sorts = by_sort.into_par_iter().map(|(name, measures)| {
            let mut nodes: Vec<usize> = measures.iter().map(|measure| measure.nodes).collect();
            nodes.sort_unstable();
            let (own, with) = inner.longest.get(name).map_or((0, 0), |(_, url, body)| {
                let measure = inner.pages.get(url);
                let own = measure.and_then(|measure| measure.packed).unwrap_or_else(|| assets::packed(body));
                (own, measure.map_or(0, |measure| measure.linked_size(&files)))
            });
            Sort {
                name: name.to_owned(),
                pages: measures.len(),
                nodes: nodes[nodes.len() / 2],
                most_nodes: *nodes.last().unwrap_or(&0),
                requests: measures.iter().map(|measure| measure.requests()).max().unwrap_or(0),
                packed: (own + with) as u64,
                ecoindex: measures.iter().map(|measure| measure.ecoindex(&files)).fold(100.0, f64::min),
            }
        });
        sorts.collect()
    }

    /// Says which pages go over their budgets.
    pub fn over(&self, theme: &Theme) -> Report {
        let inner = self.inner();
        let files = self.files(theme, &inner);
        let mut report = Report::default();
        for (url, measure) in &inner.pages {
            let faults = measure.faults(url, &files);
            report.diagnostics.extend(faults.into_iter().map(|fault| match &measure.source {
                Some(source) => fault.in_file(source),
                None => fault,
            }));
        }
        report
    }
}

impl Measure {
    fn requests(&self) -> usize {
        1 + self.linked.len()
    }

    fn linked_size(&self, files: &HashMap<String, usize>) -> usize {
        self.linked.iter().filter_map(|name| files.get(name)).sum()
    }

    /// Returns the weight of the page with its styles and scripts; that of a short page is estimated from its length.
    fn weight(&self, files: &HashMap<String, usize>) -> usize {
        self.packed.unwrap_or(self.bytes / 4) + self.linked_size(files)
    }

    /// Returns the EcoIndex that the page would have, from 0 to 100, its images and its icon counted as requests.
    #[expect(clippy::cast_precision_loss, reason = "a page has far fewer than 2^52 elements, requests or bytes")]
    fn ecoindex(&self, files: &HashMap<String, usize>) -> f64 {
        let requests = (self.requests() + self.images + 1) as f64;
        let ranks = 3.0 * rank(&NODES_OF_THE_WEB, self.nodes as f64)
            + 2.0 * rank(&REQUESTS_OF_THE_WEB, requests)
            + rank(&KILOBYTES_OF_THE_WEB, self.weight(files) as f64 / 1000.0);
        100.0 - 5.0 * ranks / 6.0
    }

    fn faults(&self, url: &Url, files: &HashMap<String, usize>) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        let nodes = self.nodes;
        let score = self.ecoindex(files);
        if score <= 80.0 {
            let letter = letter(score);
            faults.push(heavy(say!(
                "« {url} » compte {nodes} éléments : son EcoIndex serait {letter} et non A",
                "“{url}” has {nodes} elements: its EcoIndex would be {letter}, not A"
            )));
        } else if self.sort == "fiche" && !self.is_reference && nodes > FICHE_NODES {
            faults.push(heavy(say!(
                "« {url} » compte {nodes} éléments, et une fiche {FICHE_NODES} au plus",
                "“{url}” has {nodes} elements, and a fiche {FICHE_NODES} at most"
            )));
        }
        let weight = self.weight(files);
        if weight > PACKED {
            let (weight, most) = (weight / 1024, PACKED / 1024);
            faults.push(
                Diagnostic::warning(
                    "A1102",
                    say!(
                        "« {url} » pèse {weight} Kio avec ses styles et ses scripts, {most} au plus",
                        "“{url}” weighs {weight} KiB with its styles and scripts, {most} at most"
                    ),
                )
                .help(say!(
                    "coupez la page en deux, ou allégez le thème",
                    "split the page in two, or lighten the theme"
                )),
            );
        }
        let requests = self.requests();
        if requests > REQUESTS {
            let list = self.linked.iter().cloned().collect::<Vec<_>>().join(", ");
            faults.push(
                Diagnostic::warning(
                    "A1103",
                    say!(
                        "« {url} » demande {requests} fichiers avant tout geste du lecteur, {REQUESTS} au plus",
                        "“{url}” asks for {requests} files before the reader does anything, {REQUESTS} at most"
                    ),
                )
                .help(say!("réunissez ces fichiers du thème : {list}", "join these files of the theme: {list}")),
            );
        }
        if let Some(address) = &self.elsewhere {
            faults.push(
                Diagnostic::warning(
                    "A1104",
                    say!(
                        "« {url} » appelle un autre site sans que le lecteur l’ait voulu : {address}",
                        "“{url}” calls another site without the reader’s wish: {address}"
                    ),
                )
                .help(say!(
                    "copiez le fichier dans « static/ » ou dans le thème",
                    "copy the file into “static/” or into the theme"
                )),
            );
        }
        faults
    }
}

fn heavy(message: Said) -> Diagnostic {
    Diagnostic::warning("A1101", message).help(say!(
        "coupez la page en deux, ou écrivez ses tableaux sous forme de listes",
        "split the page in two, or write its tables as lists"
    ))
}

/// Returns the letter of an EcoIndex.
pub fn letter(score: f64) -> char {
    let limits = [(80.0, 'A'), (70.0, 'B'), (55.0, 'C'), (40.0, 'D'), (25.0, 'E'), (10.0, 'F')];
    limits.iter().find(|(limit, _)| score > *limit).map_or('G', |(_, letter)| *letter)
}

#[expect(clippy::cast_precision_loss, reason = "a place among twenty-one")]
fn rank(quantiles: &[f64; 21], value: f64) -> f64 {
    match quantiles.iter().position(|limit| value < *limit) {
        Some(0) => 0.0,
        Some(at) => (at - 1) as f64 + (value - quantiles[at - 1]) / (quantiles[at] - quantiles[at - 1]),
        None => 20.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!DOCTYPE html>\n<html><head><!-- <b> --><link rel=\"stylesheet\" href=\"../theme/css/site.a1.css\">\
        <script src=\"../theme/js/site.b2.js\" defer></script><script>if (a<b) x</script></head>\
        <body class=\"nature-fiche teinte-x\"><svg><path/><g></g></svg><p>1 < 2</p><img src=\"https://a.example/x.png\"></body></html>";

    #[test]
    fn elements_requests_and_calls_elsewhere_are_counted() {
        let measure = read(PAGE.as_bytes());
        assert_eq!((measure.nodes, measure.requests(), measure.images), (9, 3, 1));
        assert_eq!(measure.sort, "fiche");
        assert_eq!(measure.elsewhere.as_deref(), Some("https://a.example/x.png"));
        let codes: Vec<&str> =
            measure.faults(&Url::new("/a/"), &HashMap::new()).iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["A1104"]);
    }

    #[test]
    fn the_index_is_that_of_its_authors() {
        assert!(rank(&NODES_OF_THE_WEB, 0.0).abs() < 1e-9 && (rank(&NODES_OF_THE_WEB, 47.0) - 1.0).abs() < 1e-9);
        assert_eq!([95.0, 80.0, 79.0, 60.0, 1.0].map(letter), ['A', 'B', 'B', 'C', 'G']);
        let page = |nodes| Measure { sort: "fiche".to_owned(), nodes, bytes: 20_000, ..Measure::default() };
        let codes = |nodes| -> Vec<&str> {
            page(nodes).faults(&Url::new("/"), &HashMap::new()).iter().map(|fault| fault.code).collect()
        };
        assert!(codes(300).is_empty());
        assert_eq!((codes(301), codes(900)), (vec!["A1101"], vec!["A1101"]));
    }
}
