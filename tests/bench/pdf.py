#!/usr/bin/env python3
"""How fast PDFs are made, beside WeasyPrint and Chromium, on fiches that all differ.

    tests/bench/pdf.py [--fiches 200] [--essaim target/release/essaim] [--work DIR]
    tests/bench/pdf.py --weasyprint PYTHON --chromium /usr/bin/chromium --playwright DIR

PYTHON is a Python that has WeasyPrint; DIR holds node_modules/playwright-core. Without them, only essaim is measured.
Each engine makes as many PDFs as there are fiches, from the same words. essaim is measured twice: the fiches alone, as
articles, which compares engines, and in kits, with the booklet of each kit, which nobody else makes. Every line gives the
wall clock, the CPU time of the process and of the children that it waits for, and the most memory of one process.
"""
import argparse
import hashlib
import html
import os
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

SUBJECTS = "la commune|l’intercommunalité|une coopérative|l’association d’insertion|un collectif d’habitants|la régie de quartier|le conseil municipal|une recyclerie|la monnaie locale|un tiers-lieu".split("|")
VERBS = "soutient|accompagne|finance|réunit|évalue|partage|transforme|héberge|relaie|prépare".split("|")
OBJECTS = "les projets des habitants|une filière de réemploi|des locaux vacants|un forum annuel|les circuits de proximité|la transition énergétique|des emplois durables|une épicerie solidaire|la mobilité des aînés|un diagnostic partagé".split("|")
ENDS = "avec les acteurs du territoire|depuis plusieurs années|sans attendre les appels à projets|dans le cadre d’une convention|au service de l’intérêt général|en toute transparence|à l’échelle du bassin de vie|avec un budget modeste".split("|")
PLACES = ["92071", "17415", "67482", "56121", "93055", "76217", "29019", "59606"]
PRINT = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 25mm 18mm 25mm 22mm; @bottom-right {{ content: counter(page) "/" counter(pages); font-size: 7pt }} }}
body {{ font: 10.6pt/1.45 "Libertinus Serif", Georgia, serif; hyphens: auto }} h1 {{ font-weight: 400; font-size: 28pt }}
h2 {{ font-weight: 400; font-size: 17pt; border-top: .7pt solid; padding-top: 3mm; break-after: avoid }}
aside, .exemple, .encadre {{ background: #f3efe6; padding: 5mm; break-inside: avoid }} table {{ border-collapse: collapse; font-size: 8pt }}
td, th {{ border-bottom: .4pt solid #999; padding: 1.7mm 2mm; text-align: left }} svg {{ display: none }} li {{ margin: 1mm 0 }}
</style><body>{body}</body></html>"""
WEASY = """import pathlib, sys
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
for page in sys.argv[2:]:
    out = pathlib.Path(sys.argv[1], pathlib.Path(page).stem + ".pdf")
    HTML(page).write_pdf(out, font_config=fonts, pdf_variant="pdf/ua-1")
"""
CHROME = """import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
const [modules, exe, out, ...pages] = process.argv.slice(2);
const { chromium } = createRequire(join(modules, 'x.js'))('playwright-core');
const browser = await chromium.launch({ executablePath: exe, args: ['--no-sandbox'] });
let next = 0;
await Promise.all([0, 1].map(async () => {
  const tab = await browser.newPage();
  while (next < pages.length) {
    const page = pages[next++];
    await tab.goto('file://' + page);
    await tab.pdf({ path: join(out, basename(page, '.html') + '.pdf'), preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  }
}));
await browser.close();
"""


def sentence(rng):
    words = f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} {rng.choice(ENDS)}"
    return words[0].upper() + words[1:] + "."


def paragraph(rng, count):
    return " ".join(sentence(rng) for _ in range(count))


def fiche(rng, number):
    title = f"{rng.choice(VERBS).capitalize()} {rng.choice(OBJECTS)}, étape {number}"
    lines = ["---", f"titre: {title}", f"numero: {number}", f"resume: {sentence(rng)}", f"question: Comment {rng.choice(SUBJECTS)} agit-elle ?",
             "date: 2026-10-12", "auteurs: [Camille Exemple]", "---", paragraph(rng, 3), ""]
    for lever in range(5):
        lines += [f"## {rng.choice(VERBS).capitalize()} {rng.choice(OBJECTS)}", "", paragraph(rng, 4) + (f"[^n{lever}]" if lever < 3 else ""), ""]
        if lever % 2 == 0:
            lines += [f"- {rng.choice(OBJECTS)} ;" for _ in range(3)] + [""]
        if lever in (1, 3):
            lines += [f':::exemple{{titre="{sentence(rng)[:-1]}" territoire="{rng.choice(PLACES)}" annee={rng.randint(2012, 2026)}}}', paragraph(rng, 3), ":::", ""]
    lines += [':::chiffres{source="INSEE"}'] + [f"- **{rng.randint(2, 900)}** {rng.choice(OBJECTS)}" for _ in range(3)] + [":::", "",
              "| Action | Qui | Quand |", "|---|---|---|"]
    lines += [f"| {rng.choice(OBJECTS)} | {rng.choice(SUBJECTS)} | {rng.randint(2020, 2028)} |" for _ in range(4)]
    lines += ["", "## En savoir plus", "", "- [Un réseau](https://www.exemple.org/)", ""]
    lines += [f"[^n{note}]: {sentence(rng)}" for note in range(3)]
    return "\n".join(lines) + "\n"


def make_site(folder, count, in_a_kit=0):
    rng = random.Random(2026)
    write = lambda path, text: (folder / path).parent.mkdir(parents=True, exist_ok=True) or (folder / path).write_text(text, encoding="utf-8")
    write("site.toml", 'titre = "Banc"\nbase_url = "https://banc.example/"\nlicence = "CC-BY-SA-4.0"\nediteur = "Banc"\n')
    write("content/_index.md", "---\ntitre: Banc\n---\nBonjour.\n")
    write("content/kits/_index.md", "---\ntitre: Kits\n---\n")
    write("content/articles/_index.md", "---\ntitre: Articles\n---\n")
    for number in range(count if not in_a_kit else 0):
        write(f"content/articles/fiche-{number:03}.md", re.sub(r"(numero|question): .*\n", "", fiche(rng, number + 1)))
    for number in range(count if in_a_kit else 0):
        kit, place = divmod(number, in_a_kit)
        if place == 0:
            write(f"content/kits/kit-{kit}/_index.md", f"---\nnature: kit\ntitre: Kit {kit}\nedition: 2026\n---\n")
        write(f"content/kits/kit-{kit}/fiche-{place:03}.md", fiche(rng, place + 1))


def measured(name, count, command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    watch = shutil.which("time") or "/usr/bin/time"
    done = subprocess.run([watch, "-f", "%M", *command], capture_output=True, text=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = int(done.stderr.split()[-1]) / 1024
    print(f"{name:<34} {wall:7.2f} s wall {cpu:7.2f} s CPU {1000 * cpu / count:7.1f} ms CPU a fiche {memory:6.0f} MiB", flush=True)
    return wall, cpu


def prints(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.pdf"))}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--fiches", type=int, default=200)
    options.add_argument("--kit", type=int, default=25, help="fiches in a kit")
    options.add_argument("--essaim", default="target/release/essaim")
    options.add_argument("--weasyprint")
    options.add_argument("--chromium")
    options.add_argument("--playwright", default="tests/browser")
    options.add_argument("--work", type=pathlib.Path)
    args = options.parse_args()
    work = args.work or pathlib.Path(tempfile.mkdtemp(prefix="banc-pdf-"))
    site, alone = work / "site", work / "alone"
    for folder, in_a_kit in ((site, args.kit), (alone, 0)):
        shutil.rmtree(folder, ignore_errors=True)
        make_site(folder, args.fiches, in_a_kit)
    essaim = [os.path.abspath(args.essaim), "--root", str(site), "build"]
    build = lambda name, out, *more: measured(name, args.fiches, [*essaim, "--output", str(work / out), *more])
    ours = measured("essaim, fiches alone", args.fiches, [essaim[0], "--root", str(alone), "build", "--output", str(work / "zero"), "--only", "pdf", "--no-cache"])
    build("essaim, in kits with booklets", "one", "--only", "pdf")
    build("essaim, again, nothing changed", "two", "--only", "pdf")
    build("essaim, without memory", "three", "--only", "pdf", "--no-cache")
    one, two, three = (prints(work / name) for name in ("one", "two", "three"))
    pages = sum(int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", str(work / "one" / name)], capture_output=True, text=True).stdout)[1]) for name in one) if shutil.which("pdfinfo") else 0
    print(f"{len(one)} PDFs, {pages} pages; the three builds give {'the same' if one == two == three else 'DIFFERENT'} bytes")
    cards = build("essaim, cards", "cards", "--only", "carte", "--no-cache")
    sizes = [path.stat().st_size for path in (work / "cards").rglob("*.png")]
    print(f"{len(sizes)} cards, {1000 * cards[1] / len(sizes):.1f} ms CPU each, the largest {max(sizes) / 1000:.0f} ko")
    if not (args.weasyprint or args.chromium):
        return
    subprocess.run([*essaim, "--output", str(work / "html"), "--only", "html"], check=True, capture_output=True)
    pages = []
    (work / "pages").mkdir(exist_ok=True)
    for path in sorted((work / "html").glob("kits/*/*/index.html")):
        text = path.read_text(encoding="utf-8")
        body = re.search(r"<main.*?</main>", text, re.S)[0]
        target = work / "pages" / f"{path.parts[-3]}-{path.parts[-2]}.html"
        target.write_text(PRINT.format(title=html.escape(path.parts[-2]), body=body), encoding="utf-8")
        pages.append(str(target.resolve()))
    pages = pages[: args.fiches]
    for name in ("weasy", "chrome"):
        (work / name).mkdir(exist_ok=True)
    if args.weasyprint:
        (work / "weasy.py").write_text(WEASY)
        wall, _ = measured("WeasyPrint, one process", args.fiches, [args.weasyprint, str(work / "weasy.py"), str(work / "weasy"), *pages])
        print(f"  essaim is {wall / ours[0]:.1f} times as fast")
    if args.chromium:
        (work / "chrome.mjs").write_text(CHROME)
        wall, _ = measured("Chromium, kept open, two tabs", args.fiches, ["node", str(work / "chrome.mjs"), os.path.abspath(args.playwright), args.chromium, str(work / "chrome"), *pages])
        print(f"  essaim is {wall / ours[0]:.1f} times as fast")


main()
