//! Which place is within which.

use super::{Atlas, Level, PlaceId};

impl Atlas {
    /// Returns the place just above: commune → EPCI → département → région.
    ///
    /// An EPCI that straddles départements is under the one that holds most of
    /// its communes; a commune outside any EPCI is under its département.
    pub fn parent(&self, id: PlaceId) -> Option<PlaceId> {
        self.place(id).parent
    }

    /// Returns the wider places, from the nearest to the widest, each once.
    ///
    /// A commune is in its own département even where its EPCI mostly lies in
    /// another one; an EPCI is in each département it has communes in.
    pub fn containers(&self, id: PlaceId) -> Vec<PlaceId> {
        let mut chain = Vec::new();
        let mut add = |place: PlaceId| {
            if !chain.contains(&place) {
                chain.push(place);
            }
        };
        let place = self.place(id);
        let commune = match place.level {
            Level::ArrondissementMunicipal => place.parent,
            Level::Commune => Some(id),
            Level::Region | Level::Departement | Level::Collectivite | Level::Epci | Level::Ept => None,
        };
        if let Some(commune) = commune {
            if commune != id {
                add(commune);
            }
            self.ept(commune).into_iter().for_each(&mut add);
            self.epci(commune).into_iter().for_each(&mut add);
        }
        let departements = self.departements(id);
        for &departement in departements.iter().filter(|&&d| d != id) {
            add(departement);
        }
        for departement in departements {
            if let Some(region) = self.place(departement).parent {
                add(region);
            }
        }
        chain
    }

    /// Returns the wider places as readers tell them apart, from the nearest to the widest: those of
    /// [`containers`](Atlas::containers), without a second name for the same place (Guyane is a département and a région).
    pub fn around(&self, id: PlaceId) -> Vec<PlaceId> {
        let own = self.canonical(id);
        let mut wider: Vec<PlaceId> = Vec::new();
        for place in self.containers(id).into_iter().map(|place| self.canonical(place)) {
            if place != own && !wider.contains(&place) {
                wider.push(place);
            }
        }
        wider
    }

    /// Returns one line of wider places, from the nearest to the widest: the EPT, the EPCI, one département, its région.
    pub fn line(&self, id: PlaceId) -> Vec<PlaceId> {
        let main = self.departements(id).first().copied();
        let region = main.and_then(|main| self.place(main).parent).map(|region| self.canonical(region));
        self.around(id)
            .into_iter()
            .filter(|wider| match self.place(*wider).level {
                Level::Departement | Level::Collectivite => Some(*wider) == main,
                Level::Region => Some(*wider) == region,
                Level::Epci | Level::Ept | Level::Commune | Level::ArrondissementMunicipal => true,
            })
            .collect()
    }

    /// Returns the places under which a tree of places shows this one: région → département → EPCI or EPT → commune.
    ///
    /// A commune whose EPCI mostly lies in another département stands under its own; an EPCI stands under each of its
    /// départements.
    pub fn above(&self, id: PlaceId) -> Vec<PlaceId> {
        let wider = self.around(id);
        let at = |wanted: &dyn Fn(Level) -> bool| -> Vec<PlaceId> {
            wider.iter().copied().filter(|place| wanted(self.place(*place).level)).collect()
        };
        let departements = || at(&|level| matches!(level, Level::Departement | Level::Collectivite));
        match self.place(id).level {
            Level::Region | Level::Collectivite => Vec::new(),
            Level::Departement => at(&|level| level == Level::Region),
            Level::Epci | Level::Ept => departements(),
            Level::ArrondissementMunicipal => wider.first().copied().into_iter().collect(),
            Level::Commune => {
                let own = departements();
                let near = at(&|level| matches!(level, Level::Epci | Level::Ept));
                let held = near.into_iter().find(|place| self.departements(*place).first() == own.first());
                held.map_or(own, |place| vec![place])
            }
        }
    }

    /// Tells whether `outer` is `inner` itself or one of its containers.
    pub fn contains(&self, outer: PlaceId, inner: PlaceId) -> bool {
        outer == inner || self.containers(inner).contains(&outer)
    }

    /// Returns the EPCI of a commune, if it has one.
    pub fn epci(&self, commune: PlaceId) -> Option<PlaceId> {
        let parent = self.place(commune).parent?;
        (self.place(parent).level == Level::Epci).then_some(parent)
    }

    /// Returns the établissement public territorial of a commune of Greater Paris.
    pub fn ept(&self, commune: PlaceId) -> Option<PlaceId> {
        let at = self.epts.binary_search_by_key(&commune, |&(c, _)| c).ok()?;
        Some(self.epts[at].1)
    }

    /// Returns the communes of a département or of a collectivité, in the order of their codes.
    pub(super) fn communes_in(&self, departement: PlaceId) -> impl Iterator<Item = PlaceId> + use<> {
        let (code, range) = (self.place(departement).code, self.range(Level::Commune));
        let rows = &self.places[range.start as usize..range.end as usize];
        let from = rows.partition_point(|commune| commune.code < code);
        let count = rows[from..].iter().take_while(|commune| commune.code.starts_with(code)).count();
        (range.start + from as u32..range.start + (from + count) as u32).map(PlaceId)
    }

    /// Returns the départements (or collectivité d’outre-mer) a place lies in,
    /// the main one first; none for a région.
    pub fn departements(&self, id: PlaceId) -> Vec<PlaceId> {
        let place = self.place(id);
        match place.level {
            Level::Region => Vec::new(),
            Level::Departement | Level::Collectivite => vec![id],
            Level::Epci | Level::Ept => self.spans[(id.0 - self.range(Level::Epci).start) as usize].clone(),
            Level::Commune | Level::ArrondissementMunicipal => {
                let width = if place.code.starts_with("97") || place.code.starts_with("98") { 3 } else { 2 };
                self.departement_by_code(&place.code[..width]).into_iter().collect()
            }
        }
    }

    /// Returns the one identity of a place that exists at several levels with
    /// the same extent: the département (or collectivité) for Paris, Guyane,
    /// La Réunion… and the place itself everywhere else.
    pub fn canonical(&self, id: PlaceId) -> PlaceId {
        let place = self.place(id);
        match place.level {
            Level::Region => {
                let mut below = self.places(Level::Departement).filter(|&d| self.parent(d) == Some(id));
                match (below.next(), below.next()) {
                    (Some(only), None) => only,
                    _ => id,
                }
            }
            Level::Commune => {
                let departement = self.departements(id)[0];
                let row = self.range(Level::Commune).start as usize;
                let at = id.row();
                let alone = |other: usize| {
                    other < row
                        || self.places.get(other).is_none_or(|p| {
                            p.level != Level::Commune || !p.code.starts_with(self.place(departement).code)
                        })
                };
                if alone(at.wrapping_sub(1)) && alone(at + 1) { departement } else { id }
            }
            Level::Departement | Level::Collectivite | Level::Epci | Level::Ept | Level::ArrondissementMunicipal => id,
        }
    }
}
