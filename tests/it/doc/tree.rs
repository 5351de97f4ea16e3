//! Each file of `cases/doc` becomes the tree beside it.

use std::fmt::Write as _;

use essaim::diag::Span;
use essaim::doc::{Block, Document, Figure, Inline, Milestone, Role, inline_text};

use super::parse;

#[test]
fn markdown_becomes_the_expected_trees() {
    let folder = crate::root().join("tests/it/cases/doc");
    let mut cases: Vec<_> = std::fs::read_dir(&folder)
        .expect("the cases are there")
        .map(|entry| entry.expect("a case can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    cases.sort();
    for path in cases {
        let text = std::fs::read_to_string(&path).expect("a case can be read");
        let (document, report) = parse(&text);
        let mut shown = Show { text: &text, document: &document, out: String::new(), depth: 0 };
        shown.document();
        for diagnostic in &report.diagnostics {
            let at = diagnostic.at.as_ref().expect("every diagnostic of a body has a place");
            let (line, caret) = (place(&text, at.span), &text[at.span.range()]);
            let (code, message) = (diagnostic.code, &diagnostic.message.fr);
            writeln!(shown.out, "{code} {line} ⟦{caret}⟧ {message}").expect("writing to a String cannot fail");
        }
        let name = path.file_stem().expect("a case has a name").to_string_lossy().into_owned();
        insta::with_settings!({ snapshot_path => crate::root().join("tests/it/cases/doc"), prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, shown.out);
        });
    }
}

fn place(text: &str, span: Span) -> String {
    let before = &text[..span.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
    format!("{line}:{column}")
}

/// Writes a tree, one node a line.
struct Show<'d> {
    text: &'d str,
    document: &'d Document,
    out: String,
    depth: usize,
}

impl<'d> Show<'d> {
    fn document(&mut self) {
        self.blocks(&self.document.blocks);
        for note in &self.document.notes {
            self.line(&format!("note [^{}] called {}", note.label, note.calls));
            self.nested(&note.body);
        }
        for (at, link) in self.document.links.iter().enumerate() {
            let address = &self.text[link.to_span.range()];
            self.line(&format!(
                "link #{at} {:?} {:?} at {} ⟦{address}⟧",
                link.form,
                link.to,
                place(self.text, link.to_span)
            ));
        }
        self.line(&format!("words {}", self.document.words));
    }

    fn line(&mut self, text: &str) {
        let indent = "  ".repeat(self.depth);
        writeln!(self.out, "{indent}{text}").expect("writing to a String cannot fail");
    }

    fn nested(&mut self, blocks: &'d [Block]) {
        self.depth += 1;
        self.blocks(blocks);
        self.depth -= 1;
    }

    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'d Block) {
        match block {
            Block::Paragraph { text, .. } => self.line(&format!("p {}", show(text))),
            Block::Heading(heading) => {
                let outside = if heading.outside_levers { " outside" } else { "" };
                self.line(&format!("h{} #{}{outside} {}", heading.level, heading.id, show(&heading.text)));
            }
            Block::List(list) => {
                let kind = list.start.map_or("ul".to_owned(), |start| format!("ol {start}"));
                self.line(&format!("{kind}{}", if list.tight { "" } else { " loose" }));
                for item in &list.items {
                    self.depth += 1;
                    self.line(&format!("- {}", item.task.map_or("", |done| if done { "[x]" } else { "[ ]" })));
                    self.nested(&item.body);
                    self.depth -= 1;
                }
            }
            Block::Quote(body) => {
                self.line("quote");
                self.nested(body);
            }
            Block::Alert { kind, body } => {
                self.line(&format!("alert {kind:?}"));
                self.nested(body);
            }
            Block::Code { language, text, .. } => self.line(&format!("code {language:?} {text:?}")),
            Block::Table(table) => {
                let headers = if table.row_headers { " row headers" } else { "" };
                self.line(&format!("table {:?}{headers} caption {}", table.columns, show(&table.caption)));
                self.depth += 1;
                self.row("head", &table.head);
                for row in &table.rows {
                    self.row("row", row);
                }
                self.depth -= 1;
            }
            Block::Definitions(entries) => {
                self.line("definitions");
                self.depth += 1;
                for entry in entries {
                    self.line(&format!("term {}", show(&entry.term)));
                    for definition in &entry.definitions {
                        self.nested(definition);
                    }
                }
                self.depth -= 1;
            }
            Block::Figure(figure) => self.figure(figure),
            Block::Html(html) => self.line(&format!("html {html}")),
            Block::Rule => self.line("rule"),
            Block::Directive(directive) => {
                let id = directive.id.as_ref().map_or(String::new(), |id| format!(" #{id}"));
                let name = role(&directive.role);
                let written = &self.text[directive.span.range()];
                assert!(written.starts_with("::") || written.starts_with('<'), "{written}");
                self.line(&format!("{name}{id}"));
                self.depth += 1;
                self.lists(&directive.role);
                self.blocks(&directive.body);
                self.depth -= 1;
            }
        }
    }

    fn row(&mut self, name: &str, cells: &[Vec<Inline>]) {
        let cells: Vec<String> = cells.iter().map(|cell| show(cell)).collect();
        self.line(&format!("{name} {}", cells.join(" | ")));
    }

    fn figure(&mut self, figure: &Figure) {
        let image = &figure.image;
        let decorative = if image.decorative { " decorative" } else { "" };
        let credit = figure.credit.as_ref().map_or(String::new(), |credit| format!(" credit {credit}"));
        self.line(&format!(
            "figure #{} {:?}{decorative} caption {}{credit}",
            image.to.0,
            image.alt,
            show(&figure.caption)
        ));
    }

    fn milestones(&mut self, milestones: &'d [Milestone]) {
        for milestone in milestones {
            self.line(&format!("{:?}: {}", milestone.when, show(&milestone.text)));
            self.nested(&milestone.body);
        }
    }

    fn lists(&mut self, role: &'d Role) {
        match role {
            Role::Chiffres { figures, .. } => {
                for figure in figures {
                    self.line(&format!("figure {} = {}", show(&figure.value), show(&figure.text)));
                }
            }
            Role::Etapes { steps } => {
                for step in steps {
                    self.line(&format!("step {}", show(&step.title)));
                    self.nested(&step.body);
                }
            }
            Role::Trajectoire { milestones } | Role::Agenda { events: milestones } => self.milestones(milestones),
            Role::Galerie { images } => {
                for image in images {
                    self.figure(image);
                }
            }
            _ => {}
        }
    }
}

