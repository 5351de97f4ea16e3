//! Which boxes a document has: whoever looks for some passes over the documents that have none of them.

use std::ops::{BitOr, BitOrAssign};

use serde::{Deserialize, Serialize};

use super::tree::Role;

/// Some sorts of boxes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boxes(u8);

impl Boxes {
    pub const EXEMPLE: Self = Self(1);
    pub const CARTE: Self = Self(1 << 1);
    pub const A_LA_UNE: Self = Self(1 << 2);
    pub const VIDEO: Self = Self(1 << 3);
    pub const AGENDA: Self = Self(1 << 4);
    pub const REPRISE: Self = Self(1 << 5);
    /// All the others, that nobody looks for.
    const OTHER: Self = Self(1 << 6);

    /// Returns the sort of a box.
    pub(super) fn of(role: &Role) -> Self {
        match role {
            Role::Exemple(_) => Self::EXEMPLE,
            Role::Carte { .. } => Self::CARTE,
            Role::ALaUne { .. } => Self::A_LA_UNE,
            Role::Video { .. } => Self::VIDEO,
            Role::Agenda { .. } => Self::AGENDA,
            Role::Reprise { .. } => Self::REPRISE,
            Role::Encadre { .. }
            | Role::Definition { .. }
            | Role::Citation { .. }
            | Role::Chiffres { .. }
            | Role::Etapes { .. }
            | Role::Trajectoire { .. }
            | Role::Voix { .. }
            | Role::Ressources { .. }
            | Role::Telechargement { .. }
            | Role::Galerie { .. } => Self::OTHER,
        }
    }

    /// Returns whether one of some sorts is among these.
    pub fn has(self, some: Self) -> bool {
        self.0 & some.0 != 0
    }
}

impl BitOr for Boxes {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Boxes {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
