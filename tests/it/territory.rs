//! The geography answers for the real country: codes, names, French, points, maps.

use essaim::territory::map::{Frame, Locator, Mark, Motif, Overview, Palette, locator, locator_base, overview};
use essaim::territory::{Atlas, Level, PlaceId, Unresolved};

const LEVELS: [Level; 7] = [
    Level::Region,
    Level::Departement,
    Level::Collectivite,
    Level::Epci,
    Level::Ept,
    Level::Commune,
    Level::ArrondissementMunicipal,
];

fn code(id: PlaceId) -> &'static str {
    Atlas::get().place(id).code
}

fn place(written: &str) -> PlaceId {
    Atlas::get().resolve(written).unwrap_or_else(|e| panic!("{written}: {e:?}")).place
}

/// The rows of a table of tab-separated values, comments left out.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

/// A sequence that looks random and never changes.
fn shuffle(mut seed: u64) -> impl FnMut(usize) -> usize {
    move |below| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    }
}

#[test]
fn the_table_of_names_is_answered() {
    let atlas = Atlas::get();
    for row in rows(include_str!("../territory/names.tsv")) {
        let (written, expected) = (row[0], row[1]);
        let answer = match atlas.resolve(written) {
            Ok(found) if found.former.is_some() => format!("former {}", code(found.place)),
            Ok(found) => code(atlas.canonical(found.place)).to_owned(),
            Err(Unresolved::Ambiguous(places)) => list("ambiguous", &places),
            Err(Unresolved::FormerRegion(region)) => format!("region {}", region.today),
            Err(Unresolved::Country) => "country".to_owned(),
            Err(Unresolved::Unknown(places)) => list("unknown", &places),
        };
        let agrees = answer == expected
            || matches!(expected.split(' ').next(), Some("ambiguous" | "unknown"))
                && (answer.starts_with(&format!("{expected} ")));
        assert!(agrees, "« {written} » : {answer}, expected {expected}");
    }
}

/// Every département that existed before 2016 is in one région of that time, and that one is inside the région of today.
#[test]
fn regions_of_before_2016_hold_the_departements_of_today() {
    let atlas = Atlas::get();
    let names = [
        "Alsace",
        "Aquitaine",
        "Auvergne",
        "Basse-Normandie",
        "Bourgogne",
        "Champagne-Ardenne",
        "Franche-Comté",
        "Haute-Normandie",
        "Languedoc-Roussillon",
        "Limousin",
        "Lorraine",
        "Midi-Pyrénées",
        "Nord-Pas-de-Calais",
        "Picardie",
        "Poitou-Charentes",
        "Rhône-Alpes",
    ];
    let mut found: Vec<&str> = Vec::new();
    for name in names {
        let Err(Unresolved::FormerRegion(region)) = atlas.resolve(name) else { panic!("{name}") };
        for number in region.departements {
            assert!(atlas.contains(place(region.today), place(number)), "{name}: {number}");
            found.push(number);
        }
    }
    found.sort_unstable();
    let joined = ["R27", "R28", "R32", "R44", "R75", "R76", "R84"].map(place);
    let mut today: Vec<&str> = atlas
        .places(Level::Departement)
        .filter(|id| joined.iter().any(|region| atlas.contains(*region, *id)))
        .map(code)
        .collect();
    today.sort_unstable();
    assert_eq!(found, today);
}

fn list(word: &str, places: &[PlaceId]) -> String {
    let codes: Vec<_> = places.iter().map(|&id| code(id)).collect();
    format!("{word} {}", codes.join(" ")).trim_end().to_owned()
}

#[test]
fn the_table_of_phrases_is_right() {
    let atlas = Atlas::get();
    for row in rows(include_str!("../territory/phrases.tsv")) {
        let id = place(row[0]);
        let written = [atlas.a(id), atlas.de(id), atlas.le(id), atlas.label(id)];
        assert_eq!(written.as_slice(), &row[1..], "{}", row[0]);
    }
}

