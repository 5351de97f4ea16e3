//! Open data in `/donnees/`: fiches, examples, récits and issues as JSON and CSV, and places as GeoJSON (RFC 7946).

use serde_json::{Value, json};

use super::{Base, Cx, Job, Output, Plan, Planning, views};
use crate::site::{Example, Page};
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// Open data.
pub(super) struct Data;

/// The sets, each in every format: name, and the kind of its pages.
const SETS: &[(&str, &str)] = &[("fiches", "fiche"), ("recits", "recit"), ("lettres", "numero")];

impl Output for Data {
    fn name(&self) -> &'static str {
        "donnees"
    }

    fn label(&self) -> &'static str {
        "données ouvertes"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for (name, kind) in SETS {
            if cx.site.of_kind(kind).next().is_none() {
                continue;
            }
            plan.add_named(
                format!("donnees:{name}"),
                Job::new("donnees", address(name, "json"), move |cx| Ok(to_json(cx, &pages(cx, kind)))),
            );
            plan.add(Job::new("donnees", address(name, "csv"), move |cx| Ok(to_csv(&pages(cx, kind)))));
            plan.add(Job::new("donnees", address(name, "geojson"), move |cx| Ok(to_geojson(cx, &pages(cx, kind)))));
        }
        if !cx.site.examples.is_empty() {
            plan.add_named(
                "donnees:exemples",
                Job::new("donnees", address("exemples", "json"), |cx| Ok(to_json(cx, &examples(cx)))),
            );
            plan.add(Job::new("donnees", address("exemples", "csv"), |cx| Ok(to_csv(&examples(cx)))));
            plan.add(Job::new("donnees", address("exemples", "geojson"), |cx| Ok(to_geojson(cx, &examples(cx)))));
        }
    }
}

fn address(name: &str, extension: &str) -> Url {
    Url::new(format!("/donnees/{name}.{extension}"))
}

