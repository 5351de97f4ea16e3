//! The files of `static/`, published as they are.

use super::{Job, Output, Plan, Planning};
use crate::assets;

/// The files of `static/`.
pub(super) struct Statics;

impl Output for Statics {
    fn name(&self) -> &'static str {
        "static"
    }

    fn label(&self) -> &'static str {
        "fichiers du dossier static"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for (url, source) in &cx.site.statics {
            let own = source.clone();
            plan.add(Job::new("static", url.clone(), move |cx| assets::copy(cx.snapshot, &own)).from(source));
        }
    }
}