#[test]
fn five_hundred_places_are_found_by_code_and_by_name() {
    let atlas = Atlas::get();
    let mut next = shuffle(2026);
    let pool: Vec<PlaceId> = [Level::Commune, Level::Epci].into_iter().flat_map(|l| atlas.places(l)).collect();
    let (mut alone, mut shared) = (0, 0);
    for _ in 0..400 {
        let id = pool[next(pool.len())];
        let known = atlas.place(id);
        assert_eq!(place(known.code), id, "{}", known.code);
        match atlas.resolve(known.name) {
            Ok(found) => {
                assert!(found.former.is_none());
                assert_eq!(found.place, atlas.canonical(id), "{}", known.name);
                alone += 1;
            }
            Err(Unresolved::Ambiguous(places)) => {
                assert!(places.len() > 1 && places.contains(&id), "{}", known.name);
                shared += 1;
            }
            Err(why) => panic!("{}: {why:?}", known.name),
        }
        let spelt = known.name.to_uppercase().replace(['-', '’'], " ").replace("SAINT ", "ST ");
        let by_spelling = atlas.resolve(&spelt).map(|found| found.place);
        assert_eq!(by_spelling, atlas.resolve(known.name).map(|found| found.place), "{spelt}");
    }
    assert!(alone > 300 && shared > 10, "{alone} {shared}");
    let former = atlas.former();
    for _ in 0..100 {
        let gone = &former[next(former.len())];
        match atlas.resolve(gone.code) {
            // The seat of a commune nouvelle kept its code.
            Ok(found) if found.former.is_none() => assert_eq!(code(found.place), gone.code),
            Ok(found) => assert_eq!(found.place, gone.today, "{}", gone.code),
            Err(Unresolved::Ambiguous(places)) => assert!(places.contains(&gone.today)),
            Err(why) => panic!("{}: {why:?}", gone.code),
        }
    }
}

#[test]
fn a_name_answers_for_one_place_only_when_no_other_bears_it() {
    let atlas = Atlas::get();
    let mut bearers = std::collections::BTreeMap::<String, Vec<PlaceId>>::new();
    for id in LEVELS.into_iter().flat_map(|level| atlas.places(level)) {
        let places = bearers.entry(atlas.place(id).name.to_lowercase()).or_default();
        if !places.contains(&atlas.canonical(id)) {
            places.push(atlas.canonical(id));
        }
    }
    for (name, places) in bearers.iter().filter(|(_, places)| places.len() > 1) {
        match atlas.resolve(name) {
            Err(Unresolved::Ambiguous(candidates)) => {
                assert!(places.iter().all(|id| candidates.contains(id)), "{name}");
            }
            // The overseas département is preferred to the village of the same name.
            Ok(found) => assert_eq!(code(found.place), "974", "{name}"),
            Err(why) => panic!("{name}: {why:?}"),
        }
    }
}

#[test]
fn wider_places_are_told_apart() {
    let atlas = Atlas::get();
    let codes = |places: Vec<PlaceId>| places.into_iter().map(code).collect::<Vec<_>>().join(" ");
    // Pantin is in Seine-Saint-Denis, though most communes of its métropole are in another département.
    assert_eq!(codes(atlas.above(place("93055"))), "200057875");
    assert_eq!(codes(atlas.above(place("200057875"))), "93");
    assert_eq!(codes(atlas.line(place("93055"))), "200057875 200054781 93 R11");
    // Guyane is named once.
    assert_eq!(codes(atlas.around(place("97305"))), "249730045 973");
    assert_eq!(codes(atlas.above(place("973"))), "");
    // An EPCI of three départements stands under each, and on one line.
    assert_eq!(codes(atlas.above(place("243500741"))), "35 56 44");
    assert_eq!(codes(atlas.line(place("243500741"))), "35 R53");
    for id in LEVELS.into_iter().flat_map(|level| atlas.places(level)) {
        for above in atlas.above(id) {
            assert!(atlas.place(above).level < atlas.place(id).level, "{}", code(id));
        }
    }
}

