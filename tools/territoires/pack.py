#!/usr/bin/env python3
"""Pack the territory tables and outlines into the file that the program embeds.

    pack.py --source DIR [--output data/territoires/territoires.bin]

DIR holds the CSV and GeoJSON files that build_territoires.py makes (see
README.md beside this file).  Python 3.9 or later, standard library only, no
network.  The output is a pure function of the inputs.

Format (read by src/territory/unpack.rs, which must change with it): unsigned
LEB128 numbers, signed ones zigzagged, texts as a length and UTF-8 bytes.  A
place is referred to by its row in the order regions, departements,
collectivites d'outre-mer, EPCI, EPT, communes, arrondissements.  "Optional"
numbers are stored plus one, zero meaning absent.
"""
import argparse
import csv
import json
import os
import re
import sys
from collections import defaultdict

MAGIC = b"ESTERR"
FORMAT = 1
NO_POINT = 0xFFFF

HERE = os.path.dirname(os.path.abspath(__file__))
EPCI_TYPES = {"CC": 0, "CA": 1, "CU": 2, "ME": 3}
STATUSES = {"fusionnee": 0, "deleguee": 1, "associee": 2}


class Packed:
    """A growing blob."""

    def __init__(self):
        self.bytes = bytearray()

    def byte(self, value):
        self.bytes.append(value)

    def u16(self, value):
        self.bytes += value.to_bytes(2, "little")

    def number(self, value):
        while value >= 0x80:
            self.bytes.append(value & 0x7F | 0x80)
            value >>= 7
        self.bytes.append(value)

    def optional(self, text):
        self.number(int(text) + 1 if text != "" else 0)

    def signed(self, value):
        self.number(value << 1 if value >= 0 else (-value << 1) - 1)

    def text(self, value):
        raw = value.encode("utf-8")
        self.number(len(raw))
        self.bytes += raw

    def point(self, row):
        """Latitude and longitude in ten-thousandths of a degree, or nothing."""
        if row["lat"] == "":
            self.byte(0)
            return
        self.byte(1)
        self.signed(tenthousandths(row["lat"]))
        self.signed(tenthousandths(row["lon"]))


def tenthousandths(text):
    return round(float(text) * 10000)


# ------------------------------------------------------------------ names

def readable(name):
    """A name as French readers expect it: typographic apostrophe, ligature,
    no doubled space, capitals with their accents."""
    name = name.replace("'", "\u2019")
    name = re.sub(r"\bCoeur\b", "C\u0153ur", name)
    name = re.sub(r"\bSoeurs\b", "S\u0153urs", name)
    name = re.sub(r"\bSt-", "Saint-", name)
    name = re.sub(r"\bIle-", "\u00cele-", name)
    return re.sub(r"\s+", " ", name).strip()


def readable_epci(name):
    """The readable name of an EPCI, and the acronym or short name the official
    list gives after it between brackets."""
    name = readable(name.replace("''", '"'))
    acronym = ""
    found = re.fullmatch(r"(.*?) ?\(([^()]*)\)", name)
    if found:
        name, acronym = found.groups()
    name = re.sub(r'^(C[ACU]) "([^"]*)"$', r"\1 \2", name)
    name = re.sub(r'"([^"]*)"', "\u00ab \\1 \u00bb", name)
    name = re.sub(r"(\w)- (\w)", r"\1-\2", name)
    return name, acronym


def article(row):
    """INSEE's article code of a commune, mended by the article that the name
    itself bears, and deduced where the list gives none."""
    name = row["nom"]
    for start, code in (("Le ", 2), ("La ", 3), ("Les ", 4), ("L'", 5)):
        if name.startswith(start):
            return code
    if row["tncc"] in ("2", "3", "4", "5"):
        raise SystemExit("article without its word: %s" % name)
    if row["tncc"]:
        return int(row["tncc"])
    return int(name[0] in "AEIOU\u00c9\u00ce")


# ------------------------------------------------------------------ outlines