/// Returns the debug text of a role without its lists and places.
fn role(role: &Role) -> String {
    match role {
        Role::Chiffres { source, .. } => format!("Chiffres source {source:?}"),
        Role::Etapes { .. } => "Etapes".to_owned(),
        Role::Trajectoire { .. } => "Trajectoire".to_owned(),
        Role::Agenda { .. } => "Agenda".to_owned(),
        Role::Galerie { .. } => "Galerie".to_owned(),
        Role::Exemple(exemple) => format!(
            "Exemple {:?} {:?} {:?} {:?} {:?}",
            exemple.titre, exemple.territoire, exemple.annee, exemple.source, exemple.themes
        ),
        other => format!("{other:?}"),
    }
}

fn show(inlines: &[Inline]) -> String {
    inlines.iter().map(one).collect()
}

fn one(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => format!("{text:?}"),
        Inline::Emphasis(inside) => format!("em({})", show(inside)),
        Inline::Strong(inside) => format!("strong({})", show(inside)),
        Inline::Deleted(inside) => format!("del({})", show(inside)),
        Inline::Superscript(inside) => format!("sup({})", show(inside)),
        Inline::Subscript(inside) => format!("sub({})", show(inside)),
        Inline::SmallCaps(text) => format!("caps({text})"),
        Inline::NoBreak(text) => format!("nobreak({text})"),
        Inline::Code(text) => format!("code({text:?})"),
        Inline::Link { to, text } => format!("link#{}({})", to.0, show(text)),
        Inline::Image(image) => {
            format!("img#{}({:?}{})", image.to.0, image.alt, if image.decorative { " decorative" } else { "" })
        }
        Inline::NoteCall { note, call } => format!("note#{note}.{call}"),
        Inline::Abbreviation { text, meaning, .. } => format!("abbr({text} = {meaning})"),
        Inline::Foreign { language, text } => format!("{language}({})", inline_text(text)),
        Inline::Html(html) => format!("html({html})"),
        Inline::SoftBreak => "⏎".to_owned(),
        Inline::HardBreak => "⏎⏎".to_owned(),
    }
}
