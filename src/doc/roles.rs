//! Turns the line that opens a directive into a typed [`Role`], and says what is wrong on that line.

use ecow::EcoString;

use super::attributes::{self, Fault};
use super::builder::Builder;
use super::dates;
use super::directives::{Argument, Name, Spec, Value, directive};
use super::fences::Opening;
use super::tree::{Exemple, LinkForm, LinkId, RawLink, Role};
use crate::diag::{Diagnostic, Span, nearest};
use crate::fields::why_no_date;
use crate::french::When;
use crate::say;
use crate::urls::contacts;

/// What the opening line of a directive says.
pub(super) struct Opened {
    /// `None` when no directive bears this name: the body stays in place.
    pub(super) role: Option<Role>,
    /// The anchor as written.
    pub(super) id: Option<EcoString>,
}

/// A value of an argument and its bytes in the file.
struct Given {
    argument: &'static Argument,
    value: EcoString,
    span: Span,
}

/// Reads the opening line of a directive; `line` is its bytes in the file.
pub(super) fn open(builder: &mut Builder<'_, '_>, opening: &Opening<'_>, line: Span) -> Opened {
    let Some(spec) = directive(opening.name) else {
        builder.report_unknown(opening);
        return Opened { role: None, id: None };
    };
    let (given, id) = arguments(builder, spec, opening);
    // Braces that cannot be read, or that were forgotten, have been reported, and may hold what seems to be missing.
    let is_read = opening.attributes.is_ok() && !is_bare(spec, opening);
    let missing = spec.arguments.iter().filter(|argument| argument.required && is_read);
    let has =
        |argument: &&Argument| given.iter().any(|given| given.argument == *argument && !given.value.trim().is_empty());
    for argument in missing.filter(|argument| !has(argument)) {
        let (directive, name, says, example) = (spec.name, argument.name, argument.says, sample(argument));
        builder.error(
            "E0207",
            say!("« :::{directive} » a besoin de « {name} » : {says}", "“:::{directive}” needs “{name}”"),
            line,
            say!("ajoutez {name}={example} entre les accolades", "add {name}={example} between the braces"),
        );
    }
    Opened { role: Some(role(builder, spec, &given, line)), id }
}

fn arguments(
    builder: &mut Builder<'_, '_>,
    spec: &'static Spec,
    opening: &Opening<'_>,
) -> (Vec<Given>, Option<EcoString>) {
    let mut given: Vec<Given> = Vec::new();
    let mut id = None;
    match &opening.attributes {
        Err(fault) => builder.report_fault(fault),
        Ok(read) => {
            for piece in &read.pieces {
                let span = builder.span(piece.span.clone());
                match piece.name {
                    attributes::Name::Anchor(anchor) => id = Some(EcoString::from(anchor)),
                    // A class is for themes; the tree has no use for it.
                    attributes::Name::Class(_) => {}
                    attributes::Name::Key(key) => match spec.argument(key) {
                        None => builder.report_unknown_argument(spec, key, piece.span.clone()),
                        Some(argument) if given.iter().any(|given| given.argument == argument) => builder.error(
                            "E0210",
                            say!("« {key} » est écrit deux fois", "“{key}” is written twice"),
                            span,
                            say!("gardez une seule valeur", "keep one value"),
                        ),
                        Some(argument) => given.push(Given {
                            argument,
                            value: EcoString::from(&*piece.value),
                            span: builder.span(piece.value_span.clone()),
                        }),
                    },
                }
            }
        }
    }
    if let Some((title, span)) = &opening.title {
        let span = builder.span(span.clone());
        let directive = spec.name;
        match spec.title.and_then(|name| spec.argument(name)) {
            _ if is_bare(spec, opening) => {
                // One of the two may be there.
                let bare = title.trim_matches(['{', '}', ' ']);
                builder.error(
                    "E0211",
                    say!("il manque des accolades autour de « {bare} »", "braces are missing around “{bare}”"),
                    span,
                    say!("écrivez :::{directive}{{{bare}}}", "write :::{directive}{{{bare}}}"),
                );
            }
            Some(argument) if !given.iter().any(|given| given.argument == argument) => {
                given.push(Given { argument, value: EcoString::from(*title), span });
            }
            Some(argument) => {
                let name = argument.name;
                builder.error(
                    "E0211",
                    say!("« {title} » s’ajoute à « {name} », déjà donné", "“{title}” comes on top of “{name}”"),
                    span,
                    say!("gardez l’un des deux", "keep one of the two"),
                );
            }
            None => builder.error(
                "E0211",
                say!("« :::{directive} » n’attend rien après son nom", "“:::{directive}” takes nothing after its name"),
                span,
                say!(
                    "passez « {title} » à la ligne, ou mettez-le dans un titre juste avant",
                    "move “{title}” to the next line, or make it a heading just before"
                ),
            ),
        }
    }
    for shown in given.iter().filter(|given| given.argument.value == Value::Text) {
        builder.say_marks(shown.argument.name, &shown.value, shown.span);
    }
    (given, id)
}

