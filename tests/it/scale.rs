//! Large sites: what a file holds stays bounded, and nothing is lost between the pages of a list.

use std::fmt::Write as _;

use crate::project::Project;

/// A kit of so many fiches, all of one theme and of one place, with an example each.
fn large(fiches: usize, config: &str) -> Project {
    let mut archive = format!(
        "-- site.toml --\ntitre = \"Essai\"\nbase_url = \"https://essai.example/\"\n{config}\n-- content/_index.md --\n---\ntitre: Accueil\n---\nBonjour.\n\
         -- content/kit/_index.md --\n---\ntitre: Un kit\nnature: kit\nsigle: KIT\n---\n"
    );
    for number in 1..=fiches {
        let place = ["59606", "62119", "Nord"][number % 3];
        let _ = write!(
            archive,
            "-- content/kit/fiche-{number}.md --\n---\ntitre: Fiche {number}\nnumero: {number}\nthemes: [Eau]\nterritoires: [\"{place}\"]\ndate: 2026-01-01\n---\n\
             ## Agir\n\n:::exemple{{titre=\"Exemple {number}\" territoire=\"{place}\"}}\nUn texte.\n:::\n\n"
        );
    }
    Project::new(&archive)
}

#[test]
fn long_lists_of_themes_and_places_stand_on_several_pages_and_lose_nothing() {
    let site = large(23, "[contenu]\narticles_par_page = 5\n\n[sorties.integration]\nactif = false\n");
    let made = site.made();
    let text = |url: &str| String::from_utf8(made[url].clone()).expect("a page");
    for list in [
        "/themes/eau/",
        "/territoires/59-nord/",
        "/territoires/r32-hauts-de-france/",
        "/territoires/59606-valenciennes/",
    ] {
        let parts: Vec<&String> = made
            .keys()
            .filter(|url| *url == list || url.strip_prefix(list).is_some_and(|rest| rest.starts_with("page-")))
            .collect();
        assert!(
            parts.len() > 1 || list.contains("/r32-"),
            "{list} stands on one page: {:?}",
            made.keys().filter(|url| url.starts_with("/territoires")).collect::<Vec<_>>()
        );
        // A wide place has its own and a page of what its parts list, and leads to them for the rest.
        let is_wide = list.contains("/59-") || list.contains("/r32-");
        let expected: Vec<usize> = match list {
            "/territoires/59606-valenciennes/" => (1..=23).filter(|number| number % 3 == 0).collect(),
            "/territoires/59-nord/" => (1..=23).filter(|number| number % 3 == 2).collect(),
            "/territoires/r32-hauts-de-france/" => Vec::new(),
            _ => (1..=23).collect(),
        };
        let mut seen: Vec<usize> = Vec::new();
        for part in &parts {
            let page = text(part);
            let main = &page[page.find("<main").expect("main")..page.find("</main>").expect("main")];
            let here: Vec<usize> = (1..=23).filter(|number| main.contains(&format!("kit/fiche-{number}/\""))).collect();
            assert!(here.len() <= 5 + 5, "{part} lists {} fiches", here.len());
            assert!(main.contains("pagination") || parts.len() == 1, "{part} leads to the others");
            seen.extend(here);
        }
        seen.sort_unstable();
        seen.dedup();
        let lost: Vec<&usize> = expected.iter().filter(|number| !seen.contains(number)).collect();
        assert!(lost.is_empty() && (is_wide || seen.len() == expected.len()), "{list} loses {lost:?}, shows {seen:?}");
    }
    let sitemap = text("/sitemap.xml");
    assert!(sitemap.contains("/themes/eau/page-2/"), "every page of a list is in the sitemap");
}

