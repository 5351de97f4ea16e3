//! Decodes the packed file made by `tools/territoires/pack.py`.
//!
//! The file is part of the program, so reading it cannot fail: a slice out of
//! bounds here is a fault of the packing, which the tests would show.

use std::sync::OnceLock;

use super::phrase::Article;
use super::{Atlas, Fate, Former, Level, Place, PlaceId, Point};

const MAGIC: &[u8] = b"ESTERR\x01";
const NO_POINT: u16 = 0xFFFF;

/// Reads the whole file but the outlines, whose bytes are kept for later.
pub(super) fn atlas(bytes: &'static [u8]) -> Atlas {
    let mut input = Reader { bytes };
    assert_eq!(input.take(MAGIC.len()), MAGIC, "the packed file has the format this code reads");
    let year = input.u16();
    let counts = [(); 7].map(|()| input.number());
    let former_count = input.number();

    let mut start = 0;
    let levels = counts.map(|count| {
        let range = start..start + count;
        start = range.end;
        range
    });
    let mut places = Vec::with_capacity(start as usize);
    let mut usual = Vec::new();
    let mut spans = Vec::new();
    for level in Level::ALL {
        for _ in 0..counts[level as usize] {
            match level {
                Level::Region | Level::Departement | Level::Collectivite => {
                    places.push(input.wide_place(level));
                }
                Level::Epci | Level::Ept => {
                    let (place, acronym, span) = input.epci(level);
                    if !acronym.is_empty() {
                        usual.push((acronym, PlaceId(places.len() as u32)));
                    }
                    places.push(place);
                    spans.push(span);
                }
                Level::Commune | Level::ArrondissementMunicipal => {}
            }
        }
    }
    let mut postal = Vec::with_capacity(counts[Level::Commune as usize] as usize * 5 / 4);
    input.communes(&mut places, &mut postal);
    let mut epts = Vec::new();
    for ept in levels[Level::Ept as usize].clone() {
        for _ in 0..input.number() {
            epts.push((input.id(), PlaceId(ept)));
        }
    }
    epts.sort_unstable();
    for _ in 0..counts[Level::ArrondissementMunicipal as usize] {
        let place = input.arrondissement(PlaceId(places.len() as u32), &mut postal);
        places.push(place);
    }
    let former = (0..former_count).map(|_| input.former()).collect();
    for _ in 0..input.number() {
        usual.push((input.text(), input.id()));
    }
    let written = places.iter().map(|_| OnceLock::new()).collect();
    Atlas {
        year,
        places,
        levels,
        spans,
        epts,
        former,
        usual,
        postal,
        written,
        names: OnceLock::new(),
        packed_outlines: input.bytes,
        outlines: OnceLock::new(),
    }
}

/// What is left to read.
pub(super) struct Reader {
    pub(super) bytes: &'static [u8],
}

