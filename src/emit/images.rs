//! The images and files of the content: published beside the pages, photographs in several widths.

use std::fmt::Write as _;

use super::{Base, Cx, Job, Made, Output, Plan, Planning};
use crate::assets;
use crate::french::{self, Locale, Units};
use crate::site::Asset;
use crate::urls::Url;

/// The images and files of the content.
pub(super) struct Images;

/// The widths that photographs are made in, never wider than they are.
const WIDTHS: &[u32] = &[480, 960, 1600];

/// How wide an image of the body stands on the page.
pub const SIZES: &str = "(min-width: 64rem) 42rem, 92vw";

impl Output for Images {
    fn name(&self) -> &'static str {
        "images"
    }

    fn label(&self) -> &'static str {
        "images et fichiers"
    }

    fn plan(&self, cx: &Planning<'_>, plan: &mut Plan) {
        for asset in &cx.site.assets {
            let id = asset.id;
            if let Some(shown) = shown(asset).filter(|_| is_photograph(asset)) {
                plan.add(
                    Job::new("images", main_url(asset), move |cx| original(cx, cx.site.asset(id), shown.0))
                        .from(&asset.source),
                );
                for width in widths(asset) {
                    plan.add(
                        Job::new("images", webp_url(asset, width), move |cx| webp(cx, cx.site.asset(id), width))
                            .from(&asset.source),
                    );
                }
            } else {
                plan.add(
                    Job::new("images", asset.url.clone(), move |cx| copy(cx, cx.site.asset(id))).from(&asset.source),
                );
            }
        }
    }
}

/// Whether an image is remade in several widths; drawings, animations and icons are published as they are.
fn is_photograph(asset: &Asset) -> bool {
    let extension = asset.source.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp") && asset.pixels.is_some()
}

/// Returns the size in pixels at which an image is shown at most.
pub fn shown(asset: &Asset) -> Option<(u32, u32)> {
    let (width, height) = asset.pixels?;
    let most = WIDTHS[WIDTHS.len() - 1];
    if width <= most || !is_photograph(asset) {
        return Some((width, height));
    }
    Some((most, scaled(height, most, width)))
}

/// Returns the height of a picture whose width goes from one to another.
pub fn scaled(height: u32, to: u32, from: u32) -> u32 {
    let scaled = u64::from(height) * u64::from(to) / u64::from(from.max(1));
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

fn widths(asset: &Asset) -> Vec<u32> {
    let Some((width, _)) = shown(asset).filter(|_| is_photograph(asset)) else { return Vec::new() };
    let mut widths: Vec<u32> = WIDTHS.iter().copied().filter(|candidate| *candidate < width).collect();
    widths.push(width);
    widths
}

/// Returns where the image itself is.
pub fn main_url(asset: &Asset) -> Url {
    asset.url.clone()
}

fn webp_url(asset: &Asset, width: u32) -> Url {
    let stem = asset.url.as_str().rsplit_once('.').map_or(asset.url.as_str(), |(stem, _)| stem);
    Url::new(format!("{stem}-{width}.webp"))
}

/// Returns the `srcset` of the WebP versions; empty when there is none.
pub fn srcset(asset: &Asset, base: &Base) -> String {
    let mut set = String::new();
    for width in widths(asset) {
        let comma = if set.is_empty() { "" } else { ", " };
        let _ = write!(set, "{comma}{} {width}w", base.href(&webp_url(asset, width)));
    }
    set
}

fn copy(cx: &Cx<'_>, asset: &Asset) -> Made {
    assets::copy(cx.snapshot, &asset.source)
}

fn original(cx: &Cx<'_>, asset: &Asset, width: u32) -> Made {
    assets::shrunk(cx.snapshot, cx.memos, &asset.source, width)
}

fn webp(cx: &Cx<'_>, asset: &Asset, width: u32) -> Made {
    assets::webp(cx.snapshot, cx.memos, &asset.source, width)
}

/// Returns the format and size of a file as readers see them: « PDF, 720 Kio » (Opquast, RGAA 13.3).
pub fn weight(extension: &str, size: u64, language: &str) -> String {
    let size = french::size(size, Units::Binary, Locale::from_tag(language).lang());
    if extension.is_empty() { size } else { format!("{}, {size}", extension.to_uppercase()) }
}
