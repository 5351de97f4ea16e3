//! Territories, examples and open data as a whole site shows them: facets, counts, archives, formats, versions.

use std::collections::BTreeMap;

use essaim::territory::{Atlas, Level, Unresolved};
use serde_json::Value;

use crate::project::Project;

const SITE: &str = r#"
-- content/_index.md --
---
titre: Accueil
---
Bonjour.
-- content/kits/_index.md --
---
titre: Kits
---
-- content/kits/neuf/_index.md --
---
nature: kit
titre: Le kit
edition: 2026
remplace: vieux
familles:
  - {cle: agir, titre: Agir}
---
-- content/kits/neuf/01-un.md --
---
titre: Mobilités
numero: 1
famille: agir
themes: [Mobilité]
remplace: vieux/1
territoires: ["59606"]
---
:::exemple{titre="Un vélo pour tous" territoire="59606" annee=2020 acteurs="Ville ; atelier" source="Presse"}
Des vélos prêtés.
:::

:::exemple{titre="Un club" territoire="Pantin" annee=2022}
Un club d’acteurs.
:::

:::exemple{titre="Le pays" territoire="243500741" annee="2014/.." themes="Coopération"}
Trois départements.
:::

:::exemple{titre="=SOMME(1)" territoire="Guyane"}
Au-delà.
:::

:::exemple{titre="Sans lieu" annee=2022}
Partout.
:::

:::carte{titre="Où"}
:::
-- content/kits/vieux/_index.md --
---
nature: kit
titre: L’ancien kit
edition: 2020
etat: archive
---
-- content/kits/vieux/01-un.md --
---
titre: Anciennes mobilités
numero: 1
territoires: ["29019"]
---
:::exemple{titre="Une vieille idée" territoire="29019" annee=2010}
Il y a longtemps.
:::
"#;

/// Every page of the site, by address.
fn pages(project: &Project) -> BTreeMap<String, String> {
    let made = project.made().into_iter().filter(|(url, _)| url.ends_with('/'));
    made.map(|(url, body)| (url, String::from_utf8(body).expect("pages are UTF-8"))).collect()
}

fn cards(page: &str) -> usize {
    page.matches("<article class=\"vignette").count()
}

#[test]
fn each_facet_counts_what_its_list_shows() {
    let project = Project::new(SITE);
    let pages = pages(&project);
    let list = &pages["/exemples/"];
    assert_eq!(cards(list), 5);
    let mut seen = 0;
    for link in list.split("<li><a href=\"").skip(1).filter(|link| link.contains("data-valeur")) {
        let href = link.split('"').next().expect("a split has a first part");
        let count: usize = link
            .split("</a> (")
            .nth(1)
            .and_then(|rest| rest.split(')').next())
            .and_then(|number| number.parse().ok())
            .expect("each value has its count");
        assert_eq!(cards(&pages[&href.replace("..", "")]), count, "{href}");
        seen += 1;
    }
    // 5 régions, 6 départements, 2 thèmes, un kit, une famille, 3 années, 3 types.
    assert_eq!(seen, 21, "{list}");
    for facet in ["region", "departement", "theme", "kit", "famille", "annee", "collectivite"] {
        assert!(list.contains(&format!("data-facette=\"{facet}\"")), "{facet}");
    }
}

#[test]
fn territories_stand_where_they_are_and_count_what_they_list() {
    let project = Project::new(SITE);
    let pages = pages(&project);
    let territories = &pages["/territoires/"];
    assert!(territories.contains("Seine-Saint-Denis (93)") && !territories.contains("Val-de-Marne"));
    assert!(!territories.contains("Finistère"), "archives are not counted");
    assert_eq!(
        territories.matches("Guyane").count() - territories.matches("Guyane</text>").count(),
        3,
        "once as a link and twice on the map"
    );
    let nord = &pages["/territoires/59-nord/"];
    assert!(nord.contains("Un vélo pour tous") && nord.contains("Mobilités"));
    assert!(pages["/territoires/r32-hauts-de-france/"].contains("Un vélo pour tous"));
    assert!(pages["/territoires/44-loire-atlantique/"].contains("Le pays"));
    assert!(pages.contains_key("/territoires/29019-brest/"), "an archive leads to its place");
}

