//! `--timings`: where the time of a run went, for people and for programs.

use std::collections::BTreeMap;
use std::time::Duration;

use clap::ValueEnum;
use serde::Serialize;

use crate::diag::{Said, Tongue};
use crate::emit;
use crate::french::{self, Lang};
use crate::timings::{Clock, Spent};

use super::ui::{Ui, lasted};

/// How many files are named.
const SLOWEST: usize = 10;

/// The form of the times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    Human,
    Json,
}

/// The stages in their order: the span, and its name in French and in English.
const STAGES: &[(&str, &str, &str)] = &[
    ("read", "lecture des fichiers", "reading files"),
    ("theme", "thème", "theme"),
    ("load", "lecture des textes", "reading texts"),
    ("link", "liens", "links"),
    ("plan", "plan du site", "site plan"),
    ("render", "production des fichiers", "making files"),
    ("publish", "mise en place", "putting in place"),
];

/// A clock that was asked for, or none.
pub(super) struct Timer {
    asked: Option<(Form, Clock)>,
}

/// What programs read.
#[derive(Debug, Serialize, PartialEq)]
struct Times<'a> {
    total_ms: f64,
    cores: usize,
    stages: Vec<Stage>,
    /// How many source files were read as texts; the others were remembered.
    texts: usize,
    outputs: Vec<Output>,
    write_ms: f64,
    slowest: Vec<Slow<'a>>,
}

#[derive(Debug, Serialize, PartialEq)]
struct Stage {
    name: &'static str,
    ms: f64,
}

/// An output: its share of the plan, and the time of all its files, added up over the cores.
#[derive(Debug, Serialize, PartialEq, Default)]
struct Output {
    name: String,
    plan_ms: f64,
    files: usize,
    files_ms: f64,
}

#[derive(Debug, Serialize, PartialEq)]
struct Slow<'a> {
    url: &'a str,
    output: &'a str,
    ms: f64,
}

impl Timer {
    /// Starts the clock when a form is asked for.
    pub fn start(asked: Option<Form>) -> Self {
        Self { asked: asked.and_then(|form| Clock::start().map(|clock| (form, clock))) }
    }

    /// Tells where the time went since the last time.
    pub fn tell(&self, total: Duration, ui: &Ui) {
        let Some((form, clock)) = &self.asked else { return };
        let spans = clock.take();
        let times = times(&spans, total);
        if *form == Form::Json || ui.json {
            let json = serde_json::to_string(&times).expect("names and finite numbers are always JSON");
            return ui.data(&format!("{json}\n"));
        }
        ui.say(&Said { fr: told(&times, Tongue::French), en: told(&times, Tongue::English) });
    }
}

fn times(spans: &[Spent], total: Duration) -> Times<'_> {
    let sum = |name: &str| spans.iter().filter(|span| span.name == name).map(|span| span.time).sum();
    let stages = STAGES.iter().map(|(name, ..)| Stage { name, ms: ms(sum(name)) }).collect();
    let mut outputs: BTreeMap<&str, Output> = BTreeMap::new();
    for span in spans {
        let planned = span.name == "plan_output";
        if planned || span.name == "file" {
            let output = outputs.entry(&span.output).or_default();
            *if planned { &mut output.plan_ms } else { &mut output.files_ms } += ms(span.time);
            output.files += usize::from(!planned);
        }
    }
    let mut outputs: Vec<Output> =
        outputs.into_iter().map(|(name, output)| Output { name: name.to_owned(), ..output }).collect();
    outputs.sort_by(|left, right| right.files_ms.total_cmp(&left.files_ms).then_with(|| left.name.cmp(&right.name)));
    let mut files: Vec<&Spent> = spans.iter().filter(|span| span.name == "file").collect();
    files.sort_by(|left, right| right.time.cmp(&left.time).then_with(|| left.url.cmp(&right.url)));
    Times {
        total_ms: ms(total),
        cores: rayon::current_num_threads(),
        stages,
        texts: spans.iter().filter(|span| span.name == "text").count(),
        outputs,
        write_ms: ms(sum("write")),
        slowest: files
            .into_iter()
            .take(SLOWEST)
            .map(|span| Slow { url: &span.url, output: &span.output, ms: ms(span.time) })
            .collect(),
    }
}

/// Returns milliseconds to the microsecond: finer is noise.
fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

