//! Pages to embed, oEmbed, the kit to republish: what partner sites get, on sites made for the purpose.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::project::Project;

const SITE: &str = r#"
-- site.toml --
titre = "Essai"
base_url = "https://essai.example/"
editeur = "La ville d’essai"
licence = "CC-BY-SA-4.0"
-- content/_index.md --
---
titre: Accueil
---
Bonjour.
-- content/kits/_index.md --
---
titre: Les kits
---
-- content/kits/vieux/_index.md --
---
titre: Le vieux kit
nature: kit
edition: 2020
---
-- content/kits/vieux/17-animer.md --
---
titre: Animer
numero: 17
---
## Réunir
-- content/kits/neuf/_index.md --
---
titre: Le kit neuf
nature: kit
edition: 2026
remplace: vieux
adresses_retirees: [/kits/neuf/partie/]
---
-- content/kits/neuf/19-animer.md --
---
titre: "Animer & relier <son> territoire"
numero: 19
remplace: vieux/17
resume: Réunir, relier, passer la main.
date: 2026-05-04
alias: [/kits/neuf/animation/, /fiches/19.html]
auteurs: [Apes]
---
Voir [la fiche d’avant](../vieux/17-animer.md).

:::chiffres
- **80** entrepreneurs
- **3** lieux
- **1** fête
:::

## Réunir régulièrement

Texte.

## Ouvrir un lieu

:::exemple{titre="Un forum chaque année" territoire="92071" annee=2020}
Le forum réunit tout le monde.
:::
-- content/recits/_index.md --
---
titre: Récits
nature: recits
---
-- content/recits/valbrune.md --
---
titre: "Valbrune, avec Nadia Benali"
resume: "Nadia Benali, maire de Valbrune, raconte."
date: 2026-06-01
territoires: ["59606"]
image: {fichier: portrait.jpg, alt: "Nadia Benali devant la mairie"}
---
:::trajectoire
- **1984** L’usine ferme. Mme Benali n’est pas encore élue.
- **depuis 2014** La halle ouvre.
:::

:::voix{qui="Nadia Benali" role="maire de Valbrune"}
Nous avons tenu bon.
:::

:::voix{qui="Maryse Petit" role="ancienne ouvrière"}
J’y crois.
:::

Le projet de **Nadia** Benali et de son adjoint, Paul Morel, avance.

![Paul Morel au chantier](portrait.jpg)
-- content/lettres/_index.md --
---
titre: Lettres
---
-- content/lettres/dynamo/_index.md --
---
titre: La dynamo
nature: lettre
---
-- content/lettres/dynamo/numero-1.md --
---
titre: Printemps
numero: 1
date: 2026-04
---
## À lire
"#;

fn site() -> Project {
    let mut site = Project::new(SITE);
    // The smallest JPEG that can be measured and decoded is long: a PNG under this name is read for what it is.
    site.write("content/recits/portrait.jpg", PNG);
    site
}

/// One white pixel.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 0x0c, b'I', b'D', b'A', b'T', 0x08, 0xd7, 0x63, 0xf8, 0xff, 0xff,
    0x3f, 0, 0x05, 0xfe, 0x02, 0xfe, 0xdc, 0xcc, 0x59, 0xe7, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60,
    0x82,
];

fn text(made: &BTreeMap<String, Vec<u8>>, url: &str) -> String {
    let bytes = made.get(url).unwrap_or_else(|| {
        panic!("there is no {url}: {:?}", made.keys().filter(|key| key.starts_with("/integrer")).collect::<Vec<_>>())
    });
    String::from_utf8(bytes.clone()).expect("pages are UTF-8")
}

