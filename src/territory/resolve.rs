//! Finds the place a writer means, from a code or a name.

use super::fold::{fold, skeleton};
use super::names::{Names, Target, Tier};
use super::regions::{self, FormerRegion};
use super::{Atlas, Former, Level, PlaceId, nearest};

/// A place found.
#[derive(Clone, Copy, Debug)]
pub struct Resolved {
    /// The place of today.
    pub place: PlaceId,
    /// The former commune that was asked for, when the place is its successor.
    pub former: Option<&'static Former>,
}

/// Why no single place was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Several places answer; the most populated first.
    Ambiguous(Vec<PlaceId>),
    /// A région of before 2016: a wider one holds it today.
    FormerRegion(&'static FormerRegion),
    /// France as a whole, which is no place among others.
    Country,
    /// No place answers; the nearest ones, the best first (it may be empty).
    Unknown(Vec<PlaceId>),
}

impl Atlas {
    /// Finds a place from a code ("59606", "245901160", "2A", "R32") or a name
    /// in any usual spelling, to which the département may be added between
    /// brackets: "Saint-Denis (93)".
    ///
    /// A name that several places bear is ambiguous, but one place that exists
    /// at several levels (Paris, Guyane, La Réunion) is its département. Names
    /// of today come before usual names, and these before former régions and communes.
    pub fn resolve(&'static self, written: &str) -> Result<Resolved, Unresolved> {
        let written = written.trim();
        if let Some(found) = self.resolve_code(written) {
            return found;
        }
        let (name, within) = self.bracketed(written);
        let query = Query::new(name);
        let mut elsewhere = Vec::new();
        for tier in [Tier::Official, Tier::Usual, Tier::Former] {
            if tier == Tier::Former
                && within.is_none()
                && let Some(answer) = self.as_people_say(&query.folded)
            {
                return answer;
            }
            let all = self.named(&query, tier);
            let mut found: Vec<_> = all
                .iter()
                .copied()
                .filter(|f| {
                    within.is_none_or(|outer| self.contains(outer, f.place) || self.canonical(f.place) == outer)
                })
                .collect();
            self.merge_levels(&mut found);
            match found.as_slice() {
                [] => elsewhere.extend(all),
                [only] => return Ok(*only),
                _ => return Err(Unresolved::Ambiguous(self.most_populated_first(&found))),
            }
        }
        Err(Unresolved::Unknown(if elsewhere.is_empty() {
            nearest::nearest(self, self.names(), &query.folded)
        } else {
            self.most_populated_first(&elsewhere)
        }))
    }

    /// Finds a région by its initials or its former name, and the whole country.
    fn as_people_say(&'static self, folded: &str) -> Option<Result<Resolved, Unresolved>> {
        if let Some(code) = regions::usual(folded) {
            return Some(Ok(resolved(self.by_code(Level::Region, code)?)));
        }
        if regions::is_country(folded) {
            return Some(Err(Unresolved::Country));
        }
        regions::former(folded).map(|region| Err(Unresolved::FormerRegion(region)))
    }

    /// Reads a code; `None` when the text does not look like one.
    fn resolve_code(&'static self, written: &str) -> Option<Result<Resolved, Unresolved>> {
        let mut code: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        code.make_ascii_uppercase();
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        let region = code.strip_prefix('R').filter(|rest| rest.len() == digits);
        let corsican = code.starts_with("2A") || code.starts_with("2B");
        let looks_like_code = digits > 0 && (digits == code.len() || corsican && digits + 1 == code.len());
        if let Some(number) = region.filter(|number| !number.is_empty() && number.len() <= 2) {
            let found = self.by_code(Level::Region, &format!("R{number:0>2}"));
            return Some(found.map(resolved).ok_or(Unresolved::Unknown(Vec::new())));
        }
        if !looks_like_code {
            return None;
        }
        let found = match code.len() {
            1..=3 => self.departement_by_code(&format!("{code:0>2}")),
            // YAML and spreadsheets eat the zero that begins the codes of the Ain.
            4 | 5 => {
                let code = format!("{code:0>5}");
                let found =
                    self.by_code(Level::Commune, &code).or_else(|| self.by_code(Level::ArrondissementMunicipal, &code));
                if found.is_none() {
                    return Some(self.former_by_code(&code));
                }
                found
            }
            9 => self.by_code(Level::Epci, &code).or_else(|| self.by_code(Level::Ept, &code)),
            _ => None,
        };
        Some(found.map(resolved).ok_or(Unresolved::Unknown(Vec::new())))
    }

    /// Returns the places that share a postal code, the most populated first.
    ///
    /// Many postal codes are also the INSEE code of some other commune, which
    /// [`resolve`](Atlas::resolve) then finds: compare to catch a writer who
    /// typed one for the other.
    pub fn by_postal_code(&self, code: &str) -> Vec<PlaceId> {
        let Some(number) = code.parse::<u32>().ok().filter(|_| code.len() == 5) else {
            return Vec::new();
        };
        let rows = self.postal.iter().filter(|row| row.0 == number);
        let mut places = self.most_populated_first(&rows.map(|row| resolved(row.1)).collect::<Vec<_>>());
        // Paris has the codes of all its arrondissements, which say more.
        let whole: Vec<_> = places.iter().filter_map(|&id| self.parent(id)).collect();
        places.retain(|id| !whole.contains(id));
        places
    }

