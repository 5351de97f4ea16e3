//! The formats of the open data: CSV for spreadsheets, JSON, GeoJSON (RFC 7946), JSON-LD with Dublin Core, and the catalogue (DCAT).

use serde_json::{Map, Value, json};

use super::rows::Row;
use super::{FORMATS, Set, address, versions};
use crate::emit::{Base, Body, Cx, views};
use crate::territory::{Atlas, PlaceId};
use crate::urls::Url;

/// Writes the file of a set whose ending is named.
pub(super) fn write(cx: &Cx<'_>, ending: &str, set: Set, rows: &[Row]) -> Body {
    match ending {
        "csv" => csv(set, rows),
        "json" => to_json(cx, rows),
        "geojson" => geojson(cx, rows),
        _ => json_ld(cx, set, rows),
    }
}

fn pretty(value: &Value) -> Body {
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn to_json(cx: &Cx<'_>, rows: &[Row]) -> Body {
    let items: Vec<Value> = rows.iter().map(|row| Value::Object(object(row))).collect();
    pretty(&json!({
        "site": cx.site.config.title.as_str(),
        "adresse": cx.site.config.base_url.as_str(),
        "editeur": cx.site.config.publisher.as_str(),
        "licence": licence(&cx.site.config.licence),
        "version": versions::version(rows),
        "nombre": items.len(),
        "elements": items,
    }))
}

/// Returns a licence as its page, else as it is written.
fn licence(written: &str) -> Option<String> {
    views::licence(written).map(|licence| licence.url.unwrap_or(licence.name))
}

fn object(row: &Row) -> Map<String, Value> {
    row.columns.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// Writes a CSV that French spreadsheets open as it is: UTF-8 with its mark, semicolons (RFC 4180 otherwise).
fn csv(set: Set, rows: &[Row]) -> Body {
    let mut out = String::from("\u{feff}");
    let names: Vec<&str> = super::columns(set).iter().map(|column| column.name).collect();
    out.push_str(&names.join(";"));
    out.push_str("\r\n");
    for row in rows {
        out.push_str(&row.columns.iter().map(|(_, value)| cell(value)).collect::<Vec<_>>().join(";"));
        out.push_str("\r\n");
    }
    out.into_bytes()
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        // A point: map tools read it everywhere, and a spreadsheet shows it as text rather than as a thousand times itself.
        Value::Number(number) => return number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
            .collect::<Vec<_>>()
            .join(", "),
        Value::Object(_) => value.to_string(),
    };
    csv_cell(&text)
}

/// Writes a text as a cell of a CSV apart by semicolons; one that a spreadsheet would take for a formula is made text (OWASP, CSV injection).
pub fn csv_cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Writes one point for each row that has one; `name` and `description` are what map tools show (uMap, GoGoCarto).
fn geojson(cx: &Cx<'_>, rows: &[Row]) -> Body {
    let features: Vec<Value> = rows
        .iter()
        .filter_map(|row| {
            let point = Atlas::get().place(*row.places.first()?).point?;
            let mut properties = object(row);
            let text = if row.get("texte").is_some() { row.text("texte") } else { row.text("resume") };
            properties.insert("name".to_owned(), json!(row.text("titre")));
            properties.insert("description".to_owned(), json!(format!("{text}\n\n{}", row.text("adresse")).trim()));
            properties.insert("categories".to_owned(), row.get("themes").cloned().unwrap_or_default());
            Some(json!({
                "type": "Feature",
                "id": row.text("identifiant"),
                "geometry": {"type": "Point", "coordinates": [point.lon(), point.lat()]},
                "properties": properties,
            }))
        })
        .collect();
    let mut bytes = serde_json::to_vec(&json!({
        "type": "FeatureCollection",
        "attribution": cx.site.config.publisher.as_str(),
        "licence": licence(&cx.site.config.licence),
        "version": versions::version(rows),
        "features": features,
    }))
    .unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Writes the rows in Dublin Core terms.
fn json_ld(cx: &Cx<'_>, set: Set, rows: &[Row]) -> Body {
    let base = Base::fixed(&cx.site.config.base_url);
    let graph: Vec<Value> = rows.iter().map(|row| described(cx, row)).collect();
    pretty(&json!({
        "@context": context(),
        "@id": base.href(&address(set, "jsonld")),
        "@type": "dcat:Dataset",
        "title": format!("{} – {}", set.name, cx.site.config.title),
        "publisher": cx.site.config.publisher.as_str(),
        "license": licence(&cx.site.config.licence),
        "hasVersion": versions::version(rows),
        "hasPart": graph,
    }))
}

fn context() -> Value {
    json!({
        "@vocab": "http://purl.org/dc/terms/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "schema": "https://schema.org/",
        "license": {"@type": "@id"},
        "downloadURL": {"@id": "dcat:downloadURL", "@type": "@id"},
        "mediaType": "dcat:mediaType",
    })
}

fn described(cx: &Cx<'_>, row: &Row) -> Value {
    let config = &cx.site.config;
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
        };
        if !is_empty {
            out.insert(key.to_owned(), value);
        }
    };
    let column = |name: &str| row.get(name).cloned().unwrap_or_default();
    let is_example = row.get("texte").is_some();
    put("@id", column("adresse"));
    put("@type", json!(if is_example { "schema:CreativeWork" } else { "schema:Article" }));
    put("identifier", column("identifiant"));
    put("title", column("titre"));
    put("description", column(if is_example { "texte" } else { "resume" }));
    put("creator", column(if is_example { "acteurs" } else { "auteurs" }));
    put("publisher", json!(config.publisher.as_str()));
    put("subject", column("themes"));
    put("spatial", row.places.iter().map(|place| spatial(*place)).collect());
    put("temporal", column("annee"));
    put("source", column("source"));
    put("issued", column("date"));
    put("modified", column("mis_a_jour"));
    put("language", json!(row.language.as_str()));
    put("license", json!(licence(&row.licence)));
    put("isPartOf", column(if is_example { "fiche" } else { "kit" }));
    put("hasVersion", column("empreinte"));
    Value::Object(out)
}

