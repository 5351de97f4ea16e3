//! The pipeline as a whole: what a change costs nothing in exactness.

use std::collections::BTreeMap;

use crate::project::Project;

const TWO_FICHES: &str = "
-- content/_index.md --
---
titre: Accueil
---
Voir [le kit](kits/essai/_index.md).
-- content/kits/essai/_index.md --
---
titre: Kit d’essai
nature: kit
---
-- content/kits/essai/01-foncier.md --
---
titre: Foncier
numero: 1
---
## Restaurer

:::exemple{titre=\"Un local\" territoire=\"59606\" annee=2020}
Un local pour une association.
:::
-- content/kits/essai/02-tourbieres.md --
---
titre: Tourbières
numero: 2
---
Voir [la suite](01-foncier.md#restaurer) et [[1]].
";

fn bytes(site: &Project) -> BTreeMap<String, Vec<u8>> {
    let (build, report) = site.build();
    assert!(!report.has_errors(), "{:?}", report.diagnostics);
    let build = build.expect("the configuration is sound");
    build
        .urls()
        .map(|url| {
            let body = build.render(url).expect("a planned file is made").expect("no file of this site fails");
            (url.to_string(), body)
        })
        .collect()
}

#[test]
fn renaming_a_heading_reports_the_links_to_it() {
    let mut site = Project::new(TWO_FICHES);
    assert!(!site.build().1.has_errors());
    site.edit("content/kits/essai/01-foncier.md", |text| text.replace("## Restaurer", "## Réparer"));
    let codes: Vec<&str> = site.build().1.diagnostics.iter().map(|said| said.code).collect();
    assert_eq!(codes, ["E0304"]);
}

#[test]
fn a_warm_build_equals_a_cold_one_after_edits() {
    let mut site = Project::new(TWO_FICHES);
    bytes(&site);
    site.edit("content/kits/essai/01-foncier.md", |text| text.replace("Foncier", "Foncier et locaux"));
    site.write("content/kits/essai/03-commerce.md", "---\ntitre: Commerce\nnumero: 3\n---\nVoir [[2]].\n");
    let warm = bytes(&site);
    site.forget();
    assert_eq!(warm, bytes(&site));
    site.remove("content/kits/essai/03-commerce.md");
    let warm = bytes(&site);
    site.forget();
    assert_eq!(warm, bytes(&site));
}

#[test]
fn a_fiche_is_found_by_its_number_its_path_and_its_title() {
    let site = Project::new(TWO_FICHES);
    let page = site.page("/kits/essai/tourbieres/");
    assert!(page.contains("href=\"../../../kits/essai/foncier/#restaurer\""), "{page}");
    assert!(page.contains("fiche 1 – Foncier"), "{page}");
}