#[test]
fn compressed_twins_hold_the_file_and_a_second_build_changes_nothing() {
    use std::fs;
    use std::path::Path;
    use std::process::Command;

    let home = tempfile::tempdir().expect("a folder");
    let site = home.path();
    let page = format!("---\ntitre: Accueil\n---\n{}\n", "Un texte assez long pour être compressé. ".repeat(100));
    for (path, text) in [
        (
            "site.toml",
            "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n\n[sorties]\ncompression = \"les deux\"\n",
        ),
        ("content/_index.md", page.as_str()),
        // A writer's own file that looks like a twin stays as it is.
        ("static/robots.html.gz", "le mien"),
        ("static/robots.html", &"<p>bonjour</p>".repeat(200)),
    ] {
        let path = site.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    let build = |output: &str| {
        let told = Command::new(env!("CARGO_BIN_EXE_essaim"))
            .args(["build", "--no-cache", "--lang", "en", "--output", output])
            .current_dir(site)
            .output()
            .expect("built");
        let said = String::from_utf8_lossy(&told.stderr).into_owned();
        assert!(told.status.success(), "{said}");
        said
    };
    let read = |path: &Path| fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    build("public");
    let public = site.join("public");
    let plain = read(&public.join("index.html"));
    let mut unpacked = Vec::new();
    brotli::BrotliDecompress(&mut &read(&public.join("index.html.br"))[..], &mut unpacked).expect("brotli");
    assert_eq!(unpacked, plain);
    unpacked.clear();
    let gzip = read(&public.join("index.html.gz"));
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gzip[..]), &mut unpacked).expect("gzip");
    assert_eq!(unpacked, plain);
    assert_eq!(read(&public.join("robots.html.gz")), b"le mien");
    assert!(public.join("robots.html.br").exists());
    assert!(String::from_utf8_lossy(&read(&public.join("integrer/nginx.conf.txt"))).contains("gzip_static on;"));
    assert!(build("public").contains("nothing changed"), "a second build writes nothing");
    build("ailleurs");
    assert_eq!(
        read(&site.join("ailleurs/index.html.br")),
        read(&public.join("index.html.br")),
        "always the same bytes"
    );

    fs::write(site.join("site.toml"), "titre = \"Essai\"\nbase_url = \"https://essai.example/\"\n").expect("written");
    build("public");
    assert!(!public.join("index.html.br").exists(), "twins go away when they are no longer asked for");
}

#[test]
fn the_plan_of_a_large_site_leaves_fiches_to_their_kits() {
    let plan = |fiches: usize| large(fiches, "").page("/plan-du-site/").matches("/kit/fiche-").count();
    assert_eq!(plan(40), 40);
    assert_eq!(plan(2_001), 0);
}

/// Each link of a large site moved from elsewhere may lead nowhere: each is told, with what was meant when a page is near.
#[test]
fn many_links_to_nowhere_are_all_told() {
    let mut site = large(200, "");
    for number in 1..=200 {
        site.edit(&format!("content/kit/fiche-{number}.md"), |text| {
            let links = (0..4).map(|n| format!("[un lien](/ancien-site/dossier-{number}/fiche-numero-{n}.html)\n"));
            format!("{text}\n{}[une fiche](/kit/fiche-{number}-/)\n", links.collect::<String>())
        });
    }
    let report = site.said();
    let told: Vec<_> = report.diagnostics.iter().filter(|said| said.code == "E0307").collect();
    assert_eq!(told.len(), 1_000);
    let near = told.iter().filter(|said| said.help.as_ref().is_some_and(|help| help.fr.contains("/kit/fiche-")));
    assert_eq!(near.count(), 200);
}

#[test]
fn the_home_page_of_many_kits_shows_the_newest_and_leads_to_the_others() {
    let mut archive =
        "-- site.toml --\ntitre = \"Essai\"\nbase_url = \"https://essai.example/\"\n[contenu]\narticles_par_page = 5\n\
         -- content/_index.md --\n---\ntitre: Accueil\n---\n-- content/kits/_index.md --\n---\ntitre: Les kits\n---\n"
            .to_owned();
    for number in 1..=8 {
        let _ = write!(
            archive,
            "-- content/kits/kit-{number}/_index.md --\n---\ntitre: Kit {number}\nnature: kit\ndate: 2026-01-0{number}\n---\n"
        );
    }
    let made = Project::new(&archive).made();
    let page = |url: &str| String::from_utf8(made[url].clone()).expect("a page");
    let listed =
        |page: &str| (1..=8).filter(|number| page.contains(&format!("kits/kit-{number}/\""))).collect::<Vec<_>>();
    let home = page("/");
    assert_eq!(listed(&home), [4, 5, 6, 7, 8]);
    assert!(home.contains("href=\"./kits/\""));
    let list = format!("{}{}", page("/kits/"), page("/kits/page-2/").replace("../", "kits/"));
    assert_eq!(listed(&list), Vec::from_iter(1..=8), "{list}");
}