def arcs_of(features):
    """Cuts rings into the arcs that neighbours share.  Returns the arcs and, for
    each feature, its polygons as rings of (arc, reversed)."""
    neighbours = defaultdict(set)
    for _, polygons in features:
        for polygon in polygons:
            for ring in polygon:
                for a, b in zip(ring, ring[1:]):
                    neighbours[a].add(b)
                    neighbours[b].add(a)
    nodes = {p for p, near in neighbours.items() if len(near) != 2}
    arcs, index, shapes = [], {}, []
    for code, polygons in features:
        shape = []
        for polygon in polygons:
            rings = []
            for ring in polygon:
                rings.append([arc_reference(arcs, index, arc) for arc in cut(ring, nodes)])
            shape.append(rings)
        shapes.append((code, shape))
    return arcs, shapes


def arc_reference(arcs, index, arc):
    backwards = arc[::-1]
    key = min(arc, backwards)
    if key not in index:
        index[key] = len(arcs)
        arcs.append(key)
    return index[key] << 1 | (arc != key)


def cut(ring, nodes):
    points = ring[:-1]
    start = next((i for i, p in enumerate(points) if p in nodes), None)
    if start is None:
        start = points.index(min(points))
        turned = points[start:] + points[:start]
        return [tuple(turned + turned[:1])]
    points = points[start:] + points[:start] + [points[start]]
    arcs, current = [], [points[0]]
    for p in points[1:]:
        current.append(p)
        if p in nodes:
            arcs.append(tuple(current))
            current = [p]
    return arcs


def features_of(path):
    with open(path, encoding="utf-8") as file:
        collection = json.load(file)
    for feature in collection["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        yield feature["properties"]["code"], [
            [[(round(x * 1000), round(y * 1000)) for x, y in ring] for ring in polygon]
            for polygon in polygons]


# ------------------------------------------------------------------ main

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", required=True, help="the folder of the CSV and GeoJSON files")
    parser.add_argument("--output", default=os.path.join(
        HERE, "..", "..", "data", "territoires", "territoires.bin"))
    parser.add_argument("--year", type=int, default=2026,
                        help="the year of the official geographic code")
    options = parser.parse_args()

    def table(name, folder=options.source):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    regions = [r for r in table("regions.csv") if r["zone"] != "com"]
    levels = table("departements.csv")
    departements = [d for d in levels if d["zone"] != "com"]
    collectivites = [d for d in levels if d["zone"] == "com"]
    epci, ept = table("epci.csv"), table("ept.csv")
    communes = table("communes.csv")
    arrondissements = table("arrondissements_municipaux.csv")
    former = table("communes_anciennes.csv")
    usual = table("usages.csv", HERE)

    for rows in (regions, departements, collectivites, epci, ept, communes, arrondissements, former):
        codes = [r["code"] for r in rows]
        if codes != sorted(codes):
            raise SystemExit("rows are not in the order of their codes")

    out = Packed()
    out.bytes += MAGIC
    out.byte(FORMAT)
    out.u16(options.year)
    for rows in (regions, departements, collectivites, epci, ept, communes, arrondissements, former):
        out.number(len(rows))

    row_of = {}
    for rows in (regions, departements, collectivites, epci, ept, communes, arrondissements):
        level = "R" if rows is regions else ""
        for r in rows:
            row_of[level + r["code"]] = len(row_of)

    for r in regions:
        out.text("R" + r["code"])
        out.text(readable(r["nom"]))
        out.byte(int(r["tncc"]))
        out.optional(r["population"])
        out.point(r)
    for d in departements + collectivites:
        out.text(d["code"])
        out.text(readable(d["nom"]))
        out.byte(int(d["tncc"]))
        out.optional(d["population"])
        out.point(d)
        if d["zone"] != "com":
            out.number(row_of["R" + d["region"]])
    for e in epci + ept:
        name, acronym = readable_epci(e["nom"])
        out.text(e["code"])
        out.text(name)
        out.text(acronym)
        out.byte(EPCI_TYPES[e["type"]] if "type" in e else 4)
        out.optional(e["population"])
        out.point(e)
        within = e["departements"].split()
        out.number(len(within))
        for code in within:
            out.number(row_of[code])

    pack_communes(out, communes, row_of)

    for e in ept:
        members = [c for c in communes if c["ept"] == e["code"]]
        out.number(len(members))
        for c in members:
            out.number(row_of[c["code"]])
    for a in arrondissements:
        out.text(a["code"])
        out.text(readable(a["nom"]).replace("Arrondissement", "arrondissement"))
        out.number(row_of[a["commune"]])
        out.optional(a["population"])
        out.point(a)
        out.number(len(a["codes_postaux"].split()))
        for code in a["codes_postaux"].split():
            out.number(int(code))
    for f in former:
        out.text(f["code"])
        out.text(readable(f["nom"]))
        out.byte(STATUSES[f["statut"]])
        out.number(row_of[f["commune"]])
    out.number(len(usual))
    for u in usual:
        out.text(u["nom"])
        out.number(row_of[u["code"]])

    features = list(features_of(os.path.join(options.source, "departements.geojson")))
    # The southern lands lie too far from one another, and from anyone, to be drawn.
    features += [f for f in features_of(os.path.join(options.source, "collectivites.geojson"))
                 if f[0] != "984"]
    pack_outlines(out, features, row_of)

    with open(options.output, "wb") as file:
        file.write(out.bytes)
    print("%s: %d bytes" % (os.path.normpath(options.output), len(out.bytes)))