impl Reader {
    fn take(&mut self, count: usize) -> &'static [u8] {
        let (taken, rest) = self.bytes.split_at(count);
        self.bytes = rest;
        taken
    }

    fn byte(&mut self) -> u8 {
        self.take(1)[0]
    }

    fn u16(&mut self) -> u16 {
        let pair = self.take(2);
        u16::from_le_bytes([pair[0], pair[1]])
    }

    pub(super) fn number(&mut self) -> u32 {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    pub(super) fn signed(&mut self) -> i32 {
        let value = self.number();
        (value >> 1) as i32 ^ -((value & 1) as i32)
    }

    pub(super) fn id(&mut self) -> PlaceId {
        PlaceId(self.number())
    }

    fn optional(&mut self) -> Option<u32> {
        self.number().checked_sub(1)
    }

    fn text(&mut self) -> &'static str {
        let length = self.number() as usize;
        std::str::from_utf8(self.take(length)).expect("the packed file holds UTF-8")
    }

    fn point(&mut self) -> Option<Point> {
        (self.byte() == 1).then(|| Point { lat: self.signed(), lon: self.signed() })
    }

    fn wide_place(&mut self, level: Level) -> Place {
        let (code, name) = (self.text(), self.text());
        let article = Article::from_insee(self.byte());
        let (population, point) = (self.optional(), self.point());
        let parent = (level == Level::Departement).then(|| self.id());
        Place { level, code, name, population, point, article, parent }
    }

    fn epci(&mut self, level: Level) -> (Place, &'static str, Vec<PlaceId>) {
        let (code, name, acronym) = (self.text(), self.text(), self.text());
        let article = Article::from_epci_type(self.byte(), name);
        let (population, point) = (self.optional(), self.point());
        let span: Vec<_> = (0..self.number()).map(|_| self.id()).collect();
        let parent = span.first().copied();
        (Place { level, code, name, population, point, article, parent }, acronym, span)
    }

    fn communes(&mut self, places: &mut Vec<Place>, postal: &mut Vec<(u32, PlaceId)>) {
        let mut last_postal = 0;
        for _ in 0..self.number() {
            let departement = self.id();
            let prefix = places[departement.row()].code;
            let count = self.number() as usize;
            let (south, west, step) = (self.signed(), self.signed(), self.number() as i32);
            let groups: Vec<_> = (0..self.number()).map(|_| self.id()).collect();
            // Codes are not in the file: they are written once into one text per département.
            let mut codes = String::with_capacity(count * 5);
            let first = places.len();
            let mut number = 0;
            for row in 0..count {
                number += self.number();
                push_code(&mut codes, prefix, number);
                let head = self.byte();
                let postal_count = match head >> 4 {
                    15 => self.number(),
                    few => u32::from(few),
                };
                for _ in 0..postal_count {
                    last_postal += self.signed();
                    postal.push((last_postal as u32, PlaceId((first + row) as u32)));
                }
                let name = self.text();
                let group = self.optional();
                let population = self.optional();
                let (lat, lon) = (self.u16(), self.u16());
                let point = (lat != NO_POINT || lon != NO_POINT)
                    .then(|| Point { lat: south + i32::from(lat) * step, lon: west + i32::from(lon) * step });
                let parent = group.map_or(departement, |group| groups[group as usize]);
                places.push(Place {
                    level: Level::Commune,
                    code: "",
                    name,
                    population,
                    point,
                    article: Article::from_insee(head & 15),
                    parent: Some(parent),
                });
            }
            let codes: &'static str = codes.leak();
            for (row, place) in places[first..].iter_mut().enumerate() {
                place.code = &codes[row * 5..row * 5 + 5];
            }
        }
    }

    fn arrondissement(&mut self, id: PlaceId, postal: &mut Vec<(u32, PlaceId)>) -> Place {
        let (code, name, commune) = (self.text(), self.text(), self.id());
        let (population, point) = (self.optional(), self.point());
        for _ in 0..self.number() {
            postal.push((self.number(), id));
        }
        let level = Level::ArrondissementMunicipal;
        let article = Article::Arrondissement;
        Place { level, code, name, population, point, article, parent: Some(commune) }
    }

    fn former(&mut self) -> Former {
        let (code, name) = (self.text(), self.text());
        let fate = match self.byte() {
            0 => Fate::Merged,
            1 => Fate::Delegated,
            _ => Fate::Associated,
        };
        Former { code, name: (!name.is_empty()).then_some(name), fate, today: self.id() }
    }
}

/// Writes a commune’s code: the département’s, then its number, five in all.
fn push_code(codes: &mut String, prefix: &str, number: u32) {
    codes.push_str(prefix);
    let mut unit = 10_u32.pow(4 - prefix.len() as u32);
    while unit > 0 {
        codes.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::territory::PACKED;

    #[test]
    fn decoding_is_quick() {
        let start = Instant::now();
        let atlas = atlas(PACKED);
        // Three milliseconds in an optimised build; a test build is ten times slower.
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
        assert!(PACKED.len() < 1_200_000);
        assert_eq!(atlas.places.len(), atlas.levels[6].end as usize);
        assert!(atlas.packed_outlines.len() > 10_000);
    }
}