fn spatial(id: PlaceId) -> Value {
    let place = Atlas::get().place(id);
    let mut out = json!({"@type": "Location", "identifier": place.code, "title": Atlas::get().label(id)});
    if let Some(point) = place.point {
        out["schema:geo"] =
            json!({"@type": "schema:GeoCoordinates", "schema:latitude": point.lat(), "schema:longitude": point.lon()});
    }
    out
}

/// Writes the catalogue of the sets and of their files.
pub(super) fn catalogue(cx: &Cx<'_>, sets: &[Set]) -> Body {
    let config = &cx.site.config;
    let base = Base::fixed(&config.base_url);
    let here = |address: &str| base.href(&Url::new(address));
    let of = |set: &Set| {
        let files: Vec<Value> = FORMATS
            .iter()
            .map(|(ending, format)| {
                let media = match *ending {
                    "csv" => "text/csv",
                    "json" => "application/json",
                    "geojson" => "application/geo+json",
                    _ => "application/ld+json",
                };
                json!({"@type": "dcat:Distribution", "title": format, "mediaType": media, "downloadURL": base.href(&address(*set, ending))})
            })
            .collect();
        json!({
            "@type": "dcat:Dataset",
            "@id": format!("{}#{}", here("/donnees/"), set.name),
            "title": set.name,
            "publisher": config.publisher.as_str(),
            "license": licence(&config.licence),
            "language": config.language.as_str(),
            "dcat:distribution": files,
        })
    };
    pretty(&json!({
        "@context": context(),
        "@type": "dcat:Catalog",
        "@id": here("/donnees/catalogue.jsonld"),
        "title": config.title.as_str(),
        "description": config.description.as_str(),
        "publisher": config.publisher.as_str(),
        "license": licence(&config.licence),
        "dcat:dataset": sets.iter().map(of).collect::<Vec<_>>(),
    }))
}
