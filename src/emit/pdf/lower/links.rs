//! Lowers links and the words struck through, which cannot both have their line.

use super::Lowering;
use crate::doc::{Inline, LinkId};
use crate::emit::pdf::around::Destination;
use crate::emit::pdf::literal::push_string;
use crate::emit::pdf::plain;

/// Addresses longer than this are not printed, and longer than the second not followed.
const PRINTED: usize = 90;
const FOLLOWED: usize = 2000;

impl<'a> Lowering<'a, '_> {
    /// Strikes words through; links among them have no line of their own.
    pub(super) fn deleted(&mut self, inner: &'a [Inline]) {
        if self.struck {
            return self.inlines(inner);
        }
        let bare = std::mem::replace(&mut self.bare, true);
        self.struck = true;
        self.wrap("strike", inner);
        self.struck = false;
        self.bare = bare;
    }

    /// Lowers a link, and prints its address for those who hold paper.
    pub(super) fn link(&mut self, to: LinkId, text: &'a [Inline]) {
        let around = self.around;
        let Some(way) = around.ways.get(to.0 as usize) else { return self.inlines(text) };
        let bare = self.bare;
        self.bare |= holds_struck(text);
        let open = self.open_link(&way.to);
        self.bare = bare;
        if text.is_empty() {
            self.text(&way.title);
        } else {
            self.nested += 1;
            self.inlines(text);
            self.nested -= 1;
        }
        if let Some(weight) = &way.weight {
            let said = plain::of_inlines(text);
            if !said.contains(weight.as_str()) {
                self.code("#poids(");
                self.literal(weight);
                self.code(");");
            }
        }
        if open {
            self.code("];");
        }
        if let Destination::Elsewhere(address) = &way.to {
            self.address(address, &plain::of_inlines(text));
        }
    }

    /// Opens a link whose text follows, and must be closed by `];` if this returns true.
    pub(super) fn open_link(&mut self, to: &Destination) -> bool {
        match to {
            Destination::Nowhere => false,
            Destination::Here(address) | Destination::Elsewhere(address) => {
                let address = plain::address(address);
                let follows =
                    ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme));
                if !follows || address.len() > FOLLOWED {
                    return false;
                }
                self.code("#lien(");
                push_string(&mut self.markup.text, &address);
                self.code(if self.bare { ", nu: true)[" } else { ")[" });
                true
            }
            Destination::Inside(name) => {
                if self.markup.dead.contains(name) {
                    return false;
                }
                self.markup.wanted.insert(name.clone());
                self.code("#renvoi(");
                push_string(&mut self.markup.text, name);
                self.code(if self.bare { ", nu: true)[" } else { ")[" });
                true
            }
        }
    }

    /// Prints an address for those who hold paper, unless the text already says it.
    pub(super) fn address(&mut self, address: &str, said: &str) {
        let shown = plain::shown_address(address);
        let says = plain::shown_address(said.trim()) == shown;
        if !says && !self.in_heading && shown.len() <= PRINTED && !shown.is_empty() {
            self.code("#adresse(");
            self.literal(&shown);
            self.code(");");
        }
    }
}

fn holds_struck(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| matches!(inline, Inline::Deleted(_)) || holds_struck(inline.children()))
}
