"""Opens what a built site gives with the programs of others: feeds, calendars, tables, e-mails and PDF.

    python3 tests/tools/readers.py public

Needs the Python packages feedparser, icalendar and outloud; tables are opened by LibreOffice where it is installed.
Ends with « sum: N passed, M failed », and with 1 when something is wrong.
"""

import csv
import pathlib
import shutil
import subprocess
import sys
import tempfile

import feedparser
import icalendar

# Running heads and feet are artifacts on purpose: their words stand in the document as well, and a reader who hears them
# on each page loses the thread. Small tables of which both sides are headers are no shreds.
NOT_HERE = "TAG-002,TBL-010"

site = pathlib.Path(sys.argv[1])
passed, faults = 0, []


def check(holds, what):
    """Counts one fact."""
    global passed
    if holds:
        passed += 1
    else:
        faults.append(what)


for path in sorted([*site.rglob("*.xml"), *site.rglob("*.atom")]):
    if b"<feed" in path.read_bytes()[:600]:
        feed = feedparser.parse(str(path))
        check(not feed.bozo, f"{path}: {feed.get('bozo_exception')}")
        check(feed.feed.get("title") and feed.feed.get("id") and feed.feed.get("updated"), f"{path}: no title, id or date")
        check(all(entry.get("id") and entry.get("link") for entry in feed.entries), f"{path}: an entry without address")

for path in sorted(site.rglob("*.ics")):
    try:
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        events = list(calendar.walk("VEVENT"))
        check(events and all(event.get("UID") and event.get("DTSTART") for event in events), f"{path}: an event without a date")
        check(not calendar.errors, f"{path}: {calendar.errors}")
    except ValueError as fault:
        check(False, f"{path}: {fault}")

tables = sorted(site.rglob("*.csv"))
if shutil.which("soffice"):
    with tempfile.TemporaryDirectory() as folder:
        for path in tables:
            # Semicolons, quotation marks, UTF-8, from the first line: what a French spreadsheet does with the file's mark.
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to",
                       "csv:Text - txt - csv (StarCalc):59,34,76,1", "--infilter=CSV:59,34,76,1", "--outdir", folder, str(path)]
            subprocess.run(command, capture_output=True, timeout=120, check=False)
            opened = pathlib.Path(folder) / path.name
            own = [row for row in csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";")]
            read = [row for row in csv.reader(opened.read_text("utf-8").splitlines(), delimiter=";")] if opened.exists() else []
            check(len(own) == len(read) and own[0] == read[0], f"{path}: the spreadsheet reads {len(read)} lines of {len(own)}")
else:
    print("left out: LibreOffice is not installed, no spreadsheet opened the tables")

if any(site.rglob("*.eml")):
    letters = pathlib.Path(__file__).parents[1] / "mail" / "relire.py"
    told = subprocess.run([sys.executable, str(letters), str(site)], capture_output=True, text=True, check=False)
    check(told.returncode == 0, told.stdout[-2000:] + told.stderr[-2000:])

documents = sorted(map(str, site.rglob("*.pdf")))
if documents:
    outloud = pathlib.Path(sys.executable).parent / "outloud"
    told = subprocess.run([str(outloud), "--skip", NOT_HERE, *documents], capture_output=True, text=True, check=False)
    wrong = [line for line in told.stdout.splitlines() if line.startswith("FAIL")]
    passed += len(documents) - len(wrong)
    faults.extend(wrong)
    check(told.returncode == 0, told.stdout[-400:] + told.stderr[-400:])

for fault in faults:
    print("does not hold:", fault)
print(f"sum: {passed} passed, {len(faults)} failed")
sys.exit(1 if faults else 0)