/// Returns whether the words after the name are arguments without their braces: « :::exemple titre="Un forum" ».
fn is_bare(spec: &Spec, opening: &Opening<'_>) -> bool {
    let key = opening.title.as_ref().and_then(|(words, _)| Some(words.split_once('=')?.0.trim()));
    key.is_some_and(|key| spec.argument(key).is_some())
}

/// Shows what may be typed for an argument.
fn sample(argument: &Argument) -> &'static str {
    match argument.value {
        Value::Text | Value::Texts => "\"…\"",
        Value::Date => "2020",
        Value::Place => "\"59606\"",
        Value::Page => "\"kit/4\"",
        Value::Example => "\"fiche#ancre\"",
        Value::File => "\"document.pdf\"",
        Value::Address => "\"https://…\"",
    }
}

fn role(builder: &mut Builder<'_, '_>, spec: &'static Spec, given: &[Given], line: Span) -> Role {
    let find = |name: &str| given.iter().find(|given| given.argument.name == name);
    let text = |name: &str| find(name).map(|given| given.value.clone()).filter(|value| !value.is_empty());
    match spec.kind {
        Name::Exemple => Role::Exemple(Exemple {
            titre: text("titre").unwrap_or_default(),
            territoire: text("territoire"),
            territoire_span: find("territoire").map_or(line, |given| given.span),
            annee: date(builder, find("annee")),
            acteurs: text("acteurs"),
            contact: contact(builder, find("contact")),
            source: text("source"),
            verifie_le: date(builder, find("verifie_le")),
            themes: text("themes")
                .map(|themes| {
                    themes.split([',', ';']).map(str::trim).filter(|theme| !theme.is_empty()).map(Into::into).collect()
                })
                .unwrap_or_default(),
        }),
        Name::Encadre => Role::Encadre { titre: text("titre") },
        Name::Definition => Role::Definition { terme: text("terme").unwrap_or_default() },
        Name::Citation => Role::Citation { auteur: text("auteur"), fonction: text("fonction"), source: text("source") },
        Name::Chiffres => Role::Chiffres { source: text("source"), figures: Vec::new() },
        Name::Etapes => Role::Etapes { steps: Vec::new() },
        Name::Trajectoire => Role::Trajectoire { milestones: Vec::new() },
        Name::Voix => Role::Voix { qui: text("qui"), role: text("role") },
        Name::Ressources => Role::Ressources { titre: text("titre") },
        Name::Telechargement => {
            Role::Telechargement { fichier: link(builder, find("fichier"), line), titre: text("titre") }
        }
        Name::Video => Role::Video {
            src: link(builder, find("src"), line),
            titre: text("titre").unwrap_or_default(),
            transcription: find("transcription")
                .filter(|given| !given.value.is_empty())
                .map(|given| link(builder, Some(given), line)),
        },
        Name::Galerie => Role::Galerie { images: Vec::new() },
        Name::Carte => Role::Carte { titre: text("titre"), theme: text("theme"), kit: text("kit") },
        Name::ALaUne => Role::ALaUne { page: link(builder, find("page"), line) },
        Name::Agenda => Role::Agenda { events: Vec::new() },
        Name::Reprise => Role::Reprise { exemple: link(builder, find("exemple"), line) },
    }
}

fn date(builder: &mut Builder<'_, '_>, given: Option<&Given>) -> Option<When> {
    let given = given?;
    match dates::read(&given.value) {
        Ok(when) => Some(when),
        Err(bad) => {
            builder.error("E0208", why_no_date(&bad), given.span, dates::help());
            None
        }
    }
}

/// Reads whom to ask; an e-mail address in it must be one.
fn contact(builder: &mut Builder<'_, '_>, given: Option<&Given>) -> Option<EcoString> {
    let given = given.filter(|given| !given.value.is_empty())?;
    if let Some((message, help)) = contacts::fault_within(&given.value) {
        builder.error("E0308", message, given.span, help);
    }
    Some(given.value.clone())
}

/// Records an argument that names a page, an example or a file; a missing one, already reported, has an empty target.
fn link(builder: &mut Builder<'_, '_>, given: Option<&Given>, line: Span) -> LinkId {
    let (to, span) = given.map_or((EcoString::new(), line), |given| (given.value.clone(), given.span));
    let bare = to.strip_prefix("[[").and_then(|to| to.strip_suffix("]]")).map(EcoString::from);
    let to = builder.safe(bare.unwrap_or(to), span).unwrap_or_default();
    builder.add_link(RawLink { form: LinkForm::Argument, to, span, to_span: span })
}