/// One line of a set: columns in order, and the place for the map.
struct Row {
    columns: Vec<(&'static str, Value)>,
    place: Option<PlaceId>,
}

fn pages(cx: &Cx<'_>, kind: &str) -> Vec<Row> {
    cx.site.of_kind(kind).map(|page| page_row(cx, page)).collect()
}

fn page_row(cx: &Cx<'_>, page: &Page) -> Row {
    let (site, base) = (cx.site, Base::fixed(&cx.site.config.base_url));
    let kit = site.kit_of(page);
    let text = |key: &str| page.fields.text(key).map_or(Value::Null, |text| json!(text.as_str()));
    let when = |key: &str| page.fields.when(key).map_or(Value::Null, |when| json!(when.to_string()));
    let names = |key: &str| page.fields.texts(key).iter().map(|(text, _)| text.to_string()).collect::<Vec<_>>();
    let columns = vec![
        (
            "identifiant",
            page.fields.text("identifiant").map_or_else(|| json!(page.url.as_str()), |id| json!(id.as_str())),
        ),
        ("titre", json!(page.title.as_str())),
        ("resume", json!(page.summary.as_str())),
        ("adresse", json!(base.href(&page.url))),
        ("nature", json!(page.kind.name())),
        ("kit", kit.map_or(Value::Null, |kit| json!(kit.title.as_str()))),
        ("edition", kit.and_then(|kit| kit.fields.when("edition")).map_or(Value::Null, |when| json!(when.to_string()))),
        ("numero", page.number().map_or_else(|| text("numero"), |number| json!(number))),
        ("famille", text("famille")),
        ("date", when("date")),
        ("mis_a_jour", when("mis_a_jour")),
        ("auteurs", json!(names("auteurs"))),
        ("themes", json!(page.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>())),
        ("territoires", json!(page.places.iter().map(|place| Atlas::get().place(*place).code).collect::<Vec<_>>())),
        ("lieux", json!(page.places.iter().map(|place| Atlas::get().label(*place)).collect::<Vec<_>>())),
        ("licence", json!(page.fields.text("licence").unwrap_or(&site.config.licence).as_str())),
        ("archive", json!(page.is_archived())),
        ("empreinte", json!(super::embed::stamp(page))),
    ];
    Row { columns, place: page.places.first().copied() }
}

fn examples(cx: &Cx<'_>) -> Vec<Row> {
    cx.site.examples.iter().map(|example| example_row(cx, example)).collect()
}

fn example_row(cx: &Cx<'_>, example: &Example) -> Row {
    let (site, atlas) = (cx.site, Atlas::get());
    let page = site.page(example.page);
    let (url, anchor) = site.example_url(example);
    let address = format!("{}#{anchor}", Base::fixed(&site.config.base_url).href(&url));
    let text = |text: &Option<ecow::EcoString>| text.as_ref().map_or(Value::Null, |text| json!(text.as_str()));
    let columns = vec![
        ("identifiant", json!(format!("{url}#{anchor}"))),
        ("titre", json!(example.exemple.titre.as_str())),
        ("adresse", json!(address)),
        ("territoire", example.place.map_or(Value::Null, |place| json!(atlas.place(place).code))),
        ("lieu", example.place.map_or_else(|| text(&example.exemple.territoire), |place| json!(atlas.label(place)))),
        ("annee", example.exemple.annee.as_ref().map_or(Value::Null, |when| json!(when.to_string()))),
        ("acteurs", text(&example.exemple.acteurs)),
        ("contact", text(&example.exemple.contact)),
        ("source", text(&example.exemple.source)),
        ("verifie_le", example.exemple.verifie_le.as_ref().map_or(Value::Null, |when| json!(when.to_string()))),
        ("themes", json!(example.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>())),
        ("fiche", json!(page.title.as_str())),
        ("numero", page.number().map_or(Value::Null, |number| json!(number))),
        ("kit", site.kit_of(page).map_or(Value::Null, |kit| json!(kit.title.as_str()))),
        ("licence", json!(page.fields.text("licence").unwrap_or(&site.config.licence).as_str())),
    ];
    Row { columns, place: example.place }
}

fn to_json(cx: &Cx<'_>, rows: &[Row]) -> Vec<u8> {
    let items: Vec<Value> = rows.iter().map(object).collect();
    let licence = views::licence(&cx.site.config.licence).map(|licence| licence.name);
    let set = json!({
        "site": cx.site.config.title.as_str(),
        "adresse": cx.site.config.base_url.as_str(),
        "licence": licence,
        "nombre": items.len(),
        "elements": items,
    });
    let mut bytes = serde_json::to_vec_pretty(&set).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn object(row: &Row) -> Value {
    Value::Object(row.columns.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
}

/// Writes a CSV that French spreadsheets open as it is: UTF-8 with its mark, semicolons (RFC 4180 otherwise).
fn to_csv(rows: &[Row]) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    if let Some(first) = rows.first() {
        out.push_str(&first.columns.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>().join(";"));
        out.push_str("\r\n");
    }
    for row in rows {
        out.push_str(&row.columns.iter().map(|(_, value)| cell(value)).collect::<Vec<_>>().join(";"));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(is) => {
            if *is {
                "oui".to_owned()
            } else {
                "non".to_owned()
            }
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(_) => value.to_string(),
    };
    // A cell that a spreadsheet would take for a formula is made text (OWASP, CSV injection).
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn to_geojson(cx: &Cx<'_>, rows: &[Row]) -> Vec<u8> {
    let features: Vec<Value> = rows
        .iter()
        .filter_map(|row| {
            let point = Atlas::get().place(row.place?).point?;
            Some(json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [point.lon(), point.lat()]}, "properties": object(row)}))
        })
        .collect();
    let collection =
        json!({"type": "FeatureCollection", "attribution": cx.site.config.publisher.as_str(), "features": features});
    let mut bytes = serde_json::to_vec(&collection).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
