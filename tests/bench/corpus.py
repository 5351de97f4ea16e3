"""A corpus for benches: the same fiches, whatever the generator that reads them.

The words are those of this project's own guide, drawn as languages are (few words often, many seldom); fiche n is the same in
every run and in every layout. Standard library alone.
"""
import itertools
import random
import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IN_KIT = 24
THEMES = "Alimentation|Biodiversité|Culture|Eau|Économie locale|Éducation|Énergie|Habitat|Mobilités|Numérique|Santé|Solidarités".split("|")
PLACES = "35|44|56|22|29|49|53|72|85|79|86|87|23|36|37|41".split("|")
LEVERS = "Connaître le terrain|Réunir celles et ceux qui agissent|Choisir un cap|Adapter les règles|Trouver des moyens|Essayer en petit|Rendre compte".split("|")


def words():
    """The words of the guide, the most frequent first; ties in alphabetical order."""
    seen = {}
    for page in sorted((ROOT / "content" / "guide").rglob("*.md")):
        text = re.sub(r"```.*?```|`[^`]*`|\(http[^)]*\)|\{[^}]*\}", " ", page.read_text(encoding="utf-8"), flags=re.S)
        for word in re.findall(r"[a-zà-öø-ÿœæ’]{2,}", text.split("---", 2)[-1].lower()):
            seen[word] = seen.get(word, 0) + 1
    return sorted(seen, key=lambda word: (-seen[word], word))


def slug(text):
    plain = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if unicodedata.category(c) != "Mn")).strip("-")


