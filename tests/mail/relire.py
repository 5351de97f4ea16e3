"""Reads back the e-mail files of a built site with Python's `email`, as a mail program would.

    python3 tests/mail/relire.py public

Checks every .eml: two parts that say the same words and hold the same links, headers on one logical line, widths of the
text part, weight of the HTML, nothing relative, nothing that only a style sheet could do. Ends with 1 when something is wrong.
"""

import email
import email.policy
import html
import pathlib
import re
import sys
import unicodedata
from html.parser import HTMLParser

VARIABLE = re.compile(r"\{\{.*\}\}|\*\|.*\|\*|\[\[.*\]\]|\[%.*%\]")

ORDINALS = {"er", "ers", "re", "res", "e", "es"}
BUTTONS = {"Lire la fiche", "Lire le récit", "Lire la page", "Lire le numéro"}
BLOCKS = {"p", "td", "th", "tr", "li", "div", "br", "h1", "h2", "h3", "h4", "blockquote", "pre", "table"}


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.images, self.words, self.silent = [], [], [], 0
        self.headings = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in BLOCKS:
            self.words.append("\n")
        # What only some readers get: the preheader, the large number.
        if self.silent or tag in ("style", "title") or "display:none" in attributes.get("style", "") or tag == "sup" or attributes.get("aria-hidden") == "true":
            self.silent += tag not in ("br", "img", "meta", "hr")
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag == "img":
            self.images.append(attributes)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if self.silent:
            self.silent -= 1
        if tag in BLOCKS:
            self.words.append("\n")

    def handle_data(self, data):
        # « 1er » is raised and is said all the same.
        if not self.silent or data in ORDINALS:
            self.words.append(data)


def columns(line):
    wide = lambda c: 0 if unicodedata.combining(c) or unicodedata.category(c) in ("Cf", "Mn") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
    return sum(wide(c) for c in line)


def faults(path):
    raw = path.read_bytes()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    if message.defects:
        yield f"defects {message.defects}"
    kinds = [part.get_content_type() for part in message.walk()]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        yield f"parts {kinds}"
        return
    text, page = (part.get_content() for part in message.iter_parts())
    for part in message.iter_parts():
        if part["content-transfer-encoding"] != "quoted-printable" or part.get_content_charset() != "utf-8":
            yield "encoding"
    for name in ("From", "Subject", "Date", "Message-ID", "List-Unsubscribe", "MIME-Version"):
        if not message[name]:
            yield f"no {name}"
    if len(message.get_all("Subject")) != 1 or "\n" in message["Subject"] or message["Bcc"]:
        yield "subject"
    head = raw.split(b"\r\n\r\n", 1)[0]
    if any(len(line) > 998 or any(byte > 126 for byte in line) for line in head.split(b"\r\n")) or re.search(rb"(?<!\r)\n", raw):
        yield "raw header"
    reader = Page()
    reader.feed(page)
    for href in set(reader.links):
        if not re.match(r"(https?|mailto):", href) and not VARIABLE.search(href):
            yield f"relative {href}"
        if href.startswith("mailto:"):
            if href[7:].split("?")[0] not in text:
                yield f"address not in text: {href}"
        elif href not in text:
            yield f"link not in text: {href}"
    for image in reader.images:
        if "alt" not in image or "width" not in image or not image.get("src", "").startswith("http"):
            yield f"image {image}"
    if reader.headings[:1] != [1] or any(after > before + 1 for before, after in zip(reader.headings, reader.headings[1:])):
        yield f"headings {reader.headings}"
    for line in text.splitlines():
        if columns(line) > 74 and not re.match(r"\[\d+\] |\s*\S+$", line):
            yield f"long line: {line}"
    if re.search("[\u202f\u2009\u00ad\u200b]", text):
        yield "space that mail clients draw badly"
    flat = lambda words: re.sub(r"[\W_]+", " ", re.sub(r"\[\d+\]|\(\d+\)|\[Image[^]]*\]", " ", words)).split()
    said, seen = " ".join(flat(text)), "".join(reader.words)
    for sentence in re.split(r"(?<=[.!?])\s+|\n", html.unescape(seen)):
        sentence = " ".join(flat(sentence))
        if len(sentence) > 3 and sentence not in said and sentence.lower() not in said.lower() and sentence not in BUTTONS:
            yield f"not in text: {sentence[:80]}"
    size = len(page.encode())
    if size > 102_400:
        yield f"size {size}"
    if re.search(r"<(script|iframe|form|link|svg|video)\b|@import|fonts\.googleapis", page):
        yield "element that mail clients remove"
    own = path.with_name(path.name.replace(".eml", ".email.html"))
    if own.read_text() != page.replace("\r\n", "\n"):
        yield "the .email.html differs"
    if path.with_suffix(".txt").read_text() != text.replace("\r\n", "\n"):
        yield "the .txt differs"
    print(f"{path.name}\t{size} octets de HTML\t{len(raw)} octets\t{message['Subject']}")


wrong = 0
found = sorted(pathlib.Path(sys.argv[1]).rglob("*.eml"))
for path in found:
    for fault in faults(path):
        wrong += 1
        print(f"FAUX {path}: {fault}")
print(f"{len(found)} messages, {wrong} faute(s)")
sys.exit(1 if wrong or not found else 0)