fn told(times: &Times<'_>, tongue: Tongue) -> String {
    let pick = |fr: &str, en: &str| if tongue == Tongue::French { fr.to_owned() } else { en.to_owned() };
    let mut lines = vec![pick(
        &format!("Où passe le temps : {} en tout, {} cœurs", shown(times.total_ms, tongue), times.cores),
        &format!("Where the time goes: {} in all, {} cores", shown(times.total_ms, tongue), times.cores),
    )];
    for (stage, (_, fr, en)) in times.stages.iter().zip(STAGES) {
        let more = if stage.name == "load" { counted(times.texts, "texte", "text", tongue) } else { String::new() };
        lines.push(row(&pick(fr, en), stage.ms, &more, tongue));
    }
    if !times.outputs.is_empty() {
        lines.push(pick("Temps de calcul par sortie, tous cœurs", "Computing time by output, all cores"));
    }
    for output in times.outputs.iter().filter(|output| output.files > 0) {
        let known = emit::OUTPUTS.iter().find(|known| known.name() == output.name);
        let name = match known {
            Some(known) if tongue == Tongue::French => known.label().to_owned(),
            Some(_) | None => output.name.clone(),
        };
        let files = counted(output.files, "fichier", "file", tongue);
        lines.push(row(&name, output.plan_ms + output.files_ms, &files, tongue));
    }
    if times.write_ms > 0.0 {
        lines.push(row(&pick("écriture sur le disque", "writing to the disk"), times.write_ms, "", tongue));
    }
    if !times.slowest.is_empty() {
        lines.push(pick("Fichiers les plus longs à produire", "Slowest files"));
    }
    for slow in &times.slowest {
        lines.push(row(slow.url, slow.ms, "", tongue));
    }
    lines.join("\n")
}

/// « 2 fichiers ».
fn counted(count: usize, fr: &str, en: &str, tongue: Tongue) -> String {
    let (lang, one, least_many) = match tongue {
        Tongue::French => (Lang::Fr, fr, 2),
        Tongue::English => (Lang::En, en, if count == 0 { 0 } else { 2 }),
    };
    let number = french::integer(i64::try_from(count).unwrap_or(i64::MAX), lang);
    format!("{number} {one}{}", if count >= least_many { "s" } else { "" })
}

fn row(name: &str, ms: f64, more: &str, tongue: Tongue) -> String {
    format!("  {:>8}  {name}{}{more}", shown(ms, tongue), if more.is_empty() { "" } else { ", " })
}

/// « 0,3 ms », « 42 ms », « 1,68 s ».
fn shown(ms: f64, tongue: Tongue) -> String {
    match ms {
        _ if ms >= 1000.0 => lasted(Duration::from_secs_f64(ms / 1e3)).to(tongue).to_owned(),
        _ if ms >= 9.95 => format!("{ms:.0} ms"),
        _ if tongue == Tongue::French => format!("{ms:.1} ms").replace('.', ","),
        _ => format!("{ms:.1} ms"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::timings::SPANS;

    fn spent(name: &'static str, output: &str, url: &str, ms: u64) -> Spent {
        Spent { name, output: output.to_owned(), url: url.to_owned(), time: Duration::from_millis(ms) }
    }

    #[test]
    fn times_are_told_by_stage_by_output_and_by_file() {
        let spans = [
            spent("read", "", "", 3),
            spent("text", "", "content/a.md", 1),
            spent("load", "", "", 2),
            spent("plan_output", "html", "", 1),
            spent("file", "html", "/a/", 12),
            spent("file", "html", "/b/", 40),
            spent("file", "flux", "/flux.xml", 2),
            spent("write", "", "/a/", 5),
            spent("render", "", "", 1_250),
        ];
        let times = times(&spans, Duration::from_millis(1_300));
        let text = told(&times, Tongue::French);
        assert!(text.contains(" 1,30 s en tout"), "{text}");
        for line in [
            "    3,0 ms  lecture des fichiers",
            "    2,0 ms  lecture des textes, 1 texte",
            "    1,25 s  production des fichiers",
            "     40 ms  /b/",
        ] {
            assert!(text.contains(line), "{line} in {text}");
        }
        assert!(text.contains("53 ms  pages, 2 fichiers"), "{text}");
        assert_eq!(times.slowest[0].url, "/b/");
        assert_eq!(times.outputs.iter().map(|output| output.name.as_str()).collect::<Vec<_>>(), ["html", "flux"]);
        assert!(STAGES.iter().all(|(name, ..)| SPANS.iter().any(|(span, _)| span == name)));
    }
}
