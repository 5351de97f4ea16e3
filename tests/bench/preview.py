#!/usr/bin/env python3
"""How long a save takes to reach the reader: median times from the writing of a fiche to the new page served.

    preview.py SITE [--essaim BINARY] [-n 20] [--pdf] [--search]

SITE is a folder with site.toml and content/; it is copied first, and the copy is what changes.
The page is asked for again and again without a pause, so that the figure includes the wait for a quiet disk,
the whole rebuild, the rendering and the transport. The event that tells open pages is timed as well.
"""
import argparse
import http.client
import json
import re
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urljoin


class Preview:
    """The program, serving a copy of a site."""

    def __init__(self, essaim, site):
        self.program = subprocess.Popen([essaim, "serve", "--port", "0", "--root", site],
                                        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        start = time.monotonic()
        for line in self.program.stderr:
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
            if found and line.startswith(("Aperçu", "Preview")):
                break
        else:
            raise SystemExit("the preview did not start")
        self.port = int(found[1])
        self.first = time.monotonic() - start
        self.told = []
        threading.Thread(target=self._drain, daemon=True).start()
        self.events = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _drain(self):
        for line in self.program.stderr:
            self.told.append(line)

    def _listen(self):
        link = http.client.HTTPConnection("127.0.0.1", self.port)
        link.request("GET", "/_essaim/evenements")
        for line in link.getresponse():
            if line.startswith(b"data:") and b'"page"' in line:
                self.events.append(time.monotonic())

    def get(self, path):
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        link.request("GET", path)
        answer = link.getresponse()
        return answer.status, answer.read()

    def memory(self):
        status = Path(f"/proc/{self.program.pid}/status").read_text()
        return {key: int(re.search(rf"{key}:\s+(\d+)", status)[1]) // 1024 for key in ("VmHWM", "VmRSS")}

    def stop(self):
        self.program.terminate()
        self.program.wait()


def addresses(preview, fiches):
    """Where each fiche is: its title is looked for in the pages of the plan du site, through the sitemap."""
    _, body = preview.get("/sitemap.xml")
    urls = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", body.decode())
    if not urls:
        raise SystemExit("the sitemap is empty")
    found = {}
    for file in fiches:
        slug = re.sub(r"^\d+-", "", file.stem)
        near = [url for url in urls if url.rstrip("/").endswith("/" + slug) or url.rstrip("/").endswith("/" + file.stem)]
        kit = file.parent.name
        near = [url for url in near if f"/{kit}/" in url]
        if near:
            found[file] = near[0]
    return found


def measure(preview, file, url, marks, ask):
    """Saves a fiche with a mark in it, and waits until what `ask` returns holds the mark."""
    text = file.read_text(encoding="utf-8")
    mark = f"marque{marks}essai"
    lines = text.rstrip("\n")
    preview.events.clear()
    beside = file.with_suffix(".md.tmp")
    beside.write_text(f"{lines}\n\nUn mot de plus : {mark}.\n", encoding="utf-8")
    start = time.monotonic()
    beside.replace(file)
    while mark.encode() not in ask(url):
        if time.monotonic() - start > 120:
            raise SystemExit(f"{mark} never came to {url}")
        time.sleep(0.0005)
    served = time.monotonic() - start
    deadline = time.monotonic() + 5
    while not preview.events and time.monotonic() < deadline:
        time.sleep(0.0005)
    told = preview.events[0] - start if preview.events else float("nan")
    time.sleep(0.2)
    return served, told


def shown(times):
    times = sorted(times)
    return {"median_ms": round(statistics.median(times) * 1e3, 1), "least_ms": round(times[0] * 1e3, 1),
            "most_ms": round(times[-1] * 1e3, 1), "saves": len(times)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=Path)
    parser.add_argument("--essaim", default="target/release/essaim")
    parser.add_argument("-n", type=int, default=20)
    parser.add_argument("--pdf", action="store_true", help="also time the PDF of the saved fiche, opened after the save")
    parser.add_argument("--search", action="store_true", help="also time the search data, asked for after the save")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        site = Path(folder) / "site"
        site.mkdir()
        shutil.copy(options.site / "site.toml", site)
        shutil.copytree(options.site / "content", site / "content")
        fiches = sorted(file for file in site.glob("content/kits/*/*.md") if file.name != "_index.md")
        preview = Preview(options.essaim, str(site))
        try:
            step = max(1, len(fiches) // (options.n + 3))
            where = addresses(preview, fiches[::step])
            chosen = list(where.items())[: options.n + 3]
            served, told, pdf, search = [], [], [], []
            for number, (file, url) in enumerate(chosen):
                page, event = measure(preview, file, url, number, lambda url: preview.get(url)[1])
                if options.pdf:
                    _, body = preview.get(url)
                    href = re.search(rb'href="?([^" >]+\.pdf)', body)
                    if not href:
                        raise SystemExit(f"{url} offers no PDF")
                    address = urljoin(url, href[1].decode())
                    start = time.monotonic()
                    status, body = preview.get(address)
                    pdf.append(time.monotonic() - start)
                    if status != 200 or not body.startswith(b"%PDF"):
                        raise SystemExit(f"{address} is no PDF ({status})")
                if options.search:
                    start = time.monotonic()
                    status, body = preview.get("/recherche/index/essaim.json")
                    search.append(time.monotonic() - start)
                # The first saves warm the memory.
                if number >= 3:
                    served.append(page)
                    told.append(event)
            result = {"fiches": len(fiches), "first_ms": round(preview.first * 1e3), "save_to_served": shown(served),
                      "save_to_event": shown(told), "memory_mib": preview.memory()}
            if pdf:
                result["pdf"] = shown(pdf[3:])
            if search:
                result["search"] = shown(search[3:])
            print(json.dumps(result, ensure_ascii=False, indent=1))
        finally:
            preview.stop()


if __name__ == "__main__":
    main()
