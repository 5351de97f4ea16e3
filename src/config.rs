//! What `site.toml` says of the site, checked against the tables of its keys.

mod slips;
mod statement;

use ecow::EcoString;
use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, FilePath, Report, Severity, Span, codes};
use crate::fields::{Entry, Field, Fields, Node, NodeKind, Type, Unknown, check};
use crate::french;
use crate::say;
use crate::snapshot::{Snapshot, cleaned};

const MENU: &[Field] = &[
    Field::new("titre", Type::Text, "Le mot du menu.", "Les kits"),
    Field::new("page", Type::Text, "L’adresse sur le site, ou une adresse complète.", "/kits/"),
];

const CONTENU: &[Field] = &[
    Field::new("champs_inconnus", Type::Choice(&["erreur", "alerte"]), "Ce que devient une clé inconnue.", "alerte"),
    Field::new(
        "archives_cherchees",
        Type::Bool,
        "La recherche trouve aussi les archives et les anciennes éditions.",
        "true",
    ),
    Field::new("articles_par_page", Type::Integer, "Le nombre de titres d’une page de liste.", "24").within(1, 1000),
];

const TYPOGRAPHIE: &[Field] = &[
    Field::new("guillemets", Type::Choice(&["insecable", "fine"]), "L’espace à l’intérieur des guillemets.", "fine"),
    Field::new("espace_fine", Type::Bool, "Espace fine insécable avant ; ! et ?.", "true"),
    Field::new(
        "inclusif",
        Type::Choice(&["tel-quel", "point-median", "doublet"]),
        "La forme donnée à l’écriture inclusive.",
        "tel-quel",
    ),
];

const ACCESSIBILITE: &[Field] = &[
    Field::new(
        "etat",
        Type::Choice(&["non conforme", "partiellement conforme", "totalement conforme"]),
        "La mention imposée ; « non conforme » tant qu’aucun audit n’est saisi.",
        "non conforme",
    ),
    Field::new("entite", Type::Text, "La structure qui s’engage.", "Ville de Lens"),
    Field::new("taux", Type::Integer, "Le pourcentage de critères respectés, d’après l’audit.", "72").within(0, 100),
    Field::new("audit_date", Type::When, "La date de l’audit.", "2026-03-12"),
    Field::new("audit_par", Type::Text, "Qui a fait l’audit.", "Cabinet Untel"),
    Field::new("etablie_le", Type::When, "La date de la déclaration.", "2026-04-01"),
    Field::new("contact", Type::Text, "L’adresse électronique ou la page à qui écrire.", "contact@exemple.fr"),
    Field::new("non_conformites", Type::Texts, "Les non-conformités constatées.", "[\"…\"]"),
    Field::new("derogations", Type::Texts, "Les dérogations pour charge disproportionnée.", "[\"…\"]"),
    Field::new("exemptions", Type::Texts, "Les contenus non soumis à l’obligation.", "[\"…\"]"),
    Field::new("schema", Type::Text, "L’adresse du schéma pluriannuel.", "/schema/"),
    Field::new("plan_actions", Type::Text, "L’adresse du plan d’actions de l’année.", "/plan-actions/"),
];

const SORTIE: &[Field] = &[
    Field::new("actif", Type::Bool, "Produire cette sortie.", "true"),
    Field::new("norme", Type::Texts, "Les normes du PDF.", "[\"ua-1\", \"a-2a\"]"),
    Field::new(
        "variantes",
        Type::Texts,
        "Les variantes des pages à intégrer : toutes, ou celles-ci en plus de la forme courte.",
        "[\"complet\", \"carte\", \"clair\", \"sombre\", \"sans-noms\"]",
    ),
];

const SORTIES: &[Field] = &[
    Field::new("pdf", Type::Map(SORTIE), "Les fiches et les livrets en PDF.", ""),
    Field::new("recherche", Type::Map(SORTIE), "L’index de la recherche.", ""),
    Field::new("courriel", Type::Map(SORTIE), "Les fichiers d’envoi de la lettre.", ""),
    Field::new("integration", Type::Map(SORTIE), "Les pages à intégrer chez les partenaires.", ""),
    Field::new("donnees", Type::Map(SORTIE), "Les données ouvertes.", ""),
    Field::new(
        "compression",
        Type::Choice(&["aucune", "gzip", "brotli", "les deux"]),
        "Les copies compressées à côté des textes, pour les serveurs qui les envoient telles quelles.",
        "les deux",
    ),
];

