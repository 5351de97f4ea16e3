//! A site after edits is the site built afresh, and what an edit breaks is said at its place.

use crate::project::Project;

const KIT: &str = "\
-- content/_index.md --
---
titre: Accueil
---
Voir [la fiche](kit/01-agir.md#commencer).
-- content/kit/_index.md --
---
titre: Un kit
nature: kit
sigle: KIT
edition: 2026
---
-- content/kit/01-agir.md --
---
numero: 1
titre: Agir
themes: [Lieux]
---
## Commencer
Avec un PTCE et [[2]].

:::exemple{titre=\"Un forum\" territoire=\"92071\" annee=2020}
Texte.
:::
-- content/kit/02-suivre.md --
---
numero: 2
titre: Suivre
---
## Regarder
Retour à [[1]].
-- content/glossaire.yaml --
PTCE: pôle territorial de coopération économique
";

/// A change that a writer makes.
type Step = Box<dyn Fn(&mut Project)>;

#[test]
fn renaming_a_heading_reports_links_to_it() {
    let mut site = Project::new(KIT);
    assert_eq!(site.codes(), Vec::<String>::new());
    site.edit("content/kit/01-agir.md", |text| text.replace("## Commencer", "## Débuter"));
    assert_eq!(site.codes(), ["E0304 content/_index.md:4:6"]);
}

#[test]
fn edits_then_build_equal_a_fresh_build() {
    let mut site = Project::new(KIT);
    let mut steps: Vec<Step> = Vec::new();
    let mut step = |change: &'static dyn Fn(&mut Project)| steps.push(Box::new(change));
    step(&|site| {
        site.edit("content/kit/02-suivre.md", |text| text.replace("titre: Suivre", "titre: Suivre et rendre compte"))
    });
    step(&|site| site.edit("content/glossaire.yaml", |text| text.replace("pôle", "un pôle")));
    step(&|site| {
        site.write(
            "content/kit/03-durer.md",
            "---\nnumero: 3\ntitre: Durer\nthemes: [Lieux]\n---\n## Tenir\nVoir [[1]].\n",
        )
    });
    step(&|site| site.edit("content/kit/_index.md", |text| text.replace("edition: 2026", "edition: 2027")));
    step(&|site| site.edit("site.toml", |text| text.replace("Essai", "Autre nom")));
    step(&|site| site.write("themes/essaim/css/tokens.css", "@layer tokens { :root { --kit: teal; } }\n"));
    step(&|site| site.remove("content/kit/03-durer.md"));
    step(&|site| site.remove("content/glossaire.yaml"));
    site.made();
    for (number, change) in steps.iter().enumerate() {
        change(&mut site);
        let (warm, cold) = (site.made(), site.afresh().made());
        assert_eq!(warm.keys().collect::<Vec<_>>(), cold.keys().collect::<Vec<_>>(), "addresses after step {number}");
        let different: Vec<_> = warm.iter().filter(|(url, body)| cold[*url] != **body).map(|(url, _)| url).collect();
        assert!(different.is_empty(), "after step {number}, these differ from a fresh build: {different:?}");
        assert_eq!(site.report(), site.afresh().report(), "after step {number}");
    }
}

#[test]
fn one_thread_makes_what_many_make() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let site = Project::new(KIT);
    let one = alone.install(|| site.afresh().made());
    assert!(one == site.made(), "the number of threads changes the site");
}

#[test]
fn a_fiche_is_found_by_its_number_and_its_path() {
    let mut site = Project::new(KIT);
    site.edit("content/kit/02-suivre.md", |text| format!("{text}\nVoir [la suite](01-agir.md#commencer) et [[1]].\n"));
    let page = site.page("/kit/suivre/");
    assert!(page.contains("href=\"../../kit/agir/#commencer\""), "{page}");
    assert!(page.contains("fiche 1 – Agir"), "{page}");
}