#[test]
fn an_archived_kit_is_readable_marked_and_out_of_lists() {
    let project = Project::new(SITE);
    let pages = pages(&project);
    let old = &pages["/kits/vieux/un/"];
    assert!(old.contains("Une vieille idée"));
    assert!(old.contains("Édition 2020, remplacée par"), "{old}");
    assert!(old.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(!pages["/exemples/"].contains("Une vieille idée"));
    let sitemap = project.page("/sitemap.xml");
    assert!(sitemap.contains("/kits/neuf/un/") && !sitemap.contains("/kits/vieux/"));
    assert!(pages["/kits/vieux/"].contains("Édition 2020, remplacée par"));
}

#[test]
fn names_that_several_places_bear_are_said_with_their_candidates() {
    let atlas = Atlas::get();
    // Half of the ambiguous names of the atlas, and all those that a région or a département bears.
    let mut names: Vec<&str> = Vec::new();
    for (row, id) in [Level::Region, Level::Departement, Level::Commune, Level::Epci]
        .into_iter()
        .flat_map(|level| atlas.places(level))
        .enumerate()
    {
        let place = atlas.place(id);
        if matches!(atlas.resolve(place.name), Err(Unresolved::Ambiguous(_)))
            && (place.level < Level::Commune || row % 2 == 0)
            && !names.contains(&place.name)
        {
            names.push(place.name);
        }
    }
    assert!(names.len() > 500 && names.contains(&"Vienne") && names.contains(&"Bretagne"), "{}", names.len());
    let list = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let project =
        Project::new(&format!("-- content/_index.md --\n---\ntitre: Accueil\nterritoires: [{list}]\n---\nBonjour.\n"));
    let codes = project.codes();
    let count = |code: &str| codes.iter().filter(|said| said.starts_with(code)).count();
    // « Vienne » without more is the département, as readers write it, and the communes are named beside it.
    assert_eq!(count("E0801") + count("A0801"), names.len());
    assert!(count("A0801") < 40, "only names of départements and régions");
    let report = project.report();
    assert!(report.replace('\n', " ").contains("« 38544 »"), "no candidates");
}

#[test]
fn data_files_say_the_same_in_every_format() {
    let project = Project::new(SITE);
    let json: Value = serde_json::from_slice(&project.file("/donnees/exemples.json")).expect("JSON");
    let elements = json["elements"].as_array().expect("a list");
    assert_eq!(elements.len(), 6, "archives are there, and say so");
    assert_eq!(elements.iter().filter(|one| one["archive"] == true).count(), 1);
    assert_eq!(json["version"].as_str().map(str::len), Some(16));
    for one in elements {
        assert_eq!(one["empreinte"].as_str().map(str::len), Some(16));
    }
    let csv = project.page("/donnees/exemples.csv");
    assert!(csv.starts_with("\u{feff}identifiant;titre;texte;adresse;territoire"));
    assert_eq!(csv.matches("\r\n").count(), 7);
    assert!(csv.contains(";'=SOMME(1);"), "a formula is text");
    assert!(csv.contains("atelier\";"), "{csv}");
    let jsonld: Value = serde_json::from_slice(&project.file("/donnees/exemples.jsonld")).expect("JSON-LD");
    assert_eq!(jsonld["@context"]["@vocab"], "http://purl.org/dc/terms/");
    assert_eq!(jsonld["hasPart"].as_array().map(Vec::len), Some(6));
    let catalogue: Value = serde_json::from_slice(&project.file("/donnees/catalogue.jsonld")).expect("JSON-LD");
    assert_eq!(catalogue["dcat:dataset"].as_array().map(Vec::len), Some(2));
    let urls = project.urls();
    for set in catalogue["dcat:dataset"].as_array().expect("a list") {
        for file in set["dcat:distribution"].as_array().expect("a list") {
            let url = file["downloadURL"]
                .as_str()
                .and_then(|url| url.strip_prefix("https://essai.example"))
                .expect("an address of the site");
            assert!(urls.contains(&url.to_owned()), "{url}");
        }
    }
}

#[test]
fn points_fall_in_their_departement_and_map_tools_read_them() {
    let project = Project::new(SITE);
    let geojson: Value = serde_json::from_slice(&project.file("/donnees/exemples.geojson")).expect("GeoJSON");
    assert_eq!(geojson["type"], "FeatureCollection");
    let features = geojson["features"].as_array().expect("a list");
    assert_eq!(features.len(), 5);
    let atlas = Atlas::get();
    for feature in features {
        assert_eq!(feature["geometry"]["type"], "Point");
        let at = |axis: usize| feature["geometry"]["coordinates"][axis].as_f64().expect("a number");
        let (lon, lat) = (at(0), at(1));
        let place =
            atlas.resolve(feature["properties"]["territoire"].as_str().expect("a code")).expect("a place").place;
        let held = atlas
            .departements(place)
            .into_iter()
            .any(|departement| crate::territory::inside(&atlas.outline(departement), lon, lat));
        assert!(held, "{feature}");
        // uMap shows « name » and « description »; GoGoCarto asks for a name, a point and categories.
        let properties = &feature["properties"];
        assert_eq!(properties["name"], properties["titre"]);
        assert!(properties["description"].as_str().is_some_and(|text| text.contains("https://essai.example/kits/")));
        assert!(properties["categories"].is_array());
    }
    // GoGoCarto takes « titre » for the name, « latitude » and « longitude », from JSON and from CSV; uMap takes them from CSV.
    let json: Value = serde_json::from_slice(&project.file("/donnees/exemples.json")).expect("JSON");
    let placed = json["elements"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["titre"].is_string() && one["latitude"].is_f64() && one["longitude"].is_f64());
    assert_eq!(placed.count(), 5);
    let csv = project.page("/donnees/exemples.csv");
    let mut lines = csv.trim_start_matches('\u{feff}').lines();
    let head: Vec<&str> = lines.next().expect("a header").split(';').collect();
    let column = |name: &str| head.iter().position(|own| *own == name).expect("a column");
    let row: Vec<&str> = lines.find(|line| line.contains("Un club")).expect("a row").split(';').collect();
    assert!((row[column("latitude")].parse::<f64>().expect("a number") - 48.9).abs() < 0.1);
    assert!((row[column("longitude")].parse::<f64>().expect("a number") - 2.4).abs() < 0.1);
}

#[test]
fn the_feed_says_what_changed_since_an_earlier_version() {
    let mut project = Project::new(SITE);
    let first = project.file("/donnees/versions.json");
    let changes = |project: &Project| -> Value {
        serde_json::from_slice(&project.file("/donnees/changements.json")).expect("JSON")
    };
    assert_eq!(changes(&project)["versions"].as_array().map(Vec::len), Some(1));
    project.write("static/donnees/versions/2026-02.json", first.clone());
    assert_eq!(changes(&project)["versions"].as_array().map(Vec::len), Some(1), "nothing changed since");
    project.edit("content/kits/neuf/01-un.md", |text| {
        text.replace("Un club d’acteurs.", "Un club de vingt acteurs.").replace("Sans lieu", "Ailleurs")
    });
    let now = changes(&project);
    let last = &now["versions"][0];
    assert_eq!(now["versions"].as_array().map(Vec::len), Some(2));
    assert_eq!(last["depuis"], "2026-02");
    let titles = |key: &str| {
        last[key]
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one["titre"].as_str().expect("a title").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("ajoutes"), ["Ailleurs"]);
    assert_eq!(titles("retires"), ["Sans lieu"]);
    assert_eq!(titles("modifies"), ["Un club", "Mobilités"]);
    let feed = project.page("/donnees/changements.atom");
    assert_eq!(feed.matches("<entry>").count(), 2);
    assert!(feed.contains("Ailleurs"));
    project.write("static/donnees/versions/2026-03.json", "{");
    assert!(project.codes().iter().any(|code| code.starts_with("E0803 static/donnees/versions/2026-03.json")));
}

#[test]
fn the_inventory_names_every_example_once() {
    let project = Project::new(SITE);
    let inventory: Value = serde_json::from_slice(&project.file("/inventaire.json")).expect("JSON");
    let elements = inventory["elements"].as_array().expect("a list");
    let examples = elements.iter().filter(|one| one[4].is_u64());
    assert_eq!(examples.count(), 5);
    let map = project.page("/kits/neuf/un/");
    assert!(map.contains("data-nature=\"exemple\"") && map.contains("data-page=\"/kits/neuf/un/\""));
    assert!(map.contains("<a href=\"#un-club\">Un club</a>") || map.contains("#un-club\">Un club</a>"));
}

/// A picture of one pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

const STORY: &str = r#"
-- content/_index.md --
---
titre: Accueil
---
On cite **Zoé** Martin ici, et [son portrait](recits/halle.md#portrait-de-zoe-martin).
[Lui écrire](mailto:zoe.martin@halle.fr), [la lire](https://ailleurs.example/zoe-martin).
-- content/glossaire.yaml --
ZDM: Zoé Martin
SCIC: société coopérative d’intérêt collectif
-- content/recits/_index.md --
---
titre: Récits
nature: recits
---
-- content/recits/halle.md --
---
titre: La halle de Zoé Martin
resume: Zoé Martin raconte.
date: 2026-05
auteurs: ["Zoé Martin", "Apes"]
image: {fichier: zoe.png, alt: Zoé Martin devant la halle}
retraits: ["Zoé Martin"]
territoires: ["59606"]
---
## Portrait de Zoé Martin

Zoé
Martin a ouvert la halle avec MARTIN Zoé et zoe.martin@halle.fr.

:::voix{qui="Zoé Martin" role="fondatrice"}
Nous avons osé.

![Son visage](visage.png)
:::

![Zoé Martin et l’équipe](equipe.png)

:::exemple{titre="Une halle" territoire="59606" acteurs="Zoé Martin, ville" contact="Zoé Martin, 03 00 00 00 00"}
Faite avec Zoé Martin.
:::
-- content/recits/autre.md --
---
titre: Autre
date: 2026-06
---
![L’équipe au complet](equipe.png)

Le portrait de [[Zoé Martin|Mme Martin]] manque.
"#;

#[test]
fn a_person_who_withdraws_leaves_every_file() {
    let mut project = Project::new(&STORY.replace("[[Zoé Martin|Mme Martin]]", "Zoé Martin"));
    for name in ["zoe", "visage", "equipe"] {
        project.write(&format!("content/recits/{name}.png"), PIXEL);
    }
    let said = project.codes();
    assert!(said.iter().filter(|code| code.starts_with("C0802")).count() >= 3, "{said:?}");
    assert!(!said.iter().any(|code| code.starts_with('E')), "{said:?}");
    for (url, body) in project.made() {
        let text = String::from_utf8_lossy(&body).to_lowercase();
        let folded =
            text.replace(['é', '-', '.', '_', '\n', '\u{a0}'], "e").replace("<b>", "").replace("</strong>", "");
        for name in ["zoe martin", "zoeemartin", "martin zoe", "zoé martin", "visage.", "equipe.", "zoe.png"] {
            assert!(!folded.contains(name) && !text.contains(name), "{url} still holds {name}");
        }
        assert!(!(url.contains("zoe") || url.starts_with("/recits/") && url.ends_with(".png")), "{url}");
    }
    let story = project.page("/recits/halle/");
    assert!(story.contains("fondatrice") && story.contains("Nous avons osé."));
    assert!(story.contains("Apes"));
}

#[test]
fn two_editions_of_a_kit_are_compared() {
    let mut project = Project::new(SITE);
    project.edit("content/kits/vieux/_index.md", |text| text.replace("etat: archive\n", ""));
    project.edit("content/kits/vieux/01-un.md", |text| {
        text.replace("numero: 1", "numero: 7") + ":::exemple{titre=\"Un CLUB\" annee=2019}\nUne première forme.\n:::\n"
    });
    project.write(
        "content/kits/vieux/02-deux.md",
        "---\ntitre: Abandonnée\nnumero: 2\n---\n:::exemple{titre=\"Perdu\" annee=2009}\nPerdu.\n:::\n",
    );
    project.write("content/kits/neuf/02-deux.md", "---\ntitre: Toute neuve\nnumero: 2\n---\nTexte.\n");
    project.edit("content/kits/neuf/01-un.md", |text| text.replace("remplace: vieux/1", "remplace: vieux/7"));
    let kit = project.page("/kits/neuf/");
    let part = |from: &str, to: &str| {
        let rest = kit.split(from).nth(1).unwrap_or_else(|| panic!("there is no {from}"));
        rest.split(to).next().expect("a split has a first part").to_owned()
    };
    assert!(part("<dt>Nouvelles fiches", "</dd>").contains("Toute neuve"));
    assert!(part("<dt>Fiches renumérotées", "<dt>").contains("7 → n°&nbsp;1"));
    assert!(part("<dt>Fiches retirées", "</dd>").contains("Abandonnée"));
    let added = part("<dt>Exemples ajoutés", "</dd>");
    assert!(added.contains("Un vélo pour tous") && !added.contains("Un club"));
    let removed = part("<dt>Exemples retirés", "</dd>");
    assert!(removed.contains("Une vieille idée") && removed.contains("Perdu"));
    // Replaced without being archived: still said on its page.
    assert!(project.page("/kits/vieux/un/").contains("Édition 2020, remplacée par"));
}

const TOLD: &str = r#"
-- content/_index.md --
---
titre: Accueil
---
Bonjour.
-- content/kits/_index.md --
---
titre: Kits
---
-- content/kits/kit/_index.md --
---
nature: kit
titre: Kit
---
-- content/kits/kit/01-un.md --
---
titre: Agir
numero: 1
---
Voir [le récit](../../recits/un.md).
-- content/recits/_index.md --
---
titre: Récits
nature: recits
---
-- content/recits/un.md --
---
titre: Premier récit
date: 2026
territoires: ["59606"]
horizon: Continuer ensemble.
portrait:
  - {chiffre: "35", texte: communes, source: "DGCL"}
credits:
  - {role: Entretiens, qui: Apes}
accords:
  - {personne: Ada, date: 2026-05}
---
:::trajectoire
- **1984** La filature ferme.
- **1995-1999** Un projet.
- **depuis 2014** La suite.
:::

:::voix{qui="Ada" role="élue"}
Oui.
:::

:::voix{qui="Bob" role="agent"}
Peut-être.
:::

:::voix{role="une habitante"}
Non.
:::
-- content/recits/deux.md --
---
titre: Deuxième récit
date: 2026
version_de: recits/un.md
---
Autrement.
-- content/recits/trois.md --
---
titre: Troisième récit
date: 2026
version_de: recits/un.md
---
Autrement encore.
"#;

#[test]
fn a_recit_has_its_scale_its_portrait_its_versions_and_its_fiches() {
    let project = Project::new(TOLD);
    let page = project.page("/recits/un/");
    assert!(page.contains("<svg class=\"frise\" width=\"100%\""), "{page}");
    assert_eq!(page.matches("<line class=\"date\"").count(), 3);
    assert_eq!(page.matches("<line class=\"ouvert\"").count(), 1);
    assert!(page.contains("<ol class=\"trajectoire\">"), "the list says the same");
    for shown in [
        "43\u{202f}",
        "habitants",
        "35",
        "DGCL",
        "Continuer ensemble.",
        "Entretiens",
        "Apes",
        "une habitante",
        "minute de lecture",
    ] {
        assert!(page.contains(shown), "{shown}");
    }
    for other in ["Deuxième récit", "Troisième récit", "Agir"] {
        assert!(page.contains(other), "{other}");
    }
    // Two versions of one story know each other.
    assert!(project.page("/recits/deux/").contains("Troisième récit"));
    assert!(project.page("/kits/kit/un/").contains("Récits liés"));
    let codes = project.codes();
    assert_eq!(codes.iter().filter(|code| code.starts_with("C0803")).count(), 1, "{codes:?}");
    assert!(!page.contains("2026-05"), "consents are not published");
}

#[test]
fn codes_of_the_post_and_empty_maps_are_pointed_out() {
    let project = Project::new(
        "-- content/_index.md --\n---\ntitre: Accueil\nterritoires: [\"59300\", \"62119\"]\n---\n\
         :::exemple{titre=\"Un\" themes=\"Mobilité\"}\nUn.\n:::\n\n:::carte{theme=\"mobilite\"}\n:::\n\n\
         :::carte{theme=\"Mobilitée\"}\n:::\n\n:::carte{kit=\"absent\"}\n:::\n",
    );
    let codes = project.codes();
    let count = |code: &str| codes.iter().filter(|own| own.starts_with(code)).count();
    assert_eq!((count("C0804"), count("A0803")), (1, 2), "{codes:?}");
    assert!(project.report().contains("59606"), "the INSEE code of Valenciennes is offered");
}