const DIAGNOSTICS: &[Field] =
    &[Field::new("silence", Type::Texts, "Les codes d’alertes et de conseils à taire.", "[\"C0312\"]")];

/// The keys of `site.toml`.
pub const SITE: &[Field] = &[
    Field::new("titre", Type::Text, "Le nom du site.", "Le kit communal de l’ESS"),
    Field::new("description", Type::Text, "Une phrase qui présente le site.", "Des fiches pour agir").or(&["resume"]),
    Field::new("base_url", Type::Text, "L’adresse publique du site.", "https://www.exemple.fr/").or(&["adresse"]),
    Field::new("langue", Type::Text, "La langue du site.", "fr").or(&["lang"]),
    Field::new("editeur", Type::Text, "La structure qui publie.", "Ville de Lens"),
    Field::new("licence", Type::Text, "La licence des contenus, sauf mention contraire.", "CC-BY-SA-4.0"),
    Field::new("theme", Type::Text, "Le dossier de thème, dans themes/.", "collectivite"),
    Field::new("couleur", Type::Text, "La teinte du site, parmi celles du thème.", "ocre"),
    Field::new("logo", Type::Text, "Le logo, dans static/.", "logo.svg"),
    Field::new("auteurs", Type::Texts, "Les auteurs par défaut.", "[\"L’équipe\"]"),
    Field::new("contact", Type::Text, "L’adresse électronique du site.", "contact@exemple.fr"),
    Field::new("menu", Type::Maps(MENU), "Les entrées du menu, dans l’ordre.", ""),
    Field::new("contenu", Type::Map(CONTENU), "Réglages du contenu.", ""),
    Field::new("typographie", Type::Map(TYPOGRAPHIE), "Réglages de la typographie.", ""),
    Field::new("accessibilite", Type::Map(ACCESSIBILITE), "La déclaration d’accessibilité.", ""),
    Field::new("sorties", Type::Map(SORTIES), "Ce qui est produit à côté des pages.", ""),
    Field::new("diagnostics", Type::Map(DIAGNOSTICS), "Les messages à taire.", ""),
    Field::new("extra", Type::Free, "Ce que votre thème attend en plus.", ""),
];

/// The keys whose text readers see: the typographic pass goes over them.
const READ_BY_PEOPLE: &[&str] = &[
    "titre",
    "description",
    "editeur",
    "auteurs",
    "entite",
    "audit_par",
    "non_conformites",
    "derogations",
    "exemptions",
];

/// The site's configuration; every value is checked or has its default.
#[derive(Debug, Clone)]
pub struct Config {
    /// All the keys as checked, for what the typed members below do not name.
    pub fields: Fields,
    pub title: EcoString,
    pub description: EcoString,
    /// With a final `/`: `https://www.exemple.fr/kit/`.
    pub base_url: EcoString,
    pub language: EcoString,
    pub publisher: EcoString,
    pub licence: EcoString,
    /// The folder under `themes/` whose files come before the built-in ones.
    pub theme: EcoString,
    pub rules: french::Rules,
    pub unknown: Unknown,
    /// How many entries a list page holds.
    pub per_page: usize,
    /// Codes that the site does not want to hear.
    pub silence: Vec<String>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// The name of the configuration file.
pub const FILE: &str = "site.toml";

impl Config {
    /// Reads `site.toml`; without a readable one there is no site, and the report says why.
    pub fn read(snapshot: &Snapshot) -> (Option<Config>, Report) {
        let mut report = Report::default();
        let file = FilePath::new(FILE);
        let Some(text) = snapshot.text(&file) else {
            // A file that is there and cannot be read has been told by the snapshot.
            let is_told = |said: &Diagnostic| {
                said.severity == Severity::Error && said.at.as_ref().is_some_and(|mark| mark.file == file)
            };
            if snapshot.report().diagnostics.iter().any(is_told) {
                return (None, report);
            }
            report.push(
                Diagnostic::error(
                    "E0501",
                    say!(
                        "il n’y a pas de fichier « site.toml » dans ce dossier",
                        "there is no “site.toml” in this folder"
                    ),
                )
                .help(say!(
                    "placez-vous dans le dossier du site, ou créez-en un avec « essaim init mon-site »",
                    "go to the site’s folder, or make one with “essaim init my-site”"
                )),
            );
            return (None, report);
        };
        let table = match DeTable::parse(&text) {
            Ok(table) => table,
            Err(error) => {
                let span = error.span().map_or(Span::default(), Span::from);
                report.push(
                    Diagnostic::error(
                        "E0502",
                        say!("« site.toml » ne peut pas être lu à cet endroit", "“site.toml” cannot be read here"),
                    )
                    .at(&file, span)
                    .help(slips::advice(error.message())),
                );
                return (None, report);
            }
        };
        let entries = entries(table.get_ref());
        let fields = check(&entries, SITE, Unknown::Error, &file, &mut report);
        // A name that cannot be read has been told where it stands.
        let has_lost_name = fields.span("titre").is_none() && entries.iter().any(|entry| entry.key == "titre");
        let config = Config::of(fields, &file, has_lost_name, &mut report);
        (Some(config), report)
    }

