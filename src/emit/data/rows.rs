//! One line of a set for each fiche, example, récit or issue: columns in order, the place for the map, and a fingerprint.

use ecow::EcoString;
use serde_json::{Value, json};

use crate::doc;
use crate::emit::facets::{FACETS, terms};
use crate::emit::{Base, Cx};
use crate::french::When;
use crate::site::{Example, Page};
use crate::territory::{Atlas, Level, PlaceId};

/// A column, and what it holds, in French: the page that documents the data reads it.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in every format.
    pub name: &'static str,
    /// What it holds.
    pub says: &'static str,
}

const fn column(name: &'static str, says: &'static str) -> Column {
    Column { name, says }
}

/// The columns of fiches, récits and issues.
const OF_PAGES: &[Column] = &[
    column("identifiant", "le nom stable de la page : celui que l’auteur a donné, sinon son adresse sur le site"),
    column("titre", "son titre"),
    column("resume", "son résumé"),
    column("adresse", "son adresse complète"),
    column("nature", "fiche, recit ou numero"),
    column("kit", "le kit de la fiche"),
    column("edition", "l’édition du kit"),
    column("numero", "le numéro de la fiche dans cette édition, ou celui de la lettre"),
    column("famille", "la famille de la fiche dans le kit"),
    column("date", "la date de publication, aussi précise qu’elle est connue (EDTF)"),
    column("mis_a_jour", "la date de la dernière modification de fond"),
    column("auteurs", "qui a écrit"),
    column("themes", "les thèmes"),
    column("territoires", "les codes des lieux : INSEE, SIREN, département, région"),
    column("lieux", "les noms de ces lieux"),
    column("latitude", "celle du premier lieu (WGS 84)"),
    column("longitude", "celle du premier lieu (WGS 84)"),
    column("licence", "la licence de la page"),
    column("archive", "oui pour un texte qui n’est plus tenu à jour"),
    column("empreinte", "change dès que la page change"),
];

/// The columns of examples.
const OF_EXAMPLES: &[Column] = &[
    column("identifiant", "l’adresse de l’exemple sur le site, qui ne change pas"),
    column("titre", "son titre"),
    column("texte", "son texte, sans mise en forme"),
    column("adresse", "son adresse complète"),
    column("territoire", "le code du lieu : INSEE, SIREN, département ou région"),
    column("lieu", "le nom du lieu"),
    column("departement", "le département, avec son numéro"),
    column("region", "la région"),
    column("collectivite", "commune, communauté de communes, métropole…"),
    column("latitude", "celle du lieu (WGS 84)"),
    column("longitude", "celle du lieu (WGS 84)"),
    column("annee", "quand, aussi précisément que c’est connu (EDTF)"),
    column("acteurs", "qui l’a mené"),
    column("contact", "à qui s’adresser"),
    column("source", "d’où vient l’information"),
    column("verifie_le", "la date de la dernière vérification"),
    column("themes", "les thèmes de l’exemple, sinon ceux de sa page"),
    column("fiche", "la fiche ou le récit qui le raconte"),
    column("numero", "le numéro de cette fiche"),
    column("famille", "la famille de cette fiche"),
    column("kit", "son kit"),
    column("edition", "l’édition du kit"),
    column("licence", "la licence du texte"),
    column("archive", "oui dans un texte qui n’est plus tenu à jour"),
    column("empreinte", "change dès que l’exemple change"),
];

/// Returns the columns of a set, in order.
pub fn columns(set: super::Set) -> &'static [Column] {
    if set.kind.is_some() { OF_PAGES } else { OF_EXAMPLES }
}

/// One line of a set.
#[derive(Debug)]
pub(super) struct Row {
    /// In the order of [`columns`].
    pub columns: Vec<(&'static str, Value)>,
    pub places: Vec<PlaceId>,
    pub licence: EcoString,
    pub language: EcoString,
    /// The day of the last change that is written, for feeds.
    pub changed: Option<When>,
}

impl Row {
    /// Returns a column as text; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns a column.
    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.columns.iter().find(|(own, _)| *own == name).map(|(_, value)| value)
    }
}

/// Returns the rows of the pages of a kind, or of the examples.
pub(super) fn of(cx: &Cx<'_>, kind: Option<&str>) -> Vec<Row> {
    match kind {
        Some(kind) => cx.site.of_kind(kind).filter(|page| page.is_public()).map(|page| of_page(cx, page)).collect(),
        None => cx
            .site
            .examples
            .iter()
            .filter(|example| cx.site.page(example.page).is_public())
            .map(|example| of_example(cx, example))
            .collect(),
    }
}

