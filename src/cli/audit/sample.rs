//! The pages that an audit looks at: those that RGAA names, one of each sort and layout, and one in ten of the others drawn by lot.

use std::collections::BTreeSet;

use crate::build::Build;
use crate::urls::Url;

use super::Sheet;

/// What pages hold that some criteria are about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Features {
    image: bool,
    cadre: bool,
    video: bool,
    carte: bool,
    tableau: bool,
    document: bool,
}

impl Features {
    fn of(html: &str) -> Self {
        let main = html.split_once("<main").map_or(html, |(_, main)| main);
        let main = main.split_once("</main>").map_or(main, |(main, _)| main);
        let documents = [".pdf", ".odt", ".ods", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odp"];
        Self {
            image: main.contains("<img"),
            cadre: main.contains("<iframe"),
            video: main.contains("<video") || main.contains("<audio") || main.contains("class=\"video"),
            carte: main.contains("class=\"carte"),
            tableau: main.contains("<table"),
            document: documents.iter().any(|ending| main.contains(&format!("{ending}\""))),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            image: self.image || other.image,
            cadre: self.cadre || other.cadre,
            video: self.video || other.video,
            carte: self.carte || other.carte,
            tableau: self.tableau || other.tableau,
            document: self.document || other.document,
        }
    }

    /// Returns whether the site has nothing of what a criterion is about.
    pub fn lacks(&self, needs: &str) -> bool {
        match needs {
            "image" => !self.image,
            "cadre" => !self.cadre,
            "video" => !self.video,
            "carte" => !self.carte,
            "tableau" => !self.tableau,
            "document" => !self.document,
            _ => false,
        }
    }

    /// Returns the sentence that says so.
    pub fn absence(needs: &str) -> &'static str {
        match needs {
            "image" => "Aucune page ne montre d’image.",
            "cadre" => "Aucune page ne contient de cadre.",
            "video" => "Aucune page n’a de son ni de vidéo.",
            "carte" => "Aucune page n’a de carte.",
            "tableau" => "Aucune page n’a de tableau.",
            "document" => "Aucune page ne propose de document à télécharger.",
            _ => "",
        }
    }

    /// The names of what a page has, in words.
    fn words(self) -> Vec<&'static str> {
        [
            (self.image, "image"),
            (self.cadre, "cadre"),
            (self.video, "vidéo"),
            (self.carte, "carte"),
            (self.tableau, "tableau"),
            (self.document, "document à télécharger"),
        ]
        .into_iter()
        .filter_map(|(has, word)| has.then_some(word))
        .collect()
    }

    /// Everything at once.
    #[cfg(test)]
    pub fn all() -> Self {
        Self { image: true, cadre: true, video: true, carte: true, tableau: true, document: true }
    }
}

/// A page as an auditor chooses it.
pub(super) struct Seen {
    url: Url,
    title: String,
    sort: String,
    features: Features,
    length: usize,
}

/// Reads every page that people read, and what the site has as a whole.
pub(super) fn read(build: &Build) -> (Vec<Seen>, Features) {
    let mut pages = Vec::new();
    let mut features = Features::default();
    for job in build.jobs().filter(|job| job.output == "html" && job.url.as_str().ends_with('/')) {
        let Some(Ok(body)) = build.render(&job.url) else { continue };
        let html = String::from_utf8_lossy(&body).into_owned();
        let seen = Seen {
            url: job.url.clone(),
            title: between(&html, "<title>", "</title>"),
            sort: between(&html, "<body class=\"nature-", " "),
            features: Features::of(&html),
            length: html.len(),
        };
        features = features.and(seen.features);
        pages.push(seen);
    }
    (pages, features)
}

fn between(html: &str, before: &str, after: &str) -> String {
    let text = html.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map_or("", |(text, _)| text);
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'")
}

/// Returns the sample, with why each page is in it.
pub(super) fn sheet(build: &Build, pages: &[Seen]) -> Sheet {
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let mut rows = vec![["N°", "Page", "Adresse", "Pourquoi", "Ce qu’elle contient"].map(str::to_owned).to_vec()];
    let base = build.site.config.base_url.trim_end_matches('/').to_owned();
    let mut take = |page: &Seen, why: &str| {
        let number = rows.len().to_string();
        let holds = page.features.words().join(", ");
        rows.push(vec![number, page.title.clone(), format!("{base}{}", page.url), why.to_owned(), holds]);
    };
    for (words, why) in NAMED {
        let found = pages.iter().find(|page| words.contains(&page.url.as_str()));
        if let Some(page) = found.filter(|page| taken.insert(page.url.as_str())) {
            take(page, why);
        }
    }
    // The longest page of each sort stands for it: it has the most to look at.
    let sorts: BTreeSet<&str> = pages.iter().map(|page| page.sort.as_str()).collect();
    for sort in sorts {
        let longest = pages.iter().filter(|page| page.sort == sort).max_by_key(|page| (page.length, &page.url));
        if let Some(page) = longest.filter(|page| taken.insert(page.url.as_str())) {
            take(page, &format!("la plus longue page de la sorte « {sort} »"));
        }
    }
    for word in ["image", "cadre", "vidéo", "carte", "tableau", "document à télécharger"] {
        let with = pages.iter().filter(|page| page.features.words().contains(&word));
        if let Some(page) =
            with.max_by_key(|page| (page.length, &page.url)).filter(|page| taken.insert(page.url.as_str()))
        {
            take(page, &format!("une page avec : {word}"));
        }
    }
    // One in ten of the sample at least is drawn by lot: by a hash, so that the same site gives the same sample.
    let mut left: Vec<&Seen> = pages.iter().filter(|page| !taken.contains(page.url.as_str())).collect();
    left.sort_by_cached_key(|page| *blake3::hash(page.url.as_str().as_bytes()).as_bytes());
    let drawn = taken.len().div_ceil(9).max(pages.len() / 50);
    for page in left.into_iter().take(drawn) {
        take(page, "tirée au sort");
    }
    Sheet { name: "Échantillon", rows }
}

/// The pages that RGAA names, by their usual addresses.
const NAMED: &[(&[&str], &str)] = &[
    (&["/"], "page d’accueil"),
    (&["/contact/", "/nous-ecrire/"], "page de contact"),
    (&["/mentions-legales/"], "mentions légales"),
    (&["/accessibilite/"], "déclaration d’accessibilité"),
    (&["/plan-du-site/"], "plan du site"),
    (&["/aide/", "/a-propos/"], "aide ou présentation"),
    (&["/recherche/"], "recherche"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_holds_is_read_in_its_main_part() {
        let page = "<img><main><table></table><a href=\"x.pdf\">x</a></main><iframe>";
        let features = Features::of(page);
        assert_eq!(features.words(), ["tableau", "document à télécharger"]);
        assert!(features.lacks("image") && !features.lacks("tableau") && !features.lacks("-"));
    }
}