    fn of(mut fields: Fields, file: &FilePath, has_lost_name: bool, report: &mut Report) -> Config {
        let mut base_url = fields.text("base_url").cloned().unwrap_or_default();
        if base_url.is_empty() {
            base_url = "http://localhost/".into();
            report.push(
                Diagnostic::warning(
                    "A0501",
                    say!(
                        "« site.toml » ne donne pas l’adresse publique du site",
                        "“site.toml” does not give the site’s public address"
                    ),
                )
                .in_file(file)
                .help(say!(
                    "ajoutez : base_url = \"https://www.exemple.fr/\" ; les flux et le partage en ont besoin",
                    "add: base_url = \"https://www.example.org/\"; feeds and sharing need it"
                )),
            );
        } else if !is_base(&base_url) {
            report.push(no_base("E0503", &base_url).at(file, fields.span("base_url").unwrap_or_default()));
            base_url = "http://localhost/".into();
        } else if has_secret(&base_url) {
            report.push(
                Diagnostic::error(
                    "E0503",
                    say!(
                        "l’adresse publique porte un nom ou un mot de passe, qui serait dans toutes les pages",
                        "the public address bears a name or a password, which would be on every page"
                    ),
                )
                .at(file, fields.span("base_url").unwrap_or_default())
                .help(say!(
                    "gardez ce que les lecteurs tapent : https://www.exemple.fr/",
                    "keep what readers type: https://www.example.org/"
                )),
            );
            base_url = "http://localhost/".into();
        }
        if fields.text("titre").is_none_or(|title| title.is_empty()) && !has_lost_name {
            report.push(
                Diagnostic::error(
                    "E0504",
                    say!("« site.toml » ne donne pas le nom du site", "“site.toml” does not give the site’s name"),
                )
                .in_file(file)
                .help(say!("ajoutez : titre = \"Le nom du site\"", "add: titre = \"The site’s name\"")),
            );
        }
        let language: EcoString = fields.text("langue").cloned().unwrap_or_else(|| "fr".into());
        if !french::is_language(&language) {
            report.push(no_language(&language).at(file, fields.span("langue").unwrap_or_default()));
        }
        let language: EcoString = french::language_tag(&language).into();
        let contenu = fields.map("contenu").cloned().unwrap_or_default();
        let typographie = fields.map("typographie").cloned().unwrap_or_default();
        let rules = french::Rules {
            locale: french::Locale::from_tag(&language),
            guillemets: match typographie.choice("guillemets") {
                Some("fine") => french::Guillemets::Fine,
                _ => french::Guillemets::Insecable,
            },
            espace_fine: typographie.bool("espace_fine").unwrap_or(true),
            inclusif: match typographie.choice("inclusif") {
                Some("point-median") => french::Inclusif::PointMedian,
                Some("doublet") => french::Inclusif::Doublet,
                _ => french::Inclusif::TelQuel,
            },
        };
        fields.map_texts(READ_BY_PEOPLE, &mut |_, shown, _| french::typeset(&rules, shown).as_ref().into());
        let text = |key: &str| fields.text(key).cloned().unwrap_or_default();
        let silenced = fields.map("diagnostics").map_or(&[][..], |diagnostics| diagnostics.texts("silence"));
        codes::check_silence(silenced, file, report);
        let silence = silenced.iter().map(|(code, _)| code.to_string()).collect();
        statement::contacts(&fields, file, report);
        statement::compliance(&fields, file, report);
        statement::standards(&fields, file, report);
        Config {
            title: text("titre"),
            description: text("description"),
            base_url: with_slash(&base_url),
            language,
            publisher: text("editeur"),
            licence: text("licence"),
            theme: text("theme"),
            rules,
            unknown: match contenu.choice("champs_inconnus") {
                Some("alerte") => Unknown::Warning,
                _ => Unknown::Error,
            },
            per_page: contenu
                .integer("articles_par_page")
                .and_then(|count| usize::try_from(count).ok())
                .filter(|count| *count > 0)
                .unwrap_or(24),
            silence,
            drafts: false,
            fields,
        }
    }

