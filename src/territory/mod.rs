//! The official geography of France, embedded: places, what contains them, how
//! French writes around their names, and their maps.
//!
//! Everything comes from one packed file (`data/territoires/`), decoded the
//! first time a territory is asked for. Names and outlines have indexes of
//! their own, made on first use as well.

mod fold;
pub mod map;
mod names;
mod nearest;
mod outline;
mod phrase;
mod regions;
mod resolve;
mod unpack;
mod within;

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

pub use regions::FormerRegion;
pub use resolve::{Resolved, Unresolved};

static PACKED: &[u8] = include_bytes!("../../data/territoires/territoires.bin");
static ATLAS: LazyLock<Atlas> = LazyLock::new(|| unpack::atlas(PACKED));

/// What must be said where names, points or outlines of the atlas are shown.
pub const CREDITS: &str = "INSEE, code officiel géographique et populations de référence ; DGCL ; \
    La Poste ; IGN, Admin Express 2018 (Licence Ouverte) ; GeoNames (CC BY 4.0) ; Natural Earth";

/// The kinds of place the atlas knows, from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Région, overseas ones included.
    Region,
    /// Département, overseas ones included.
    Departement,
    /// Collectivité d’outre-mer (Polynésie française, Saint-Martin…).
    Collectivite,
    /// EPCI à fiscalité propre: communauté de communes, d’agglomération, urbaine, métropole.
    Epci,
    /// Établissement public territorial of the Métropole du Grand Paris.
    Ept,
    /// Commune.
    Commune,
    /// Arrondissement of Paris, Lyon or Marseille.
    ArrondissementMunicipal,
}

impl Level {
    const ALL: [Level; 7] = [
        Level::Region,
        Level::Departement,
        Level::Collectivite,
        Level::Epci,
        Level::Ept,
        Level::Commune,
        Level::ArrondissementMunicipal,
    ];

    /// Returns the word readers see for this level, in the singular.
    pub fn name(self) -> &'static str {
        match self {
            Level::Region => "région",
            Level::Departement => "département",
            Level::Collectivite => "collectivité d’outre-mer",
            Level::Epci => "intercommunalité",
            Level::Ept => "établissement public territorial",
            Level::Commune => "commune",
            Level::ArrondissementMunicipal => "arrondissement municipal",
        }
    }
}

/// A place of the atlas; the order is by level, then by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

impl PlaceId {
    fn row(self) -> usize {
        self.0 as usize
    }
}

/// A point in WGS84, kept to a ten-thousandth of a degree (about ten metres).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    lat: i32,
    lon: i32,
}

impl Point {
    /// Returns the latitude in degrees.
    pub fn lat(self) -> f64 {
        f64::from(self.lat) / 1e4
    }

    /// Returns the longitude in degrees.
    pub fn lon(self) -> f64 {
        f64::from(self.lon) / 1e4
    }
}

/// What the atlas says of one place.
#[derive(Clone, Debug)]
pub struct Place {
    /// Which kind of place it is.
    pub level: Level,
    /// The code writers use: "59606", "245901160", "59", "R32", "75110".
    pub code: &'static str,
    /// The official name, with typographic apostrophes: "L’Haÿ-les-Roses".
    pub name: &'static str,
    /// Municipal population, or the sum of the communes’.
    pub population: Option<u32>,
    /// A point inside the place (for wide ones, about its middle).
    pub point: Option<Point>,
    /// How an article goes with the name.
    article: phrase::Article,
    /// The place just above: EPCI of a commune, main département of an EPCI…
    parent: Option<PlaceId>,
}

/// A commune that is no more, or only as a part of another.
#[derive(Clone, Debug)]
pub struct Former {
    /// Its INSEE code.
    pub code: &'static str,
    /// Its name, where the sources still give it.
    pub name: Option<&'static str>,
    /// What became of it.
    pub fate: Fate,
    /// The commune it belongs to today.
    pub today: PlaceId,
}

/// What became of a former commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was merged and has no existence of its own.
    Merged,
    /// It is a commune déléguée of a commune nouvelle.
    Delegated,
    /// It is a commune associée.
    Associated,
}

/// Every place of France, by code and by name.
pub struct Atlas {
    /// The year of the official geographic code the atlas follows.
    pub year: u16,
    places: Vec<Place>,
    levels: [Range<u32>; 7],
    /// The départements of each EPCI and EPT, most communes first.
    spans: Vec<Vec<PlaceId>>,
    /// The EPT of the communes that have one, sorted by commune.
    epts: Vec<(PlaceId, PlaceId)>,
    former: Vec<Former>,
    /// Acronyms and usual names beside the official ones.
    usual: Vec<(&'static str, PlaceId)>,
    postal: Vec<(u32, PlaceId)>,
    /// The label and the segment of the address of each place that was asked for.
    written: Vec<OnceLock<(Box<str>, Box<str>)>>,
    names: OnceLock<names::Names>,
    packed_outlines: &'static [u8],
    outlines: OnceLock<outline::Outlines>,
}

impl Atlas {
    /// Returns the atlas, decoded on the first call.
    pub fn get() -> &'static Atlas {
        &ATLAS
    }

    /// Decodes the atlas and its index of names ahead of the first question.
    pub fn prepare() {
        Self::get().names();
    }

    /// Returns what is known of a place.
    pub fn place(&self, id: PlaceId) -> &Place {
        &self.places[id.row()]
    }

    /// Returns the places of one level, in the order of their codes.
    pub fn places(&self, level: Level) -> impl Iterator<Item = PlaceId> + use<> {
        self.range(level).map(PlaceId)
    }

    /// Returns every former commune, in the order of their codes; one that was
    /// split comes once for each of its successors.
    pub fn former(&self) -> &[Former] {
        &self.former
    }

    /// Returns the name as readers write it, with the département’s number:
    /// "Béthune (62)", "Nord (59)", "CC du Pays de Redon (35, 44, 56)"; régions
    /// and what spreads over more than three départements go without.
    pub fn label(&self, id: PlaceId) -> String {
        self.written(id).0.to_string()
    }

    /// Returns the segment of a place’s address, `62119-bethune`: its code and
    /// its name in lower-case ASCII.
    pub fn slug(&self, id: PlaceId) -> String {
        self.written(id).1.to_string()
    }

    /// Returns the label and the segment of a place, written once.
    fn written(&self, id: PlaceId) -> &(Box<str>, Box<str>) {
        self.written[id.row()].get_or_init(|| {
            let place = self.place(id);
            let numbers: Vec<_> = self.departements(id).iter().map(|&d| self.place(d).code).collect();
            let label = match numbers.len() {
                1..=3 => format!("{} ({})", place.name, numbers.join(", ")),
                _ => place.name.to_owned(),
            };
            (label.into(), fold::slug(&format!("{} {}", place.code, place.name)).into())
        })
    }

    fn range(&self, level: Level) -> Range<u32> {
        self.levels[level as usize].clone()
    }

    fn by_code(&self, level: Level, code: &str) -> Option<PlaceId> {
        let range = self.range(level);
        let rows = &self.places[range.start as usize..range.end as usize];
        let at = rows.binary_search_by(|place| place.code.cmp(code)).ok()?;
        Some(PlaceId(range.start + at as u32))
    }

    fn departement_by_code(&self, code: &str) -> Option<PlaceId> {
        self.by_code(Level::Departement, code).or_else(|| self.by_code(Level::Collectivite, code))
    }
}