class Corpus:
    """Fiches by their number, from 0."""

    def __init__(self, count):
        self.count = count
        self.words = words()
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def names(self, number):
        """The folder and the file of a fiche: what links need."""
        kit, place = divmod(number, IN_KIT)
        return f"kit-{kit + 1:05d}", f"{place + 1:02d}-fiche-{number}"

    def fiche(self, number):
        draw = random.Random(f"essaim {number}")

        def sentence(least=8, most=22):
            chosen = draw.choices(self.words, cum_weights=self.weights, k=draw.randint(least, most))
            return " ".join(chosen).capitalize() + "."

        def paragraph(least=3, most=6):
            return " ".join(sentence() for _ in range(draw.randint(least, most)))

        title = f"{sentence(3, 6)[:-1]} {number}"
        body = [("text", paragraph())]
        for place, lever in enumerate(LEVERS):
            body.append(("title", lever))
            body.append(("text", paragraph()))
            if place in (1, 4):
                body.append(("list", [sentence(3, 8) for _ in range(4)]))
            if place in (0, 2, 5):
                to = draw.randrange(self.count) if draw.random() < 0.2 else number - number % IN_KIT + draw.randrange(IN_KIT)
                body.append(("link", sentence(3, 7)[:-1], min(to, self.count - 1)))
            if place == 3 and number % 5 == 0:
                body.append(("table", [[sentence(2, 4)[:-1] for _ in range(3)] for _ in range(5)]))
        themes = sorted(draw.sample(THEMES, draw.randint(1, 3)))
        day = f"20{draw.randint(19, 25)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
        return {"title": title, "summary": sentence(8, 16), "themes": themes, "place": draw.choice(PLACES), "day": day, "body": body}

    def markdown(self, fiche, link):
        out = []
        for kind, *what in fiche["body"]:
            if kind == "text":
                out.append(what[0])
            elif kind == "title":
                out.append(f"## {what[0]}")
            elif kind == "list":
                out.append("\n".join(f"- {item}" for item in what[0]))
            elif kind == "link":
                out.append(f"{what[0]} : [voir aussi]({link(what[1])}).")
            else:
                head, *rows = what[0]
                out.append("\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * 3, *rows]))
        return "\n\n".join(out) + "\n"

    def write(self, root, layout):
        """Writes the site of a generator; returns the file of the fiche that a bench edits."""
        root = Path(root)
        layout = LAYOUTS[layout]
        for name, text in layout["files"].items():
            put(root / name, text)
        for kit in range(-(-self.count // IN_KIT)):
            put(root / "content/kits" / f"kit-{kit + 1:05d}" / layout["index"], layout["kit"](kit + 1))
        edited = None
        for number in range(self.count):
            folder, name = self.names(number)
            fiche = self.fiche(number)

            def link(to, folder=folder):
                other, target = self.names(to)
                return layout["link"](folder, other, target)

            path = root / "content/kits" / folder / f"{name}.md"
            put(path, layout["front"](fiche, number % IN_KIT + 1) + self.markdown(fiche, link))
            if number == self.count // 2:
                edited = path
        return edited


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def quoted(values):
    return "[" + ", ".join(f'"{value}"' for value in values) + "]"


# --- the same pages for each generator: a home page, kits with their list, fiches with their themes and neighbours, feeds ---

STYLE = "body{font:1rem/1.5 system-ui;margin:0 auto;max-width:60rem;padding:1rem}nav ol{display:flex;gap:1rem;list-style:none}table{border-collapse:collapse}\n"


def page(title, main, root, extra=""):
    return f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>{extra}
<link rel="stylesheet" href="{root}style.css"></head>
<body><header><nav aria-label="Principal"><ol><li><a href="{root}">Accueil</a></li><li><a href="{root}kits/">Kits</a></li><li><a href="{root}themes/">Thèmes</a></li></ol></nav></header>
<main>{main}</main><footer><p>Banc</p></footer></body></html>
"""


def hugo():
    article = """<nav aria-label="Fil"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ol></nav>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p><p><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2/1/2006" }}</time></p>
<ul>{{ range .GetTerms "themes" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ .TableOfContents }}{{ .Content }}
<nav aria-label="Voisines">{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>"""
    listing = "<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range (.Paginate .Pages 50).Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> {{ .Params.summary }}</li>{{ end }}</ul>{{ partial \"pages.html\" . }}"
    pages = "{{ with .Paginator }}<p>{{ .PageNumber }} / {{ .TotalPages }}{{ if .HasNext }} <a href=\"{{ .Next.URL }}\">Suite</a>{{ end }}</p>{{ end }}"
    title = "{{ .Title }} – {{ site.Title }}"
    return {
        "index": "_index.md",
        "kit": lambda number: f"---\ntitle: Kit {number}\n---\n",
        "front": lambda fiche, place: f"---\ntitle: \"{fiche['title']}\"\nweight: {place}\ndate: {fiche['day']}\nthemes: {quoted(fiche['themes'])}\nsummary: \"{fiche['summary']}\"\n---\n",
        "link": lambda folder, other, name: f'{{{{< ref "/kits/{other}/{name}.md" >}}}}',
        "files": {
            "hugo.toml": "baseURL = 'https://banc.example/'\nlanguageCode = 'fr'\ntitle = 'Banc'\n[taxonomies]\ntheme = 'themes'\n",
            "content/_index.md": "---\ntitle: Accueil\n---\n",
            "content/kits/_index.md": "---\ntitle: Kits\n---\n",
            "static/style.css": STYLE,
            "layouts/home.html": page("{{ site.Title }}", "<h1>{{ site.Title }}</h1><ul>{{ range first 20 site.RegularPages.ByDate.Reverse }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>", "/"),
            "layouts/page.html": page(title, article, "/"),
            "layouts/list.html": page(title, listing, "/"),
            "layouts/_partials/pages.html": pages,
        },
    }


def zola():
    article = """<nav aria-label="Fil"><ol>{% for one in page.ancestors %}{% set above = get_section(path=one, metadata_only=true) %}<li><a href="{{ above.permalink }}">{{ above.title }}</a></li>{% endfor %}</ol></nav>
<h1>{{ page.title }}</h1><p>{{ page.description }}</p><p><time datetime="{{ page.date }}">{{ page.date }}</time></p>
<ul>{% for theme in page.taxonomies.themes %}<li><a href="{{ get_taxonomy_url(kind="themes", name=theme) }}">{{ theme }}</a></li>{% endfor %}</ul>
<ul>{% for heading in page.toc %}<li><a href="{{ heading.permalink }}">{{ heading.title }}</a></li>{% endfor %}</ul>{{ page.content | safe }}
<nav aria-label="Voisines">{% if page.lower %}<a href="{{ page.lower.permalink }}">{{ page.lower.title }}</a>{% endif %}{% if page.higher %}<a href="{{ page.higher.permalink }}">{{ page.higher.title }}</a>{% endif %}</nav>"""
    rows = '<ul>{% for one in LIST %}<li><a href="{{ one.permalink }}">{{ one.title }}</a> {{ one.description }}</li>{% endfor %}</ul>{% if paginator and paginator.next %}<p><a href="{{ paginator.next }}">Suite</a></p>{% endif %}'
    section = "<h1>{{ section.title }}</h1>" + rows.replace("LIST", "paginator.pages") + '<ul>{% for path in section.subsections %}{% set kit = get_section(path=path, metadata_only=true) %}<li><a href="{{ kit.permalink }}">{{ kit.title }}</a></li>{% endfor %}</ul>'
    return {
        "index": "_index.md",
        "kit": lambda number: f"+++\ntitle = \"Kit {number}\"\nsort_by = \"weight\"\npaginate_by = 50\n+++\n",
        "front": lambda fiche, place: f"+++\ntitle = \"{fiche['title']}\"\nweight = {place}\ndate = {fiche['day']}\ndescription = \"{fiche['summary']}\"\n[taxonomies]\nthemes = {quoted(fiche['themes'])}\n+++\n",
        "link": lambda folder, other, name: f"@/kits/{other}/{name}.md",
        "files": {
            "config.toml": "base_url = 'https://banc.example'\ntitle = 'Banc'\ndefault_language = 'fr'\ngenerate_feeds = true\nbuild_search_index = false\ntaxonomies = [{ name = 'themes', paginate_by = 50, feed = true }]\n",
            "content/_index.md": "+++\ntitle = \"Accueil\"\n+++\n",
            "content/kits/_index.md": "+++\ntitle = \"Kits\"\npaginate_by = 50\n+++\n",
            "static/style.css": STYLE,
            "templates/index.html": page("Banc", "<h1>Banc</h1>", "/"),
            "templates/page.html": page("{{ page.title }} – Banc", article, "/"),
            "templates/section.html": page("{{ section.title }} – Banc", section, "/"),
            "templates/themes/list.html": page("Thèmes – Banc", '<ul>{% for term in terms %}<li><a href="{{ term.permalink }}">{{ term.name }}</a></li>{% endfor %}</ul>', "/"),
            "templates/themes/single.html": page("{{ term.name }} – Banc", rows.replace("LIST", "paginator.pages"), "/"),
        },
    }


def eleventy():
    layout = page("{{ title }} – Banc", "<h1>{{ title }}</h1><p>{{ summary }}</p><ul>{% for theme in themes %}<li>{{ theme }}</li>{% endfor %}</ul>{{ content | safe }}", "/")
    return {
        "index": "index.md",
        "kit": lambda number: f"---\nlayout: page.njk\ntitle: Kit {number}\n---\n",
        "front": lambda fiche, place: f"---\nlayout: page.njk\ntitle: \"{fiche['title']}\"\nordre: {place}\ndate: {fiche['day']}\nthemes: {quoted(fiche['themes'])}\nsummary: \"{fiche['summary']}\"\n---\n",
        "link": lambda folder, other, name: f"/kits/{other}/{name}/",
        "files": {
            "eleventy.config.js": "export default (config) => { config.addPassthroughCopy({ static: '/' }); return { dir: { input: 'content', includes: '../includes' }, markdownTemplateEngine: false }; };\n",
            "package.json": '{ "type": "module" }\n',
            "content/index.md": "---\nlayout: page.njk\ntitle: Accueil\n---\n",
            "static/style.css": STYLE,
            "includes/page.njk": layout,
        },
    }


def essaim():
    return {
        "index": "_index.md",
        "kit": lambda number: f"---\ntitre: Kit {number}\nnature: kit\nsigle: K{number}\nedition: 2026\nresume: Un kit du banc.\n---\n",
        "front": lambda fiche, place: f"---\ntitre: \"{fiche['title']}\"\nnumero: {place}\ndate: {fiche['day']}\nthemes: {quoted(fiche['themes'])}\nterritoires: [\"{fiche['place']}\"]\nresume: \"{fiche['summary']}\"\n---\n",
        "link": lambda folder, other, name: f"{name}.md" if folder == other else f"../{other}/{name}.md",
        "files": {
            "site.toml": "titre = \"Banc\"\nbase_url = \"https://banc.example/\"\nediteur = \"Banc\"\nlicence = \"CC-BY-SA-4.0\"\n",
            "content/_index.md": "---\ntitre: Accueil\nresume: Un banc.\n---\nBienvenue.\n",
        },
    }


LAYOUTS = {"essaim": essaim(), "hugo": hugo(), "zola": zola(), "eleventy": eleventy()}