#[test]
fn every_content_has_its_variants_at_addresses_without_a_query() {
    let made = site().made();
    for content in ["/integrer/kits/neuf/animer/", "/integrer/recits/valbrune/", "/integrer/lettres/dynamo/1/"] {
        for variant in
            ["", "complet/", "carte/", "clair/", "sombre/", "sans-noms/", "complet/sombre/", "carte/sans-noms/"]
        {
            let page = text(&made, &format!("{content}{variant}"));
            assert!(page.contains("<base target=\"_top\">") && page.contains("noindex"), "{content}{variant}");
            assert!(
                !page.contains("<link rel=\"stylesheet\"") && !page.contains("type=\"module\""),
                "{content}{variant} needs nothing else"
            );
        }
    }
    assert!(text(&made, "/integrer/kits/neuf/animer/exemples/un-forum-chaque-annee/").contains("Le forum réunit"));
    assert!(text(&made, "/integrer/territoires/92071-sceaux/").contains("Un forum"));
    assert!(text(&made, "/integrer/kits/neuf/animer/sombre/").contains("class=\"sombre\""));
    assert!(!made.contains_key("/integrer/recits/valbrune/index.html"));
}

#[test]
fn names_do_not_collide_with_variants() {
    let mut site = site();
    site.write("content/kits/neuf/20-carte.md", "---\ntitre: Carte\nnumero: 20\n---\nTexte.\n");
    site.write("content/verifier.md", "---\ntitre: Vérifier\n---\nTexte.\n");
    let made = site.made();
    assert!(text(&made, "/integrer/kits/neuf/carte/").contains("<h1><a href=\"../../../../kits/neuf/carte/\">Carte"));
    assert!(text(&made, "/integrer/verifier/").contains("class=\"verifier\""));
    assert!(site.codes().iter().all(|code| !code.starts_with("E0410")), "{:?}", site.codes());
}