#[test]
fn what_a_writer_types_never_breaks_the_search() {
    let atlas = Atlas::get();
    for written in
        ["", " ", "(", ")", "()", "(93)", "a (", "R", "RR", "2A", "2", "\u{301}", "é", "日本", "-", "00000", "9"]
    {
        let _ = atlas.resolve(written);
    }
    let long = "Saint-".repeat(5000);
    assert!(matches!(atlas.resolve(&long), Err(Unresolved::Unknown(_))));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_gets_an_answer(written in proptest::string::string_regex("(?s).{0,40}").expect("a pattern")) {
        let atlas = Atlas::get();
        match atlas.resolve(&written) {
            Ok(found) => assert!(!code(found.place).is_empty()),
            Err(Unresolved::Ambiguous(places)) => assert!(places.len() > 1),
            Err(Unresolved::Unknown(places)) => assert!(places.len() <= 500),
            Err(Unresolved::FormerRegion(_) | Unresolved::Country) => {}
        }
    }

    #[test]
    fn any_title_comes_out_escaped(title in proptest::string::string_regex("(?s).{0,30}").expect("a pattern")) {
        let options = Locator { prefix: "c", title: Some(&title), base: None, palette: Palette::COLOUR };
        assert_well_formed(&locator(place("59"), &options).markup);
    }
}

#[test]
fn postal_codes_lead_to_their_places() {
    let atlas = Atlas::get();
    let codes = |postal| atlas.by_postal_code(postal).into_iter().map(code).collect::<Vec<_>>();
    assert_eq!(codes("75010"), ["75110"]);
    assert_eq!(codes("62400")[0], "62119");
    assert!(codes("59300").contains(&"59606"));
    assert!(codes("").is_empty() && codes("99999").is_empty() && codes("5930a").is_empty());
}

#[test]
fn places_are_within_one_another() {
    let atlas = Atlas::get();
    let chain = |written: &str| atlas.containers(place(written)).into_iter().map(code).collect::<Vec<_>>().join(" ");
    assert_eq!(chain("59606"), "245901160 59 R32");
    assert_eq!(chain("93055"), "200057875 200054781 93 R11");
    assert_eq!(chain("75110"), "75056 200054781 75 R11");
    assert_eq!(chain("97305"), "249730045 973 R03");
    assert_eq!(chain("22016"), "22 R53");
    assert_eq!(chain("98735"), "987");
    assert_eq!(chain("243500741"), "35 56 44 R53 R52");
    assert!(atlas.contains(place("R32"), place("59606")));
    assert!(atlas.contains(place("59606"), place("59606")));
    assert!(!atlas.contains(place("59606"), place("R32")));
    for id in LEVELS.into_iter().flat_map(|level| atlas.places(level)) {
        let mut up = id;
        while let Some(parent) = atlas.parent(up) {
            assert!(atlas.place(parent).level < atlas.place(up).level);
            up = parent;
        }
        assert!(matches!(atlas.place(up).level, Level::Region | Level::Collectivite), "{}", code(id));
    }
}

