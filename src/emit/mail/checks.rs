//! What a writer is told of an issue before its e-mail is written: subject, sender, unsubscription, links, colours, templates.

use std::collections::BTreeSet;

use super::inspect::{ELEMENTS, ignored, is_relative, tracker};
use super::issue::{Issue, mailbox};
use super::look::TOKENS;
use super::tools::is_variable;
use crate::assets;
use crate::diag::{Diagnostic, FilePath, Report, Span};
use crate::doc::{Block, Image, Inline, LinkId, Step, Visitor, missing_alternative, visit};
use crate::emit::Planning;
use crate::fields::Fields;
use crate::say;
use crate::site::{Page, Target};
use crate::snapshot::Snapshot;
use crate::urls::contacts;

/// The longest subject that telephones show, with some mercy.
const SUBJECT: usize = 78;

/// The longest preheader that is read.
const PREHEADER: usize = 140;

/// The heaviest moving image, which cannot be made lighter, in bytes.
const MOVING: u64 = 1024 * 1024;

/// The least contrast of text (WCAG 2.2 AA, RGAA 3.2).
const CONTRAST: f64 = 4.5;

/// Says what there is to say of a letter: its sender, how one leaves it, its colour.
pub fn letter(letter: &Page, issue: Option<&Issue<'_>>, report: &mut Report) {
    let (file, fields) = (&letter.source, &letter.fields);
    let title = &letter.title;
    match fields.text("expediteur") {
        None => report.push(
            Diagnostic::warning(
                "A1004",
                say!("la lettre « {title} » n’a pas d’expéditeur", "the newsletter “{title}” has no sender"),
            )
            .in_file(file)
            .help(say!(
                "ajoutez par exemple : expediteur: {title} <lettre@exemple.fr>",
                "add for example: expediteur: {title} <letter@example.org>"
            )),
        ),
        Some(written) if mailbox(written).is_none() => report.push(
            Diagnostic::error(
                "E1002",
                say!("« {written} » n’est pas une adresse d’expéditeur", "“{written}” is not a sender’s address"),
            )
            .at(file, span(fields, "expediteur"))
            .help(say!(
                "écrivez par exemple : La dynamo <lettre@exemple.fr>",
                "write for example: La dynamo <letter@example.org>"
            )),
        ),
        Some(_) => {}
    }
    if fields.text("desabonnement").is_none_or(|text| text.trim().is_empty()) && fields.choice("outil").is_none() {
        report.push(
            Diagnostic::warning(
                "A1005",
                say!(
                    "la lettre « {title} » ne dit pas comment se désabonner",
                    "the newsletter “{title}” does not say how to unsubscribe"
                ),
            )
            .in_file(file)
            .help(say!(
                "ajoutez « outil: brevo », ou l’adresse : desabonnement: https://exemple.fr/desabonnement",
                "add “outil: brevo”, or the address: desabonnement: https://example.org/unsubscribe"
            )),
        );
    }
    for key in ["desabonnement", "abonnement"] {
        let typed = fields.text(key).map(|typed| typed.trim()).filter(|typed| !typed.is_empty());
        let Some(typed) = typed.filter(|typed| !is_variable(typed) && !contacts::is_email(typed)) else { continue };
        // Subscribing may be done on a page of the site; leaving must be possible from the message itself.
        let is_page = key == "abonnement" && typed.starts_with('/');
        let fault = contacts::fault(typed).or_else(|| {
            (!is_page && is_relative(typed)).then(|| {
                (
                    say!("« {typed} » n’est pas une adresse", "“{typed}” is not an address"),
                    say!(
                        "écrivez par exemple https://exemple.fr/{key} ou lettre@exemple.fr",
                        "write for example https://example.org/{key} or letter@example.org"
                    ),
                )
            })
        });
        if let Some((message, help)) = fault {
            report.push(Diagnostic::error("E0308", message).at(file, span(fields, key)).help(help));
        }
    }
    if let Some((contrast, ink, ground)) =
        issue.map(|issue| issue.look.weakest()).filter(|(contrast, ..)| *contrast < CONTRAST)
    {
        let ratio = format!("{contrast:.1}");
        let comma = ratio.replace('.', ",");
        report.push(
            Diagnostic::warning(
                "A1011",
                say!(
                    "la couleur de la lettre se lit mal : {ink} sur {ground}, contraste {comma}",
                    "the newsletter’s colour is hard to read: {ink} on {ground}, contrast {ratio}"
                ),
            )
            .at(file, span(fields, "couleur"))
            .help(say!(
                "il faut 4,5 au moins : choisissez une autre teinte, ou foncez-la dans « {TOKENS} » de votre thème",
                "at least 4.5 is needed: choose another colour, or darken it in “{TOKENS}” of your theme"
            )),
        );
    }
}