#[test]
fn oembed_is_that_of_the_specification() {
    let made = site().made();
    let mut seen = 0;
    for (url, bytes) in made.iter().filter(|(url, _)| url.ends_with("/oembed.json")) {
        let value: Value = serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{url}: {error}"));
        assert_eq!(value["version"], "1.0", "{url}");
        assert_eq!(value["type"], "rich", "{url}");
        assert!(value["width"].is_u64() && value["height"].is_u64(), "{url}");
        for key in ["title", "html", "provider_name", "provider_url"] {
            assert!(value[key].as_str().is_some_and(|text| !text.is_empty()), "{url} {key}");
        }
        let thumbnail = ["thumbnail_url", "thumbnail_width", "thumbnail_height"]
            .iter()
            .filter(|key| !value[**key].is_null())
            .count();
        assert!(thumbnail == 0 || thumbnail == 3, "{url}");
        let html = value["html"].as_str().unwrap_or_default();
        assert!(html.starts_with("<blockquote><a href=\"https://essai.example/"), "{url} {html}");
        assert!(
            html.ends_with("></iframe>") && html.contains("</blockquote><iframe src=\"https://essai.example/integrer/"),
            "{url} {html}"
        );
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
    let value: Value =
        serde_json::from_str(&text(&made, "/integrer/kits/neuf/animer/oembed.json")).expect("it is JSON");
    assert_eq!(value["title"], "Animer & relier <son> territoire");
    assert!(
        value["html"]
            .as_str()
            .is_some_and(|html| html.contains("title=\"Animer &amp; relier &lt;son&gt; territoire\""))
    );
    let xml = text(&made, "/integrer/kits/neuf/animer/oembed.xml");
    assert!(xml.contains("<title>Animer &amp; relier &lt;son&gt; territoire</title>"), "{xml}");
}

#[test]
fn discovery_stands_at_the_head_of_each_page_and_holds_no_angle_bracket() {
    let made = site().made();
    for page in [
        "/kits/neuf/animer/",
        "/recits/valbrune/",
        "/territoires/92071-sceaux/",
        "/exemples/",
        "/integrer/recits/valbrune/carte/",
    ] {
        let page = text(&made, page);
        let at = page.find("application/json+oembed").expect("there is a discovery link");
        assert!(at < 1024, "{at}");
        let tag = &page[page[..at].rfind("<link").expect("it is a link")..];
        let tag = &tag[1..tag.find("/integrer/").expect("it leads to a description")];
        assert!(!tag.contains(['<', '>']), "{tag}");
    }
}

#[test]
fn an_old_address_keeps_its_embed_and_its_description() {
    let made = site().made();
    for url in [
        "/integrer/kits/neuf/animation/",
        "/integrer/kits/neuf/animation/complet/",
        "/integrer/kits/neuf/animation/carte/sombre/",
    ] {
        let page = text(&made, url);
        assert!(page.contains("<link rel=\"canonical\" href=\"https://essai.example/kits/neuf/animer/\">"), "{url}");
    }
    let value: Value =
        serde_json::from_str(&text(&made, "/integrer/kits/neuf/animation/oembed.json")).expect("it is JSON");
    assert!(
        value["html"]
            .as_str()
            .is_some_and(|html| html.contains("src=\"https://essai.example/integrer/kits/neuf/animation/\""))
    );
    assert!(text(&made, "/integrer/kits/neuf/animation/exemples/un-forum-chaque-annee/").contains("forum"));
    assert!(
        text(&made, "/kits/neuf/animation/").contains("application/json+oembed"),
        "the pasted old address is found as well"
    );
    // The newest issue of a letter is always at one address.
    assert!(text(&made, "/integrer/lettres/dynamo/dernier/").contains("https://essai.example/lettres/dynamo/1/"));
    assert!(text(&made, "/lettres/dynamo/dernier/").contains("/integrer/lettres/dynamo/dernier/oembed.json"));
}

#[test]
fn a_withdrawn_page_says_so_and_leads_to_the_kit() {
    let made = site().made();
    for url in [
        "/integrer/kits/neuf/partie/",
        "/integrer/kits/neuf/partie/complet/",
        "/integrer/kits/neuf/partie/sans-noms/",
        "/kits/neuf/partie/",
    ] {
        let page = text(&made, url);
        assert!(page.contains("Ce texte n’est plus publié"), "{url}");
        assert!(page.contains(">Le kit neuf</a>"), "{url}");
    }
    assert!(made.contains_key("/integrer/kits/neuf/partie/oembed.json"));
}

#[test]
fn an_older_edition_announces_the_newer_one() {
    let page = site().page("/integrer/kits/vieux/animer/");
    assert!(page.contains("Une édition plus récente existe"), "{page}");
    assert!(page.contains("../../../../kits/neuf/animer/"), "{page}");
}

#[test]
fn the_variant_without_names_has_none_of_them_nor_any_photograph() {
    let made = site().made();
    for (url, bytes) in
        made.iter().filter(|(url, _)| url.starts_with("/integrer/recits/valbrune/") && url.contains("sans-noms"))
    {
        let page = String::from_utf8_lossy(bytes);
        for name in ["Benali", "Nadia", "Morel"] {
            assert!(!page.contains(name), "{url} holds {name}: {page}");
        }
        assert!(!page.contains("<img"), "{url}");
    }
    let list = text(&made, "/integrer/recits/sans-noms/");
    assert!(list.contains("Valbrune") && !list.contains("Benali"), "{list}");
    let whole = text(&made, "/integrer/recits/valbrune/complet/sans-noms/");
    assert!(
        whole.contains("maire de Valbrune") && whole.contains("Nous avons tenu bon") && whole.contains("Maryse Petit"),
        "{whole}"
    );
    assert!(text(&made, "/integrer/recits/valbrune/complet/").contains("Nadia Benali"));
}

#[test]
fn what_is_taken_from_another_page_brings_none_of_its_names() {
    let mut site = site();
    site.write(
        "content/kits/neuf/20-batir.md",
        "---\ntitre: Bâtir avec Claude Vidal\nnumero: 20\nresume: Claude Vidal, maire d’Ormeval, a bâti.\n---\n\
         ::::exemple{titre=\"La halle\" territoire=\"59606\" annee=2020 contact=\"Claude Vidal\"}\nClaude Vidal a bâti.\n\n\
         :::voix{qui=\"Claude Vidal\" role=\"maire d’Ormeval\"}\nNous bâtissons.\n:::\n::::\n",
    );
    site.edit("content/recits/valbrune.md", |text| {
        format!("{text}\n:::reprise{{exemple=\"neuf/20#la-halle\"}}\n:::\n\n:::a-la-une{{page=\"neuf/20\"}}\n:::\n")
    });
    let made = site.made();
    assert!(text(&made, "/integrer/recits/valbrune/complet/").contains("Nous bâtissons"));
    let nameless = text(&made, "/integrer/recits/valbrune/complet/sans-noms/");
    assert!(nameless.contains("Nous avons tenu bon") && !nameless.contains("Vidal"), "{nameless}");
}

#[test]
fn the_compact_form_has_figures_and_levers_or_a_timeline() {
    let made = site().made();
    let fiche = text(&made, "/integrer/kits/neuf/animer/");
    assert!(
        fiche.contains("<b>80</b>")
            && fiche.contains("Réunir régulièrement")
            && fiche.contains("<ul class=\"points numeros\">"),
        "{fiche}"
    );
    let recit = text(&made, "/integrer/recits/valbrune/");
    assert!(
        recit.contains("<ul class=\"points dates\">")
            && recit.contains("depuis 2014")
            && recit.contains("carte-situation"),
        "{recit}"
    );
    assert!(
        recit.contains("CC BY-SA 4.0") && recit.contains("1er\u{a0}juin 2026") || recit.contains("juin 2026"),
        "{recit}"
    );
}

/// What Drupal’s Basic HTML leaves, less than what it allows; ammonia writes back what it reads.
fn strict(html: &str) -> String {
    ammonia::Builder::empty()
        .tags(["h4", "p", "a", "ul", "li", "strong", "blockquote"].into())
        .tag_attributes([("a", ["href"].into())].into())
        .link_rel(None)
        .clean(html)
        .to_string()
}

#[test]
fn the_card_passes_a_strict_sanitiser_unchanged() {
    let made = site().made();
    let mut seen = 0;
    for (url, bytes) in made.iter().filter(|(url, _)| url.ends_with("/republier/")) {
        let page = String::from_utf8_lossy(bytes);
        let card = page
            .split("data-bloc=\"carte\">")
            .nth(1)
            .and_then(|rest| rest.split("</code>").next())
            .expect("there is a card");
        let card = unescaped(card);
        assert_eq!(strict(&card), card, "{url}");
        assert!(card.contains("<h4><a href=\"https://essai.example/") && card.contains("CC BY-SA"), "{url} {card}");
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[test]
fn the_code_to_paste_keeps_titles_as_they_are() {
    let page = site().page("/integrer/kits/neuf/animer/republier/");
    let code = page
        .split("data-bloc=\"cadre\">")
        .nth(1)
        .and_then(|rest| rest.split("</code>").next())
        .map(unescaped)
        .expect("there is a frame");
    assert!(code.contains("title=\"Animer &amp; relier &lt;son&gt; territoire\""), "{code}");
    assert!(code.contains("src=\"https://essai.example/integrer-1.js\" integrity=\"sha256-"), "{code}");
    let page = site().page("/kits/neuf/animer/");
    let own = page.split("<details class=\"integrer\"").nth(1).map(unescaped).expect("the page says how to take it");
    assert!(own.contains("title=\"Animer &amp; relier &lt;son&gt; territoire\""), "{own}");
}

#[test]
fn the_network_lists_everything_by_place_and_by_theme() {
    let made = site().made();
    let feed: Value = serde_json::from_str(&text(&made, "/integrer/reseau.json")).expect("it is JSON");
    let titles: Vec<&str> =
        feed["items"].as_array().expect("items").iter().filter_map(|item| item["title"].as_str()).collect();
    assert!(
        titles.contains(&"Un forum chaque année") && titles.iter().any(|title| title.starts_with("Valbrune")),
        "{titles:?}"
    );
    let opml = text(&made, "/integrer/reseau.opml");
    assert!(opml.contains("text=\"Hauts-de-France\"") && opml.contains("Valenciennes"), "{opml}");
    let recits = text(&made, "/integrer/territoires/59-nord/recits/");
    assert!(recits.contains("Valbrune") && !recits.contains("forum"), "{recits}");
    let feed: Value =
        serde_json::from_str(&text(&made, "/integrer/territoires/59-nord/reseau.json")).expect("it is JSON");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(1), "{feed}");
    assert!(text(&made, "/integrer/territoires/92071-sceaux/recits/").contains("se remplira"));
}

#[test]
fn the_script_of_partners_never_changes_under_its_address() {
    let made = site().made();
    let script = &made["/integrer-1.js"];
    assert_eq!(made["/integrer.js"], *script, "the newest is the first");
    // Partners wrote this hash in their pages. A change of the script is a new file, integrer-2.js.
    assert_eq!(blake3::hash(script).to_hex()[..16].to_owned(), FIRST, "integrer-1.js is for ever");
}

const FIRST: &str = "f4364ed55d600ae1";

#[test]
fn servers_are_told_the_hashes_of_what_stands_in_the_pages() {
    let made = site().made();
    let headers = text(&made, "/_headers");
    let whole = text(&made, "/integrer/recits/valbrune/complet/");
    let open =
        headers.split("/integrer/*\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("there is a rule");
    assert!(open.contains("frame-ancestors *") && open.contains("Access-Control-Allow-Origin: *"), "{open}");
    assert_eq!(open.matches("'sha256-").count(), 4, "{open}");
    assert_eq!(whole.matches("<style>").count(), 2, "no map, no style of maps");
    for closed in ["/", "/kits/*", "/recits/*", "/territoires/*"] {
        let rule = headers
            .split(&format!("\n{closed}\n"))
            .nth(1)
            .and_then(|rest| rest.split("\n\n").next())
            .unwrap_or_default();
        assert!(rule.contains("frame-ancestors 'self'"), "{closed}: {headers}");
    }
    for page in made.keys().filter(|url| url.ends_with('/') && *url != "/") {
        let first = page.split('/').nth(1).expect("an address begins with a slash");
        let part = format!("\n/{first}/*\n");
        assert!(headers.contains(&part), "{page} has no policy: {headers}");
    }
    assert!(
        text(&made, "/.htaccess").contains("frame-ancestors *")
            && text(&made, "/integrer/nginx.conf.txt").contains("frame-ancestors *")
    );
}

#[test]
fn a_copy_is_known_by_its_mark() {
    let mut site = site();
    let mark = |site: &Project| {
        let list: Value = serde_json::from_str(&site.page("/integrer/versions.json")).expect("it is JSON");
        let all = list["contenus"].as_array().cloned().unwrap_or_default();
        all.iter()
            .find(|one| one["adresse"] == "/recits/valbrune/")
            .and_then(|one| one["empreinte"].as_str().map(str::to_owned))
            .expect("it is there")
    };
    let before = mark(&site);
    for page in
        ["/integrer/recits/valbrune/", "/integrer/recits/valbrune/republier/", "/integrer/recits/valbrune/oembed.json"]
    {
        assert!(site.page(page).contains(&before), "{page}");
    }
    site.edit("content/recits/valbrune.md", |text| text.replace("La halle ouvre", "La halle rouvre"));
    assert_ne!(mark(&site), before);
}

#[test]
fn variants_are_chosen_in_the_configuration() {
    let mut site = site();
    site.edit("site.toml", |text| format!("{text}[sorties.integration]\nvariantes = [\"carte\"]\n"));
    let urls = site.urls();
    let has = |url: &str| urls.iter().any(|one| one == url);
    assert!(has("/integrer/recits/valbrune/carte/") && has("/integrer/recits/valbrune/"));
    assert!(!has("/integrer/recits/valbrune/complet/") && !has("/integrer/recits/valbrune/sombre/"));
    site.edit("site.toml", |text| text.replace("variantes = [\"carte\"]", "actif = false"));
    assert!(site.urls().iter().all(|url| !url.starts_with("/integrer/recits/")));
    assert!(!site.page("/recits/valbrune/").contains("integrer"), "no page speaks of what is not made");
}
