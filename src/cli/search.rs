//! `essaim search`: asks the built index a question, with the ranking of the site's own search.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use crate::diag::{Diagnostic, Tongue};
use crate::emit::search::{Answers, Hit, Opened, rank};
use crate::say;

use super::ui::{Exit, Ui};

/// Interroge l’index du site construit, comme le ferait la recherche du site
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// Ce qu’un lecteur taperait ; sans elle, une question par ligne sur l’entrée standard
    #[arg(value_name = "QUESTION")]
    question: Option<String>,
    /// Dossier du site construit ; « public » par défaut
    #[arg(long, value_name = "DOSSIER")]
    output: Option<PathBuf>,
    /// Montre pourquoi chaque page est à sa place
    #[arg(long)]
    explain: bool,
    /// Nombre de réponses à donner ; 10 par défaut
    #[arg(long, value_name = "N", default_value_t = 10, hide_default_value = true)]
    limit: usize,
}

impl SearchArgs {
    /// Ranks the pages and writes the best ones.
    pub fn run(self, root: &Path, ui: &Ui) -> Exit {
        let output = self.output.clone().unwrap_or_else(|| root.join("public"));
        let folder = output.join("recherche").join("index");
        let files = folder.clone();
        let Some(index) = Opened::new(move |name| std::fs::read_to_string(files.join(format!("{name}.js"))).ok())
        else {
            ui.alone(&no_index(&output));
            return Exit::Usage;
        };
        match &self.question {
            Some(question) => self.answer(&index, question, ui),
            None => {
                for question in std::io::stdin().lock().lines().map_while(Result::ok) {
                    self.answer(&index, &question, ui);
                }
            }
        }
        Exit::Done
    }

    fn answer(&self, index: &Opened, question: &str, ui: &Ui) {
        let answers = rank(index, question);
        let mut out = String::new();
        for (place, hit) in answers.hits.iter().take(self.limit).enumerate() {
            let Some(card) = Card::of(index, hit) else { continue };
            if ui.json {
                out.push_str(&card.line(place + 1, hit, self.explain.then_some((&answers, index))).to_string());
            } else {
                out.push_str(&card.text(place + 1, hit, ui.tongue));
            }
            out.push('\n');
            if self.explain && !ui.json {
                out.push_str(&reasons(&answers, hit, ui.tongue));
            }
        }
        ui.data(&out);
        if self.question.is_some() {
            if let Some(taken) = &answers.corrected {
                ui.say(&say!("Question comprise ainsi : « {taken} ».", "Question understood as “{taken}”."));
            }
            if answers.hits.is_empty() {
                ui.say(&say!("Aucune page ne répond à « {question} ».", "No page answers “{question}”."));
            }
        }
    }
}

/// What is shown of a page that answers.
struct Card {
    url: String,
    title: String,
    kind: String,
    /// The heading and the anchor of the section that answers best, when it is not the page itself.
    section: Option<(String, String)>,
}

impl Card {
    fn of(index: &Opened, hit: &Hit) -> Option<Self> {
        let card: Value = index.card(hit.page)?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let section = hit.sections.first().filter(|section| **section > 0).map(|section| &card[7][*section as usize]);
        Some(Self {
            url: format!("/{}", text(&card[0])),
            title: text(&card[1]),
            kind: text(&card[2]),
            section: section
                .map(|section| (text(&section[1]), text(&section[0])))
                .filter(|(heading, _)| !heading.is_empty()),
        })
    }

    fn line(&self, rank: usize, hit: &Hit, explained: Option<(&Answers, &Opened)>) -> Value {
        let mut line = json!({
            "rank": rank,
            "score": hit.score,
            "url": self.url,
            "title": self.title,
            "nature": self.kind,
            "heading": self.section.as_ref().map(|(heading, _)| heading),
        });
        if let Some((answers, index)) = explained {
            line["anchor"] = json!(self.section.as_ref().map(|(_, anchor)| anchor));
            line["words"] = answers.words.iter().zip(&hit.words).map(|(word, score)| json!([word, score])).collect();
            line["close"] = json!(hit.close);
            line["corrected"] = json!(answers.corrected);
            line["files"] = json!(index.asked());
        }
        line
    }

    fn text(&self, rank: usize, hit: &Hit, tongue: Tongue) -> String {
        let (title, url, score) = (&self.title, &self.url, hit.score);
        let section = self.section.as_ref().map_or_else(String::new, |(heading, anchor)| match tongue {
            Tongue::French => format!("\n    › {heading} (#{anchor})"),
            Tongue::English => format!("\n    › {heading} (#{anchor})"),
        });
        format!("{rank:>3}. {title}  [{score}]\n    {url}{section}")
    }
}

/// Says what each word gives, and what their closeness adds.
fn reasons(answers: &Answers, hit: &Hit, tongue: Tongue) -> String {
    let mut out = String::new();
    for (word, score) in answers.words.iter().zip(&hit.words) {
        let line = match (tongue, score) {
            (Tongue::French, 0) => format!("      {word} : absent\n"),
            (Tongue::English, 0) => format!("      {word}: missing\n"),
            (Tongue::French, _) => format!("      {word} : {score}\n"),
            (Tongue::English, _) => format!("      {word}: {score}\n"),
        };
        out.push_str(&line);
    }
    let share = hit.share * 100 / 256;
    let close = hit.close;
    out.push_str(&match tongue {
        Tongue::French => format!("      mots présents, selon leur rareté : {share} % ; mots proches : + {close}\n"),
        Tongue::English => format!("      words present, by their rarity: {share}%; words close together: +{close}\n"),
    });
    out
}

fn no_index(output: &Path) -> Diagnostic {
    let output = output.display();
    Diagnostic::error(
        "E0651",
        say!("il n’y a pas d’index de recherche dans « {output} »", "there is no search index in “{output}”"),
    )
    .help(say!(
        "lancez d’abord « essaim build », ou donnez le dossier du site avec « --output »",
        "run “essaim build” first, or give the folder of the site with “--output”"
    ))
}