def pack_communes(out, communes, row_of):
    """Communes in blocks that share a departement: codes as steps from the one
    before, points within the block's box, EPCI from a short table."""
    blocks = defaultdict(list)
    for c in communes:
        blocks[c["departement"]].append(c)
    if [c for rows in blocks.values() for c in rows] != communes:
        raise SystemExit("communes do not follow the order of their departements")
    out.number(len(blocks))
    postal = 0
    for departement, rows in blocks.items():
        out.number(row_of[departement])
        out.number(len(rows))
        lats = [tenthousandths(c["lat"]) for c in rows if c["lat"]] or [0]
        lons = [tenthousandths(c["lon"]) for c in rows if c["lon"]] or [0]
        extent = max(max(lats) - min(lats), max(lons) - min(lons))
        step = extent // NO_POINT + 1
        out.signed(min(lats))
        out.signed(min(lons))
        out.number(step)
        groups = list(dict.fromkeys(c["epci"] for c in rows if c["epci"]))
        out.number(len(groups))
        for code in groups:
            out.number(row_of[code])
        last = 0
        for c in rows:
            if not c["code"].startswith(departement):
                raise SystemExit("code outside its departement: %s" % c["code"])
            number = int(c["code"][len(departement):])
            out.number(number - last)
            last = number
            codes = c["codes_postaux"].split()
            count = min(len(codes), 15)
            out.byte(article(c) | count << 4)
            if count == 15:
                out.number(len(codes))
            for code in codes:
                out.signed(int(code) - postal)
                postal = int(code)
            out.text(readable(c["nom"]))
            out.number(groups.index(c["epci"]) + 1 if c["epci"] else 0)
            out.optional(c["population"])
            if c["lat"]:
                out.u16(round((tenthousandths(c["lat"]) - min(lats)) / step))
                out.u16(round((tenthousandths(c["lon"]) - min(lons)) / step))
            else:
                out.u16(NO_POINT)
                out.u16(NO_POINT)


def pack_outlines(out, features, row_of):
    arcs, shapes = arcs_of(features)
    out.number(len(arcs))
    for arc in arcs:
        out.number(len(arc))
        x = y = 0
        for px, py in arc:
            out.signed(px - x)
            out.signed(py - y)
            x, y = px, py
    out.number(len(shapes))
    for code, polygons in shapes:
        out.number(row_of[code])
        out.number(len(polygons))
        for rings in polygons:
            out.number(len(rings))
            for ring in rings:
                out.number(len(ring))
                for reference in ring:
                    out.number(reference)


if __name__ == "__main__":
    sys.exit(main())