/// Says what there is to say of an issue.
pub fn issue(snapshot: &Snapshot, issue: &Issue<'_>, report: &mut Report) {
    let page = issue.page;
    let (file, fields) = (&page.source, &page.fields);
    let long = |text: &str| text.chars().count();
    let (subject, preheader) = (long(&issue.subject), long(&issue.preheader));
    if subject > SUBJECT {
        report.push(
            Diagnostic::warning(
                "A1002",
                say!(
                    "l’objet fait {subject} signes : les téléphones en montrent une quarantaine",
                    "the subject has {subject} characters: telephones show about forty"
                ),
            )
            .at(file, span(fields, "objet"))
            .help(say!(
                "gardez l’essentiel en {SUBJECT} signes au plus ; le reste ira dans « preentete »",
                "keep the gist in {SUBJECT} characters at most; the rest goes to “preentete”"
            )),
        );
    }
    if preheader > PREHEADER && fields.text("preentete").is_some() {
        report.push(
            Diagnostic::warning(
                "A1003",
                say!(
                    "le pré-en-tête fait {preheader} signes : les messageries le coupent",
                    "the preheader has {preheader} characters: mail clients cut it"
                ),
            )
            .at(file, span(fields, "preentete"))
            .help(say!("gardez {PREHEADER} signes au plus", "keep {PREHEADER} characters at most")),
        );
    }
    for image in images(page).into_iter().filter(|image| image.alt.is_empty() && !image.decorative) {
        report.push(missing_alternative(file, image.span));
    }
    for to in bare_links(page) {
        if let Some(link) =
            page.document.links.get(to.0 as usize).filter(|_| matches!(page.target(to), Target::External(_)))
        {
            let address = &link.to;
            report.push(
                Diagnostic::warning(
                    "A1009",
                    say!("le lien vers « {address} » n’a pas de texte", "the link to “{address}” has no text"),
                )
                .at(file, link.span)
                .help(say!(
                    "écrivez le nom de la page ou du document entre les crochets : [le guide](…)",
                    "write the name of the page or document between the brackets: [the guide](…)"
                )),
            );
        }
    }
    for (link, target) in page.document.links.iter().zip(&page.targets) {
        if let Target::External(address) = target
            && let Some(name) = tracker(address)
        {
            report.push(
                Diagnostic::warning(
                    "A1010",
                    say!("cette adresse suit les lecteurs par « {name} »", "this address follows readers by “{name}”"),
                )
                .at(file, link.to_span)
                .help(say!("gardez l’adresse jusqu’au « ? »", "keep the address up to the “?”")),
            );
        }
        if let Target::File(id) = target {
            image(snapshot, page, issue.site.asset(*id), link.to_span, report);
        }
    }
}