impl Builder<'_, '_> {
    /// Says that a text which begins with colons and the name of a box opens none: `::encadre`, or `:::encadre` in a cell.
    pub(super) fn report_unopened(&mut self, text: &str, start: usize) {
        let rest = text.trim_start_matches(':');
        let name = &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(rest.len())];
        let Some(spec) = directive(name) else { return };
        let (name, colons) = (spec.name, &text[..text.len() - rest.len()]);
        let help = if colons.len() == 2 {
            say!("écrivez trois fois deux-points : :::{name}", "write three colons: :::{name}")
        } else {
            say!(
                "une boîte commence sur une ligne à elle, hors d’un tableau et d’un titre",
                "a box begins on a line of its own, outside tables and headings"
            )
        };
        let span = self.span(start..start + colons.len() + name.len());
        self.error(
            "E0218",
            say!("« {colons}{name} » n’ouvre pas de boîte", "“{colons}{name}” opens no box"),
            span,
            help,
        );
    }

    fn report_unknown(&mut self, opening: &Opening<'_>) {
        let name = opening.name;
        let span = self.span(opening.name_span.clone());
        let names = super::directives::DIRECTIVES.iter().map(|spec| spec.name);
        if name.is_empty() {
            let all = names.collect::<Vec<_>>().join(", ");
            self.error(
                "E0203",
                say!("il manque un nom après « ::: »", "a name is missing after “:::”"),
                self.span(opening.name_span.start.saturating_sub(3)..opening.name_span.end),
                say!(
                    "écrivez par exemple :::encadre ; les noms connus sont : {all}",
                    "write for instance :::encadre; the known names are: {all}"
                ),
            );
            return;
        }
        let message = say!("aucune boîte ne s’appelle « {name} »", "no box is called “{name}”");
        let help = match nearest(name, names.clone()) {
            Some(near) => say!("vouliez-vous dire « :::{near} » ?", "did you mean “:::{near}”?"),
            None => {
                let all = names.collect::<Vec<_>>().join(", ");
                say!("les noms connus sont : {all}", "the known names are: {all}")
            }
        };
        self.error("E0203", message, span, help);
    }

    fn report_unknown_argument(&mut self, spec: &Spec, key: &str, span: std::ops::Range<usize>) {
        let span = self.span(span.start..span.start + key.len());
        let directive = spec.name;
        let names = spec.arguments.iter().map(|argument| argument.name);
        let help = match nearest(key, names.clone()) {
            Some(near) => say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?"),
            None if spec.arguments.is_empty() => {
                say!(
                    "« :::{directive} » n’attend rien entre accolades",
                    "“:::{directive}” expects nothing between braces"
                )
            }
            None => {
                let all = names.collect::<Vec<_>>().join(", ");
                say!("« :::{directive} » connaît : {all}", "“:::{directive}” knows: {all}")
            }
        };
        self.error(
            "E0206",
            say!("« :::{directive} » ne connaît pas « {key} »", "“:::{directive}” does not know “{key}”"),
            span,
            help,
        );
    }

    pub(super) fn report_fault(&mut self, fault: &Fault) {
        let (message, span, help) = match fault {
            Fault::Unclosed(span) => (
                say!("l’accolade « {{ » n’est pas fermée", "the brace “{{” is not closed"),
                span.clone(),
                say!("ajoutez « }} » après le dernier argument", "add “}}” after the last argument"),
            ),
            Fault::Quote(span) => (
                say!("ce guillemet n’est pas fermé", "this quotation mark is not closed"),
                span.clone(),
                say!(
                    "ajoutez un guillemet à la fin de la valeur : titre=\"Un forum\"",
                    "add a quotation mark after the value: titre=\"Un forum\""
                ),
            ),
            Fault::Word(span) => (
                say!("ce mot n’est ni une ancre ni un argument", "this word is neither an anchor nor an argument"),
                span.clone(),
                say!(
                    "écrivez clé=valeur, et mettez entre guillemets une valeur de plusieurs mots : titre=\"Un forum\"",
                    "write key=value, and put a value of several words between quotes: titre=\"Un forum\""
                ),
            ),
            Fault::Empty(span) => (
                say!("il manque une valeur après le signe =", "a value is missing after ="),
                span.clone(),
                say!("écrivez la valeur, ou effacez l’argument", "write the value, or remove the argument"),
            ),
        };
        let span = self.span(span);
        let diagnostic = Diagnostic::error("E0209", message).at(self.file(), span).help(help);
        self.say(diagnostic);
    }
}