    /// Replaces the public address, as `build --base-url` does.
    pub fn with_base_url(mut self, address: &str) -> Self {
        self.base_url = with_slash(address);
        self
    }

    /// Returns the path under which the site stands on its host, from `/` to `/`.
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.find("://").map_or(0, |at| at + 3);
        self.base_url[after_scheme..].find('/').map_or("/", |at| &self.base_url[after_scheme + at..])
    }

    /// Returns whether an output is wanted: all are, until the site says no.
    pub fn wants(&self, output: &str) -> bool {
        self.fields
            .map("sorties")
            .and_then(|outputs| outputs.map(output))
            .and_then(|output| output.bool("actif"))
            .unwrap_or(true)
    }
}

/// Returns whether an address holds a name or a password before its host.
pub fn has_secret(address: &str) -> bool {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    host.split(['/', '?', '#']).next().is_some_and(|host| host.contains('@'))
}

fn with_slash(address: &str) -> EcoString {
    let mut address = EcoString::from(address.trim());
    if !address.ends_with('/') {
        address.push('/');
    }
    address
}

fn entries(table: &DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().as_ref().into(),
            key_span: key.span().into(),
            value: node(value.get_ref(), value.span().into()),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    entries
}

fn node(value: &DeValue<'_>, span: Span) -> Node {
    let kind = match value {
        DeValue::String(text) => NodeKind::Text(cleaned(text).as_ref().into()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| NodeKind::Text(number.as_str().into()), NodeKind::Integer),
        DeValue::Float(number) => {
            number.as_str().parse().map_or_else(|_| NodeKind::Text(number.as_str().into()), NodeKind::Decimal)
        }
        DeValue::Boolean(is) => NodeKind::Bool(*is),
        DeValue::Datetime(date) => NodeKind::Text(ecow::eco_format!("{date}")),
        DeValue::Array(items) => {
            NodeKind::List(items.iter().map(|item| node(item.get_ref(), item.span().into())).collect())
        }
        DeValue::Table(table) => NodeKind::Map(entries(table)),
    };
    Node { kind, span }
}

/// Says that a text is no language tag (BCP 47).
pub fn no_language(typed: &str) -> Diagnostic {
    Diagnostic::error("E0105", say!("« {typed} » n’est pas un code de langue", "“{typed}” is not a language code"))
        .help(say!("écrivez par exemple fr, en, br ou pt-BR", "write for instance fr, en, br or pt-BR"))
}

/// Says that an address cannot stand before those of all pages.
pub fn no_base(code: &'static str, typed: &str) -> Diagnostic {
    Diagnostic::error(code, say!("« {typed} » n’est pas une adresse complète", "“{typed}” is not a full address")).help(
        say!(
            "écrivez « https:// », le nom du site, puis ses dossiers, sans espace ni accent",
            "write “https://”, the name of the site, then its folders, without blanks or accents"
        ),
    )
}

/// Returns whether an address can stand before those of all pages, and in the files that servers read: a host, then
/// plain folders (RFC 3986, 3.3).
pub fn is_base(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%!&+,=:@".contains(&byte);
    let is_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '@' | '[' | ']' | '_');
    !host.is_empty()
        && host.chars().all(is_host)
        && path.bytes().all(is_plain)
        && !path.split('/').any(|name| matches!(name, "." | ".."))
}