#[test]
fn addresses_are_plain_and_differ() {
    let atlas = Atlas::get();
    assert_eq!(atlas.slug(place("62119")), "62119-bethune");
    assert_eq!(atlas.slug(place("2A004")), "2a004-ajaccio");
    assert_eq!(atlas.slug(place("R32")), "r32-hauts-de-france");
    assert_eq!(atlas.slug(place("CA Cœur d’Ostrevent")), "245901152-ca-coeur-d-ostrevent");
    let mut seen = std::collections::BTreeSet::new();
    for id in LEVELS.into_iter().flat_map(|level| atlas.places(level)) {
        let slug = atlas.slug(id);
        assert!(slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{slug}");
        assert!(seen.insert(slug));
        assert!(!atlas.place(id).name.contains(['\'', '"']), "{}", atlas.place(id).name);
    }
}

#[test]
fn populations_add_up() {
    let atlas = Atlas::get();
    let people = |id: PlaceId| u64::from(atlas.place(id).population.unwrap_or(0));
    let all = |level| atlas.places(level).map(people).sum::<u64>();
    assert_eq!(all(Level::Commune), all(Level::Departement) + all(Level::Collectivite));
    assert_eq!(all(Level::Region), all(Level::Departement));
    for epci in atlas.places(Level::Epci).take(50) {
        let members = atlas.places(Level::Commune).filter(|&c| atlas.epci(c) == Some(epci));
        assert_eq!(members.map(people).sum::<u64>(), people(epci), "{}", code(epci));
    }
}

/// Island communes that are too small for the outlines: Aix, Sein, Molène, Hœdic, Houat.
const ISLANDS: [&str; 5] = ["17004", "29083", "29084", "56085", "56088"];

#[test]
fn every_point_falls_in_its_departement() {
    let atlas = Atlas::get();
    let mut outside = Vec::new();
    for departement in atlas.places(Level::Departement) {
        let rings = atlas.outline(departement);
        assert!(rings.iter().all(|ring| ring.len() > 3 && ring.first() == ring.last()));
        let prefix = code(departement);
        for commune in atlas.places(Level::Commune).filter(|&c| code(c).starts_with(prefix)) {
            let point = atlas.place(commune).point.expect("communes of départements have a point");
            if !inside(&rings, point.lon(), point.lat()) {
                outside.push(code(commune));
                let farthest = if ISLANDS.contains(&code(commune)) { 10.0 } else { 1.5 };
                assert!(distance(&rings, point.lon(), point.lat()) < farthest, "{}", code(commune));
            }
        }
    }
    assert!(outside.len() < 30, "{outside:?}");
}

/// Tells whether a point is inside the rings of an outline.
pub fn inside(rings: &[Vec<[f64; 2]>], x: f64, y: f64) -> bool {
    let crosses = |pair: &[[f64; 2]]| {
        let ([x0, y0], [x1, y1]) = (pair[0], pair[1]);
        (y0 > y) != (y1 > y) && x < (x1 - x0) * (y - y0) / (y1 - y0) + x0
    };
    rings.iter().flat_map(|ring| ring.windows(2)).filter(|pair| crosses(pair)).count() % 2 == 1
}

/// The distance to the nearest outline, in kilometres.
fn distance(rings: &[Vec<[f64; 2]>], x: f64, y: f64) -> f64 {
    let flat = |[lon, lat]: [f64; 2]| ((lon - x) * 111.3 * y.to_radians().cos(), (lat - y) * 110.6);
    let to_segment = |pair: &[[f64; 2]]| {
        let ((ax, ay), (bx, by)) = (flat(pair[0]), flat(pair[1]));
        let (dx, dy) = (bx - ax, by - ay);
        let along = (-(ax * dx + ay * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
        (ax + along * dx).hypot(ay + along * dy)
    };
    rings.iter().flat_map(|ring| ring.windows(2)).map(to_segment).fold(f64::MAX, f64::min)
}

fn locator_of(written: &str, base: Option<&str>) -> String {
    locator(place(written), &Locator { prefix: "c1", title: None, base, palette: Palette::COLOUR }).markup
}

#[test]
fn locators_are_light_and_say_where() {
    for (written, title) in [
        ("62119", "Carte\u{a0}: Béthune, dans le Pas-de-Calais"),
        ("59", "Carte\u{a0}: le Nord, dans les Hauts-de-France"),
        ("75", "Carte\u{a0}: Paris, en Île-de-France"),
        ("Guyane", "Carte de France\u{a0}: la Guyane"),
        ("97305", "Carte\u{a0}: Macouria, en Guyane"),
        ("987", "Carte de France\u{a0}: la Polynésie française"),
        (
            "243500741",
            "Carte\u{a0}: la CA Redon Agglomération, en Ille-et-Vilaine, dans le Morbihan et en Loire-Atlantique",
        ),
    ] {
        let markup = locator_of(written, None);
        assert!(markup.contains(&format!("<title id=\"c1-t\">{title}</title>")), "{written}: {markup}");
        assert!(markup.len() < 6_500, "{written}: {}", markup.len());
        assert!(locator_of(written, Some("base")).len() < 2_200, "{written}");
        assert_well_formed(&markup);
    }
    assert_well_formed(&locator_base("base", &Palette::BLACK));
}

#[test]
fn every_place_with_an_outline_has_a_locator() {
    let atlas = Atlas::get();
    for level in [Level::Region, Level::Departement, Level::Collectivite, Level::Ept, Level::ArrondissementMunicipal] {
        for id in atlas.places(level) {
            let options = Locator { prefix: "c", title: Some(""), base: None, palette: Palette::COLOUR };
            let markup = locator(id, &options).markup;
            assert!(markup.contains("aria-hidden=\"true\"") && markup.len() < 6_500, "{} {}", code(id), markup.len());
        }
    }
}

fn overview_of(marks: &[Mark], frame: Frame) -> essaim::territory::map::Svg {
    let link = |id: PlaceId| Some(format!("/territoires/{}/", Atlas::get().slug(id)));
    overview(
        marks,
        &Overview {
            prefix: "v",
            title: "Exemples <2026> & « récits »",
            description: None,
            frame,
            unit: ["exemple", "exemples"],
            legend: &[(Motif::Plain, "Fiches"), (Motif::Hatched, "Récits & voix")],
            link: Some(&link),
            palette: Palette::COLOUR,
        },
    )
}

fn random_marks(count: usize) -> Vec<Mark> {
    let atlas = Atlas::get();
    let communes: Vec<_> = atlas.places(Level::Commune).collect();
    let mut next = shuffle(7);
    (0..count)
        .map(|_| {
            let place = communes[next(communes.len())];
            let href = Some(format!("/territoires/{}/", atlas.slug(place)));
            Mark { place, count: 1 + next(12) as u32, href, motif: [Motif::Plain, Motif::Hatched][next(2)] }
        })
        .collect()
}

#[test]
fn overviews_stay_light_however_many_the_marks() {
    for count in [0, 1, 30, 150, 2000] {
        let svg = overview_of(&random_marks(count), Frame::France);
        assert!(svg.markup.len() <= 40_000, "{count}: {}", svg.markup.len());
        assert_well_formed(&svg.markup);
        let role = if count == 0 { "role=\"img\"" } else { "role=\"group\"" };
        assert!(svg.markup.contains(role));
        assert!(svg.markup.contains("Exemples &lt;2026&gt; &amp; « récits »"));
    }
}

#[test]
fn adding_marks_up_keeps_their_sum() {
    let marks = random_marks(2000);
    let sum: u32 = marks.iter().map(|mark| mark.count).sum();
    let svg = overview_of(&marks, Frame::France);
    let shown: u32 = svg
        .markup
        .split("<title>")
        .skip(1)
        .filter_map(|text| text.split("</title>").next()?.split("\u{a0}: ").nth(1))
        .map(|text| text.split('\u{a0}').next().expect("a split has a first part").parse::<u32>().expect("a count"))
        .sum();
    // Only the collectivités and the communes without a point are not on the map.
    let atlas = Atlas::get();
    let unseen: u32 = marks.iter().filter(|m| atlas.place(m.place).point.is_none()).map(|m| m.count).sum();
    assert!(shown <= sum && shown + unseen >= sum, "{shown} {sum} {unseen}");
}

#[test]
fn maps_of_one_place_hold_its_marks() {
    let marks: Vec<Mark> = ["59350", "59606", "59183", "62119", "97302", "97411", "75"]
        .into_iter()
        .map(|code| Mark { place: place(code), count: 3, href: Some("/x/".to_owned()), motif: Motif::Plain })
        .collect();
    for (written, links) in [("59", 3), ("973", 1), ("974", 1), ("75", 1), ("R32", 4), ("987", 0), ("977", 0)] {
        let svg = overview_of(&marks, Frame::Around(place(written)));
        assert_eq!(svg.markup.matches("<a href").count(), links, "{written}");
        assert!(svg.markup.len() < 40_000, "{written}: {}", svg.markup.len());
        assert_well_formed(&svg.markup);
    }
}

#[test]
fn the_same_map_is_drawn_twice_alike() {
    let marks = random_marks(40);
    assert_eq!(overview_of(&marks, Frame::France), overview_of(&marks, Frame::France));
}

/// Checks that every element is closed in its turn and every id is used once.
fn assert_well_formed(markup: &str) {
    let mut open = Vec::new();
    let mut ids = Vec::new();
    for tag in markup.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').unwrap_or_else(|| panic!("a tag is not closed: {tag}"));
        let name = inside.trim_matches('/').split(' ').next().unwrap_or_default();
        if inside.starts_with('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !inside.ends_with('/') {
            open.push(name);
        }
        if let Some((_, id)) = inside.split_once(" id=\"") {
            let id = id.split('"').next().unwrap_or_default();
            assert!(!ids.contains(&id), "{id} is there twice");
            ids.push(id);
        }
        assert_eq!(inside.matches('"').count() % 2, 0, "{inside}");
    }
    assert!(open.is_empty(), "{open:?}");
}
