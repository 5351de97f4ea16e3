//! Pictures: measured, turned upright, shrunk, freed of what cameras write in them, and made into WebP.

use std::io::Cursor;
use std::sync::Arc;

use fast_image_resize::images::{Image as Canvas, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::diag::{Diagnostic, FilePath};
use crate::memo::{Key, Memos};
use crate::say;
use crate::snapshot::Snapshot;

/// The most pixels an image may hold: a picture of 100 megapixels.
const MOST_PIXELS: u64 = 100_000_000;
/// The most memory a decoder may take.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// libwebp's quality for photographs.
const QUALITY: f32 = 78.0;

/// Returns whether a file is a picture that pages may show.
pub fn is_image(file: &FilePath) -> bool {
    matches!(file.extension().to_ascii_lowercase().as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif")
}

/// Returns the width and height of a picture as shown, upright; nothing if it cannot be measured.
pub fn pixels(snapshot: &Snapshot, file: &FilePath, memos: &Memos) -> Option<(u32, u32)> {
    let hash = snapshot.hash(file)?;
    let is_drawing = file.extension().eq_ignore_ascii_case("svg");
    let key = Key::of(if is_drawing { "size of a drawing" } else { "pixels" }, [hash.as_bytes().as_slice()]);
    memos.of::<Option<(u32, u32)>>().get(key, || {
        let bytes = snapshot.bytes(file)?;
        if is_drawing {
            return svg_size(std::str::from_utf8(&bytes).ok()?);
        }
        let mut decoder = ImageReader::new(Cursor::new(&bytes[..])).with_guessed_format().ok()?.into_decoder().ok()?;
        let (width, height) = decoder.dimensions();
        let turned = decoder.orientation().map(swaps_sides).unwrap_or(false);
        Some(if turned { (height, width) } else { (width, height) })
    })
}

fn swaps_sides(orientation: image::metadata::Orientation) -> bool {
    use image::metadata::Orientation::{
        FlipHorizontal, FlipVertical, NoTransforms, Rotate90, Rotate90FlipH, Rotate180, Rotate270, Rotate270FlipH,
    };
    match orientation {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => true,
        NoTransforms | Rotate180 | FlipHorizontal | FlipVertical => false,
    }
}

/// Reads `width` and `height`, else `viewBox`, of an SVG.
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.find("<svg")?;
    let tag = &svg[start..start + svg[start..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        Some(&tag[at..at + tag[at..].find('"')?])
    };
    let number = |text: &str| {
        text.trim_end_matches("px").trim().parse::<f64>().ok().filter(|number| *number >= 1.0 && *number < 100_000.0)
    };
    let size = match (attribute("width").and_then(number), attribute("height").and_then(number)) {
        (Some(width), Some(height)) => (width, height),
        _ => {
            let view: Vec<f64> = attribute("viewBox")?.split([' ', ',']).filter_map(|part| part.parse().ok()).collect();
            (*view.get(2)?, *view.get(3)?)
        }
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both sides are checked to be between 1 and 100,000"
    )]
    let whole = |side: f64| side.round().clamp(1.0, 100_000.0) as u32;
    Some((whole(size.0), whole(size.1)))
}

/// Returns a file as it is; an SVG that could run code is refused.
pub fn copy(snapshot: &Snapshot, file: &FilePath) -> Result<Vec<u8>, Box<Diagnostic>> {
    let bytes = snapshot.bytes(file).ok_or_else(|| unreadable(file))?;
    if !file.extension().eq_ignore_ascii_case("svg") {
        return Ok(bytes.to_vec());
    }
    let svg = String::from_utf8_lossy(&bytes);
    // Browsers draw nothing, or what came before the cut.
    let is_cut = svg.find("<svg").is_some_and(|at| {
        let is_empty = svg[at..].split_once('>').is_some_and(|(root, _)| root.ends_with('/'));
        !is_empty && !svg.contains("</svg")
    });
    if is_cut {
        return Err(unreadable(file));
    }
    if let Some(what) = danger(&svg) {
        return Err(Box::new(
            Diagnostic::error(
                "E0602",
                say!("le dessin « {file} » contient du code : {what}", "the drawing “{file}” contains code: {what}"),
            )
            .in_file(file)
            .help(say!(
                "réexportez-le en « SVG simple », sans script ni contenu extérieur",
                "export it again as “plain SVG”, without script or outside content"
            )),
        ));
    }
    Ok(bytes.to_vec())
}

/// Returns what makes an SVG dangerous.
fn danger(svg: &str) -> Option<&'static str> {
    let lower = svg.to_ascii_lowercase();
    let compact: String = lower.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let found = [
        ("<script", "script"),
        ("<foreignobject", "foreignObject"),
        ("javascript:", "javascript:"),
        ("<!entity", "ENTITY"),
        ("<iframe", "iframe"),
        ("<handler", "handler"),
    ]
    .into_iter()
    .find(|(mark, _)| compact.contains(mark))
    .map(|(_, name)| name);
    let handler = || {
        lower.match_indices("on").any(|(at, _)| {
            let before =
                lower[..at].chars().next_back().is_some_and(|c| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
            let name: usize = lower[at + 2..].bytes().take_while(u8::is_ascii_alphabetic).count();
            before && name > 2 && lower[at + 2 + name..].trim_start().starts_with('=')
        })
    };
    found.or_else(|| handler().then_some("on…="))
}

/// Returns a picture at most `width` wide, in its own format, upright and without metadata.
pub fn shrunk(snapshot: &Snapshot, memos: &Memos, file: &FilePath, width: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
    // Named by format: the same bytes under another extension are another file.
    match file.extension().to_ascii_lowercase().as_str() {
        "webp" => webp(snapshot, memos, file, width),
        "png" => remembered(snapshot, memos, file, "shrunk png", width, |picture| {
            let mut out = Cursor::new(Vec::new());
            picture.write_to(&mut out, image::ImageFormat::Png).ok()?;
            Some(out.into_inner())
        }),
        _ => remembered(snapshot, memos, file, "shrunk jpeg", width, |picture| {
            let mut out = Cursor::new(Vec::new());
            DynamicImage::ImageRgb8(picture.into_rgb8()).write_to(&mut out, image::ImageFormat::Jpeg).ok()?;
            Some(out.into_inner())
        }),
    }
}

/// Returns a picture as JPEG, at most `width` wide: what every mail client shows. What was transparent becomes white.
pub fn jpeg(snapshot: &Snapshot, memos: &Memos, file: &FilePath, width: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
    remembered(snapshot, memos, file, "jpeg", width, |picture| {
        let mut white = picture.to_rgba8();
        for pixel in white.pixels_mut() {
            let alpha = u16::from(pixel[3]);
            for part in &mut pixel.0[..3] {
                *part = u8::try_from((u16::from(*part) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
            }
        }
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(white).into_rgb8())
            .write_to(&mut out, image::ImageFormat::Jpeg)
            .ok()?;
        Some(out.into_inner())
    })
}

/// Returns a picture as WebP, at most `width` wide.
pub fn webp(snapshot: &Snapshot, memos: &Memos, file: &FilePath, width: u32) -> Result<Vec<u8>, Box<Diagnostic>> {
    remembered(snapshot, memos, file, "webp", width, webp_bytes)
}

fn webp_bytes(picture: DynamicImage) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let encoded = if picture.color().has_alpha() {
        let pixels = picture.into_rgba8();
        webp::Encoder::from_rgba(&pixels, width, height).encode(QUALITY)
    } else {
        let pixels = picture.into_rgb8();
        webp::Encoder::from_rgb(&pixels, width, height).encode(QUALITY)
    };
    Some(encoded.to_vec())
}

/// Makes a picture once for the same bytes: kept on the disk between runs.
fn remembered(
    snapshot: &Snapshot,
    memos: &Memos,
    file: &FilePath,
    how: &'static str,
    width: u32,
    make: impl FnOnce(DynamicImage) -> Option<Vec<u8>>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let hash = snapshot.hash(file).ok_or_else(|| unreadable(file))?;
    let key = Key::of(how, [hash.as_bytes().as_slice(), &width.to_le_bytes()]);
    if let Some(bytes) = memos.disk.get(&key) {
        return Ok(bytes);
    }
    let bytes = snapshot.bytes(file).ok_or_else(|| unreadable(file))?;
    if let Some(millions) = beyond(&bytes) {
        return Err(too_large(file, millions));
    }
    let picture = decode(&bytes, width).and_then(make).ok_or_else(|| unreadable(file))?;
    if snapshot.is_still(file, &bytes) {
        memos.disk.put(&key, &picture);
    }
    Ok(picture)
}

/// Returns how many millions of pixels a picture announces, when they are more than any page needs; nothing is decoded.
fn beyond(bytes: &Arc<[u8]>) -> Option<u64> {
    let reader = ImageReader::new(Cursor::new(&bytes[..])).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    let pixels = u64::from(width) * u64::from(height);
    (pixels > MOST_PIXELS).then_some(pixels / 1_000_000)
}

fn too_large(file: &FilePath, millions: u64) -> Box<Diagnostic> {
    let most = MOST_PIXELS / 1_000_000;
    Box::new(
        Diagnostic::error(
            "E0603",
            say!(
                "l’image « {file} » est trop grande : {millions} millions de pixels, {most} au plus",
                "the image “{file}” is too large: {millions} million pixels, {most} at most"
            ),
        )
        .in_file(file)
        .help(say!(
            "réduisez-la dans un logiciel d’images : 3 000 pixels de large suffisent à un écran",
            "make it smaller in an image editor: 3,000 pixels of width are enough for a screen"
        )),
    )
}

fn decode(bytes: &Arc<[u8]>, width: u32) -> Option<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(&bytes[..])).with_guessed_format().ok()?;
    if reader.format() == Some(image::ImageFormat::Jpeg) && !has_end(bytes) {
        return None;
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let picture = if picture.color().has_alpha() {
        DynamicImage::ImageRgba8(picture.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(picture.into_rgb8())
    };
    if picture.width() <= width {
        return Some(picture);
    }
    let height = u64::from(picture.height()) * u64::from(width) / u64::from(picture.width());
    resized(&picture, width, u32::try_from(height).ok()?.max(1))
}

/// Says whether a JPEG is whole: after the last scan (FF DA) comes the mark of its end (FF D9; ITU T.81, B.1.1.3). Decoders
/// fill what is missing with grey.
fn has_end(bytes: &[u8]) -> bool {
    let last = |mark: u8| bytes.windows(2).rposition(|pair| pair == [0xff, mark]);
    last(0xda).is_none_or(|scan| last(0xd9).is_some_and(|end| end > scan))
}

fn resized(picture: &DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    let pixels = if picture.color().has_alpha() { PixelType::U8x4 } else { PixelType::U8x3 };
    let source = ImageRef::new(picture.width(), picture.height(), picture.as_bytes(), pixels).ok()?;
    let mut canvas = Canvas::new(width, height, pixels);
    Resizer::new().resize(&source, &mut canvas, None).ok()?;
    let bytes = canvas.into_vec();
    if picture.color().has_alpha() {
        image::RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8)
    } else {
        image::RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8)
    }
}