    /// Finds the successor of a former commune. A code that is no commune’s may
    /// be a postal one: 75010 is the tenth arrondissement for everyone, and was
    /// Bondy’s before 1968.
    fn former_by_code(&'static self, code: &str) -> Result<Resolved, Unresolved> {
        let from = self.former.partition_point(|former| former.code < code);
        let found: Vec<_> =
            self.former[from..].iter().take_while(|former| former.code == code).map(succeeded).collect();
        let mut places = self.most_populated_first(&found);
        let postal = self.by_postal_code(code);
        if places.is_empty() {
            return Err(Unresolved::Unknown(postal));
        }
        if !postal.contains(&places[0]) {
            places.extend(postal);
        }
        match (found.as_slice(), places.as_slice()) {
            ([only], [_]) => Ok(*only),
            _ => Err(Unresolved::Ambiguous(places)),
        }
    }

    /// Parts "Saint-Denis (93)" into the name and the wider place.
    fn bracketed<'a>(&self, written: &'a str) -> (&'a str, Option<PlaceId>) {
        let parts = written.strip_suffix(')').and_then(|text| text.rsplit_once('('));
        let Some((name, inside)) = parts.filter(|(name, _)| !name.trim().is_empty()) else {
            return (written, None);
        };
        let inside = fold(inside.split(',').next().unwrap_or_default());
        let place = self.departement_by_code(&inside.to_ascii_uppercase()).or_else(|| {
            let wide = [Level::Departement, Level::Collectivite, Level::Region];
            let mut all = wide.into_iter().flat_map(|level| self.places(level));
            all.find(|&id| fold(self.place(id).name) == inside)
        });
        match place {
            Some(place) => (name.trim_end(), Some(place)),
            None => (written, None),
        }
    }

    fn named(&'static self, query: &Query, tier: Tier) -> Vec<Resolved> {
        // An official name may begin with the very word that says its level.
        let mut keys = vec![query.folded.as_str()];
        match tier {
            Tier::Official => keys.extend(query.bare.iter().map(String::as_str)),
            Tier::Usual => keys.push(&query.skeleton),
            Tier::Former => {}
        }
        let mut found: Vec<Resolved> = Vec::new();
        for key in keys {
            for &target in self.names().get(key, tier) {
                let one = match target {
                    Target::Place(id) => resolved(id),
                    Target::Former(row) => succeeded(&self.former[row as usize]),
                };
                let level = self.place(one.place).level;
                let of_kind = query.levels.is_none_or(|levels| levels.contains(&level));
                let seen = found.iter().any(|other| other.place == one.place);
                if (of_kind || key == query.folded) && !seen {
                    found.push(one);
                }
            }
        }
        found
    }

    /// Keeps one of the levels at which the same place exists, and prefers the
    /// overseas département to the village that shares La Réunion’s name.
    fn merge_levels(&self, found: &mut Vec<Resolved>) {
        let several = found.len();
        for one in found.iter_mut() {
            let canonical = self.canonical(one.place);
            one.place = canonical;
        }
        let mut seen = Vec::new();
        found.retain(|one| {
            let new = !seen.contains(&one.place);
            seen.push(one.place);
            new
        });
        let at_two_levels = |one: &Resolved| {
            let place = self.place(one.place);
            place.level == Level::Departement && place.code.len() == 3
        };
        if several > found.len() && found.iter().any(at_two_levels) {
            found.retain(at_two_levels);
        }
    }

    fn most_populated_first(&self, found: &[Resolved]) -> Vec<PlaceId> {
        let mut places: Vec<_> = found.iter().map(|one| one.place).collect();
        places.sort_by_key(|&id| (std::cmp::Reverse(self.place(id).population), id));
        places.dedup();
        places
    }

    pub(super) fn names(&'static self) -> &'static Names {
        self.names.get_or_init(|| Names::new(self))
    }
}

fn resolved(place: PlaceId) -> Resolved {
    Resolved { place, former: None }
}

fn succeeded(former: &'static Former) -> Resolved {
    Resolved { place: former.today, former: Some(former) }
}

/// A name as it will be looked for.
struct Query {
    folded: String,
    /// The levels that the writer named: "CA …", "département …".
    levels: Option<&'static [Level]>,
    /// The folded name without the word for its level: "commune du Havre" is
    /// looked for as "havre" and as "le havre".
    bare: Vec<String>,
    skeleton: String,
}

impl Query {
    fn new(name: &str) -> Query {
        const EPCI: &[Level] = &[Level::Epci];
        const KINDS: &[(&str, &[Level])] = &[
            ("communaute de communes ", EPCI),
            ("communaute d agglomeration ", EPCI),
            ("communaute urbaine ", EPCI),
            ("cc ", EPCI),
            ("ca ", EPCI),
            ("cu ", EPCI),
            ("ept ", &[Level::Ept]),
            ("departement ", &[Level::Departement]),
            ("region ", &[Level::Region]),
            ("ville ", &[Level::Commune]),
            ("commune ", &[Level::Commune]),
        ];
        let folded = fold(name);
        let kind = KINDS.iter().find_map(|(word, levels)| Some((folded.strip_prefix(word)?, *levels)));
        let (rest, levels) = kind.map_or((folded.as_str(), None), |(rest, levels)| (rest, Some(levels)));
        const LINKS: &[(&str, &str)] =
            &[("de la ", "la "), ("de l ", "l "), ("des ", "les "), ("du ", "le "), ("de ", ""), ("d ", "")];
        let mut bare = Vec::new();
        if levels.is_some() {
            bare.push(rest.to_owned());
            for (link, article) in LINKS {
                if let Some(name) = rest.strip_prefix(link) {
                    bare.extend([name.to_owned(), format!("{article}{name}")]);
                }
            }
        }
        Query { bare, skeleton: skeleton(rest), levels, folded }
    }
}