fn of_page(cx: &Cx<'_>, page: &Page) -> Row {
    let (site, base, atlas) = (cx.site, Base::fixed(&cx.site.config.base_url), Atlas::get());
    let kit = site.kit_of(page);
    let text = |key: &str| page.fields.text(key).map_or(Value::Null, |text| json!(text.as_str()));
    let written = |key: &str| when(page.fields.when(key));
    let names = |key: &str| page.fields.texts(key).iter().map(|(text, _)| text.to_string()).collect::<Vec<_>>();
    let identifier = page.fields.text("identifiant").map_or(page.url.as_str(), |id| id.as_str());
    let licence = site.licence(page).clone();
    let point = page.places.first().and_then(|place| atlas.place(*place).point);
    let mut columns = vec![
        ("identifiant", json!(identifier)),
        ("titre", json!(page.title.as_str())),
        ("resume", json!(page.summary.as_str())),
        ("adresse", json!(base.href(&page.url))),
        ("nature", json!(page.kind.name())),
        ("kit", kit.map_or(Value::Null, |kit| json!(kit.title.as_str()))),
        ("edition", when(kit.and_then(|kit| kit.fields.when("edition")))),
        ("numero", page.number().map_or_else(|| text("numero"), |number| json!(number))),
        ("famille", site.family_of(page).map_or(Value::Null, |family| json!(family.title.as_str()))),
        ("date", written("date")),
        ("mis_a_jour", written("mis_a_jour")),
        ("auteurs", json!(names("auteurs"))),
        ("themes", json!(page.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>())),
        ("territoires", json!(page.places.iter().map(|place| atlas.place(*place).code).collect::<Vec<_>>())),
        ("lieux", json!(page.places.iter().map(|place| atlas.label(*place)).collect::<Vec<_>>())),
        ("latitude", point.map_or(Value::Null, |point| json!(point.lat()))),
        ("longitude", point.map_or(Value::Null, |point| json!(point.lon()))),
        ("licence", json!(licence.as_str())),
        ("archive", json!(page.is_archived())),
    ];
    let mark = fingerprint(&columns, &doc::text::blocks(&page.document.blocks));
    columns.push(("empreinte", json!(mark)));
    Row { columns, places: page.places.clone(), licence, language: page.language.clone(), changed: changed(page) }
}

fn of_example(cx: &Cx<'_>, example: &Example) -> Row {
    let (site, atlas) = (cx.site, Atlas::get());
    let page = site.page(example.page);
    let (url, anchor) = site.example_url(example);
    let address = format!("{}#{anchor}", Base::fixed(&site.config.base_url).href(&url));
    let text = |text: &Option<EcoString>| text.as_ref().map_or(Value::Null, |text| json!(text.as_str()));
    let facet = |key: &str| {
        let facet = FACETS.iter().find(|facet| facet.key == key).copied()?;
        terms(site, example, facet).into_iter().next().map(|(_, name)| json!(name.as_str()))
    };
    let kit = site.kit_of(page);
    let licence = site.licence(page).clone();
    let point = example.place.and_then(|place| atlas.place(place).point);
    let body = doc::find_directive(&page.document, &example.anchor)
        .map(|directive| doc::text::blocks(&directive.body))
        .unwrap_or_default();
    let is_region = example.place.is_some_and(|place| atlas.place(place).level == Level::Region);
    let mut columns = vec![
        ("identifiant", json!(format!("{url}#{anchor}"))),
        ("titre", json!(example.exemple.titre.as_str())),
        ("texte", json!(body.trim())),
        ("adresse", json!(address)),
        ("territoire", example.place.map_or(Value::Null, |place| json!(atlas.place(place).code))),
        ("lieu", example.place.map_or_else(|| text(&example.exemple.territoire), |place| json!(atlas.label(place)))),
        ("departement", if is_region { Value::Null } else { facet("departement").unwrap_or_default() }),
        ("region", facet("region").unwrap_or_default()),
        ("collectivite", facet("collectivite").unwrap_or_default()),
        ("latitude", point.map_or(Value::Null, |point| json!(point.lat()))),
        ("longitude", point.map_or(Value::Null, |point| json!(point.lon()))),
        ("annee", when(example.exemple.annee.as_ref())),
        ("acteurs", text(&example.exemple.acteurs)),
        ("contact", text(&example.exemple.contact)),
        ("source", text(&example.exemple.source)),
        ("verifie_le", when(example.exemple.verifie_le.as_ref())),
        ("themes", json!(example.themes.iter().map(|theme| site.themes[*theme].name.as_str()).collect::<Vec<_>>())),
        ("fiche", json!(page.title.as_str())),
        ("numero", page.number().map_or(Value::Null, |number| json!(number))),
        ("famille", facet("famille").unwrap_or_default()),
        ("kit", kit.map_or(Value::Null, |kit| json!(kit.title.as_str()))),
        ("edition", when(kit.and_then(|kit| kit.fields.when("edition")))),
        ("licence", json!(licence.as_str())),
        ("archive", json!(page.is_archived())),
    ];
    let mark = fingerprint(&columns, "");
    columns.push(("empreinte", json!(mark)));
    Row {
        columns,
        places: example.place.into_iter().collect(),
        licence,
        language: page.language.clone(),
        changed: changed(page),
    }
}

fn when(when: Option<&When>) -> Value {
    when.map_or(Value::Null, |when| json!(when.to_string()))
}

fn changed(page: &Page) -> Option<When> {
    page.version().copied()
}

/// Returns sixteen digits that change with what readers see, and with nothing else.
fn fingerprint(columns: &[(&'static str, Value)], body: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, value) in columns {
        hasher.update(name.as_bytes());
        hasher.update(value.to_string().as_bytes());
    }
    hasher.update(body.as_bytes());
    hasher.finalize().to_hex()[..16].to_owned()
}