fn unreadable(file: &FilePath) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            "E0603",
            say!("l’image « {file} » ne peut pas être lue", "the image “{file}” cannot be read"),
        )
        .in_file(file)
        .help(say!(
            "ouvrez-la dans un logiciel d’images et enregistrez-la de nouveau en JPEG ou en PNG",
            "open it in an image editor and save it again as JPEG or PNG"
        )),
    )
}

/// Returns how many bytes a text takes once packed as servers pack it.
///
/// The packing of the Web is also that of PNG: a picture of one line holds a text so packed, and 57 bytes of its own.
pub fn packed(bytes: &[u8]) -> usize {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    let mut out = Vec::new();
    let width = u32::try_from(bytes.len()).unwrap_or(0);
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Default, FilterType::NoFilter);
    match encoder.write_image(bytes, width, 1, ExtendedColorType::L8) {
        Ok(()) => out.len().saturating_sub(57),
        Err(_) => bytes.len(),
    }
}

/// Returns a picture of opaque pixels as PNG, small because drawn surfaces are flat.
pub fn png(rgba: &[u8], width: u32, height: u32) -> Option<Vec<u8>> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder};
    let mut out = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Level(3), FilterType::NoFilter);
    encoder.write_image(rgba, width, height, ExtendedColorType::Rgba8).ok()?;
    Some(out)
}