fn image(snapshot: &Snapshot, page: &Page, asset: &crate::site::Asset, at: Span, report: &mut Report) {
    let name = asset.source.name();
    let extension = asset.source.extension().to_ascii_lowercase();
    if !assets::is_image(&asset.source) {
        return;
    }
    if extension == "svg" {
        report.push(
            Diagnostic::advice(
                "C1008",
                say!(
                    "les messageries n’affichent pas le dessin « {name} » : le courriel y renvoie par un lien",
                    "mail clients do not show the drawing “{name}”: the e-mail leads to it by a link"
                ),
            )
            .at(&page.source, at)
            .help(say!(
                "exportez-le aussi en PNG si le courriel doit le montrer",
                "export it as PNG too if the e-mail must show it"
            )),
        );
    }
    if extension == "gif" && snapshot.size(&asset.source).unwrap_or_default() > MOVING {
        report.push(
            Diagnostic::warning(
                "A1008",
                say!("l’image animée « {name} » dépasse 1 Mio", "the moving image “{name}” is over 1 MiB"),
            )
            .at(&page.source, at)
            .help(say!(
                "remplacez-la par une image fixe, ou allégez-la",
                "replace it with a still one, or make it lighter"
            )),
        );
    }
}

/// Says what mail clients would ignore of the e-mail templates of the site's own theme.
pub fn templates(cx: &Planning<'_>, report: &mut Report) {
    let name = if cx.site.config.theme.is_empty() { "essaim" } else { cx.site.config.theme.as_str() };
    let folder = format!("themes/{name}/mail/");
    for file in cx.snapshot.under(&folder) {
        if let Some(text) = file.text().filter(|_| file.path.as_str().ends_with(".mjml")) {
            template(&file.path, text, report);
        }
    }
}

fn template(path: &FilePath, text: &str, report: &mut Report) {
    let mut seen = BTreeSet::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let place = Span::new(at, at + line.trim_end().len());
        at += line.len();
        for (wrong, better) in ignored(line) {
            if seen.insert(wrong) {
                report.push(
                    Diagnostic::warning(
                        "A1012",
                        say!(
                            "plusieurs messageries ignorent le style « {wrong} »",
                            "several mail clients ignore the style “{wrong}”"
                        ),
                    )
                    .at(path, place)
                    .help(say!("écrivez plutôt {better}", "write {better} instead")),
                );
            }
        }
        for element in ELEMENTS {
            let stands = line.to_ascii_lowercase().match_indices(&format!("<{element}")).any(|(at, found)| {
                !line[at + found.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
            });
            if stands && seen.insert(element) {
                report.push(
                    Diagnostic::warning(
                        "A1012",
                        say!(
                            "les messageries retirent l’élément « {element} »",
                            "mail clients remove the element “{element}”"
                        ),
                    )
                    .at(path, place)
                    .help(say!(
                        "un lien vers la page du site convient partout",
                        "a link to the page of the site works everywhere"
                    )),
                );
            }
        }
    }
}

/// Returns the links of the body between whose brackets nothing is written.
fn bare_links(page: &Page) -> Vec<LinkId> {
    struct Found(Vec<LinkId>);
    impl<'d> Visitor<'d> for Found {
        fn inline(&mut self, inline: &'d Inline) -> Step {
            if let Inline::Link { to, text, .. } = inline
                && text.is_empty()
            {
                self.0.push(*to);
            }
            Step::Into
        }
    }
    let mut found = Found(Vec::new());
    visit(&page.document, &mut found);
    found.0
}

/// Returns every image of the body.
fn images(page: &Page) -> Vec<&Image> {
    struct Found<'d>(Vec<&'d Image>);
    impl<'d> Visitor<'d> for Found<'d> {
        fn block(&mut self, block: &'d Block) -> Step {
            if let Block::Figure(figure) = block {
                self.0.push(&figure.image);
            }
            Step::Into
        }

        fn inline(&mut self, inline: &'d Inline) -> Step {
            if let Inline::Image(image) = inline {
                self.0.push(image);
            }
            Step::Into
        }
    }
    let mut found = Found(Vec::new());
    visit(&page.document, &mut found);
    found.0
}

fn span(fields: &Fields, key: &str) -> Span {
    fields.span(key).unwrap_or_default()
}
